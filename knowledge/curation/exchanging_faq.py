"""Questions with their answers as they are read: JSON lines, beside the tables that hold the same columns.

The source of an answer is the words of the document that carry it, or the document, by its id, address or title, or
nothing: then they are looked for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from knowledge.curation.exchanging_rows import Refused, Row, Rows
from knowledge.curation.exchanging_tables import OF_A_FAQ, row_of
from knowledge.documents import Document
from knowledge.models import LONGEST_QUOTE

FORM = '{"question": "…", "answer": "…", "source": "…"}'

_MARKS = "\"'“”„‘’«»"


def read_faq(text: str) -> Rows:
    """Return the rows of JSON lines."""
    rows: list[Row] = []
    refused: list[Refused] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = f"line {number}"
        try:
            rows.append(row_of(place, _cells(line)))
        except (ValueError, RecursionError) as error:
            message, _, mend = str(error).partition("; ")
            refused.append(Refused(place, "", message, mend or f"write it as {FORM}"))
    return Rows(tuple(rows), tuple(refused))


def _cells(line: str) -> Mapping[str, str]:
    """Return the keys of one line with their texts."""
    made = json.loads(line)
    known = (*OF_A_FAQ, "document")
    if not isinstance(made, dict) or not all(isinstance(made.get(key, ""), str) for key in known):
        raise ValueError(f"is no object of texts; write it as {FORM}")
    if unknown := sorted(made.keys() - set(known)):
        raise ValueError(f"unknown key {unknown[0]}; write it as {FORM}")
    return {"question": "", "answer": "", **made}


def quote_of(row: Row, document: Document) -> str:
    """Return the words of a document that carry an answer: its source, or the answer itself; empty when there are none.

    Args:
        row: a question with its answer.
        document: where the words stand to the letter, once.
    """
    written = (row.source or "").strip() if not names_document(row.source or "", document) else ""
    answer = str(row.said["claim"])
    wanted = (written, written.strip(_MARKS).strip()) if written else (answer, answer.rstrip(".!?… "))
    return next((one for one in wanted if len(one) <= LONGEST_QUOTE and len(document.find(one)) == 1), "")


def names_document(source: str, document: Document) -> bool:
    """Return whether a source names a document, by its id, address or title, or names nothing."""
    record = document.record
    address = source.strip().partition("#")[0]
    return source.strip() in {"", record.id, record.title} or (
        bool(record.url) and address == record.url.partition("#")[0]
    )
