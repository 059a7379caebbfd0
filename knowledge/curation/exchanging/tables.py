"""Facts as tables: CSV, one row for each fact, that a spreadsheet opens and a curator may write.

What is a list in a fact has one member on each line of its cell, and what is a table one `key = value`; none of them
holds a line break itself, so nothing is lost. A cell that a spreadsheet would take for a formula gets an apostrophe
before it, which is taken away again.

Source: RFC 4180 for the form; OWASP, "CSV Injection", for the characters, and for quotation marks around every cell.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from knowledge.curation.errors import NotExchanged
from knowledge.curation.exchanging.exchanging import Exchanged, ExchangedFact
from knowledge.curation.exchanging.links import link_to
from knowledge.curation.exchanging.rows import FIELDS, LISTS, NotTaken, Refused, Row, Rows, Subject
from knowledge.models import FactRecord
from knowledge.problems import shown
from knowledge.proof.closest import closest_word

COLUMNS = ("id", "document", *FIELDS[1:], "start", "end", "link")
"""The last three are for people: where the quote stands is found anew."""

OF_A_FAQ = ("question", "answer", "source")

_DELIMITERS = (",", ";", "\t")
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_DEFUSED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_TRUE, _FALSE = frozenset(("true", "yes", "x", "1")), frozenset(("", "false", "no", "0"))
_IDS = frozenset(("speakers", "agent", "target", "themes"))
"""Lists whose members hold no comma and no semicolon, so that these may part them too."""
_PARTED = {True: r"[\n;,]", False: r"\n"}


def to_table(exchanged: Exchanged) -> str:
    """Return facts as CSV, with a line of headings."""
    output = io.StringIO(newline="")
    writer = csv.writer(output, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in exchanged.facts:
        cells = cells_of(one.record) | _placed(one)
        writer.writerow([defused(cells[column]) for column in COLUMNS])
    return output.getvalue()


def _placed(one: ExchangedFact) -> dict[str, str]:
    citation = one.fact.citation
    return {
        "document": one.document.id,
        "start": str(citation.start),
        "end": str(citation.end),
        "link": link_to(citation, one.document),
    }


def cells_of(record: FactRecord) -> dict[str, str]:
    """Return the fields of a fact as texts, each of which is read back as it was."""
    return {key: _cell(value) for key, value in record.model_dump(mode="json").items()}


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        rows = ((key, word) for key, words in value.items() for word in ([words] if isinstance(words, str) else words))
        return "\n".join(f"{key} = {word}" for key, word in rows)
    return "\n".join(value) if isinstance(value, list) else str(value)


def defused(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def armed(cell: str) -> str:
    """Return what was defused as it was."""
    return cell[1:] if _DEFUSED.match(cell) else cell


def read_table(text: str) -> Rows:
    """Return the rows of a CSV text; its cells are parted by commas, semicolons or tabs.

    Raises:
        NotExchanged: it has no headings that are known, or is no CSV from some line on.
    """
    body, skipped, delimiter = _begun(text)
    columns: list[str] | None = None
    rows: list[Row] = []
    refused: list[Refused] = []
    notes: list[str] = []
    for number, cells in _lines(body, delimiter, skipped):
        if columns is None:
            columns = [_column(cell) for cell in cells]
            notes = _proven_columns(columns)
            continue
        place = f"line {number}"
        if any(cells[len(columns) :]):
            message = f"has {len(cells)} cells, and there are {len(columns)} columns"
            mend = "put quotation marks around a cell that holds the sign between cells"
            refused.append(Refused(place, "", message, mend))
            continue
        try:
            rows.append(row_of(place, dict(zip(columns, map(armed, cells), strict=False))))
        except NotTaken as reason:
            refused.append(Refused(place, "", reason.message, reason.mend))
    if columns is None:
        raise NotExchanged("is empty; begin it with a line of headings, claim and quote at the least")
    return Rows(tuple(rows), tuple(refused), tuple(notes))


def row_of(place: str, cells: Mapping[str, str]) -> Row:
    """Return what the cells of a line say, by their columns.

    Raises:
        NotTaken: a cell is not written as its column asks.
    """
    said = {key: _value(key, cells[key]) for key in FIELDS if key in cells}
    subject = Subject(document=cells.get("document", "").strip())
    if "question" not in cells:
        return Row(place, _without_empty(said), subject)
    question, answer = (" ".join(cells.get(key, "").split()) for key in ("question", "answer"))
    if not question or not answer:
        raise NotTaken(f"has no {'answer' if question else 'question'}", "write both")
    more = said.get("phrasings", [])
    phrasings = [question, *(more if isinstance(more, list) else [])]
    return Row(
        place,
        _without_empty(said) | {"claim": answer, "phrasings": phrasings},
        subject,
        cells.get("source", "").strip(),
    )


def _begun(text: str) -> tuple[str, int, str]:
    """Return a text without the line by which spreadsheets say what parts its cells, its lines, and what does."""
    if said := re.match(r"sep=(.)\r?\n", text):
        return text[said.end() :], 1, said[1]
    heading = re.split(r"[\r\n]", text.lstrip(), maxsplit=1)[0]
    known = {*COLUMNS, *OF_A_FAQ}
    counts = {sign: sum(_column(cell) in known for cell in heading.split(sign)) for sign in _DELIMITERS}
    return text, 0, max(_DELIMITERS, key=counts.__getitem__)


def _lines(body: str, delimiter: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of the line on which each row begins, from 1, with its cells; empty rows are passed over."""
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            mend = "write quotation marks in a cell twice, and close each cell that begins with one"
            raise NotExchanged(f"line {number}: is no CSV ({error}); {mend}") from None
        if any(cell.strip() for cell in cells):
            yield number, cells


def _column(heading: str) -> str:
    """Return the name of a column, however a person writes it."""
    return re.sub(r"[\s-]+", "_", heading.strip().strip('"').lower())


def _proven_columns(columns: Sequence[str]) -> list[str]:
    """Return which columns are left out.

    Raises:
        NotExchanged: a column is missing, there twice, or misspelt.
    """
    known = (*COLUMNS, *OF_A_FAQ)
    needed = ("question", "answer") if "question" in columns or "answer" in columns else ("claim", "quote")
    if lost := [column for column in needed if column not in columns]:
        raise NotExchanged(f"line 1: no column {lost[0]}; {_hint(lost[0], columns, known)}")
    if twice := [column for column in known if columns.count(column) > 1]:
        raise NotExchanged(f"line 1: column {twice[0]} is there twice; keep one of them")
    unknown = [column for column in columns if column and column not in known]
    for column in unknown:
        if (meant := closest_word(column, (*COLUMNS[:-3], *OF_A_FAQ))) and meant not in columns:
            raise NotExchanged(f'line 1: unknown column {shown(column)}; did you mean "{meant}"?')
    return [f"column {shown(column)} is unknown and left out" for column in unknown]


def _hint(lost: str, columns: Iterable[str], known: Iterable[str]) -> str:
    meant = closest_word(lost, [column for column in columns if column and column not in known])
    if meant is not None:
        return f"did you mean {shown(meant)}?"
    return "write claim and quote as headings, or question, answer and source"


def _value(key: str, cell: str) -> object:
    """Return what a cell says.

    Raises:
        NotTaken: it does not say it as its column asks.
    """
    if key in LISTS:
        return [member for line in re.split(_PARTED[key in _IDS], cell) if (member := line.strip(" \t\r"))]
    if key == "dimensions":
        return dict(_pairs(cell, key))
    if key == "slots":
        slots: dict[str, list[str]] = {}
        for kind, words in _pairs(cell, key):
            slots.setdefault(kind, []).append(words)
        return slots
    if key == "draft":
        if cell.strip().lower() not in _TRUE | _FALSE:
            raise NotTaken(f"draft {shown(cell)} is neither true nor false", "write one of them")
        return cell.strip().lower() in _TRUE
    return cell.strip(" \t") if key in {"id", "manner", "act", "superseded_by", "supersedes", "since"} else cell


def _pairs(cell: str, key: str) -> Iterator[tuple[str, str]]:
    for line in cell.split("\n"):
        if line.strip(" \t\r"):
            name, sign, value = (part.strip(" \t\r") for part in line.partition("="))
            if not sign:
                mend = "write each on a line of its own, as in number = 150"
                raise NotTaken(f"{key} {shown(line)} has no =", mend)
            yield name, value


def _without_empty(said: Mapping[str, object]) -> dict[str, object]:
    """Return what is said without the empty cells of fields that are never empty."""
    return {key: value for key, value in said.items() if value or key not in {"id", "claim", "quote", "act", "manner"}}
