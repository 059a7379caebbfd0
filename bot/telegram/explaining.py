"""Why a reply is what it is, short enough for a phone; in English, like the words that decided."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge import Evidence, KnowledgeBase, Outcome

MOST_CANDIDATES = 3
"""Candidates that are told of; `verbatim ask --explain` tells of all."""


def explanation(outcome: Outcome, base: KnowledgeBase) -> str:
    """Return how each question was read, which rule decided, and what spoke for and against the first candidates."""
    parts = outcome.parts or (outcome,)
    return "\n\n".join("\n".join(filter(None, _lines(part, base))) for part in parts)


def _lines(part: Outcome, base: KnowledgeBase) -> Iterator[str]:
    told = part.explanation
    yield f"Question: {part.question}"
    yield f"Understood as: {part.read_as}" if part.read_as else ""
    yield "Read: " + ", ".join(f"{term} = {value}" for term, value in told.reading) if told.reading else ""
    yield f"Decided by: {told.decision}" if told.decision else ""
    for evidence in told.evidence[:MOST_CANDIDATES]:
        yield from _candidate(evidence, base)


def _candidate(evidence: Evidence, base: KnowledgeBase) -> Iterator[str]:
    fact = base.fact(evidence.fact)
    yield f"• share {evidence.score:.2f}: {fact.claim if fact else evidence.fact}"
    yield f"   for: {', '.join(evidence.explained)}" if evidence.explained else ""
    yield f"   unexplained: {', '.join(evidence.unexplained)}" if evidence.unexplained else ""
    yield f"   against: {'; '.join(evidence.vetoes)}" if evidence.vetoes else ""
