"""Documents: works that were received and can be opened, and places in them."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from knowledge.errors import DocumentError
from knowledge.models import DocumentRecord

CONTEXT_LENGTH = 32
"""Characters of prefix and suffix kept with a citation. Source: W3C Web Annotation examples use about this much."""

_LINE = re.compile(r"[^\n\v\f\r\x85\u2028\u2029]+")
_HEADING = re.compile(r"\s*(?:\*\*(?:(?!\*\*).)+\*\*|#{1,6}\s.*)\s*")
_PIECE = re.compile(r"[^。！？؟۔।]*(?:[。！？؟۔।]+[”’»」』)]*)?")
"""What the splitter took for one sentence is split once more at marks that it does not know."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A contiguous piece of a document: `document.text[start:end] == text`.

    Attributes:
        start, end: offsets in Unicode code points, end-exclusive.
        number: position among its like in the document, from 1.
    """

    text: str
    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A document and the place in it that stands behind a sentence of an answer.

    The fields are those of W3C `TextPositionSelector` (start, end) and `TextQuoteSelector` (quote as exact, prefix,
    suffix). Offsets are Unicode code points, end-exclusive: `document.text[start:end] == quote`.

    Attributes:
        document: the document's id.
        paragraph: the paragraph that holds the quote, from 1.
    """

    document: str
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str
    paragraph: int


@dataclass(frozen=True)
class Document:
    """A work that was received, with its text as decoded from UTF-8 and nothing changed."""

    record: DocumentRecord
    text: str

    @property
    def id(self) -> str:
        return self.record.id

    @cached_property
    def paragraphs(self) -> tuple[Passage, ...]:
        """The lines that are not blank, in order; none of them holds the end of a line."""
        lines = (match for match in _LINE.finditer(self.text) if not match.group().isspace())
        return tuple(
            Passage(line.group(), line.start(), line.end(), number) for number, line in enumerate(lines, start=1)
        )

    @cached_property
    def sentences(self) -> tuple[Passage, ...]:
        """The sentences of every paragraph, in order; a heading is one, a space between sentences belongs to none."""
        spans = (
            (paragraph.start + start, paragraph.start + end)
            for paragraph in self.paragraphs
            for start, end in _sentence_spans(paragraph.text)
        )
        return tuple(
            Passage(self.text[start:end], start, end, number) for number, (start, end) in enumerate(spans, start=1)
        )

    def find(self, quote: str) -> tuple[int, ...]:
        """Return every offset at which `quote` stands to the letter, in order."""
        if not quote:
            return ()
        found = []
        at = self.text.find(quote)
        while at >= 0:
            found.append(at)
            at = self.text.find(quote, at + 1)
        return tuple(found)

    def cite(self, start: int, end: int) -> Citation:
        """Return the citation of `text[start:end]`, with the words around it."""
        return Citation(
            document=self.id,
            start=start,
            end=end,
            quote=self.text[start:end],
            prefix=self.text[max(0, start - CONTEXT_LENGTH) : start],
            suffix=self.text[end : end + CONTEXT_LENGTH],
            paragraph=self.paragraph_at(start).number,
        )

    def cite_quote(self, quote: str) -> Citation | None:
        """Return the citation of a quote that stands in the text exactly once; None for any other."""
        places = self.find(quote)
        return self.cite(places[0], places[0] + len(quote)) if len(places) == 1 else None

    def paragraph_at(self, offset: int) -> Passage:
        """Return the paragraph that holds the character at `offset`.

        Between paragraphs it is the one before, and in a document without any the whole text.
        """
        number = bisect_right(self.paragraphs, offset, key=lambda paragraph: paragraph.start)
        return self.paragraphs[max(0, number - 1)] if self.paragraphs else Passage(self.text, 0, len(self.text), 1)


def _sentence_spans(paragraph: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence of a paragraph starts and ends, without the space around it."""
    from nupunkt import sent_spans  # noqa: PLC0415  not needed to answer, and a fifth of a cold start

    for first, last in [(0, len(paragraph))] if _HEADING.fullmatch(paragraph) else sent_spans(paragraph):
        for piece in _PIECE.finditer(paragraph, first, last):
            sentence = piece.group().strip()
            if sentence:
                start = piece.start() + piece.group().index(sentence)
                yield start, start + len(sentence)


def read_text(path: Path) -> tuple[str, str]:
    """Return a file's text, decoded from UTF-8 without changing a character, and the SHA-256 of its bytes.

    Raises:
        DocumentError: the file is missing, unreadable or not UTF-8.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read ({error.strerror}); put the document there") from error
    try:
        return raw.decode("utf-8"), hashlib.sha256(raw).hexdigest()
    except UnicodeDecodeError as error:
        message = f"{path}: not UTF-8 text (byte {error.start}); save it as UTF-8, then update sha256"
        raise DocumentError(message) from error
