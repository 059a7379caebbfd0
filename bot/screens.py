"""How a terminal shows what the bot says: replies, reasons, and a quote in its place.

Nothing is shown here that a terminal would obey: control characters in a question, a fact or a document become U+FFFD.
What colours say is said by marks too, for NO_COLOR, dumb terminals and pipes; only the words of a search stand out by
bold alone. In a pipe no line is broken.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from bot.messages import printable
from bot.replies import Reply, Section, marks, quoted, source_lines, whereabouts
from knowledge import Citation, Document, Evidence, Outcome, Passage

QUOTE_START, QUOTE_END = "»", "«"
"""The marks around a quote in its place; documents use other quotation marks themselves."""

NUMBER = "cyan"
QUIET = "dim"
LOUD = "bold"
QUOTED = "bold green"
WARNING = "yellow"
WRONG = "bold red"

NARROWEST = 16
"""Columns that a text keeps beside its mark, however narrow the terminal is."""

READABLE = 100
"""Columns that a text takes at the most: the eye loses its way back in longer lines."""

UNBROKEN = 1_000_000
"""Columns of what is not a terminal: lines are whole, as the next program wants them."""


class Screen(Console):
    """A terminal, or what stands in for it; a reader that has gone is left to the edge of the program."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


@dataclass(frozen=True)
class Line:
    """A text behind a mark, under which the text does not run when it is broken."""

    mark: str
    body: Text
    style: str = field(default="", kw_only=True)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        mark = drawn(self.mark, self.style)
        widest = min(options.max_width, READABLE) if console.is_terminal else UNBROKEN
        room = max(widest - mark.cell_len, NARROWEST)
        for number, line in enumerate(self.body.wrap(console, room, overflow="fold")):
            line.rstrip()
            yield Text.assemble(mark if number == 0 else " " * mark.cell_len, line)


def screen() -> Screen:
    """Return the standard output as a screen; without any escape codes where colours are not wanted."""
    width = None if sys.stdout.isatty() else UNBROKEN
    colourful = Screen(markup=False, highlight=False, emoji=False, width=width)
    if not colourful.no_color:
        return colourful
    return Screen(markup=False, highlight=False, emoji=False, width=width, color_system=None)


def drawn(text: str, style: str = "") -> Text:
    """Return a text ready to be shown."""
    return Text(printable(text), style)


def marked(text: str, places: Iterable[tuple[int, int]]) -> Text:
    """Return a text with some of its words in bold; `places` are (start, end) in order, offsets in the text."""
    shown, at = Text(), 0
    for start, end in places:
        shown.append_text(drawn(text[at:start])).append_text(drawn(text[start:end], LOUD))
        at = end
    return shown.append_text(drawn(text[at:]))


def plain(text: str, style: str = "") -> Line:
    """Return a line without a mark."""
    return Line("", drawn(text, style))


def reply_lines(reply: Reply) -> Iterator[Line]:
    """Yield a reply, and beneath it its footnotes with their quotes."""
    first = 1
    for section in reply.sections:
        if section is not reply.sections[0]:
            yield plain("")
        yield from _section_lines(section, first)
        first += len(section.suggestions)
    if reply.note:
        yield plain("")
        yield plain(reply.note, QUIET)
    if reply.footnotes:
        yield plain("")
    for footnote in reply.footnotes:
        note = Text.assemble(
            drawn(quoted(footnote.citation.quote)), "  ", drawn(whereabouts(footnote, reply.interface), QUIET)
        )
        yield Line(f"  [{footnote.number}] ", note, style=NUMBER)
    for source in source_lines(reply):
        yield Line("  ", drawn(source, QUIET))


def _section_lines(section: Section, first: int) -> Iterator[Line]:
    """Yield the reply to one question; its suggestions are numbered from `first`."""
    if section.question:
        yield plain(section.question, QUIET)
    if section.lead:
        yield plain(section.lead, WARNING)
    for statement in section.statements:
        mark = "- " if len(section.statements) > 1 else ""
        yield Line(mark, Text.assemble(drawn(statement.text, LOUD), " ", drawn(marks(statement.footnotes), NUMBER)))
    for note in section.notes:
        yield Line("", Text.assemble(drawn(note.text, QUIET), " ", drawn(marks(note.footnotes), NUMBER)))
    if section.remark:
        yield plain(section.remark, QUIET)
    for number, suggestion in enumerate(section.suggestions, first):
        yield Line(f"  {number}. ", drawn(suggestion.text), style=NUMBER)


def explanation_lines(outcome: Outcome) -> Iterator[Line]:
    """Yield why an outcome is what it is, question by question."""
    for part in outcome.parts or (outcome,):
        yield plain(part.question, LOUD)
        yield Line("  reading      ", _pairs(part.explanation.reading))
        yield Line("  decision     ", drawn(part.explanation.decision or "-"))
        yield Line("  margin       ", drawn(f"{part.explanation.margin:.2f}"))
        yield Line("  candidates   ", drawn("best first" if part.explanation.evidence else "none"))
        for evidence in part.explanation.evidence:
            yield from _evidence_lines(evidence)


def _evidence_lines(evidence: Evidence) -> Iterator[Line]:
    """Yield what spoke for and against one candidate."""
    refused = WRONG if evidence.vetoes else NUMBER
    yield Line(f"    {evidence.score:.2f}  ", drawn(evidence.fact, LOUD), style=refused)
    signals = ", ".join(f"{name} {value:.2f}" for name, value in evidence.signals.items())
    described = (
        ("signals", signals),
        ("explained", ", ".join(evidence.explained)),
        ("unexplained", ", ".join(evidence.unexplained)),
        ("vetoes", "; ".join(evidence.vetoes)),
    )
    for name, words in described:
        if words:
            yield Line(f"          {name:<12} ", drawn(words), style=WRONG if name == "vetoes" else QUIET)


def _pairs(reading: tuple[tuple[str, str], ...]) -> Text:
    """Return what was understood of a question, on one line."""
    return drawn(", ".join(f"{term}: {value}" for term, value in reading) or "-")


def passage_line(passage: Passage, cited: Citation | None = None) -> Line:
    """Return a paragraph with its number; a quote in it is marked."""
    mark = f"  ¶{passage.number}  "
    if cited is None or not passage.start <= cited.start < passage.end:
        return Line(mark, drawn(passage.text), style=NUMBER)
    start, end = cited.start - passage.start, min(cited.end, passage.end) - passage.start
    marked = drawn(f"{QUOTE_START}{passage.text[start:end]}{QUOTE_END}", QUOTED)
    body = Text.assemble(drawn(passage.text[:start]), marked, drawn(passage.text[end:]))
    return Line(mark, body, style=NUMBER)


def in_place(citation: Citation, document: Document) -> Line:
    """Return the paragraph of a citation with the quote marked."""
    return passage_line(document.paragraph_at(citation.start), citation)
