"""Replies as Telegram shows them: plain text with entities beside it.

Entities say where a style begins and ends, in UTF-16 units. The text itself holds no markup, so there is nothing to
escape and nothing that a question or a document could inject.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, groupby

from telegram import MessageEntity
from telegram.constants import MessageEntityType, MessageLimit

from bot.messages import cleaned
from bot.replies import Footnote, Reply, Section, marks, source_lines, whereabouts

LONGEST_TEXT = int(MessageLimit.MAX_TEXT_LENGTH)
"""UTF-16 units in a message."""

MOST_ENTITIES = int(MessageLimit.MESSAGE_ENTITIES)
"""Entities in a message; Telegram ignores those beyond."""


LONGEST_PAGE = 2500
"""UTF-16 units on a page of a document: about two screens of a phone."""

LONGEST_PARAGRAPH = 1700
"""Code points of a paragraph that are shown around a quote; with a heading they fit, even all beyond the BMP."""

_ENDING = (".", "!", "?", "…", "؟", "。")
"""What ends a sentence."""

_CLOSING = "\"'”’»)]*_"
"""What may follow it: quotation marks, brackets, and the marks of emphasis."""


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


def render_short(reply: Reply) -> list[Part]:
    """Return the messages that show what a reply states, and from which documents, without the quotes."""
    sections = count(1)
    told = [_section(section, sections) for section in reply.sections]
    sources = [_Line(line, MessageEntityType.ITALIC) for line in source_lines(reply)]
    text, spans = _joined(iter([*told, [_Line(reply.note, MessageEntityType.ITALIC)], sources]))
    return split(text, spans)


def plain(text: str) -> list[Part]:
    """Return the messages that show a text without styles."""
    return split(cleaned(text), [])


def one_part(parts: Sequence[Part]) -> Part:
    """Return the first of several messages, with a sign that more follows: what fits where only one can be shown."""
    first = parts[0]
    if len(parts) == 1:
        return first
    text = first.text[: _reach(first.text, 0, (), LONGEST_TEXT - 2)].rstrip()
    units = _units(text)
    kept = [
        MessageEntity(entity.type, entity.offset, min(entity.length, units - entity.offset))
        for entity in first.entities
        if entity.offset < units
    ]
    return Part(f"{text}\n…", tuple(kept))


def in_context(heading: str, text: str, quote: tuple[int, int] | None) -> Part:
    """Return a paragraph of a document below a heading, with a quote in it marked.

    Args:
        heading: what document and paragraph this is; one line, at most some hundred characters.
        text: the paragraph; of one that is too long, what is around the quote is shown.
        quote: where the quote stands in it, in code points, end-exclusive; None where it holds none.
    """
    start, end = quote or (0, 0)
    first, last = _around(text, start, end)
    shown = cleaned(text[first:last])  # has as many code points as before: only half a surrogate pair is replaced
    before, behind = "…" if first else "", "…" if last < len(text) else ""
    head = cleaned(heading)
    at = len(head) + 2 + len(before) - first
    spans = [_Span(0, len(head), MessageEntityType.ITALIC)]
    if quote is not None:
        spans.append(_Span(at + start, at + min(end, last), MessageEntityType.BOLD))
    return split(f"{head}\n\n{before}{shown}{behind}", spans)[0]


def pages_of(text: str) -> list[str]:
    """Return a whole document, cut between paragraphs into pieces that are read at one go on a phone.

    A paragraph is a line that is not blank. What does not end like a sentence is taken for a heading, or a line of a
    list: no blank line follows, so that it stays with what it stands above.
    """
    shown = ""
    for line in filter(None, map(str.rstrip, cleaned(text).splitlines())):
        above = shown.rstrip(_CLOSING)
        shown += ("\n\n" if above.endswith(_ENDING) else "\n" if shown else "") + line
    return [part.text for part in split(shown, [], LONGEST_PAGE)]


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch of a long text that shows a quote with what is around it, or the beginning of the quote."""
    if len(text) <= LONGEST_PARAGRAPH:
        return 0, len(text)
    room = max(0, LONGEST_PARAGRAPH - (end - start))
    first = max(0, min(start - room // 2, len(text) - LONGEST_PARAGRAPH))
    last = first + LONGEST_PARAGRAPH
    if first and (space := text.find(" ", first, start)) >= 0:
        first = space + 1
    if last < len(text) and (space := text.rfind(" ", end, last)) >= 0:
        last = space
    return first, last


def _paragraphs(reply: Reply) -> Iterator[list[_Line]]:
    numbers = count(1)  # suggestions are numbered through, whichever section they stand in
    for section in reply.sections:
        yield _section(section, numbers)
    yield [_Line(reply.note, MessageEntityType.ITALIC)]
    for source, footnotes in groupby(reply.footnotes, lambda footnote: footnote.source):
        notes = (_footnote(footnote, whereabouts(footnote, reply.interface)) for footnote in footnotes)
        yield [_Line(source, MessageEntityType.ITALIC), *chain.from_iterable(notes)]


def _section(section: Section, numbers: Iterator[int]) -> list[_Line]:
    bullet = "• " if len(section.statements) > 1 else ""
    return [
        _Line(section.question, MessageEntityType.BOLD),
        _Line(section.lead),
        *(_Line(f"{bullet}{statement.text} {marks(statement.footnotes)}".rstrip()) for statement in section.statements),
        *(_Line(f"{note.text} {marks(note.footnotes)}".rstrip()) for note in section.notes),
        _Line(section.remark),
        *(
            _Line(f"{number}. {suggestion.text}")
            for suggestion, number in zip(section.suggestions, numbers, strict=False)
        ),
    ]


def _footnote(footnote: Footnote, place: str) -> list[_Line]:
    """Return a quote with its number; apps set quotations apart, so that no blank line is needed around them."""
    return [
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


def split(text: str, spans: Sequence[_Span], longest: int = LONGEST_TEXT) -> list[Part]:
    """Return the messages that carry a text of any length; white space at a border is dropped.

    Args:
        text: without lone surrogates.
        spans: in order, none over another.
        longest: UTF-16 units in one message.
    """
    parts = []
    start = _skip_space(text, 0)
    while start < len(text):
        cut = _cut(text, start, _reach(text, start, spans, longest))
        parts.append(_part(text[start:cut].rstrip(), start, spans))
        start = _skip_space(text, cut)
    return parts


def _skip_space(text: str, start: int) -> int:
    return len(text) - len(text[start:].lstrip())


def _reach(text: str, start: int, spans: Sequence[_Span], longest: int) -> int:
    """Return where a message that begins at `start` has to end at the latest."""
    units = text[start : start + longest].encode("utf-16-le")[: 2 * longest]
    end = start + len(units.decode("utf-16-le", errors="ignore"))  # half a surrogate pair at the end is left out
    too_many = [span for span in spans if span.end > start][MOST_ENTITIES:]
    return min(end, too_many[0].start) if too_many else end


def _cut(text: str, start: int, end: int) -> int:
    """Return where to cut: not far from `end` before a blank line or a footnote.

    Where there is none: anywhere before a blank line, else a line, else a space, else at `end` itself.
    """
    if end == len(text):
        return end
    near, anywhere = (start + end) // 2, start + 1
    borders = (("\n\n", near), ("\n[", near), ("\n\n", anywhere), ("\n", anywhere), (" ", anywhere))
    for border, first in borders:
        found = text.rfind(border, first, end + len(border))
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
