"""From the weighing to one of four outcomes: the first rule that has a word to say decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from knowledge.comparing import compared
from knowledge.dialogue import Completed, Conversation, Lack, Turn, complete
from knowledge.documents import Citation
from knowledge.evidence import Conflict, Kind
from knowledge.explaining import explanation
from knowledge.listing import listed
from knowledge.outcomes import (
    COURTESY,
    Abstention,
    Answer,
    CitedFact,
    Clarification,
    Correction,
    Fact,
    Outcome,
    Reason,
    facts_of,
)
from knowledge.reading import Form, Question
from knowledge.splitting import asking
from knowledge.weighing import Scales, WeighedFact, Weighing

MOST_TOGETHER = 3
"""Facts shown together for a question that did not ask for a list."""

MOST_NEAREST = 3
"""Related facts shown beside an abstention."""

RELATED_AT = 0.02
"""Share from which a fact is related enough to be offered beside an abstention."""

GAP_AT = 0.4
"""Share from which a gap is named as what the documents do not say."""

ASK_AT = 0.5
"""Share of all facts together from which the reader is asked what was meant, where it is too little to answer."""

OPTION_AT = 0.15
"""Share from which a fact is one of the choices."""

ALL_BUT_CERTAIN = 0.97
"""The same for a question that sounds like one for a judgement."""

SURE = 0.8
"""Share of the facts at which an answer is given although the question sounds like one for an opinion."""

LEAST_TO_CORRECT = 0.2
"""Share of a fact, beside all facts and gaps, from which it may correct a question."""

EXPLAINED_TO_CORRECT = 0.6
"""Share of a question's weight that a fact must explain before it corrects the rest."""

CONTRADICTING = frozenset((Kind.ACT, Kind.QUALITY, Kind.DIMENSION, Kind.NUMBER, Kind.ACTOR, Kind.PLACE))
"""Conflicts by which a document says otherwise than a question supposes."""

VETOING = frozenset(
    (Kind.EXACT, Kind.DIMENSION, Kind.NUMBER, Kind.STRANGER, Kind.PLACE, Kind.TARGET, Kind.SWAP, Kind.ACTOR)
)
"""Conflicts that keep a fact from answering an open question."""

ANOTHER_ACTOR = frozenset((Kind.AGENT, Kind.ACTOR))
"""Conflicts that only weigh against a fact, as reading may err on who acts, unless the actor is what was asked for."""

SUPPOSING = frozenset(("reason", "time", "weekday", "date", "duration", "purpose"))
"""Kinds of answer whose question takes for granted that the thing happened."""


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what was weighed for it."""

    completed: Completed
    weighing: Weighing
    scales: Scales

    @property
    def question(self) -> Question:
        return self.completed.question

    @property
    def best(self) -> WeighedFact:
        return self.weighing.facts[0]


Rule = Callable[[Case], Outcome | None]


def decide_message(message: str, conversation: Conversation, scales: Scales) -> Outcome:
    """Return the outcome of a message: of its one question, or of all of them with each as a part.

    A sentence that asks nothing is what the next question looks back to: "Something broke the deadlock. What was it?"
    """
    segments = scales.reader.splitter.segments(message)
    asked = {id(segment) for segment in asking(segments)}
    outcomes: list[Outcome] = []
    told: tuple[Turn, ...] = ()
    for segment in segments:
        if id(segment) in asked:
            completed = complete(segment, (*conversation.turns, *told), scales.reader)
            outcomes.append(decide(completed, scales))
            conversation = conversation.after(outcomes[-1])
        told = () if id(segment) in asked else (Turn(" ".join(segment.row)),)
    if not outcomes:
        return Abstention(question=message, read_as="", reason=Reason.NOT_UNDERSTOOD)
    return outcomes[0] if len(outcomes) == 1 else _joined(message, outcomes)


def decide(completed: Completed, scales: Scales) -> Outcome:
    """Return the outcome of one question."""
    case = Case(completed, scales.weigh(completed.question), scales)
    decided = (rule(case) for rule in RULES)
    return next(outcome for outcome in decided if outcome is not None)


def _joined(message: str, outcomes: Sequence[Outcome]) -> Outcome:
    """Return the outcome of several questions: an answer as soon as one of them has facts to show."""
    facts: dict[str, CitedFact] = {}
    for outcome in outcomes:
        for cited in facts_of(outcome):
            facts.setdefault(cited.fact.id, cited)
    read_as = " ".join(outcome.read_as for outcome in outcomes)
    parts = tuple(outcomes)
    if any(isinstance(outcome, Answer) for outcome in outcomes):
        return Answer(question=message, read_as=read_as, facts=tuple(facts.values()), parts=parts)
    for outcome in outcomes:
        if isinstance(outcome, Correction):
            together = tuple(facts.values())
            return Correction(question=message, read_as=read_as, facts=together, supposed=outcome.supposed, parts=parts)
    first = next((outcome for outcome in outcomes if isinstance(outcome, Abstention)), None)
    reason = first.reason if first else Reason.NOT_STATED
    return Abstention(question=message, read_as=read_as, reason=reason, nearest=outcomes[0].nearest, parts=parts)


def _speakers(case: Case) -> Outcome | None:
    """Answer "who says so?": who makes the claims that were shown last."""
    before = case.completed.before
    if case.completed.lack is not Lack.SPEAKER or before is None:
        return None
    facts = [fact for fact in case.scales.facts if fact.id in before.facts]
    attributed = [fact for fact in facts if fact.attribution is not None]
    if not attributed:
        return _abstention(
            case, Reason.NOT_STATED, "no speaker is named", about=WHO_SAYS_SO, related=facts, topic=before.read_as
        )
    return Answer(
        question=case.question.text,
        read_as=case.question.read_as,
        topic=before.read_as,
        facts=tuple(CitedFact(fact, 1.0, _with_attribution(fact)) for fact in attributed),
        explanation=explanation(case.question, case.weighing, "the speakers of what was shown", case.scales),
    )


def _rest(case: Case) -> Outcome | None:
    """Answer "any others?": what there is beside the facts that were shown last."""
    before = case.completed.before
    if case.completed.lack is not Lack.REST or before is None:
        return None
    reader = case.scales.reader
    again = reader.read(reader.splitter.segment(before.read_as))
    every = listed(again, case.scales.weigh(again), case.scales)
    more = [weighed for weighed in every if weighed.fact.id not in before.facts]
    if not more:
        return _abstention(
            case, Reason.NOT_STATED, "everything was shown", about="anything more on this", topic=before.read_as
        )
    return replace(_answer(case, more, "the rest of what was asked for", listed=True), topic=before.read_as)


def _several(case: Case) -> Outcome | None:
    """All facts that share what was asked for."""
    several = listed(case.question, case.weighing, case.scales)
    return _answer(case, several, "all facts that share what was asked for", listed=True) if several else None


def _compared(case: Case) -> Outcome | None:
    """Two facts set side by side."""
    pair = compared(case.question, case.weighing, case.scales)
    return _answer(case, pair, "the two facts that the question compares") if pair else None


def _no_opinion(case: Case) -> Outcome | None:
    """A judgement or a forecast is not given, unless the documents clearly hold what is asked for."""
    sure = ALL_BUT_CERTAIN if case.question.manner == "opinion:judgement" else SURE
    if not case.question.manner.startswith("opinion") or case.weighing.answerable >= sure:
        return None
    return _abstention(case, Reason.NO_OPINION, "an opinion or a forecast is asked for")


def _corrected(case: Case) -> Outcome | None:
    """The best fact states otherwise than the question supposes."""
    against = _contradiction(case) if case.weighing.facts else None
    if against is None:
        return None
    return Correction(
        question=case.question.text,
        read_as=case.question.read_as,
        facts=(_cited(case.best, case.question, case.best.share),),
        supposed=against.asked,
        explanation=explanation(case.question, case.weighing, f"the documents state otherwise: {against}", case.scales),
    )


def _contradiction(case: Case) -> Conflict | None:
    """Return the conflict by which the best fact contradicts what a question supposes; None when it does not.

    The opposite of an act is always worth saying. Any other conflict is so only where the question takes it for
    granted; "how many Israelis" does not claim that there were any.
    """
    best, weighing = case.best, case.weighing
    leads = best.share >= LEAST_TO_CORRECT and best.share * 2 >= weighing.answerable
    if not leads or best.signals["explained"] < EXPLAINED_TO_CORRECT:
        return None
    if any(conflict.kind is Kind.STRANGER for conflict in best.conflicts):
        return None
    against = [conflict for conflict in best.conflicts if conflict.kind in CONTRADICTING]
    another = any(conflict.kind in (Kind.AGENT, Kind.SWAP, Kind.TARGET) for conflict in best.conflicts)
    opposite = next((conflict for conflict in against if conflict.kind is Kind.ACT and not another), None)
    supposes = _supposes(case.question)
    if opposite is not None and (supposes or case.question.agents):
        return opposite
    enough = supposes and weighing.answerable >= case.scales.weights.answer_at
    return against[0] if against and enough else None


def _supposes(question: Question) -> bool:
    return question.form is Form.YES_NO or (question.wanted is not None and question.wanted.kind in SUPPOSING)


def _courtesy(case: Case) -> Outcome | None:
    """A greeting or thanks asks nothing."""
    if not case.question.manner.startswith("courtesy"):
        return None
    return _abstention(case, Reason.OUT_OF_SCOPE, f"it is {case.question.manner}", about=COURTESY)


def _clarified(case: Case) -> Outcome | None:
    """Something speaks for a fact, but not enough: the reader is asked whether it is what was meant."""
    answerable = case.weighing.answerable
    elsewhere = case.question.manner.startswith(("scope", "smalltalk"))
    if elsewhere or not ASK_AT <= answerable < case.scales.weights.answer_at:
        return None
    options = [fact for fact in case.weighing.facts if fact.share >= OPTION_AT and not fact.conflicts][:MOST_TOGETHER]
    if not options:
        return None
    return Clarification(
        question=case.question.text,
        read_as=case.question.read_as,
        options=tuple(weighed.fact for weighed in options),
        explanation=explanation(case.question, case.weighing, "not enough speaks for one of these alone", case.scales),
    )


def _declined(case: Case) -> Outcome | None:
    """Too little speaks for any fact: it is something unsaid, something else, or not understood."""
    question, weighing = case.question, case.weighing
    if weighing.facts and weighing.answerable >= case.scales.weights.answer_at:
        return None
    if not question.heavy:
        return _abstention(case, Reason.NOT_UNDERSTOOD, "no word of it carries a topic")
    if question.manner.startswith(("scope", "smalltalk")):
        return _abstention(case, Reason.OUT_OF_SCOPE, f"it is {question.manner}")
    if len(weighing.uncovered) * 2 > len(question.heavy):
        return _abstention(case, Reason.OUT_OF_SCOPE, "most of its words are foreign to the documents")
    best = case.best.share if weighing.facts else 0.0
    if weighing.gaps and weighing.gaps[0].share >= max(best, GAP_AT):
        gap = weighing.gaps[0].gap
        related = [fact for fact in case.scales.facts if fact.id in gap.related]
        return _abstention(
            case, Reason.NOT_STATED, "it is nearest to something unsaid", about=gap.about, related=related
        )
    return _abstention(case, Reason.NOT_STATED, "too little speaks for any fact")


def _vetoed(case: Case) -> Outcome | None:
    """The best fact cannot answer, and it does not hand over to a much worse one."""
    first = next(iter(_unvetoed(case)), None)
    if first is not None and first.share >= case.scales.weights.beside * case.best.share:
        return None
    vetoes = "; ".join(str(conflict) for conflict in case.best.conflicts if conflict.kind in VETOING)
    wants_source = case.question.wanted is not None and case.question.wanted.kind == "source"
    about = WHO_SAYS_SO if wants_source else ""
    return _abstention(case, Reason.NOT_STATED, f"the best fact is vetoed: {vetoes}", about=about)


def _answered(case: Case) -> Outcome:
    """Enough speaks for the best facts that no conflict speaks against."""
    facts = _unvetoed(case)
    least = case.scales.weights.beside * facts[0].share
    together = [weighed for weighed in facts[:MOST_TOGETHER] if weighed.share >= least]
    return _answer(case, together, "enough speaks for it and nothing against")


def _unvetoed(case: Case) -> list[WeighedFact]:
    """Return the facts that nothing keeps from answering, best first.

    A follow-up that puts another actor in the place of one asks about just that actor.
    """
    vetoing = VETOING | ANOTHER_ACTOR if case.completed.lack is Lack.PART else VETOING
    return [fact for fact in case.weighing.facts if not any(each.kind in vetoing for each in fact.conflicts)]


WHO_SAYS_SO = "who says so"

RULES: tuple[Rule, ...] = (
    _speakers,
    _rest,
    _courtesy,
    _no_opinion,
    _several,
    _compared,
    _corrected,
    _clarified,
    _declined,
    _vetoed,
    _answered,
)
"""In order; the last one always decides."""


def _answer(case: Case, facts: Sequence[WeighedFact], why: str, *, listed: bool = False) -> Answer:
    return Answer(
        question=case.question.text,
        read_as=case.question.read_as,
        facts=tuple(_cited(weighed, case.question, 1.0 if listed else weighed.share) for weighed in facts),
        listed=listed,
        explanation=explanation(case.question, case.weighing, why, case.scales),
    )


def _abstention(  # noqa: PLR0913  an abstention says much
    case: Case, reason: Reason, why: str, *, about: str = "", related: Sequence[Fact] = (), topic: str = ""
) -> Abstention:
    near = [weighed.fact for weighed in case.weighing.facts if weighed.share >= RELATED_AT]
    nearest = tuple(dict.fromkeys(fact.number for fact in (*related, *near)))[:MOST_NEAREST]
    return Abstention(
        question=case.question.text,
        read_as=case.question.read_as,
        topic=topic,
        reason=reason,
        about=about,
        nearest=tuple(case.scales.facts[number] for number in nearest) if reason is Reason.NOT_STATED else (),
        explanation=explanation(case.question, case.weighing, why, case.scales),
    )


def _cited(weighed: WeighedFact, question: Question, score: float) -> CitedFact:
    """Return a fact with its citations; in a list, which frames make and not likeness, every fact scores 1."""
    return CitedFact(weighed.fact, score, citations_for(weighed.fact, question))


def citations_for(fact: Fact, question: Question | None = None) -> tuple[Citation, ...]:
    """Return the citations of a fact, the one that answers the question first."""
    if question is not None and question.wanted is not None and question.wanted.kind == "source":
        return _with_attribution(fact)
    return (fact.citation,) if fact.antecedent is None else (fact.citation, fact.antecedent)


def _with_attribution(fact: Fact) -> tuple[Citation, ...]:
    """Return the citations of a fact, the words that name who says so first, unless the quote holds them."""
    attribution, quote = fact.attribution, fact.citation
    if attribution is None or quote.start <= attribution.start < quote.end:
        return (quote,)
    return attribution, quote
