"""Zip archives from strangers: looked at before anything is unpacked, so that none is larger inside than it may be."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from knowledge.curation.errors import NotExtracted, told_of

LARGEST_UNPACKED = 200_000_000
"""Bytes of all that an archive holds. What is read of a part is never more than the archive says that it has."""

LARGEST_PART = 50_000_000
"""Bytes of XML. Source: the text of a book of a thousand pages takes about 20 MB in DOCX."""

HIGHEST_RATIO = 200
"""Times that a part may shrink when it is packed. Source: XML of Word shrinks 10 to 40 times, zeros 1,000."""

SMALL = 1_000_000
"""Bytes. A part that is no larger harms nobody, however well it shrinks."""

MOST_PARTS = 10_000

ENCRYPTED = 0x1
"""Bit of the flags of a part. Source: APPNOTE.TXT of PKWARE, 4.4.4."""

DAMAGED = "is damaged: {}; get it again, or open it and save it anew"


def parts_of(content: bytes) -> list[str]:
    """Return the names of what a zip archive holds.

    Raises:
        NotExtracted: it is damaged, encrypted, or far larger unpacked than packed.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise NotExtracted(DAMAGED.format(told_of(error))) from error
    _prove(parts)
    return [part.filename for part in parts]


def read_part(content: bytes, name: str) -> bytes:
    """Return one part of an archive that `parts_of` has looked at; empty when there is none.

    Raises:
        NotExtracted: it cannot be unpacked.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            return archive.read(name) if name in archive.namelist() else b""
    except (BadZipFile, ValueError, OSError, EOFError, RuntimeError, zlib.error) as error:
        raise NotExtracted(DAMAGED.format(told_of(error))) from error


def _prove(parts: Iterable[ZipInfo]) -> None:
    """Refuse an archive that is there to do harm, or that nobody can read."""
    total = count = 0
    for part in parts:
        total, count = total + part.file_size, count + 1
        packed = max(1, part.compress_size)
        if part.flag_bits & ENCRYPTED:
            raise NotExtracted("is encrypted; save a copy without a password")
        if part.filename.startswith(("/", "\\")) or ".." in part.filename.replace("\\", "/").split("/"):
            raise NotExtracted(f"holds a part whose name leads out of it ({part.filename[:60]!r}); do not trust it")
        if part.file_size > SMALL and part.file_size / packed > HIGHEST_RATIO:
            ratio = part.file_size // packed
            raise NotExtracted(f"holds a part that is {ratio:,} times as large unpacked; do not trust it")
        if total > LARGEST_UNPACKED or count > MOST_PARTS:
            raise NotExtracted(f"holds more than {LARGEST_UNPACKED // 1_000_000} MB unpacked; save it without pictures")
