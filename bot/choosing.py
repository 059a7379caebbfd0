"""A suggestion that was chosen is answered with the fact it leads to."""

from __future__ import annotations

from knowledge import Answer, CitedFact, Explanation, Fact


def answer_with(fact: Fact, chosen: str) -> Answer:
    """Return the outcome of choosing a fact.

    Args:
        fact: the fact that a suggestion leads to.
        chosen: the words of the suggestion; they stand as the question.
    """
    explanation = Explanation(reading=(("chosen", fact.id),), decision="a suggestion was chosen", margin=1.0)
    citations = (fact.citation,) if fact.antecedent is None else (fact.citation, fact.antecedent)
    return Answer(question=chosen, read_as=chosen, explanation=explanation, facts=(CitedFact(fact, 1.0, citations),))
