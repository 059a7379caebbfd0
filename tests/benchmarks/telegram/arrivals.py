"""What reached the server, read: how many, how fast, in which order, whether it is what had to come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.telegram.load import Load


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What reached the server.

    Attributes:
        missing: texts that had to come and did not.
        unexpected: texts that came and had not to.
        out_of_order: texts that came in their chat after one that had to come later.
        last_s: when the last one came, in seconds from the first messages handed out.
        waits_ms: milliseconds from each message to its answer, ascending; empty where all waited from the beginning.
    """

    missing: int
    unexpected: int
    out_of_order: int
    last_s: float
    waits_ms: Sequence[float]


def read(told: dict[str, Any], load: Load, *, paced: bool) -> Arrivals:
    """Read what the server tells."""
    asked: dict[int, list[float]] = defaultdict(list)
    for (chat, _), at_s in zip(load.messages, told["asked"], strict=False):
        asked[chat].append(at_s)
    open_ = {chat: list(enumerate(texts)) for chat, texts in load.replies.items()}
    furthest: dict[int, int] = defaultdict(lambda: -1)
    unexpected = out_of_order = 0
    waits_ms = []
    for at_s, chat, text in told["arrived"]:
        found = next((one for one in open_.get(chat, ()) if one[1] == text), None)
        if found is None:
            unexpected += 1
            continue
        open_[chat].remove(found)
        place = found[0]
        out_of_order += place < furthest[chat]
        furthest[chat] = max(furthest[chat], place)
        if paced:
            waits_ms.append(1000 * (at_s - asked[chat][place]))
    missing = sum(map(len, open_.values()))
    last_s = max((at_s for at_s, _, _ in told["arrived"]), default=0.0)
    return Arrivals(missing, unexpected, out_of_order, last_s, sorted(waits_ms))
