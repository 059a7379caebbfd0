"""What a program can rely on: an outcome as a JSON object, with fixed keys in a fixed order.

`verbatim ask --json` and `verbatim ask --batch` print it; every measurement and every other program reads it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.replies import as_plain_text, cited_in, reply_to, shown_in, speaker_of
from knowledge import (
    Abstention,
    Answer,
    Citation,
    CitedFact,
    Clarification,
    Correction,
    Explanation,
    Fact,
    KnowledgeBase,
    Outcome,
)

JsonObject = dict[str, Any]

KINDS: Mapping[type[Outcome], str] = {
    Answer: "answer",
    Correction: "correction",
    Clarification: "clarify",
    Abstention: "abstain",
}


def as_object(outcome: Outcome, base: KnowledgeBase, ms: float, *, explain: bool = False) -> JsonObject:
    """Return an outcome as a JSON object.

    A message that asked several questions has their facts and citations together, and each outcome under `parts`.

    Args:
        outcome: what came of the message.
        base: the base that was asked.
        ms: milliseconds that it took.
        explain: add the reasons under `explanation`.
    """
    made = {**_of_one(outcome, base), "ms": round(ms, 1)}
    if outcome.parts:
        made["parts"] = [_of_one(part, base) for part in outcome.parts]
    if explain:
        made["explanation"] = [_explanation(part.explanation) for part in outcome.parts or (outcome,)]
    return made


def as_line(made: Mapping[str, object]) -> str:
    """Return a JSON object as one line that is safe to show: control characters are escaped, letters are not."""
    return _escaped(json.dumps(made, ensure_ascii=False))


def as_page(made: Mapping[str, object]) -> str:
    """Return a JSON object on lines of its own for each value, to be read by people too; as safe as `as_line`."""
    return _escaped(json.dumps(made, ensure_ascii=False, indent=2))


def _escaped(made: str) -> str:
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", made)


_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029]")
"""What JSON leaves as it is, though terminals obey the first and some programs break lines at the others."""


def _of_one(outcome: Outcome, base: KnowledgeBase) -> JsonObject:
    """Return the keys that an outcome and each of its parts have."""
    citations = cited_in(outcome)
    return {
        "question": outcome.question,
        "read_as": outcome.read_as,
        "language": outcome.language or "English",
        "outcome": KINDS[type(outcome)],
        "reason": outcome.reason.value if isinstance(outcome, Abstention) else None,
        "text": as_plain_text(reply_to(outcome, base)),
        "facts": [_fact(cited, citations, base) for cited in shown_in(outcome)],
        "citations": [_citation(citation) for citation in citations],
        "nearest": [fact.id for fact in outcome.nearest],
        **_versions(outcome, citations, base),
    }


def _versions(outcome: Outcome, citations: Sequence[Citation], base: KnowledgeBase) -> JsonObject:
    """Return what was replaced and who does not agree; nothing where none was and all do."""
    dates = {document.id: document.record.published or None for document in base.documents}
    parts = outcome.parts or (outcome,)
    made = {
        "replaced": [
            {
                "earlier": _version(one.earlier, citations, dates),
                "later": _version(one.later, citations, dates),
                "since": one.since or None,
                "changed": one.changed,
            }
            for part in parts
            for one in part.successions
        ],
        "withdrawn": [{"fact": one.fact.id, "replaced_by": one.document} for part in parts for one in part.withdrawn],
        "disagreements": [
            [_version(fact, citations, dates) for fact in pair] for part in parts for pair in part.disagreements
        ],
    }
    return {key: several for key, several in made.items() if several}


def _version(fact: Fact, citations: Sequence[Citation], dates: Mapping[str, str | None]) -> JsonObject:
    """Return a fact that replaced another, was replaced, or is disagreed with, with the date of its document."""
    return {
        "id": fact.id,
        "claim": fact.claim,
        "document": fact.citation.document,
        "published": dates[fact.citation.document],
        "citations": [citations.index(fact.citation)],
    }


def _fact(cited: CitedFact, citations: Sequence[Citation], base: KnowledgeBase) -> JsonObject:
    """Return a fact; its citations are positions, from 0, in the object's `citations`."""
    return {
        "id": cited.fact.id,
        "claim": cited.fact.claim,
        **({"draft": True} if cited.fact.draft else {}),
        "speaker": speaker_of(cited.fact, base) or None,
        "score": round(cited.score, 4),
        "citations": [citations.index(citation) for citation in cited.citations],
    }


def _citation(citation: Citation) -> JsonObject:
    """Return a citation; offsets are Unicode code points, end-exclusive."""
    return {
        "document": citation.document,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "prefix": citation.prefix,
        "suffix": citation.suffix,
        "paragraph": citation.paragraph,
    }


def _explanation(explanation: Explanation) -> JsonObject:
    """Return the reasons of one outcome."""
    return {
        "reading": [list(pair) for pair in explanation.reading],
        "evidence": [
            {
                "fact": evidence.fact,
                "score": round(evidence.score, 4),
                "signals": {name: round(value, 4) for name, value in evidence.signals.items()},
                "explained": list(evidence.explained),
                "unexplained": list(evidence.unexplained),
                "vetoes": list(evidence.vetoes),
            }
            for evidence in explanation.evidence
        ],
        "decision": explanation.decision,
        "margin": round(explanation.margin, 4),
    }
