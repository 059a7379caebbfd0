"""What a program can rely on: gaps as a JSON object, with fixed keys in a fixed order; personal data is masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from bot.contract import KINDS, JsonObject
from knowledge import Abstention, Found
from knowledge.curation import Gap


def as_object(gaps: Sequence[Gap], settled: int, of_few: int, left_out: int) -> JsonObject:
    """Return gaps as a JSON object, the most asked first.

    Args:
        gaps: what is shown.
        settled: how many gaps are left out because they are answered by now or known to be unsaid.
        of_few: how many are left out because fewer people asked for them than wanted.
        left_out: questions that were not compared.
    """
    return {
        "gaps": [_gap(gap) for gap in gaps],
        "settled": settled,
        "of_few": of_few,
        "not_compared": left_out,
    }


def _gap(gap: Gap) -> JsonObject:
    said = gap.said
    return {
        "times": gap.times,
        "people": gap.people,
        "reasons": gap.reasons,
        "last": gap.last or None,
        "state": gap.state.value,
        "states": {state.value: count for state, count in gap.states.items()},
        "now": {
            "outcome": KINDS[type(said)],
            "reason": said.reason.value if isinstance(said, Abstention) else None,
            "about": said.about or None if isinstance(said, Abstention) else None,
        },
        "wordings": [{"text": one.text, "read_as": one.read_as, "times": one.times} for one in gap.wordings],
        "facts": [{"id": fact.id, "claim": fact.claim, "share": round(share, 4)} for fact, share in gap.facts],
        "unsaid": {"about": gap.unsaid[0].about, "share": round(gap.unsaid[1], 4)} if gap.unsaid else None,
        "sentence": _sentence(gap.sentence) if gap.sentence else None,
    }


def _sentence(found: Found) -> JsonObject:
    return {
        **asdict(found.citation),
        "share": round(found.share, 4),
        "facts": list(found.facts),
        "skipped": found.skipped,
    }
