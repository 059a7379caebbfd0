"""DOCX: the paragraphs that Word shows, by python-docx; what was deleted or hidden there is not text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from knowledge.curation.errors import NotExtracted, told_of
from knowledge.curation.extracting.extracted import Described, Extracted, as_language, as_title, text_of, tidy
from knowledge.curation.extracting.unpacking import DAMAGED, LARGEST_PART, parts_of, read_part

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element

BETWEEN_CELLS = " | "

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

_GONE = {f"{WORD}del", f"{WORD}moveFrom", FALLBACK}
"""What Word does not show: deletions that are tracked, and the second version of a drawing."""

_BREAK = "\x01"
_SIGNS = {f"{WORD}tab": " ", f"{WORD}br": _BREAK, f"{WORD}cr": _BREAK, f"{WORD}noBreakHyphen": "-"}
_HEADINGS = {"title": 1} | {f"heading {level}": min(level, 6) for level in range(1, 10)}


def extract_docx(content: bytes) -> Extracted:
    """Return the paragraphs of a DOCX file; headings get the marks of Markdown, which the engine knows.

    Raises:
        NotExtracted: it is damaged or harmful, or holds no text.
    """
    document = _opened(content)
    body = document.element.body
    levels = {style.style_id: _HEADINGS.get((style.name or "").lower(), 0) for style in document.styles}
    paragraphs = list(_paragraphs(body, levels))
    text = text_of(paragraphs)
    if not text:
        raise NotExtracted("holds no text; if it holds pictures of pages, run text recognition (OCR) on them first")
    properties = document.core_properties
    first = next((tidy(line) for line in paragraphs if tidy(line)), "")
    described = Described(
        title=as_title(properties.title) or as_title(first.removeprefix("# ") if first.startswith("# ") else ""),
        language=as_language(properties.language),
    )
    return Extracted("docx", text, described, tuple(_notes(body)))


def _opened(content: bytes) -> WordDocument:
    """Return a document after a look at what it holds."""
    import docx  # noqa: PLC0415  heavy
    from docx.opc.exceptions import OpcError  # noqa: PLC0415  "
    from lxml.etree import LxmlError  # noqa: PLC0415  "

    for name in parts_of(content):
        if name.endswith((".xml", ".rels")):
            _prove(read_part(content, name), name)
    try:
        document: WordDocument = docx.Document(BytesIO(content))
        _ = document.element.body.tag, document.styles, document.core_properties.title
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError, TypeError, OSError) as error:
        raise NotExtracted(DAMAGED.format(told_of(error))) from error
    return document


def _prove(part: bytes, name: str) -> None:
    """Refuse XML with definitions of its own: the format has none, and they can make a small file endless."""
    if len(part) > LARGEST_PART:
        raise NotExtracted(f"holds a part of more than {LARGEST_PART // 1_000_000} MB ({name[:60]}); split it")
    plain = part.replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise NotExtracted(f"holds XML entities ({name[:60]}), which no DOCX has; do not trust it")


def _paragraphs(element: _Element, levels: Mapping[str, int]) -> Iterator[str]:
    """Yield the paragraphs below an element in their order, each row of a table as one."""
    for child in element:
        if child.tag == f"{WORD}p":
            yield from _lines(child, levels)
        elif child.tag == f"{WORD}tr":
            yield from _row(child, levels)
        elif isinstance(child.tag, str) and child.tag not in _GONE:
            yield from _paragraphs(child, levels)


def _row(row: _Element, levels: Mapping[str, int]) -> Iterator[str]:
    """Yield the cells of a row side by side; a table that only arranges paragraphs is not kept."""
    cells = [[line for line in _paragraphs(cell, levels) if tidy(line)] for cell in row.iterchildren(f"{WORD}tc")]
    if any(len(cell) > 1 for cell in cells):
        for cell in cells:
            yield from cell
    else:
        yield BETWEEN_CELLS.join(tidy(cell[0]) for cell in cells if cell)


def _lines(paragraph: _Element, levels: Mapping[str, int]) -> Iterator[str]:
    """Yield a paragraph, then those of the text boxes that hang on it."""
    style = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
    level = levels.get(style.get(f"{WORD}val") or "", 0) if style is not None else 0
    boxes: list[_Element] = []
    words = "".join(_words(paragraph, boxes))
    for line in words.split(_BREAK * 2):
        whole = line.replace(_BREAK, " ").strip()
        yield f"{'#' * level} {whole}" if level and whole else whole
    for box in boxes:
        yield from _paragraphs(box, levels)


def _words(element: _Element, boxes: list[_Element]) -> Iterator[str]:
    """Yield the words of a paragraph, and collect its text boxes."""
    for child in element:
        if child.tag == f"{WORD}txbxContent":
            boxes.append(child)
        elif child.tag == f"{WORD}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif isinstance(child.tag, str) and child.tag not in _GONE and not _is_hidden(child):
            yield from _words(child, boxes)


def _is_hidden(run: _Element) -> bool:
    """Return whether a run is formatted as hidden."""
    vanish = run.find(f"{WORD}rPr/{WORD}vanish") if run.tag == f"{WORD}r" else None
    return vanish is not None and vanish.get(f"{WORD}val") not in {"0", "false", "off"}


def _notes(body: _Element) -> Iterator[str]:
    """Yield what is in a document beside its text."""
    held = Counter(element.tag for element in body.iter() if isinstance(element.tag, str))
    if held[f"{WORD}ins"] or held[f"{WORD}del"]:
        yield "it holds tracked changes: what was inserted was taken, what was deleted was not"
    if held[f"{WORD}vanish"]:
        yield "it holds hidden text, which was left out"
    if notes := held[f"{WORD}footnoteReference"] + held[f"{WORD}endnoteReference"]:
        yield f"its footnotes were left out ({notes})"
