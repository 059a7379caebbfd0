"""Plain text: which encoding its bytes are in, and whether its lines are paragraphs.

Text in UTF-8 whose lines are paragraphs is the document itself, byte for byte. An encoding is decided by a byte order
mark, then by UTF-8, which hardly any other text is by accident, then by charset-normalizer where its best readings
agree on every character; where they do not, nobody but a reader can decide.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from knowledge.curation.errors import NotExtracted
from knowledge.curation.extracting.extracted import Extracted, text_of
from knowledge.curation.extracting.unwrapping import joined
from knowledge.problems import shown

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; the longer ones first, for the one of UTF-32 begins like that of UTF-16."""

LEGACY = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"),
    *("iso8859_2", "iso8859_5", "iso8859_6", "iso8859_7", "iso8859_8", "koi8_r", "koi8_u"),
    *("gb18030", "big5", "euc_jp", "shift_jis", "euc_kr", "utf_16_le", "utf_16_be"),
)
"""Encodings in which files are still found. Source: the legacy encodings of the WHATWG Encoding Standard."""

NEAR = 0.1
"""Two readings whose figures differ by less than this are both plausible. Source: of short texts in eight languages and
eleven encodings, none was read wrongly: seven were read alike by all that were as near, the others refused."""

SHOWN = 3
"""Readings that a refusal shows."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_WORD = re.compile(r"\S*[^\x00-\x7f]\S*")
_ENDED = re.compile(r"""[.!?:;…。！？؟۔।]["'”’»)\]]*$""")
_OWN_LINE = re.compile(r"(?:[-*•–—#>|]|\(?[0-9a-zA-Z]{1,3}[.)])\s|[*#=_-]{3,}|\*\*")

WRAPPED_AT = range(45, 111)
"""Characters of the usual line of a text that was broken into lines by a program or a typewriter."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Bytes as text.

    Attributes:
        encoding: what they were read as.
        certain: the bytes themselves say so, or a curator does.
    """

    text: str
    encoding: str
    certain: bool


def extract_plain(content: bytes, encoding: str = "") -> Extracted:
    """Return plain text as it is, or with its broken lines joined to paragraphs.

    Raises:
        NotExtracted: it is no text, or nobody can tell in which encoding.
    """
    decoded = decode(content, encoding)
    notes = encoding_notes(decoded)
    if column := wrapped_at(decoded.text):
        paragraphs, joins = joined(_blocks(decoded.text))
        notes += (f"its lines are broken after some {column} characters; they were joined to paragraphs", *joins)
        return Extracted("text", text_of(paragraphs), notes=notes)
    return Extracted("text", decoded.text, notes=notes)


def encoding_notes(decoded: Decoded) -> tuple[str, ...]:
    """Return what a curator should know of how bytes were read."""
    if decoded.certain:
        return ()
    words = list(dict.fromkeys(_WORD.findall(decoded.text)))[:SHOWN]
    return (f"nothing says in which encoding it is; read as {decoded.encoding}: see that {_quoted(words)} is right",)


def decode(content: bytes, encoding: str = "") -> Decoded:
    """Return bytes as text, without a byte order mark.

    Args:
        content: the bytes.
        encoding: what a curator says that they are in; empty when nobody says so.

    Raises:
        NotExtracted: they are no text, or nobody can tell in which encoding.
    """
    decoded = _decoded(content, encoding)
    if found := _CONTROL.search(decoded.text):
        code = f"U+{ord(found.group()):04X}"
        raise NotExtracted(f"is no text: it holds the control character {code}; save it as text, PDF, DOCX or HTML")
    return decoded


def _decoded(content: bytes, encoding: str) -> Decoded:
    if encoding:
        return _as_said(content, encoding)
    for mark, marked in MARKS:
        if content.startswith(mark):
            return _as_said(content, marked)
    try:
        return Decoded(content.decode("utf-8"), "utf-8", certain=True)
    except UnicodeDecodeError as error:
        return _likeliest(content, error)


def _as_said(content: bytes, encoding: str) -> Decoded:
    """Return bytes read as somebody says, without the byte order mark."""
    try:
        codec = codecs.lookup(encoding)
        text = codec.decode(content)[0] if codec._is_text_encoding else None  # noqa: SLF001  rot13, hex ... are none
    except LookupError:
        text = None
    except UnicodeError as error:
        where = f" (byte {error.start})" if isinstance(error, UnicodeDecodeError) else ""
        raise NotExtracted(f"is not {encoding} text{where}; save it as UTF-8, or name its encoding") from error
    if text is None:
        raise NotExtracted(f"cannot be read as {shown(encoding)}, which is no encoding; name one such as windows-1252")
    return Decoded(text.removeprefix("\ufeff"), codec.name, certain=True)


def _likeliest(content: bytes, error: UnicodeDecodeError) -> Decoded:
    """Return bytes by the reading that has no rival."""
    from charset_normalizer import from_bytes  # noqa: PLC0415  for files in old encodings only

    matches = list(from_bytes(content, cp_isolation=list(LEGACY)))
    best = matches[0] if matches else None
    if best is None or (b"\0" in content and not best.encoding.startswith("utf_16")):
        raise NotExtracted(f"is no UTF-8 text (byte {error.start}), nor in an encoding that is known; save it as UTF-8")
    rivals = [
        match
        for match in matches
        if match.chaos <= best.chaos + NEAR and match.coherence >= best.coherence - NEAR and str(match) != str(best)
    ]
    if rivals or not best.coherence:
        readings = {match.encoding: str(match) for match in (best, *rivals)}
        raise NotExtracted(
            f"is no UTF-8 text (byte {error.start}), and more than one encoding fits: {_compared(readings)}; "
            "name the right one with --encoding, or save it as UTF-8"
        )
    return Decoded(str(best).removeprefix("\ufeff"), best.encoding, certain=False)


def _compared(readings: Mapping[str, str]) -> str:
    """Return how each encoding reads the first word that they do not read alike, or, if there is none, one of them."""
    rows = zip(*(_WORD.findall(text) for text in readings.values()), strict=False)
    words = next((row for row in rows if len(set(row)) > 1), None) or [text[:SHOWN] for text in readings.values()]
    pairs = list(zip(readings, words, strict=True))[:SHOWN]
    return ", ".join(f"{encoding} reads {shown(word)}" for encoding, word in pairs)


def _quoted(words: list[str]) -> str:
    return shown(" … ".join(words))


def wrapped_at(text: str) -> int:
    """Return about how many characters the lines of a text have that a program broke; 0 when lines are paragraphs."""
    lines = [line.rstrip() for line in text.splitlines()]
    inner = [line for line, after in pairwise(lines) if line.strip() and after.strip()]
    longest = max(map(len, lines), default=0)
    running = [line for line in inner if len(line) > longest * 0.6 and not _ENDED.search(line)]
    if len(inner) < 3 or longest not in WRAPPED_AT or len(running) < len(inner) * 0.5:
        return 0
    return longest


def _blocks(text: str) -> Iterator[list[str]]:
    """Yield the lines of each paragraph; it ends at a blank line, an indentation or the mark of a list."""
    block: list[str] = []
    margin = 0
    for line in text.splitlines():
        indent = len(line) - len(line.lstrip())
        begins = not line.strip() or _OWN_LINE.match(line.lstrip()) or (indent >= margin + 2)
        if block and begins:
            yield block
            block = []
        if line.strip():
            margin = indent if not block else min(margin, indent)
            block.append(line.strip())
    if block:
        yield block
