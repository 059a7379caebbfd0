"""What is taken out of a file that was received: its text in paragraphs, and what it says of itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Kind = Literal["text", "markdown", "html", "pdf", "docx"]

LONGEST_TEXT = 5_000_000
"""Characters. A book of a thousand pages has about three million; checking takes every sentence apart."""

LONGEST_TITLE = 500
"""Characters, as `knowledge.models.Line` allows."""

_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\u00a0\u2007\u2009\u202f](?=\d)")
_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
"""Soft hyphens, empty spaces, marks that turn the order of characters round: a quote with one in it is not found."""

_DATE = re.compile(r"\s*(\d{4})([-/]?)(\d{2})\2(\d{2})(?=$|[T\s])")
_LANGUAGE = re.compile(r"\s*([A-Za-z]{2,3})(?=$|[-_\s])")
_ADDRESS = re.compile(r"https?://[^\s/?#]+\S*")


@dataclass(frozen=True, slots=True)
class Described:
    """What a document says of itself, in the form that a fact file holds; empty where it says nothing.

    Attributes:
        published: the day on which it says that it was published, as an ISO date. When a file was made is no such day.
        language: a code such as en.
    """

    title: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a document.

    Attributes:
        text: plain text wholly as it was received, or paragraphs with a blank line between them.
        notes: what a curator should know of how it was read, each a sentence without its stop.
    """

    kind: Kind
    text: str
    described: Described = Described()
    notes: tuple[str, ...] = field(default=())


def tidy(text: str) -> str:
    """Return a text on one line, with plain spaces and without what cannot be seen, in Unicode's composed form.

    Spaces inside a number, which hold it together, stay as they are.
    """
    visible = "".join(
        character
        for character in _INVISIBLE.sub("", text)
        if character.isspace() or unicodedata.category(character) not in {"Cc", "Cs"}
    )
    kept = _BETWEEN_DIGITS.sub(lambda space: f"\0{ord(space.group()):04x}", visible)
    line = _SPACES.sub(" ", kept).strip()
    restored = re.sub(r"\0([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), line)
    return unicodedata.normalize("NFC", restored)


def text_of(paragraphs: Iterable[str]) -> str:
    """Return paragraphs as the text of a document: one on each line, a blank line between; empty without any."""
    lines = [line for line in map(tidy, paragraphs) if line]
    return "\n\n".join(lines) + "\n" if lines else ""


def as_title(written: object) -> str:
    """Return what stands where a title is expected, as one line; empty when it is none."""
    line = tidy(written) if isinstance(written, str) else ""
    return line if len(line) <= LONGEST_TITLE else ""


def as_date(written: object) -> str:
    """Return the day of an ISO date or time, as it is written there; empty for anything else.

    Source: Highwire's `citation_publication_date` has strokes for hyphens.
    """
    found = _DATE.match(written) if isinstance(written, str) else None
    if found is None:
        return ""
    try:
        return date(int(found[1]), int(found[3]), int(found[4])).isoformat()
    except ValueError:
        return ""


def as_language(written: object) -> str:
    """Return the language of a language tag (`en-GB`, `en_GB`) as a code; empty for anything else."""
    found = _LANGUAGE.match(written) if isinstance(written, str) else None
    return found[1].lower() if found else ""


def as_address(written: object) -> str:
    """Return an address that can be opened in a browser; empty for anything else."""
    address = written.strip() if isinstance(written, str) else ""
    return address if _ADDRESS.fullmatch(address) and address.isprintable() else ""
