"""HTML: the article of a page by trafilatura, without what stands around it on every page of its site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from knowledge.curation.errors import NotExtracted
from knowledge.curation.extracting.describing import describe
from knowledge.curation.extracting.extracted import Extracted, text_of, tidy
from knowledge.curation.extracting.plain import MARKS, Decoded, decode, encoding_notes

if TYPE_CHECKING:
    from lxml.html import HtmlElement

BETWEEN_CELLS = " | "

DECLARED_WITHIN = 4096
"""Bytes. The standard wants the encoding within the first 1024; pages that are saved by a browser put theirs later."""

UNSEEN = ("script", "style", "noscript", "template", "head", "svg", "iframe", "object", "select", "textarea", "button")

INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd"),
        *("label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong"),
        *("sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
"""Elements that end no paragraph."""

HALF = 0.5
"""Share of the words of a page below which a curator is told how much was left out."""

_BLOCKS = {"p", "head", "list", "item", "quote", "table", "row", "div"}
_BREAK = "\x01"
_TWO_BREAKS = re.compile(r"\x01\s*\x01")
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,200}?encoding=["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_BEHIND_A_WORD = re.compile(r"[^\W\d_]{4}$|[.,;:!?”’»)]$")
_FOOTNOTE = re.compile(r"\[?\s*(?:\d{1,3}|[*†‡])\s*\]?")


def extract_html(content: bytes, encoding: str = "") -> Extracted:
    """Return the article of a page in paragraphs; headings get the marks of Markdown, which the engine knows.

    Raises:
        NotExtracted: it holds no text, or nobody can tell in which encoding.
    """
    from lxml import etree  # noqa: PLC0415  heavy
    from lxml.html import HTMLParser, document_fromstring  # noqa: PLC0415  "

    decoded, notes = _decoded(content, encoding)
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        page = document_fromstring(decoded.text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as error:
        raise NotExtracted("holds no text; save the page from a browser once its text is shown") from error
    described, said = describe(page)
    _without_footnote_marks(page)
    article = _article(page)
    text = text_of(article or _visible(page))
    if not text:
        raise NotExtracted("holds no text; save the page from a browser once its text is shown")
    return Extracted("html", text, described, (*notes, *said, *_left_out(text, page, found=bool(article))))


def _decoded(content: bytes, encoding: str) -> tuple[Decoded, tuple[str, ...]]:
    """Return a page as text: by its byte order mark, by what it declares, else like plain text."""
    declared = _DECLARED.search(content[:DECLARED_WITHIN])
    name = (declared[1] or declared[2]).decode("ascii") if declared else ""
    if encoding or not name or any(content.startswith(mark) for mark, _ in MARKS):
        decoded = decode(content, encoding)
        return decoded, encoding_notes(decoded)
    try:
        return decode(content, _as_browsers_read(name)), ()
    except NotExtracted:
        decoded = decode(content)
        return decoded, (
            f"it says that it is {name}, which it is not; read as {decoded.encoding}",
            *encoding_notes(decoded),
        )


def _as_browsers_read(name: str) -> str:
    """Return the encoding that a page means by a name: one that it could be read in so far.

    Source: HTML Living Standard, "prescan a byte stream", and the labels of the WHATWG Encoding Standard.
    """
    latin = {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii"}
    if name.lower() in latin:
        return "windows-1252"
    return "utf-8" if name.lower().startswith(("utf-16", "utf16")) else name


def _without_footnote_marks(page: HtmlElement) -> None:
    """Take the marks of footnotes out of a page: behind a word they would be read as a number."""
    for mark in list(page.iter("sup")):
        before = mark.getprevious().tail if mark.getprevious() is not None else mark.getparent().text
        is_link = mark.find(".//a") is not None or mark.getparent().tag == "a"
        if _FOOTNOTE.fullmatch(mark.text_content().strip()) and (is_link or _BEHIND_A_WORD.search(before or "")):
            mark.drop_tree()


def _article(page: HtmlElement) -> list[str]:
    """Return the paragraphs that trafilatura takes for the article; empty when it finds none."""
    from trafilatura import bare_extraction  # noqa: PLC0415  heavy

    found = bare_extraction(page, include_comments=False, include_tables=True, with_metadata=False)
    body = getattr(found, "body", None)
    return [line for line in _paragraphs(body) if line.strip()] if body is not None else []


def _paragraphs(element: HtmlElement) -> Iterator[str]:
    """Yield the paragraphs of what trafilatura makes of a page: `head`, `p`, `item`, `row` ..., one below the other."""
    if element.tag == "head":
        level = (element.get("rend") or "h2")[1:]
        yield (
            "#" * (int(level) if level in {"1", "2", "3", "4", "5", "6"} else 2)
            + " "
            + _words(element).replace(_BREAK, " ")
        )
    elif element.tag == "row":
        cells = (tidy(_words(cell).replace(_BREAK, " ")) for cell in element)
        yield BETWEEN_CELLS.join(filter(None, cells))
    elif any(child.tag in _BLOCKS for child in element):
        yield from _lines(element.text or "")
        for child in element:
            yield from _paragraphs(child)
            yield from _lines(child.tail or "")
    else:
        yield from _lines(_words(element))


def _words(element: HtmlElement) -> str:
    """Return the words of an element, with a mark where a line ends."""
    parts = [element.text or ""]
    for child in element:
        parts += [_BREAK if child.tag in {"lb", "br"} else _words(child), child.tail or ""]
    return "".join(parts)


def _lines(words: str) -> list[str]:
    """Return the paragraphs of words with marks: where two lines end in a row, a paragraph does."""
    return [part.replace(_BREAK, " ") for part in _TWO_BREAKS.split(words)]


def _visible(page: HtmlElement) -> list[str]:
    """Return all that a reader sees of a page, in paragraphs."""
    lines = [""]

    def walk(element: HtmlElement) -> None:
        if not isinstance(element.tag, str) or element.tag in UNSEEN or element.get("hidden") is not None:
            return
        apart = element.tag not in INLINE
        if apart:
            lines.append("")
        lines[-1] += element.text or ""
        for child in element:
            walk(child)
            lines[-1] += child.tail or ""
        if apart:
            lines.append("")

    walk(page)
    return lines


def _left_out(text: str, page: HtmlElement, *, found: bool) -> tuple[str, ...]:
    """Return a note when much of a page was left out, or when nothing was because no article was found."""
    if not found:
        return ("no article was found in it; all of its text was taken, menus too",)
    kept, seen = len(text.split()), len(" ".join(_visible(page)).split())
    return (f"{kept} of the {seen} words of the page were taken for its article",) if kept < seen * HALF else ()
