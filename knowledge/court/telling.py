"""What is told beside an answer: what it replaced and since when, and which documents do not agree with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from knowledge.documents import Citation
from knowledge.outcomes import Answer, CitedFact, Correction, Fact, Outcome, Succession, Withdrawn
from knowledge.proof.versions import Versions

Told = TypeVar("Told", bound=Outcome)


def with_versions(outcome: Told, versions: Versions) -> Told:
    """Return an outcome with what its facts replaced, and with the facts of other documents that contradict them.

    Where nothing was replaced and all documents agree, it is the same.
    """
    if not versions:
        return outcome
    parts = tuple(with_versions(part, versions) for part in outcome.parts)
    outcome = replace(outcome, parts=parts) if parts else outcome
    if not isinstance(outcome, Answer | Correction) or outcome.topic:
        return outcome
    facts = with_rivals(outcome.facts, versions)
    shown = [cited.fact for cited in facts]
    return replace(
        outcome,
        facts=facts,
        successions=tuple(succession for fact in shown for succession in _successions(fact, versions)),
        withdrawn=tuple(
            Withdrawn(fact, versions.replaced_by[fact.citation.document])
            for fact in shown
            if versions.is_withdrawn(fact)
        ),
        disagreements=tuple(
            (fact, rival)
            for at, fact in enumerate(shown)
            for rival in versions.rivals.get(fact.id, ())
            if rival in shown[at + 1 :]
        ),
    )


def with_rivals(facts: tuple[CitedFact, ...], versions: Versions) -> tuple[CitedFact, ...]:
    """Return facts, each with those of other documents behind it that contradict it, each once."""
    shown: dict[str, CitedFact] = {}
    own = {cited.fact.id for cited in facts}
    for cited in facts:
        shown.setdefault(cited.fact.id, cited)
        for rival in versions.rivals.get(cited.fact.id, ()):
            if rival.id not in own:
                shown.setdefault(rival.id, CitedFact(rival, cited.score, _citations(rival)))
    return tuple(shown.values())


def _citations(fact: Fact) -> tuple[Citation, ...]:
    return (fact.citation,) if fact.antecedent is None else (fact.citation, fact.antecedent)


def _successions(fact: Fact, versions: Versions) -> tuple[Succession, ...]:
    if fact.superseded_by:
        succession = versions.succession_of(fact)
        return (succession,) if succession else ()
    return tuple(versions.replaced(fact))
