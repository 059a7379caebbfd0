"""A fact file is changed record by record, all else in it stays to the byte, and nothing unproven is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.curation.errors import NotWritten
from knowledge.curation.writing import FactText, save, save_all
from knowledge.language.lexicon import load_lexicon
from knowledge.models import DocumentRecord, FactRecord, NameRecord, SkippedRecord, UnsaidRecord
from knowledge.proof.checking import untrue
from knowledge.proof.records import read_fact_file

SHIPPED = Path(__file__).resolve().parents[3] / "knowledge" / "facts"
HARBOUR = Path(__file__).resolve().parents[2] / "bot" / "harbour"

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
LINES = WORDS.map(lambda text: f"a{''.join(text.split())}z")
SLUGS = st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
QUOTES = st.tuples(WORDS, WORDS).map(lambda pair: f"«{pair[0]}\n{pair[1]}»".replace("\r", ""))

DOCUMENTS = st.builds(
    DocumentRecord,
    id=st.just("orsa"),
    title=LINES,
    publisher=WORDS,
    sha256=st.just("0" * 64),
    original=st.sampled_from(["", "orsa.pdf"]),
    replaces=st.sampled_from(["", "orsa-2023"]),
)
FACTS = st.builds(
    FactRecord,
    id=SLUGS,
    draft=st.booleans(),
    claim=LINES,
    agent=st.lists(SLUGS, max_size=3).map(tuple),
    act=SLUGS,
    slots=st.dictionaries(st.sampled_from(["number", "date"]), st.lists(LINES, min_size=1, max_size=2).map(tuple)),
    dimensions=st.dictionaries(SLUGS, SLUGS, max_size=2),
    quote=QUOTES,
    phrasings=st.lists(LINES, max_size=9).map(tuple),
    superseded_by=st.just("") | SLUGS,
    since=st.sampled_from(["", "2024-03-19"]),
)
UNSAID = st.builds(UnsaidRecord, about=LINES, wordings=st.lists(LINES, min_size=1, max_size=3).map(tuple))
SKIPPED = st.builds(SkippedRecord, quote=QUOTES, reason=LINES)

COMMENTED = """\
# Kept by hand.

[document]
id = "orsa"   # never change
title = "The tower"
publisher = ""
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"

# ¶1 ----

[[fact]]
id = "one"  # the first
claim = 'It was "built".'
manner = "reported"
agent = ["norre"]
act = "build"
slots = {date=["1874"]}
quote = \"\"\"
[[fact]]
# no comment\"\"\"
phrasings = [
    "When?",  # asked often
]
# ¶2 ----

  [[fact]]
  id = "two"
  claim = "It works."
  act = "work"
  quote = "works"
  [fact.slots]
  number = ["40"]

[[skipped]]
quote = "# The tower"
reason = "heading"
# the end"""


def fact(**changes: object) -> FactRecord:
    return FactRecord.model_validate(
        {"id": "three", "claim": "It was sold.", "act": "sell", "quote": "was sold"} | changes
    )


def lines_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines that only the earlier and only the later text holds."""
    old, new = before.split("\n"), after.split("\n")
    return [line for line in old if line not in new], [line for line in new if line not in old]


@given(DOCUMENTS, st.lists(FACTS | UNSAID | SKIPPED, max_size=5))
def test_whatever_is_added_is_read_back_as_it_was(
    document: DocumentRecord, records: list[FactRecord | UnsaidRecord | SkippedRecord]
) -> None:
    text = FactText.new(document)
    for record in records:
        text = text.add(record)

    read = read_fact_file(Path("orsa.toml"), text.text)

    assert read.problems == ()
    assert read.document is not None
    assert read.document.record == document
    assert [filed.record for filed in read.facts] == [record for record in records if isinstance(record, FactRecord)]
    assert [filed.record for filed in read.unsaid] == [record for record in records if isinstance(record, UnsaidRecord)]
    assert [filed.record for filed in read.skipped] == [
        record for record in records if isinstance(record, SkippedRecord)
    ]


@given(FACTS, FACTS)
def test_record_that_is_replaced_reads_as_the_other_and_its_neighbours_keep_every_byte(
    first: FactRecord, second: FactRecord
) -> None:
    text = FactText(COMMENTED).add(first.model_copy(update={"id": "x"}), after="one")

    changed = text.replace("x", second).text
    read = read_fact_file(Path("orsa.toml"), changed)

    assert read.problems == ()
    assert [filed.record for filed in read.facts][1] == second
    head, tail = COMMENTED.split("# ¶2 ----")
    assert changed.startswith(head.rstrip())
    assert changed.endswith(f"# ¶2 ----{tail}")


@given(st.sampled_from(["one", "two", "nowhere", ""]), FACTS | SKIPPED)
def test_what_is_added_and_removed_again_leaves_the_records_as_they_were(
    after: str, record: FactRecord | SkippedRecord
) -> None:
    new = record.model_copy(update={"id": "new"} if isinstance(record, FactRecord) else {"quote": "new"})
    text = FactText(COMMENTED).add(new, after=after)

    again = text.remove("new", "fact" if isinstance(new, FactRecord) else "skipped").text

    assert lines_changed(COMMENTED, again) == ([], [])


def test_records_of_the_shipped_file_written_over_themselves_change_no_byte() -> None:
    path = next(path for path in SHIPPED.glob("*.toml") if path.name != "names.toml")
    text, read = FactText.read(path), read_fact_file(path)

    for filed in read.facts[:5]:
        assert text.replace(filed.record.id, filed.record).text == text.text
    assert read.document is not None
    assert text.set_document(read.document.record).text == path.read_text("utf-8")


def test_value_that_changes_takes_no_other_with_it() -> None:
    record = read_fact_file(Path("orsa.toml"), COMMENTED).facts[0].record

    changed = FactText(COMMENTED).replace("one", record.model_copy(update={"claim": "Built.", "draft": True})).text

    assert lines_changed(COMMENTED, changed) == (["claim = 'It was \"built\".'"], ["draft = true", 'claim = "Built."'])
    assert 'id = "one"  # the first\ndraft = true\nclaim = "Built."\n' in changed


def test_new_fact_goes_behind_the_one_that_is_named_or_the_last() -> None:
    behind_first = FactText(COMMENTED).add(fact(), after="one")
    behind_last = FactText(COMMENTED).add(fact())

    assert behind_first.keys() == ("one", "three", "two")
    assert behind_last.keys() == ("one", "two", "three")
    assert '[[fact]]\nid = "three"\nclaim = "It was sold."\nact = "sell"\nquote = "was sold"\n' in behind_first.text


def test_file_with_windows_line_ends_keeps_to_them() -> None:
    text = FactText(COMMENTED.replace("\n", "\r\n")).add(fact())

    assert "\n" not in text.text.replace("\r\n", "")


def test_record_below_a_heading_of_a_record_belongs_to_it() -> None:
    assert "[fact.slots]" not in FactText(COMMENTED).remove("two").text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[fact]\n", "bad.toml: not TOML ("),
        ('fact = [{ id = "one" }]\n', "bad.toml: fact is not written as tables; write [[fact]] above each record"),
    ],
)
def test_file_that_cannot_be_edited_is_refused_with_the_mend(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "bad.toml").write_text(text, "utf-8")

    with pytest.raises(NotWritten) as refused:
        FactText.read(tmp_path / "bad.toml")

    assert str(refused.value).replace(f"{tmp_path}/", "").startswith(message)


def test_unknown_record_is_neither_replaced_nor_removed() -> None:
    with pytest.raises(NotWritten, match='no fact "three"; name one that the file holds'):
        FactText(COMMENTED).replace("three", fact())
    with pytest.raises(NotWritten, match='no skipped "three"'):
        FactText(COMMENTED).remove("three", "skipped")


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A copy of the harbour base, which may be changed."""
    shutil.copytree(HARBOUR, tmp_path / "base")
    return tmp_path / "base"


def test_sound_text_is_saved_and_leaves_nothing_beside_it(base: Path) -> None:
    path = base / "facts" / "harbour.toml"
    text = FactText.read(path)
    quote = read_fact_file(path).facts[0].record.quote

    problems = save(path, text.add(fact(act="demand", quote=quote)).text, base / "documents", base / "facts")

    assert problems == ()
    assert FactText.read(path).keys()[-1] == "three"
    assert sorted(file.name for file in (base / "facts").iterdir()) == ["ferry.toml", "harbour.toml", "names.toml"]


def test_unsound_text_is_not_saved_and_its_problems_are_told(base: Path) -> None:
    path = base / "facts" / "harbour.toml"
    before = path.read_bytes()

    problems = save(path, FactText.read(path).add(fact(act="demand")).text, base / "documents", base / "facts")

    assert [(problem.record, problem.message) for problem in problems] == [
        ('fact "three"', "quote not found in document")
    ]
    assert path.read_bytes() == before
    assert sorted(file.name for file in (base / "facts").iterdir()) == ["ferry.toml", "harbour.toml", "names.toml"]


def test_what_was_wrong_before_does_not_stand_in_the_way(base: Path) -> None:
    (base / "documents" / "ferry.txt").unlink()
    path = base / "facts" / "harbour.toml"
    quote = read_fact_file(path).facts[0].record.quote
    assert untrue(base / "documents", base / "facts", load_lexicon().acts(), {}) != ()

    assert (
        save(path, FactText.read(path).add(fact(act="demand", quote=quote)).text, base / "documents", base / "facts")
        == ()
    )


def test_work_may_be_left_in_the_middle(base: Path) -> None:
    """A fact that is taken away leaves its sentence uncovered, which is work and no untruth."""
    path = base / "facts" / "ferry.toml"
    text = FactText.read(path)
    for key in text.keys():  # noqa: SIM118  no mapping
        text = text.remove(key)
    for key in text.keys("unsaid"):
        text = text.remove(key, "unsaid")

    assert save(path, text.text, base / "documents", base / "facts") == ()


def test_fact_and_the_name_that_it_needs_are_saved_together(base: Path) -> None:
    path, names = base / "facts" / "harbour.toml", base / "facts" / "names.toml"
    quote = read_fact_file(path).facts[0].record.quote
    text = FactText.read(path).add(fact(act="demand", quote=quote, agent="pilot")).text
    named = FactText.read(names).add(NameRecord(id="pilot", label="the pilot", kind="role", forms=("pilot",))).text

    alone = save(path, text, base / "documents", base / "facts")
    together = save_all({names: named, path: text}, base / "documents", base / "facts")

    assert [problem.message for problem in alone] == ['agent "pilot" is unknown']
    assert together == ()
    assert FactText.read(names).keys("name")[-1] == "pilot"


def test_folder_that_cannot_be_written_is_told_and_nothing_is_half_written(base: Path) -> None:
    path = base / "elsewhere" / "harbour.toml"

    with pytest.raises(NotWritten, match=r"cannot be written .*; nothing was saved"):
        save(path, FactText.read(base / "facts" / "harbour.toml").text, base / "documents", base / "facts")
