"""From the weighing to one of four outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knowledge.dialogue import Completed, Conversation, Lack, Turn, complete, turns_of
from knowledge.documents import Citation
from knowledge.evidence import Conflict, Kind
from knowledge.listing import compared, listed
from knowledge.outcomes import (
    Abstention,
    Answer,
    CitedFact,
    Correction,
    Evidence,
    Explanation,
    Fact,
    Outcome,
    Reason,
    facts_of,
)
from knowledge.reading import Form, Question, asking
from knowledge.weighing import Scales, WeighedFact, Weighing

MOST_TOGETHER = 3
"""Facts shown together for a question that did not ask for a list."""

MOST_NEAREST = 3
"""Related facts shown beside an abstention."""

RELATED_AT = 0.02
"""Share from which a fact is related enough to be offered beside an abstention."""

CONTRADICTING = frozenset((Kind.ACT, Kind.DIMENSION, Kind.NUMBER, Kind.AGENT, Kind.TARGET, Kind.PLACE))
"""Conflicts by which a document says otherwise than a question supposes."""

LEAST_TO_CORRECT = 0.2
"""Share of a fact, beside all facts and gaps, from which it may correct a question."""

EXPLAINED_TO_CORRECT = 0.6
"""Share of a question's weight that a fact must explain before it corrects the rest."""

VETOING = frozenset((Kind.EXACT, Kind.DIMENSION, Kind.NUMBER, Kind.STRANGER, Kind.PLACE, Kind.TARGET))
"""Conflicts that keep a fact from answering an open question."""

SUPPOSING = frozenset(("reason", "time", "weekday", "date", "duration", "purpose"))
"""Kinds of answer whose question takes for granted that the thing happened."""


def decide_message(message: str, conversation: Conversation, scales: Scales) -> Outcome:
    """Return the outcome of a message: of its one question, or of all of them with each as a part."""
    outcomes: list[Outcome] = []
    segments = scales.reader.segments(message)
    asked = asking(segments)
    told: tuple[Turn, ...] = ()
    for segment in segments:
        if segment in asked:
            completed = complete(segment, (*conversation.turns, *turns_of(outcomes), *told), scales.reader)
            outcomes.append(decide(completed, scales))
        told = () if segment in asked else (Turn(" ".join(token.text for token in segment.tokens)),)
    if not outcomes:
        return Abstention(question=message, read_as="", reason=Reason.NOT_UNDERSTOOD)
    return outcomes[0] if len(outcomes) == 1 else _joined(message, outcomes)


def _joined(message: str, outcomes: Sequence[Outcome]) -> Outcome:
    """Return the outcome of several questions: an answer as soon as one of them has facts to show."""
    facts: dict[str, CitedFact] = {}
    for outcome in outcomes:
        for cited in facts_of(outcome):
            facts.setdefault(cited.fact.id, cited)
    read_as = "; ".join(outcome.read_as for outcome in outcomes)
    parts = tuple(outcomes)
    if not facts:
        first = outcomes[0]
        reason = first.reason if isinstance(first, Abstention) else Reason.NOT_STATED
        return Abstention(question=message, read_as=read_as, reason=reason, nearest=first.nearest, parts=parts)
    if any(isinstance(outcome, Answer) for outcome in outcomes):
        return Answer(question=message, read_as=read_as, facts=tuple(facts.values()), parts=parts)
    supposed = next(outcome.supposed for outcome in outcomes if isinstance(outcome, Correction))
    return Correction(question=message, read_as=read_as, facts=tuple(facts.values()), supposed=supposed, parts=parts)


def decide(completed: Completed, scales: Scales) -> Outcome:
    """Return the outcome of one question."""
    question = completed.question
    if completed.lack is Lack.SPEAKER and completed.before is not None:
        return _speakers(question, completed.before.facts, scales)
    weighing = scales.weigh(question)
    if completed.lack is Lack.REST and completed.before is not None:
        return _rest(completed, weighing, scales)
    if not weighing.facts:
        return _declined(question, weighing, scales)
    several = listed(question, weighing, scales) or compared(question, weighing, scales)
    if several:
        return _answer(question, weighing, several, "all facts that share what was asked for", listed=True)
    if question.manner.startswith("opinion") and weighing.answerable < 0.9:
        return _abstention(question, weighing, Reason.NO_OPINION, "an opinion is asked for")
    best = weighing.facts[0]
    against = _contradiction(question, weighing, scales)
    if against is not None:
        return Correction(
            question=question.text,
            read_as=question.read_as,
            facts=(_cited(best, question),),
            supposed=against.asked,
            explanation=_explanation(question, weighing, f"the documents state otherwise: {against}"),
        )
    if weighing.answerable < scales.weights.answer_at:
        return _declined(question, weighing, scales)
    unvetoed = [
        weighed for weighed in weighing.facts if not any(conflict.kind in VETOING for conflict in weighed.conflicts)
    ]
    if not unvetoed or unvetoed[0].share < scales.weights.beside * best.share:
        vetoes = [str(conflict) for conflict in best.conflicts if conflict.kind in VETOING]
        return _abstention(question, weighing, Reason.NOT_STATED, f"the best fact is vetoed: {'; '.join(vetoes)}")
    first = unvetoed[0]
    together = [weighed for weighed in unvetoed[:MOST_TOGETHER] if weighed.share >= scales.weights.beside * first.share]
    return _answer(question, weighing, together, "enough speaks for these facts")


def _contradiction(question: Question, weighing: Weighing, scales: Scales) -> Conflict | None:
    """Return the conflict by which the best fact contradicts what a question supposes; None when it does not.

    The opposite of an act is always worth saying. Any other conflict is so only where the question takes it for granted;
    "how many Israelis" does not claim that there were any.
    """
    best = weighing.facts[0]
    among_facts = best.share / weighing.answerable if weighing.answerable else 0.0
    if among_facts < 0.5 or best.share < LEAST_TO_CORRECT or best.signals.get("explained", 0.0) < EXPLAINED_TO_CORRECT:
        return None
    if any(conflict.kind is Kind.STRANGER for conflict in best.conflicts):
        return None
    against = [conflict for conflict in best.conflicts if conflict.kind in CONTRADICTING]
    opposite = next((conflict for conflict in against if conflict.kind is Kind.ACT), None)
    if opposite is not None:
        return opposite
    return against[0] if against and _supposes(question) and weighing.answerable >= scales.weights.answer_at else None


def _supposes(question: Question) -> bool:
    return question.form is Form.YES_NO or (question.wanted is not None and question.wanted.kind in SUPPOSING)


def _answer(
    question: Question, weighing: Weighing, facts: Sequence[WeighedFact], why: str, *, listed: bool = False
) -> Answer:
    return Answer(
        question=question.text,
        read_as=question.read_as,
        facts=tuple(_cited(weighed, question) for weighed in facts),
        listed=listed,
        explanation=_explanation(question, weighing, why),
    )


def _declined(question: Question, weighing: Weighing, scales: Scales) -> Abstention:
    """Return the abstention of a question for which too little speaks: by the gap it falls into, or by what it is."""
    if question.manner.startswith(("scope", "smalltalk")) and weighing.answerable < 0.5:
        return _abstention(question, weighing, Reason.OUT_OF_SCOPE, f"it is {question.manner}")
    heavy = [term for term in question.terms if not term.light]
    if not heavy:
        return _abstention(question, weighing, Reason.NOT_UNDERSTOOD, "no word of it carries a topic")
    gap = weighing.gaps[0] if weighing.gaps else None
    if len(weighing.uncovered) * 2 > len(heavy):
        return _abstention(question, weighing, Reason.OUT_OF_SCOPE, "most of its words are foreign to the documents")
    best = weighing.facts[0].share if weighing.facts else 0.0
    if gap is not None and gap.share >= max(best, 0.2):
        return _abstention(
            question,
            weighing,
            Reason.NOT_STATED,
            "it is nearest to something unsaid",
            about=gap.gap.about,
            related=gap.gap.related,
        )
    return _abstention(question, weighing, Reason.NOT_STATED, "too little speaks for any fact")


def _abstention(
    question: Question, weighing: Weighing, reason: Reason, why: str, *, about: str = "", related: Sequence[str] = ()
) -> Abstention:
    by_id = {weighed.fact.id: weighed.fact for weighed in weighing.facts}
    near = [by_id[fact] for fact in related if fact in by_id]
    near += [weighed.fact for weighed in weighing.facts if weighed.share >= RELATED_AT and weighed.fact not in near]
    return Abstention(
        question=question.text,
        read_as=question.read_as,
        reason=reason,
        about=about,
        nearest=tuple(near[:MOST_NEAREST]) if reason is Reason.NOT_STATED else (),
        explanation=_explanation(question, weighing, why),
    )


def _speakers(question: Question, shown: Sequence[str], scales: Scales) -> Outcome:
    """Return who makes the claims that were shown last."""
    facts = [fact for fact in scales.facts if fact.id in shown]
    attributed = [fact for fact in facts if fact.attribution is not None]
    if not attributed:
        return Abstention(
            question=question.text,
            read_as=question.read_as,
            reason=Reason.NOT_STATED,
            about="who says so",
            nearest=tuple(facts),
        )
    cited = tuple(CitedFact(fact, 1.0, _with_attribution(fact)) for fact in attributed)
    return Answer(question=question.text, read_as=question.read_as, facts=cited)


def _rest(completed: Completed, weighing: Weighing, scales: Scales) -> Outcome:
    """Return what there is beside the facts that were shown last."""
    before = (
        scales.reader.read(scales.reader.segment(completed.before.read_as)) if completed.before else completed.question
    )
    shown = set(completed.before.facts if completed.before else ())
    again = scales.weigh(before)
    more = [weighed for weighed in listed(before, again, scales) if weighed.fact.id not in shown]
    if more:
        return _answer(completed.question, again, more, "the rest of what was asked for", listed=True)
    return _abstention(
        completed.question, weighing, Reason.NOT_STATED, "everything was shown", about="anything more on this"
    )


def _cited(weighed: WeighedFact, question: Question) -> CitedFact:
    return CitedFact(weighed.fact, weighed.share, citations_for(weighed.fact, question))


def citations_for(fact: Fact, question: Question) -> tuple[Citation, ...]:
    """Return the citations of a fact, the one that answers the question first."""
    if question.wanted is not None and question.wanted.kind == "source":
        return _with_attribution(fact)
    return (fact.citation,) if fact.antecedent is None else (fact.citation, fact.antecedent)


def _with_attribution(fact: Fact) -> tuple[Citation, ...]:
    """Return the citations of a fact, the words that name who says so first, unless the quote holds them."""
    attribution, quote = fact.attribution, fact.citation
    if attribution is None or quote.start <= attribution.start < quote.end:
        return (quote,)
    return attribution, quote


def _explanation(question: Question, weighing: Weighing, decision: str) -> Explanation:
    return Explanation(
        reading=tuple(_reading(question)),
        evidence=tuple(_evidence(weighed, weighing) for weighed in weighing.facts[:5]),
        decision=decision,
        margin=_margin(weighing),
    )


def _margin(weighing: Weighing) -> float:
    """Return the lead of the best fact over the runner-up."""
    first, second, *_ = (*(weighed.share for weighed in weighing.facts[:2]), 0.0, 0.0)
    return first - second


def _reading(question: Question) -> Iterable[tuple[str, str]]:
    yield "form", question.form.value
    if question.wanted is not None:
        yield "wanted", question.wanted.kind
    for name, role in question.roles.items():
        yield role.value, name
    if question.acts:
        yield "acts", ", ".join(question.acts[:4])
    for dimension, values in question.dimensions.items():
        yield dimension, ", ".join(sorted(values))
    for stranger in question.strangers:
        yield "unknown name", stranger


def _evidence(weighed: WeighedFact, weighing: Weighing) -> Evidence:
    return Evidence(
        fact=weighed.fact.id,
        score=weighed.share,
        signals=dict(weighed.signals),
        explained=(),
        unexplained=weighing.uncovered,
        vetoes=tuple(str(conflict) for conflict in weighed.conflicts),
    )
