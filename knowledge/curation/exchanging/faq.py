"""Questions with their answers as they are read: JSON lines, beside the tables that hold the same columns.

The source of an answer is the words of the document that carry it, or the document, by its id, address or title, or
nothing: then they are looked for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from knowledge.curation.exchanging.rows import NotTaken, Refused, Row, Rows
from knowledge.curation.exchanging.tables import OF_A_FAQ, row_of
from knowledge.problems import shown

FORM = '{"question": "…", "answer": "…", "source": "…"}'


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
        except NotTaken as reason:
            refused.append(Refused(place, "", reason.message, reason.mend))
    return Rows(tuple(rows), tuple(refused))


def _cells(line: str) -> Mapping[str, str]:
    """Return the keys of one line with their texts."""
    try:
        made = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise NotTaken(f"is no JSON ({error})", f"write it as {FORM}") from None
    known = (*OF_A_FAQ, "document")
    if not isinstance(made, dict) or not all(isinstance(made.get(key, ""), str) for key in known):
        raise NotTaken("is no object of texts", f"write it as {FORM}")
    if unknown := sorted(made.keys() - set(known)):
        raise NotTaken(f"unknown key {shown(unknown[0])}", f"write it as {FORM}")
    return {"question": "", "answer": "", **made}
