"""Files as they are received, made in code: sound ones, and such as a stranger could send."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

BRIDGE = (
    "The town council of Vell closed the Old Bridge to lorries in March, after engineers found cracks in two arches.",
    "Mayor Ilse Brandt said that the repair would cost 4 million crowns and take about ten months.",
    "Shopkeepers on the east bank demanded a temporary ferry, but the council rejected this.",
)
"""Paragraphs of an invented report."""

PARAGRAPHS = "\n\n".join(BRIDGE) + "\n"


def pdf(  # noqa: PLR0913  what a file can be like
    paragraphs: Sequence[str] = BRIDGE,
    *,
    header: str = "",
    pages: int = 1,
    title: str = "",
    language: str = "",
    password: str = "",
) -> bytes:
    """Return a PDF file that has the paragraphs on each page, between a header and the number of the page."""
    from fpdf import FPDF

    class Paper(FPDF):
        def header(self) -> None:
            if header:
                self.set_font("Helvetica", size=8)
                self.cell(0, 8, header, new_x="LMARGIN", new_y="NEXT")

        def footer(self) -> None:
            if header:
                self.set_y(-15)
                self.cell(0, 8, f"Page {self.page_no()}")

    paper = Paper()
    if title:
        paper.set_title(title)
    if language:
        paper.set_lang(language)
    if password:
        paper.set_encryption(owner_password=password, user_password=password)
    for page in range(1, pages + 1):
        paper.add_page()
        paper.set_font("Times", size=11)
        for paragraph in paragraphs:
            paper.multi_cell(0, 5, paragraph.replace("{page}", "abcdefghij"[page]), new_x="LMARGIN", new_y="NEXT")
            paper.ln(4)
    return bytes(paper.output())


def scanned_pdf() -> bytes:
    """Return a PDF file whose only page is a picture."""
    from fpdf import FPDF
    from PIL import Image

    paper = FPDF()
    paper.add_page()
    paper.image(Image.new("L", (40, 40), 128))
    return bytes(paper.output())


def docx(paragraphs: Sequence[str] = BRIDGE, *, heading: str = "", title: str = "", language: str = "") -> bytes:
    """Return a DOCX file."""
    from docx import Document

    document = Document()
    document.core_properties.title = title
    document.core_properties.language = language
    if heading:
        document.add_heading(heading, 1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def with_body(xml: str) -> bytes:
    """Return a DOCX file whose body is this XML of Word."""
    old = b"<w:body>"
    return replaced(docx([]), "word/document.xml", old, old + xml.encode())


def replaced(archive: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Return an archive with bytes of one part changed."""
    with zipfile.ZipFile(BytesIO(archive)) as opened:
        parts = {part: opened.read(part) for part in opened.namelist()}
    assert old in parts[name]
    return packed(parts | {name: parts[name].replace(old, new, 1)})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip archive."""
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return kept.getvalue()


def html(article: str, head: str = "", attributes: str = "") -> bytes:
    """Return an HTML page with an article between a menu and a footer."""
    return (
        f"<!doctype html><html{attributes}><head>{head}</head><body>"
        "<nav><a href='/'>Home</a> <a href='/a'>All</a></nav>"
        f"<article>{article}</article><footer>All rights reserved by the gazette.</footer></body></html>"
    ).encode()
