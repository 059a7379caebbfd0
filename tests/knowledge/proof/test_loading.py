"""Reading a base keeps what is right, proves it, and never raises."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.documents import Citation
from knowledge.models import (
    DimensionRecord,
    DocumentRecord,
    FactFile,
    FactRecord,
    NameRecord,
    NamesFile,
    SkippedRecord,
    UnsaidRecord,
)
from knowledge.outcomes import Fact, Unsaid
from knowledge.proof.loading import Loaded, Skipped, read_base, without_drafts
from knowledge.proof.records import LARGEST_FILE

CASES = Path(__file__).resolve().parents[2] / "cases"
THREE_SENTENCES = CASES / "valid" / "three_sentences"
KEYS = sorted(
    {
        key
        for model in (FactFile, NamesFile, DocumentRecord, FactRecord, UnsaidRecord, SkippedRecord, NameRecord)
        for key in model.model_fields
    }
)

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["the", "a-b", "orsa"])
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3)
)


def read(case: Path) -> Loaded:
    return read_base(case / "documents", case / "facts")


def read_files(folder: Path, **facts: bytes) -> Loaded:
    """Read a base that holds the three sentences, and these fact files."""
    (folder / "facts").mkdir(exist_ok=True)
    for name, raw in facts.items():
        (folder / "facts" / f"{name}.toml").write_bytes(raw)
    return read_base(THREE_SENTENCES / "documents", folder / "facts")


def toml(value: object) -> str:
    """Return a value in TOML, or in what looks like it."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(toml(inner) for inner in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def test_fact_is_loaded_with_its_quote_and_its_attribution_in_their_places() -> None:
    loaded = read(THREE_SENTENCES)

    assert loaded.facts[2] == Fact(
        id="lamp-has-not-failed",
        claim="The lamp has not failed in 40 years.",
        speakers=("lind",),
        attribution=Citation(
            document="orsa",
            start=62,
            end=84,
            quote="Engineer Ada Lind said",
            prefix="lt in 1874 by the Norre family. ",
            suffix=" the lamp of the tower had not f",
            paragraph=1,
        ),
        antecedent=None,
        manner="reported",
        agent=(),
        act="work",
        target=(),
        themes=(),
        dimensions={},
        slots={},
        phrasings=(),
        citation=Citation(
            document="orsa",
            start=85,
            end=133,
            quote="the lamp of the tower had not failed in 40 years",
            prefix=" family. Engineer Ada Lind said ",
            suffix=".\n\nThe harbour council rejected ",
            paragraph=1,
        ),
        number=2,
    )


def test_base_is_loaded_with_all_that_its_files_hold() -> None:
    loaded = read(CASES / "valid" / "two_documents_in_two_languages")

    assert loaded.problems == ()
    assert [document.id for document in loaded.documents] == ["mole", "orsa"]
    assert [(fact.number, fact.id) for fact in loaded.facts] == [
        (0, "pier-built-in-1901"),
        (1, "pier-cost-12500"),
        (2, "built-in-1874"),
        (3, "built-by-norre"),
        (4, "lamp-has-not-failed"),
        (5, "council-rejected-sale"),
    ]
    heading = Skipped(Citation("mole", 0, 10, "# Die Mole", "", "\n\nDie Mole wurde 1901 nicht von ", 1), "heading")
    assert loaded.unsaid == (Unsaid("the price of a visit", ("What does a ticket cost?",), ("built-in-1874",)),)
    assert loaded.skipped == (heading,)
    assert list(loaded.names) == ["norre", "lind", "council"]
    assert loaded.names["lind"] == NameRecord(id="lind", label="Ada Lind", kind="person", forms=("Ada Lind", "Lind"))
    assert loaded.dimensions == (DimensionRecord(dimension="plan", value="sale", forms=("sell", "sale")),)


def test_facts_stand_in_the_order_of_the_text_rather_than_of_the_file(tmp_path: Path) -> None:
    text = (THREE_SENTENCES / "facts" / "orsa.toml").read_text(encoding="utf-8")
    head, *facts = text.split("[[fact]]\n")
    facts[-1] = facts[-1].split("[[unsaid]]")[0]

    loaded = read_files(tmp_path, orsa="[[fact]]\n".join([head, *reversed(facts)]).encode())

    assert [(fact.number, fact.id) for fact in loaded.facts] == [
        (0, "built-in-1874"),
        (1, "built-by-norre"),
        (2, "lamp-has-not-failed"),
        (3, "council-rejected-sale"),
    ]


def test_broken_fact_does_not_hide_its_neighbours() -> None:
    loaded = read(CASES / "invalid" / "quote_not_found")

    assert [fact.id for fact in loaded.facts] == ["built-in-1874", "lamp-has-not-failed", "council-rejected-sale"]
    assert len(loaded.problems) == 1


def test_acts_are_only_checked_when_they_are_known() -> None:
    case = CASES / "invalid" / "act_unknown"

    assert read_base(case / "documents", case / "facts").problems == ()
    assert [str(problem) for problem in read_base(case / "documents", case / "facts", acts=frozenset()).problems] == [
        f'{case}/facts/orsa.toml: fact "{fact}": act "{act}" is unknown; add it to the lexicon'
        for fact, act in [
            ("built-in-1874", "build"),
            ("built-by-norre", "build"),
            ("lamp-has-not-failed", "work"),
            ("council-rejected-sale", "rejct"),
        ]
    ]


def test_the_problems_of_several_files_are_all_found_in_one_run(tmp_path: Path) -> None:
    loaded = read_files(
        tmp_path,
        a=b"[document]\nid = 1\ntitle = ''\n[[fact]]\nid = 'x'\n",
        b=b"fact = 1\nunsaid = [1]\n",
        names=b"[[name]]\nid = 'n'\n",
    )

    assert [str(problem).removeprefix(f"{tmp_path}/facts/") for problem in loaded.problems] == [
        'a.toml: document: id must be text; write id = "…"',
        "a.toml: document: title is empty; write something, or remove the key",
        'a.toml: document: key "sha256" is missing; add it: of the file\'s bytes',
        'a.toml: fact "x": key "claim" is missing; add it: one neutral sentence in our words',
        'a.toml: fact "x": key "act" is missing; add it: what is done: an act of the lexicon',
        'a.toml: fact "x": key "quote" is missing; add it: verbatim, no longer than one sentence',
        "b.toml: no [document] table; say which document the facts are drawn from",
        "b.toml: fact: must be a list of tables; write [[fact]] above each record",
        "b.toml: unsaid 1: record must be a table; write each key on a line below its [heading]",
        'names.toml: name "n": key "label" is missing; add it: how an answer names it: \'Israeli officials\'',
        'names.toml: name "n": key "kind" is missing; add it',
        'names.toml: name "n": key "forms" is missing; add it: surface forms, any language and script',
    ]


def test_file_of_more_than_five_megabytes_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.toml").open("wb") as file:
        file.truncate(LARGEST_FILE + 100_000)

    loaded = read_base(THREE_SENTENCES / "documents", tmp_path)

    assert [str(problem) for problem in loaded.problems] == [
        f"{tmp_path}/huge.toml: too large (5.1 MB); split it, one file for each document"
    ]


@pytest.mark.parametrize(
    "name", ["../orsa.txt", "/etc/hostname", "..", "a\\\\b", "C:orsa.txt", ".hidden", "a\\u0000b", "a/b"]
)
def test_document_is_never_sought_outside_its_folder(tmp_path: Path, name: str) -> None:
    raw = f'[document]\nid = "orsa"\ntitle = "x"\nsha256 = "{"0" * 64}"\nfile = "{name}"\n'

    loaded = read_files(tmp_path, a=raw.encode())

    assert loaded.documents == ()
    assert [problem.message.split('" ')[-1] for problem in loaded.problems] == [
        "is not the plain name of a file in the documents folder"
    ]


def test_hidden_files_are_no_fact_files(tmp_path: Path) -> None:
    loaded = read_files(tmp_path, **{".#orsa": b"?"})

    assert [problem.message for problem in loaded.problems] == ["no fact files"]


@pytest.mark.parametrize("raw", [b"a = " + b"[" * 100_000, b"a = " + b"9" * 5_000, b"a = 2024-99-99", b'a = "\\ud800"'])
def test_what_the_parser_chokes_on_is_a_problem_like_any_other(tmp_path: Path, raw: bytes) -> None:
    loaded = read_files(tmp_path, a=raw)

    assert [problem.message.split(" (")[0] for problem in loaded.problems] == ["not TOML"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=200))
def test_reading_never_raises_whatever_bytes_a_file_holds(tmp_path: Path, raw: bytes) -> None:
    loaded = read_files(tmp_path, a=raw, names=raw)

    assert loaded.facts == ()
    assert loaded.problems


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    tables=st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=5),
    record=st.dictionaries(st.sampled_from(KEYS), VALUES),
)
def test_reading_never_raises_whatever_the_keys_hold(
    tmp_path: Path, tables: dict[str, object], record: dict[str, object]
) -> None:
    top = "".join(f"{key} = {toml(value)}\n" for key, value in tables.items() if key not in ("fact", "name"))
    rows = "".join(f"{key} = {toml(value)}\n" for key, value in record.items())

    loaded = read_files(tmp_path, a=f"{top}[[fact]]\n{rows}".encode(), names=f"{top}[[name]]\n{rows}".encode())

    assert loaded.problems
    assert all(str(problem) and problem.mend for problem in loaded.problems)


def test_draft_revision_and_date_are_carried_to_facts_and_documents() -> None:
    loaded = read(CASES / "valid" / "drafts_revisions_and_originals")

    assert loaded.documents[0].record.original == "orsa.html"
    assert [(fact.id, fact.draft, fact.superseded_by, fact.since) for fact in loaded.facts] == [
        ("built-in-1874", False, "lamp-has-not-failed", "1874-05-01"),
        ("built-by-norre", True, "", ""),
        ("lamp-has-not-failed", False, "", ""),
        ("council-rejected-sale", False, "", ""),
    ]


def test_base_without_drafts_is_numbered_anew_and_refers_to_none_of_them() -> None:
    loaded = without_drafts(read(CASES / "valid" / "drafts_revisions_and_originals"))

    assert [(fact.number, fact.id) for fact in loaded.facts] == [
        (0, "built-in-1874"),
        (1, "lamp-has-not-failed"),
        (2, "council-rejected-sale"),
    ]
    assert loaded.unsaid[0].related == ("built-in-1874",)


def test_text_is_read_in_place_of_a_file_and_beside_the_others() -> None:
    facts = THREE_SENTENCES / "facts"
    text = (facts / "orsa.toml").read_text("utf-8").replace("built-by-norre", "by-the-norres")

    loaded = read_base(
        THREE_SENTENCES / "documents", facts, instead={facts / "orsa.toml": text, facts / "new.toml": ""}
    )

    assert [problem.message for problem in loaded.problems] == ["empty"]
    assert [fact.id for fact in loaded.facts][1] == "by-the-norres"
