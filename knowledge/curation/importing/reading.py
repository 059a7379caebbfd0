"""Files that are imported, told apart by what they hold and not by their names: tables, annotations, questions."""

from __future__ import annotations

from knowledge.curation.errors import NotExchanged
from knowledge.curation.exchanging.annotations import read_annotations
from knowledge.curation.exchanging.faq import read_faq
from knowledge.curation.exchanging.rows import LARGEST_FILE, Rows
from knowledge.curation.exchanging.tables import read_table


def read_rows(raw: bytes) -> Rows:
    """Return the rows of a file: CSV, annotations in JSON-LD, or questions and answers in JSON lines.

    Raises:
        NotExchanged: it is none of them.
    """
    if len(raw) > LARGEST_FILE:
        raise NotExchanged(f"has {len(raw) / 1e6:.1f} MB, more than {LARGEST_FILE // 1_000_000}; split it")
    text = _decoded(raw)
    if not text.strip():
        raise NotExchanged("is empty; write a line of headings and a line for each fact")
    if text.lstrip()[0] not in "{[":
        return read_table(text)
    first = text.lstrip().partition("\n")[0]
    return read_faq(text) if '"question"' in first and '"@context"' not in first else read_annotations(text)


def _decoded(raw: bytes) -> str:
    try:
        if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:  # what spreadsheets call Unicode text
            return raw.decode("utf-16")
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotExchanged(f"is not UTF-8 text (byte {error.start}); save it as UTF-8") from error
