"""Markdown: its words without its marks, and what its front matter says of it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from knowledge.curation.extracting.extracted import (
    Described,
    Extracted,
    as_address,
    as_date,
    as_language,
    as_title,
    text_of,
)
from knowledge.curation.extracting.plain import decode, encoding_notes

if TYPE_CHECKING:
    from markdown_it.token import Token

PUBLISHED = ("published", "publishdate", "publish_date", "date_published", "datepublished", "pubdate", "date")
"""Keys of a front matter that tell the day of publication; that of a change or of a draft does not."""

BETWEEN_CELLS = " | "

_FRONT = re.compile(
    r"(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<inner>.*?)^(?P=fence)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_PAIR = re.compile(r"^([A-Za-z_][\w-]*):[ \t]+(.*?)[ \t]*$", re.MULTILINE)
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)


def extract_markdown(content: bytes, encoding: str = "") -> Extracted:
    """Return the paragraphs of a Markdown file. Headings keep their marks, which the engine knows.

    Raises:
        NotExtracted: it is no text, or nobody can tell in which encoding.
    """
    from markdown_it import MarkdownIt  # noqa: PLC0415  heavy

    decoded = decode(content, encoding)
    front, body = _apart(decoded.text)
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    paragraphs = list(_paragraphs(tokens))
    return Extracted("markdown", text_of(paragraphs), _described(front, paragraphs), encoding_notes(decoded))


def _apart(text: str) -> tuple[dict[str, object], str]:
    """Return the front matter of a text and the rest; a rule at the beginning is no front matter."""
    found = _FRONT.match(text)
    if found is None:
        return {}, text
    front = _toml(found["inner"]) if found["fence"] == "+++" else _pairs(found["inner"])
    return (front, text[found.end() :]) if front else ({}, text)


def _toml(inner: str) -> dict[str, object]:
    try:
        return {key.lower(): value for key, value in tomllib.loads(inner).items()}
    except (ValueError, RecursionError):
        return {}


def _pairs(inner: str) -> dict[str, object]:
    """Return the plain `key: value` lines of YAML; what is nested says nothing that is asked for here."""
    pairs = ((key.lower(), value) for key, value in _PAIR.findall(inner))
    return {key: value[1:-1] if len(value) > 1 and value[0] == value[-1] in "\"'" else value for key, value in pairs}


def _described(front: Mapping[str, object], paragraphs: Sequence[str]) -> Described:
    first = paragraphs[0] if paragraphs else ""
    days = (as_date(str(front[key])) for key in PUBLISHED if key in front)
    return Described(
        title=as_title(front.get("title")) or as_title(first.removeprefix("# ") if first.startswith("# ") else ""),
        publisher=as_title(front.get("publisher")),
        published=next((day for day in days if day), ""),
        url=next(filter(None, (as_address(front.get(key)) for key in ("canonical_url", "canonical", "url"))), ""),
        language=as_language(front.get("lang") or front.get("language")),
    )


def _paragraphs(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield each paragraph, heading, line of code and row of a table."""
    mark, row = "", None
    for token in tokens:
        if token.type == "heading_open":
            mark = "#" * int(token.tag[1:]) + " "
        elif token.type == "heading_close":
            mark = ""
        elif token.type == "tr_open":
            row = list[str]()
        elif token.type == "tr_close" and row is not None:
            yield BETWEEN_CELLS.join(filter(None, row))
            row = None
        elif token.type == "inline" and row is not None:
            row.append(_words(token))
        elif token.type == "inline":
            yield f"{mark}{_words(token)}"
        elif token.type in {"fence", "code_block"}:
            yield from token.content.splitlines()
        elif token.type == "html_block":
            yield from _TAG.sub(" ", token.content).split("\n\n")


def _words(inline: Token) -> str:
    """Return the words of a paragraph without what marks, links and pictures them."""
    said = {"softbreak": " ", "hardbreak": " ", "text": None, "code_inline": None, "text_special": None}
    parts = (said[part.type] or part.content for part in inline.children or () if part.type in said)
    return "".join(parts).strip()
