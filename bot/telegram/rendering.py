"""Replies as Telegram shows them: plain text with entities beside it.

Entities say where a style begins and ends, in UTF-16 units. The text itself holds no markup, so there is nothing to
escape and nothing that a question or a document could inject.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from telegram import MessageEntity
from telegram.constants import MessageEntityType, MessageLimit

from bot.messages import cleaned
from bot.replies import Footnote, Reply, Section, marks, whereabouts

LONGEST_TEXT = int(MessageLimit.MAX_TEXT_LENGTH)
"""UTF-16 units in a message."""

MOST_ENTITIES = int(MessageLimit.MESSAGE_ENTITIES)
"""Entities in a message; Telegram ignores those beyond."""


@dataclass(frozen=True, slots=True)
class Part:
    """One message of Telegram; offsets and lengths of its entities are in UTF-16 units."""

    text: str
    entities: tuple[MessageEntity, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a reply in one style: a type of entity, or none."""

    text: str
    style: MessageEntityType | None = None


@dataclass(frozen=True, slots=True)
class _Span:
    """A styled stretch of text, in code points, end-exclusive."""

    start: int
    end: int
    style: MessageEntityType


def render(reply: Reply) -> list[Part]:
    """Return the messages that show a reply, in order: statements first, then the sources with their quotes."""
    text, spans = _joined(_paragraphs(reply))
    return split(text, spans)


def plain(text: str) -> list[Part]:
    """Return the messages that show a text without styles."""
    return split(cleaned(text), [])


def _paragraphs(reply: Reply) -> Iterator[list[_Line]]:
    numbers = count(1)  # suggestions are numbered through, whichever section they stand in
    for section in reply.sections:
        yield _section(section, numbers)
    yield [_Line(reply.note, MessageEntityType.ITALIC)]
    source = ""
    for footnote in reply.footnotes:
        heading = footnote.source if footnote.source != source else ""
        yield _footnote(footnote, whereabouts(footnote, reply.interface), heading)
        source = footnote.source


def _section(section: Section, numbers: Iterator[int]) -> list[_Line]:
    bullet = "• " if len(section.statements) > 1 else ""
    return [
        _Line(section.question, MessageEntityType.BOLD),
        _Line(section.lead),
        *(_Line(f"{bullet}{statement.text} {marks(statement.footnotes)}".rstrip()) for statement in section.statements),
        _Line(section.remark),
        *(
            _Line(f"{number}. {suggestion.text}")
            for suggestion, number in zip(section.suggestions, numbers, strict=False)
        ),
    ]


def _footnote(footnote: Footnote, place: str, heading: str) -> list[_Line]:
    """Return a source; its document stands above it as a heading, once for all quotes that follow from it."""
    return [
        _Line(heading, MessageEntityType.ITALIC),
        _Line(f"[{footnote.number}] {place}"),
        _Line(footnote.citation.quote, MessageEntityType.EXPANDABLE_BLOCKQUOTE),
    ]


def _joined(paragraphs: Iterator[list[_Line]]) -> tuple[str, list[_Span]]:
    """Return the text of all paragraphs and its spans in order; empty lines are left out."""
    text = ""
    spans = []
    for paragraph in paragraphs:
        separator = "\n\n"
        for line in paragraph:
            shown = cleaned(line.text)
            if not shown:
                continue
            text += (separator if text else "") + shown
            separator = "\n"
            if line.style is not None:
                spans.append(_Span(len(text) - len(shown), len(text), line.style))
    return text, spans


def split(text: str, spans: Sequence[_Span]) -> list[Part]:
    """Return the messages that carry a text of any length; white space at a border is dropped.

    Args:
        text: without lone surrogates.
        spans: in order, none over another.
    """
    parts = []
    start = _skip_space(text, 0)
    while start < len(text):
        cut = _cut(text, start, _reach(text, start, spans))
        parts.append(_part(text[start:cut].rstrip(), start, spans))
        start = _skip_space(text, cut)
    return parts


def _skip_space(text: str, start: int) -> int:
    return len(text) - len(text[start:].lstrip())


def _reach(text: str, start: int, spans: Sequence[_Span]) -> int:
    """Return where a message that begins at `start` has to end at the latest."""
    units = text[start : start + LONGEST_TEXT].encode("utf-16-le")[: 2 * LONGEST_TEXT]
    end = start + len(units.decode("utf-16-le", errors="ignore"))  # half a surrogate pair at the end is left out
    too_many = [span for span in spans if span.end > start][MOST_ENTITIES:]
    return min(end, too_many[0].start) if too_many else end


def _cut(text: str, start: int, end: int) -> int:
    """Return where to cut: before the last blank line up to `end`, else line, else space, else at `end` itself."""
    if end == len(text):
        return end
    for separator in ("\n\n", "\n", " "):
        found = text.rfind(separator, start + 1, end + len(separator))
        if found >= 0:
            return found
    return end


def _part(text: str, start: int, spans: Sequence[_Span]) -> Part:
    """Return the message with a piece of the text that begins at `start`, and what the spans mark of it."""
    clipped = [(span.style, max(0, span.start - start), min(len(text), span.end - start)) for span in spans]
    entities = (
        MessageEntity(style, _units(text[:begin]), _units(text[begin:end]))
        for style, begin, end in clipped
        if begin < end
    )
    return Part(text, tuple(entities))


def _units(text: str) -> int:
    """Return how many UTF-16 units a text has."""
    return len(text.encode("utf-16-le")) // 2
