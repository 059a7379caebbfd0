"""Messages as lines of styled words: what a phone makes of a text and its entities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from tests.bot_api.entities import entities_of

QUOTATIONS = frozenset(("blockquote", "expandable_blockquote"))

FOUND_BY_APPS = frozenset(("bot_command", "hashtag", "mention", "url"))
"""What an app finds in a text by itself and shows as a link."""

Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """Words in the same styles, which are types of entities, in alphabetical order."""

    text: str
    styles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together: plain ones, or those of one quotation.

    Attributes:
        kind: `text`, `blockquote` or `expandable_blockquote`.
    """

    kind: str
    lines: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    """A type of entity and where it stands, in UTF-16 units, end-exclusive."""

    kind: str
    start: int
    end: int


def blocks_of(text: str, entities: Sequence[Message]) -> tuple[Block, ...]:
    """Return a text as blocks; all their lines, joined by line breaks, are the text.

    Args:
        text: of a message.
        entities: as the Bot API has them. A quotation holds whole lines.
    """
    found = [one for one in entities_of(text) if one["type"] in FOUND_BY_APPS]
    marks = [_Mark(one["type"], one["offset"], one["offset"] + one["length"]) for one in (*entities, *found)]
    quotations = [mark for mark in marks if mark.kind in QUOTATIONS]
    styles = [mark for mark in marks if mark.kind not in QUOTATIONS]
    blocks: list[tuple[_Mark | None, list[tuple[Run, ...]]]] = []
    start = 0
    for line in text.split("\n"):
        end = start + _units(line)
        quotation = next((mark for mark in quotations if mark.start < end and start < mark.end), None)
        if not blocks or blocks[-1][0] is not quotation:
            blocks.append((quotation, []))
        blocks[-1][1].append(tuple(_runs(line, start, styles)))
        start = end + 1
    return tuple(Block(mark.kind if mark else "text", tuple(lines)) for mark, lines in blocks)


def _runs(line: str, start: int, marks: Sequence[_Mark]) -> Iterable[Run]:
    """Yield the words of a line that begins at a place of the text, cut where a style begins or ends."""
    units = line.encode("utf-16-le", "surrogatepass")
    end = start + len(units) // 2
    inside = [mark for mark in marks if mark.start < end and start < mark.end]
    cuts = sorted({start, end, *(max(start, mark.start) for mark in inside), *(min(end, mark.end) for mark in inside)})
    for first, last in pairwise(cuts):
        text = units[2 * (first - start) : 2 * (last - start)].decode("utf-16-le", "surrogatepass")
        yield Run(text, tuple(sorted({mark.kind for mark in inside if mark.start <= first and last <= mark.end})))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
