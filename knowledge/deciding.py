"""From the weighing to one of four outcomes."""

from __future__ import annotations

from knowledge.dialogue import Conversation
from knowledge.documents import Citation
from knowledge.outcomes import Abstention, Answer, CitedFact, Evidence, Explanation, Fact, Outcome, Reason
from knowledge.reading import Question
from knowledge.weighing import Scales, WeighedFact, Weighing

MOST_TOGETHER = 3
"""Facts shown together for a question that did not ask for a list."""


def decide_message(message: str, conversation: Conversation, scales: Scales) -> Outcome:
    """Return the outcome of a message."""
    outcomes = [decide(question, scales) for question in scales.reader.questions(message)]
    if len(outcomes) == 1:
        return outcomes[0]
    facts: dict[str, CitedFact] = {}
    for outcome in outcomes:
        for cited in outcome.facts if isinstance(outcome, Answer) else ():
            facts.setdefault(cited.fact.id, cited)
    if facts:
        return Answer(question=message, read_as=" / ".join(o.read_as for o in outcomes), facts=tuple(facts.values()), parts=tuple(outcomes))
    return outcomes[0]


def decide(question: Question, scales: Scales) -> Outcome:
    """Return the outcome of one question."""
    weighing = scales.weigh(question)
    best = weighing.facts[0]
    explanation = _explanation(question, weighing)
    if question.manner.startswith("opinion") and weighing.answerable < 0.9:
        return Abstention(question=question.text, read_as=question.read_as, reason=Reason.NO_OPINION, explanation=explanation)
    if weighing.answerable < scales.weights.answer_at:
        return Abstention(question=question.text, read_as=question.read_as, reason=Reason.NOT_STATED, explanation=explanation)
    shown = [w for w in weighing.facts[:MOST_TOGETHER] if w.share >= scales.weights.beside * best.share]
    return Answer(question=question.text, read_as=question.read_as, facts=tuple(_cited(w, question) for w in shown), explanation=explanation)


def _cited(weighed: WeighedFact, question: Question) -> CitedFact:
    return CitedFact(weighed.fact, weighed.share, citations_for(weighed.fact, question))


def citations_for(fact: Fact, question: Question) -> tuple[Citation, ...]:
    """Return the citations of a fact, the one that answers the question first."""
    found = [fact.citation]
    if question.wanted is not None and question.wanted.kind == "source" and fact.attribution is not None:
        if not fact.citation.start <= fact.attribution.start < fact.citation.end:
            found.insert(0, fact.attribution)
    if fact.antecedent is not None:
        found.append(fact.antecedent)
    return tuple(found)


def _explanation(question: Question, weighing: Weighing) -> Explanation:
    return Explanation(
        reading=(("wanted", question.wanted.kind if question.wanted else ""), ("form", question.form.value)),
        evidence=tuple(
            Evidence(
                fact=w.fact.id, score=w.share, signals=dict(w.signals), explained=(), unexplained=weighing.uncovered,
                vetoes=tuple(str(c) for c in w.conflicts),
            )
            for w in weighing.facts[:5]
        ),
        decision="",
        margin=weighing.facts[0].share - (weighing.facts[1].share if len(weighing.facts) > 1 else 0.0),
    )
