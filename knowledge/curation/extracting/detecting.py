"""What kind of file bytes are, by the bytes themselves; the name of a file may be wrong."""

from __future__ import annotations

import re

from knowledge.curation.errors import NotExtracted
from knowledge.curation.extracting.extracted import Kind
from knowledge.curation.extracting.plain import MARKS
from knowledge.curation.extracting.unpacking import parts_of

ENDINGS: dict[str, Kind] = {
    **dict.fromkeys((".txt", ".text", ".log", ".asc"), "text"),
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".xht"), "html"),
    ".pdf": "pdf",
    ".docx": "docx",
}
"""What the ending of a name promises."""

KEPT_AS: dict[Kind, str] = {"text": ".txt", "markdown": ".md", "html": ".html", "pdf": ".pdf", "docx": ".docx"}

CALLED: dict[Kind, str] = {"text": "plain text", "markdown": "Markdown", "html": "HTML", "pdf": "PDF", "docx": "DOCX"}

RECOGNISE = "run text recognition (OCR) on it first"
UNPACK = "unpack it, and name the files in it"
SAVE = "save it as DOCX, PDF, HTML or text"

FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG", "is a picture", RECOGNISE),
    (b"\xff\xd8\xff", "is a picture", RECOGNISE),
    (b"GIF8", "is a picture", RECOGNISE),
    (b"II*\0", "is a picture", RECOGNISE),
    (b"MM\0*", "is a picture", RECOGNISE),
    (b"BM", "is a picture", RECOGNISE),
    (b"{\\rtf", "is RTF, which is not read", SAVE),
    (b"%!PS", "is PostScript, which is not read", "save it as PDF"),
    (b"AT&TFORM", "is DjVu, which is not read", "save it as PDF with its text"),
    (b"\x1f\x8b", "is an archive", UNPACK),
    (b"BZh", "is an archive", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "is an archive", UNPACK),
    (b"\xfd7zXZ\0", "is an archive", UNPACK),
    (b"Rar!", "is an archive", UNPACK),
    (b"\x7fELF", "is a program", "name a document"),
    (b"MZ\x90", "is a program", "name a document"),
    (b"SQLite format 3\0", "is a database", "name a document"),
)
"""How files that are no documents begin, what they are, and what to do. Source: `file(1)`."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How old Office files begin, and new ones with a password. Source: MS-CFB 2.2."""

OFFICE = {"xl/": "a spreadsheet", "ppt/": "a presentation", "META-INF/": "a book, or a file of another office program"}

PDF_WITHIN = 1024
"""Bytes before the mark of a PDF that programs overlook. Source: ISO 32000-1, annex H.3.4.1."""

LOOKED_AT = 4096

_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|article|main|section|div|h1|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_ANY_TAG = re.compile(r"<(?:/?(?:p|br|div|span|a|h[1-6]|ul|ol|li|b|i|em|strong|table)\b)[^<>]*>", re.IGNORECASE)
_XML = re.compile(r"\s*<\?xml\b")
_MAIL = re.compile(r"(?:[\w-]+: .*\r?\n(?:[ \t].*\r?\n)*)*?mime-version:", re.IGNORECASE)


def kind_of(content: bytes, name: str) -> tuple[Kind, tuple[str, ...]]:
    """Return the kind of a file, and a note when its name promises another.

    Raises:
        NotExtracted: it is empty, or of a kind that is not read.
    """
    promised = ENDINGS.get(_ending(name))
    kind = _by_content(content, promised)
    if promised and promised != kind and {promised, kind} != {"text", "markdown"}:
        return kind, (f"its name ends in {_ending(name)}, but it is {CALLED[kind]}; it was read as that",)
    return kind, ()


def _ending(name: str) -> str:
    """Return the ending of a name with its dot, in lower case; empty when there is none."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and stem else ""


def _by_content(content: bytes, promised: Kind | None) -> Kind:
    if not content.strip(b"\0 \t\r\n\f\v\xef\xbb\xbf\xfe\xff"):
        raise NotExtracted("is empty; see whether it was received wholly")
    head = content[:PDF_WITHIN]
    if content.startswith(b"%PDF-") or (b"%PDF-" in head and b"startxref" in content):
        return "pdf"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _packed(content)
    if content.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise NotExtracted("is encrypted; save a copy without a password")
        raise NotExtracted(f"is of an old Office format, which is not read; {SAVE}")
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        raise NotExtracted(f"is a picture; {RECOGNISE}")
    for mark, what, mend in FOREIGN:
        if content.startswith(mark) and not (mark.isalnum() and content[:LOOKED_AT].isascii()):
            raise NotExtracted(f"{what}; {mend}")
    return _written(content, promised)


def _packed(content: bytes) -> Kind:
    """Return the kind of a zip archive that is a document."""
    names = parts_of(content)
    if "word/document.xml" in names:
        return "docx"
    for folder, what in OFFICE.items():
        if any(name.startswith(folder) for name in names):
            raise NotExtracted(f"is {what}, which is not read; {SAVE}")
    raise NotExtracted(f"is an archive; {UNPACK}")


def _written(content: bytes, promised: Kind | None) -> Kind:
    """Return the kind of what is text, or nothing that is known."""
    encoding = next((encoding for mark, encoding in MARKS if content.startswith(mark)), "latin-1")
    head = content[:LOOKED_AT].decode(encoding, "replace").lstrip("\ufeff\xef\xbb\xbf")
    if _MARKUP.match(head) or (promised == "html" and _ANY_TAG.search(head)):
        return "html"
    if _XML.match(head):
        raise NotExtracted(f"is XML, which is not read; {SAVE}")
    if _MAIL.match(head) and "multipart/related" in head:
        raise NotExtracted("is a web archive, which is not read; save the page as HTML only")
    return "markdown" if promised == "markdown" else "text"
