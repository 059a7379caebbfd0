"""Facts as CSV: nothing is lost, no cell is a formula, and tables of curators are read as they write them."""

from __future__ import annotations

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.curation.errors import NotExchanged
from knowledge.curation.exchanging.rows import Refused, Rows, Subject
from knowledge.curation.exchanging.tables import COLUMNS, armed, defused, read_table, to_table
from knowledge.curation.importing.reading import read_rows
from knowledge.models import FactRecord
from tests.exchanged import FACTS, HOSTILE, document_of, exchanged_of

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def table_of(*records: FactRecord, **said: str) -> str:
    """Return facts of one document as CSV."""
    text = "\n".join(f"So: {record.quote} \U0001f600" for record in records)
    return to_table(exchanged_of(records, document_of(text, **said)))


@given(st.lists(FACTS, max_size=4))
def test_whatever_is_written_is_read_back_as_it_was(records: list[FactRecord]) -> None:
    rows = read_rows(table_of(*records).encode())

    assert [FactRecord.model_validate(row.said) for row in rows.rows] == records
    assert {row.subject for row in rows.rows} <= {Subject(document="orsa")}
    assert (rows.refused, rows.notes) == ((), ())


@given(st.lists(FACTS, min_size=1, max_size=3))
def test_no_cell_begins_as_a_formula_does(records: list[FactRecord]) -> None:
    cells = [cell for row in csv.reader(io.StringIO(table_of(*records), newline="")) for cell in row]

    assert [cell for cell in cells if cell.startswith(FORMULAS)] == []


@given(HOSTILE | st.sampled_from(["'=1", "''-", "'", "-5", "'a", ""]))
def test_what_is_defused_is_armed_as_it_was(cell: str) -> None:
    assert armed(defused(cell)) == cell


def test_each_cell_stands_in_quotation_marks_and_each_line_ends_as_the_format_asks() -> None:
    record = FactRecord(id="one", claim='A "tower", built.', act="build", quote="tower", phrasings=("When?", "Who?"))

    head, row = table_of(record, url="https://a.example/").split("\r\n")[:2]

    assert head == ",".join(f'"{column}"' for column in COLUMNS)
    assert row == (
        '"one","orsa","A ""tower"", built.","tower","","","","reported","","build","","","","","When?\nWho?","false",'
        '"","","","4","9","https://a.example/#:~:text=tower"'
    )


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_table_of_a_spreadsheet_is_read_whatever_parts_its_cells(sign: str, newline: str, encoding: str) -> None:
    written = newline.join(
        (
            sign.join(("Claim", " Quote ", "Superseded by", "Agent", "themes", "slots", "draft", "remark")),
            sign.join(("It was built.", '"was ""built"""', "", '"a; b"', '"x, y', 'z"', "date = 1874", "yes", "ok")),
            "",
        )
    )

    rows = read_rows(written.replace(f"y{sign}z", "y\nz").encode(encoding))

    assert [row.said for row in rows.rows] == [
        {
            "claim": "It was built.",
            "quote": 'was "built"',
            "agent": ["a", "b"],
            "themes": ["x", "y", "z"],
            "slots": {"date": ["1874"]},
            "draft": True,
            "superseded_by": "",
        }
    ]
    assert rows.notes == ('column "remark" is unknown and left out',)


def test_line_by_which_a_spreadsheet_says_what_parts_cells_is_understood() -> None:
    rows = read_table("sep=;\r\nclaim;quote\r\nA, b;c\r\n")

    assert [(row.place, row.said) for row in rows.rows] == [("line 3", {"claim": "A, b", "quote": "c"})]


def test_rows_are_named_by_the_line_on_which_they_begin() -> None:
    rows = read_table('claim,quote,phrasings\n"a","b","one\ntwo"\n\n"c","d",""\n')

    assert [row.place for row in rows.rows] == ["line 2", "line 5"]


def test_cell_that_is_left_empty_says_that_a_field_is_empty_but_for_those_that_never_are() -> None:
    rows = read_table("id,claim,quote,act,manner,speakers,since,slots,draft\n,a,b,,,,,,\n")

    said = {"claim": "a", "quote": "b", "speakers": [], "since": "", "slots": {}, "draft": False}
    assert [row.said for row in rows.rows] == [said]


def test_rows_that_cannot_be_read_are_told_and_the_others_are_read() -> None:
    rows = read_table("claim,quote,draft,slots\na,b,perhaps,\na,b,,number 150\na,b,,,c\na,b,,\n")

    assert [row.place for row in rows.rows] == ["line 5"]
    assert rows.refused == (
        Refused("line 2", "", 'draft "perhaps" is neither true nor false', "write one of them"),
        Refused("line 3", "", 'slots "number 150" has no =', "write each on a line of its own, as in number = 150"),
        Refused(
            "line 4",
            "",
            "has 5 cells, and there are 4 columns",
            "put quotation marks around a cell that holds the sign between cells",
        ),
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty; "),
        ("claim,qoute\na,b\n", 'line 1: no column quote; did you mean "qoute"?'),
        ("a,b\n1,2\n", "line 1: no column claim; write claim and quote as headings, or question, answer and source"),
        ("question,source\na,b\n", "line 1: no column answer; "),
        ("claim,quote,claim\na,b,c\n", "line 1: column claim is there twice; keep one of them"),
        ("claim,quote,phrasing\na,b,c\n", 'line 1: unknown column "phrasing"; did you mean "phrasings"?'),
        ('claim,quote\n"a,b\nc,d\n', "line 2: is no CSV (unexpected end of data); "),
        ('claim,quote\na,"b" c\n', "line 2: is no CSV "),
    ],
)
def test_text_that_is_no_table_of_facts_is_refused_with_the_mend(text: str, told: str) -> None:
    with pytest.raises(NotExchanged) as refusal:
        read_table(text)

    assert str(refusal.value).startswith(told)


@given(st.text(st.sampled_from("\"',;\t\n\r=abclimquoten "), max_size=60) | st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    rows = Rows()
    with suppress(NotExchanged):
        rows = read_table(f"claim,quote,slots,draft\n{text}")

    assert all(row.said.keys() <= {"claim", "quote", "slots", "draft"} for row in rows.rows)
