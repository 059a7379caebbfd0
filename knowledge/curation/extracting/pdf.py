"""PDF: lines of pages by pypdf, put together to paragraphs by where they stand.

A PDF says where glyphs stand, not what is a paragraph. A new one begins behind a wider gap, at an indentation, at
another size of letters, at a mark of a list, and behind a sentence that ends before the line does.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from knowledge.curation.errors import NotExtracted, told_of
from knowledge.curation.extracting.extracted import Described, Extracted, as_language, as_title, text_of, tidy
from knowledge.curation.extracting.unwrapping import joined

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MOST_PAGES = 3_000

AT_THE_EDGE = 3
"""Lines at the top and at the bottom of a page among which headers and footers are looked for."""

FEWEST_PAGES = 3
"""Pages from which on a line that repeats is a header: two pages may begin alike by chance."""

FEWEST_GAPS = 5
"""Distances of lines by which it is known how lines are set."""

WIDEST_LEADING = 1.4
"""Times the size of letters; lines that are set wider are rare."""

GARBLED = 0.05
"""Share of characters that stand for no letter above which a text is unreadable."""

_BROKEN = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, OSError, RecursionError),
    *(TypeError, ValueError),
)
"""What reading a damaged file raises, beside the errors of the library itself. Source: files with bytes changed."""

_LIGATURES = re.compile("[\ufb00-\ufb4f\ufb50-\ufdff\ufe70-\ufefc]+")
"""Letters drawn as one, and Arabic and Hebrew letters in the form that they have at one place of a word."""

_ENDED = re.compile(r"""[.!?:;…。！？؟۔।]["'”’»)\]\d]*$""")
_LISTED = re.compile(r"[•◦▪‣●○■–—*-]\s|\(?(?:\d{1,2}|[a-z])[.)]\s")
_FILE_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel) - |untitled|document\d*$)|.*\.\w{2,5}$", re.IGNORECASE
)
"""Titles that programs put there: the name of a file, or none."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a page.

    Attributes:
        x, y: where it begins, in points from the lower left corner.
        size: of its letters, in points.
    """

    page: int
    text: str
    x: float
    y: float
    size: float


def extract_pdf(content: bytes) -> Extracted:
    """Return the paragraphs of a PDF file.

    Raises:
        NotExtracted: it is damaged or encrypted, or holds no text that can be read.
    """
    from pypdf import PdfReader  # noqa: PLC0415  heavy
    from pypdf.errors import PyPdfError  # noqa: PLC0415  "

    try:
        reader = PdfReader(BytesIO(content))
        _open(reader)
        pages = [list(_rows(page, number)) for number, page in enumerate(reader.pages)]
        described, pictures = _described(reader), any(map(_has_pictures, reader.pages))
    except NotExtracted:
        raise
    except (PyPdfError, *_BROKEN) as error:
        raise NotExtracted(f"is damaged: {told_of(error)}; get it again, or print it to a new PDF") from error
    return _extracted(pages, described, pictures=pictures)


def _open(reader: PdfReader) -> None:
    """Open a document that has no password, or an empty one, with which every program opens it unasked."""
    from pypdf.errors import DependencyError  # noqa: PLC0415  heavy

    if reader.is_encrypted:
        try:
            opened = reader.decrypt("")
        except (DependencyError, NotImplementedError):
            opened = None
        if not opened:
            raise NotExtracted("is encrypted; save a copy without a password, or print it to a new PDF")
    if len(reader.pages) > MOST_PAGES:
        raise NotExtracted(f"has more than {MOST_PAGES:,} pages; split it")


def _extracted(pages: Sequence[Sequence[_Row]], described: Described, *, pictures: bool) -> Extracted:
    if not any(pages):
        if pictures:
            raise NotExtracted("holds pictures and no text; run text recognition (OCR) on it first")
        raise NotExtracted("holds no text; see whether it is the right file")
    repeated = _repeated(pages)
    rows = [row for page in pages for row in page if row not in repeated]
    paragraphs, notes = joined(_blocks(rows))
    text = text_of(paragraphs)
    if not text or _garbled(text):
        raise NotExtracted("does not say which letters its signs are; print it to a new PDF, or use text recognition")
    empty = [str(number) for number, page in enumerate(pages, start=1) if not page]
    if repeated:
        notes = (f"what stands at the edge of most pages was left out: {_shown(repeated)}", *notes)
    if empty:
        notes = (*notes, f"no text on page {', '.join(empty[:20])}; see whether pictures hold any")
    return Extracted("pdf", text, described, notes)


def _shown(repeated: Iterable[_Row]) -> str:
    """Return lines that repeat, each once, as the first page that has them shows them."""
    first: dict[str, str] = {}
    for row in sorted(repeated, key=lambda row: (row.page, -row.y)):
        first.setdefault(_shape(row.text), row.text if re.search(r"[^\W\d_]", row.text) else "page numbers")
    return ", ".join(text if text == "page numbers" else f"“{text}”" for text in dict.fromkeys(first.values()))


def _rows(page: PageObject, number: int) -> Iterator[_Row]:
    """Yield the lines of a page, in the order in which it draws them."""
    pieces: list[tuple[str, float, float, float]] = []

    def seen(text: str, outer: list[float], inner: list[float], _font: Any, size: float) -> None:  # noqa: ANN401  pypdf's own
        x = outer[0] * inner[4] + outer[2] * inner[5] + outer[4]
        y = outer[1] * inner[4] + outer[3] * inner[5] + outer[5]
        scale = abs(outer[3] * inner[3]) or abs(outer[1] * inner[2]) or 1.0
        pieces.append((text, x, y, abs(size * scale)))

    page.extract_text(visitor_text=seen)
    line: list[tuple[str, float, float, float]] = []
    for text, x, y, size in pieces:
        for at, part in enumerate(text.split("\n")):
            if at:
                yield from _row(line, number)
                line = []
            if part:
                line.append((part, x, y, size))
    yield from _row(line, number)


def _row(pieces: Sequence[tuple[str, float, float, float]], page: int) -> Iterator[_Row]:
    text = tidy(
        _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found.group()), "".join(p[0] for p in pieces))
    )
    soft = "\u00ad" if pieces and pieces[-1][0].rstrip().endswith("\u00ad") else ""
    if text:
        _, x, y, size = next(piece for piece in pieces if piece[0].strip())
        yield _Row(page, text + soft, round(x, 1), round(y, 1), round(size, 1))


def _shape(text: str) -> str:
    """Return a line as it is compared with those of other pages: numbers may differ."""
    return re.sub(r"\d+", "#", text).casefold()


def _repeated(pages: Sequence[Sequence[_Row]]) -> set[_Row]:
    """Return the lines at the edges of pages that stand on most pages: headers, footers, page numbers."""
    if len(pages) < FEWEST_PAGES:
        return set()
    edges = [row for page in pages for row in _edge(page)]
    on = Counter(shape for _, shape in {(row.page, _shape(row.text)) for row in edges})
    return {row for row in edges if on[_shape(row.text)] > len(pages) / 2}


def _edge(page: Sequence[_Row]) -> list[_Row]:
    down = sorted(page, key=lambda row: -row.y)
    return down if len(down) <= 2 * AT_THE_EDGE else down[:AT_THE_EDGE] + down[-AT_THE_EDGE:]


def _blocks(rows: Sequence[_Row]) -> Iterator[list[str]]:
    """Yield the lines of each paragraph."""
    if not rows:
        return
    usual, margin, width = _layout(rows)
    block = [rows[0].text]
    for above, row in pairwise(rows):
        if _begins(above, row, usual.get(row.size, row.size * WIDEST_LEADING), margin, width):
            yield block
            block = []
        block.append(row.text)
    yield block


def _layout(rows: Sequence[_Row]) -> tuple[dict[float, float], float, float]:
    """Return the usual distance of lines by size of letters, where lines usually begin, and how long they are."""
    gaps: dict[float, Counter[float]] = {}
    for above, row in pairwise(rows):
        gap = round((above.y - row.y) * 2) / 2
        if above.page == row.page and above.size == row.size and 0 < gap < row.size * 4:
            gaps.setdefault(row.size, Counter())[gap] += 1
    usual = {size: _usual(counted, size) for size, counted in gaps.items()}
    margin = Counter(round(row.x) for row in rows).most_common(1)[0][0]
    lengths = sorted(len(row.text) for row in rows)
    return usual, float(margin), float(lengths[int(len(lengths) * 0.8)])


def _usual(gaps: Counter[float], size: float) -> float:
    """Return the usual distance of lines: the most frequent one, where there are enough to tell it from paragraphs."""
    gap, times = gaps.most_common(1)[0]
    return gap if times >= FEWEST_GAPS else min(gap, size * WIDEST_LEADING)


def _begins(above: _Row, row: _Row, usual: float, margin: float, width: float) -> bool:
    """Return whether a line begins a paragraph."""
    ended = bool(_ENDED.search(above.text))
    if abs(above.size - row.size) > max(above.size, row.size) * 0.08:
        return True
    if _LISTED.match(row.text):
        return True
    gap = above.y - row.y
    if above.page != row.page or gap < -2:
        return ended  # the next page or column
    goes_on = row.text[0].islower() and not ended
    if gap > usual * 1.3:
        return not goes_on
    indented = row.x > above.x + row.size * 0.8 and row.x > margin + row.size * 0.8
    if not ended and not goes_on and len(above.text) < width * 0.5:
        return True  # a short line that ends no sentence: a heading, or a list without marks
    return ended and (indented or len(above.text) < width * 0.8)


def _garbled(text: str) -> bool:
    """Return whether a text is made of signs for which no letters are known."""
    signs = [character for character in text if not character.isspace()]
    unknown = sum(unicodedata.category(sign) in {"Co", "Cn"} or sign == "\ufffd" for sign in signs)
    return unknown > len(signs) * GARBLED


def _described(reader: PdfReader) -> Described:
    """Return what a document says of itself; the day on which the file was made is not that of its publication."""
    title = as_title(reader.metadata.title if reader.metadata else "")
    return Described(
        title="" if _FILE_TITLE.match(title) else title,
        publisher=_publisher(reader),
        language=as_language(str(reader.root_object.get("/Lang", ""))),
    )


def _publisher(reader: PdfReader) -> str:
    """Return the publisher that the XMP metadata names; empty when it is missing or broken."""
    from pypdf.errors import PyPdfError  # noqa: PLC0415  heavy

    try:
        named = reader.xmp_metadata.dc_publisher if reader.xmp_metadata else None
    except (PyPdfError, AttributeError, LookupError, TypeError, ValueError):
        return ""
    return as_title(named[0]) if named else ""


def _has_pictures(page: PageObject) -> bool:
    """Return whether a page draws pictures."""
    held = page.get("/Resources")
    drawn = held.get_object().get("/XObject") if held is not None else None
    named = drawn.get_object() if drawn is not None else {}
    return any(named[name].get_object().get("/Subtype") == "/Image" for name in named)
