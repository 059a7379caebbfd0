"""A file that was received becomes text: the one door to what reads each kind of file.

Pure: bytes in, text out. It takes what a file takes; who reads files of strangers sets limits of time and memory
around it, as `bot.curating` does.
"""

from __future__ import annotations

from dataclasses import replace

from knowledge.curation.errors import NotExtracted
from knowledge.curation.extracting.detecting import kind_of
from knowledge.curation.extracting.docx import extract_docx
from knowledge.curation.extracting.extracted import LONGEST_TEXT, Extracted
from knowledge.curation.extracting.html import extract_html
from knowledge.curation.extracting.markdown import extract_markdown
from knowledge.curation.extracting.pdf import extract_pdf
from knowledge.curation.extracting.plain import extract_plain


def extract(content: bytes, name: str, encoding: str = "") -> Extracted:
    """Return the text of a file.

    Args:
        content: its bytes.
        name: its name, whose ending is a promise; what the bytes are decides.
        encoding: of a text file, where a curator knows it; empty to see.

    Raises:
        NotExtracted: there is no text to be had of it.
    """
    kind, notes = kind_of(content, name)
    match kind:
        case "pdf":
            extracted = extract_pdf(content)
        case "docx":
            extracted = extract_docx(content)
        case "html":
            extracted = extract_html(content, encoding)
        case "markdown":
            extracted = extract_markdown(content, encoding)
        case "text":
            extracted = extract_plain(content, encoding)
    if not extracted.text.strip():
        raise NotExtracted("holds no text; see whether it is the right file")
    if len(extracted.text) > LONGEST_TEXT:
        raise NotExtracted(f"holds more than {LONGEST_TEXT:,} characters of text; split it")
    return replace(extracted, notes=(*notes, *extracted.notes))
