"""Documents: works that were received and can be opened, and places in them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from knowledge.errors import DocumentError
from knowledge.models import DocumentRecord

CONTEXT_LENGTH = 32
"""Characters of prefix and suffix kept with a citation. Source: W3C Web Annotation examples use about this much."""

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")


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
        """The non-blank lines, in order."""
        return tuple(
            Passage(match.group(), match.start(), match.end(), number)
            for number, match in enumerate(_PARAGRAPH.finditer(self.text), start=1)
        )

    @cached_property
    def sentences(self) -> tuple[Passage, ...]:
        """The sentences of every paragraph, in order."""
        from nupunkt import sent_spans  # noqa: PLC0415  not needed to answer, and a fifth of a cold start

        spans = [
            (paragraph.start + start, paragraph.start + end)
            for paragraph in self.paragraphs
            for start, end in sent_spans(paragraph.text)
        ]
        return tuple(
            Passage(self.text[start:end].rstrip(), start, start + len(self.text[start:end].rstrip()), number)
            for number, (start, end) in enumerate(spans, start=1)
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

    def paragraph_at(self, offset: int) -> Passage:
        """Return the paragraph that holds the character at `offset`."""
        for paragraph in self.paragraphs:
            if offset < paragraph.end:
                return paragraph
        return self.paragraphs[-1]


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
