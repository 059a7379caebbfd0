"""A document is revised: what still stands is carried over as it is, what has changed as a draft, and no more."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge.curation.errors import NotReceived
from knowledge.curation.receiving.revising import QuoteFate, Revision, next_id, revise
from knowledge.models import DocumentRecord
from knowledge.proof.checking import check_base
from knowledge.proof.loading import read_base
from tests.observatory import observatory, revised

NAMES = """
[[name]]
id = "weir"
label = "Mayor Ana Weir"
kind = "person"
forms = ["Ana Weir", "Mayor Weir"]
"""


@dataclass(frozen=True)
class Quoted:
    """A fact of a document to be revised."""

    claim: str
    quote: str
    more: str = 'act = "close"'


GATE = Quoted("The gate was closed in May.", "The gate was closed in May", 'act = "close"\nslots = { date = ["May"] }')
TONS = Quoted("The bell weighs 2 tons.", "The bell weighs 2 tons", 'act = "be"\nslots = { number = ["2"] }')
SAID = Quoted(
    "The well is dry, Mayor Ana Weir said.",
    "the well is dry",
    'act = "be"\nspeakers = "weir"\nattribution = "Mayor Ana Weir said"',
)


def revision(folder: Path, old: str, new: str, *facts: Quoted, more: str = "") -> Revision:
    """Return what becomes of facts, "fact-1" and so on, when their document is revised."""
    for name in ("documents", "facts"):
        (folder / name).mkdir()
    (folder / "documents" / "old.txt").write_bytes(old.encode())
    records = "".join(
        f'\n[[fact]]\nid = "fact-{at}"\nclaim = {json.dumps(fact.claim)}\n'
        f"quote = {json.dumps(fact.quote)}\n{fact.more}\n"
        for at, fact in enumerate(facts, start=1)
    )
    sha256 = hashlib.sha256(old.encode()).hexdigest()
    head = f'[document]\nid = "old"\ntitle = "A town"\nsha256 = "{sha256}"\n'
    (folder / "facts" / "old.toml").write_text(head + records + more, "utf-8")
    (folder / "facts" / "names.toml").write_text(NAMES, "utf-8")
    loaded = read_base(folder / "documents", folder / "facts")
    assert loaded.problems == ()
    record = DocumentRecord(id="new", title="A town", sha256=hashlib.sha256(new.encode()).hexdigest(), replaces="old")
    made = revise(record, new, loaded)
    (folder / "documents" / "new.txt").write_bytes(new.encode())
    (folder / "facts" / "new.toml").write_text(made.text, "utf-8")
    report = check_base(folder / "documents", folder / "facts")
    assert [problem for problem in report.problems if "is not covered" not in problem.message] == []
    return made


def fates(made: Revision) -> list[QuoteFate]:
    return [traced.fate for traced in made.traced]


def test_quote_that_stands_in_its_place_is_carried_with_all_of_its_fact(tmp_path: Path) -> None:
    made = revision(tmp_path, "The gate was closed in May.", "It rained. The gate was closed in May.", GATE)

    assert fates(made) == [QuoteFate.SAME]
    (carried,) = made.carried
    assert (carried.reasons, carried.record.model_dump(exclude_defaults=True)) == (
        (),
        {
            "id": "fact-1-v2",
            "claim": "The gate was closed in May.",
            "act": "close",
            "slots": {"date": ("May",)},
            "quote": "The gate was closed in May",
            "supersedes": "fact-1",
        },
    )
    assert [sentence.text for sentence in made.added] == ["It rained."]


def test_quote_of_a_paragraph_that_changed_places_has_moved_and_is_carried(tmp_path: Path) -> None:
    bell, well = "The bell weighs 2 tons.", "A long paragraph stands here. It is about the market and its trees."
    made = revision(tmp_path, f"{bell}\n\n{well}", f"{well}\n\n{bell}", TONS)

    assert fates(made) == [QuoteFate.MOVED]
    assert [(each.record.id, each.reasons) for each in made.carried] == [("fact-1-v2", ())]
    assert made.traced[0].new is not None
    assert (made.traced[0].old.paragraph, made.traced[0].new.paragraph) == (1, 2)


def test_changed_quote_becomes_a_draft_with_the_new_words_in_claim_and_slots(tmp_path: Path) -> None:
    made = revision(tmp_path, "The bell weighs 2 tons.", "The bell weighs 3 tons.", TONS)

    assert fates(made) == [QuoteFate.CHANGED]
    assert made.traced[0].words == (("2", "3"),)
    (draft,) = made.drafts
    record = draft.record
    assert (record.draft, record.supersedes, record.claim, record.quote, record.slots) == (
        True,
        "fact-1",
        "The bell weighs 3 tons.",
        "The bell weighs 3 tons",
        {"number": ("3",)},
    )


def test_number_that_the_new_quote_does_not_carry_is_in_no_claim(tmp_path: Path) -> None:
    heavy = Quoted("The bell weighs two tons, as 2 ox carts do.", "The bell weighs 2 tons", 'act = "be"')
    made = revision(tmp_path, "The bell weighs 2 tons.", "The bell weighs many tons.", heavy)

    (draft,) = made.drafts
    assert draft.record.claim == "The bell weighs many tons."


def test_vanished_quote_stays_with_the_old_document_alone(tmp_path: Path) -> None:
    made = revision(tmp_path, "It rained. The bell weighs 2 tons.", "It rained. Nobody came to the market.", TONS)

    assert fates(made) == [QuoteFate.VANISHED]
    assert made.carried == ()
    assert [(left.record, left.reason) for left in made.left] == [('fact "fact-1"', "its quote has vanished")]


def test_quote_that_now_stands_twice_is_lengthened(tmp_path: Path) -> None:
    short = Quoted("The bell weighs 2 tons.", "weighs 2 tons", 'act = "be"')
    made = revision(tmp_path, "The bell weighs 2 tons.", "The bell weighs 2 tons. The clock weighs 2 tons.", short)

    (carried,) = made.facts
    assert carried.record.quote == "bell weighs 2 tons"
    assert made.traced[0].note == "its words stand 2 times now: it was lengthened"


def test_sentence_that_now_stands_twice_is_told_and_not_carried(tmp_path: Path) -> None:
    made = revision(
        tmp_path, "The bell weighs 2 tons.", "The bell weighs 2 tons. It rained. The bell weighs 2 tons.", TONS
    )

    assert made.carried == ()
    assert made.left[0].reason == "its words stand 2 times now, and nothing in its sentence tells which"


def test_quote_is_looked_for_where_its_sentence_went(tmp_path: Path) -> None:
    old = "The council of the harbour rejected this. Nobody was surprised by the vote of the day."
    new = "The council of the harbour accepted this. Nobody was surprised by the vote of the day. Weir rejected this."
    made = revision(tmp_path, old, new, Quoted("The council rejected it.", "rejected this", 'act = "reject"'))

    assert [(traced.fate, traced.words) for traced in made.traced] == [(QuoteFate.CHANGED, (("rejected", "accepted"),))]
    assert [each.record.quote for each in made.drafts] == ["accepted this"]


def test_quote_whose_sentence_says_something_else_around_it_is_to_be_reviewed(tmp_path: Path) -> None:
    quoted = Quoted("The well is dry.", "the well is dry", 'act = "be"')
    made = revision(
        tmp_path, "The miller said that the well is dry.", "The miller denied that the well is dry.", quoted
    )

    assert fates(made) == [QuoteFate.SAME]
    assert [each.reasons for each in made.drafts] == [("the rest of its sentence has changed",)]


def test_change_that_another_record_quotes_leaves_a_fact_as_it_is(tmp_path: Path) -> None:
    old, new = (f"The gate was closed in {month}, and the bell weighs 2 tons." for month in ("May", "June"))
    bell = Quoted("The bell weighs 2 tons.", "the bell weighs 2 tons", 'act = "be"')
    made = revision(tmp_path, old, new, GATE, bell)

    assert [each.earlier for each in made.facts] == ["fact-2"]
    assert [each.earlier for each in made.drafts] == ["fact-1"]


def test_sentence_that_was_joined_to_another_is_moved_and_to_be_reviewed(tmp_path: Path) -> None:
    old = "The council met on a rainy day in the old hall. The bell weighs 2 tons."
    new = "The council met on a rainy day in the old hall, where it heard this: The bell weighs 2 tons."
    made = revision(tmp_path, old, new, TONS)

    assert fates(made) == [QuoteFate.MOVED]
    assert [each.reasons for each in made.drafts] == [("its quote stands in another sentence now",)]


def test_white_space_alone_makes_no_draft(tmp_path: Path) -> None:
    made = revision(tmp_path, "The bell weighs 2 tons.", "The bell  weighs 2\u00a0tons.", TONS)

    assert [(each.record.quote, each.reasons) for each in made.carried] == [("The bell  weighs 2\u00a0tons", ())]


def test_speaker_who_is_named_otherwise_is_not_carried_over_silently(tmp_path: Path) -> None:
    old, new = "Mayor Ana Weir said that the well is dry.", "Miller Otto Brook said that the well is dry."
    made = revision(tmp_path, old, new, SAID)

    (draft,) = made.drafts
    assert (draft.record.speakers, draft.record.attribution) == ((), "")
    assert "its attribution has changed" in draft.reasons


def test_gaps_and_skipped_passages_are_carried_and_gaps_point_to_the_new_facts(tmp_path: Path) -> None:
    more = (
        '\n[[unsaid]]\nabout = "who made the bell"\nwordings = ["Who made the bell?"]\nrelated = ["fact-1"]\n'
        '\n[[skipped]]\nquote = "# The town"\nreason = "heading"\n'
        '\n[[skipped]]\nquote = "It rained."\nreason = "weather"\n'
    )
    old, new = "# The town\n\nThe bell weighs 2 tons. It rained.", "# The town\n\nThe bell weighs 2 tons."
    made = revision(tmp_path, old, new, TONS, more=more)

    assert [(gap.about, gap.wordings, gap.related) for gap in made.unsaid] == [
        ("who made the bell", ("Who made the bell?",), ("fact-1-v2",))
    ]
    assert [(passage.quote, passage.reason) for passage in made.skipped] == [("# The town", "heading")]
    assert made.uncovered == ()


def test_facts_stand_in_the_order_of_the_revision(tmp_path: Path) -> None:
    shelf = observatory(tmp_path)

    _, made = revised(shelf, "dome-may", "dome-march", "2024-05-02")

    starts = [each.start for each in made.carried]
    assert starts == sorted(starts)
    assert [each.record.id for each in made.carried][:2] == ["telescope-on-fridays-v2", "warden-keeps-logbook-v2"]


def test_old_document_and_its_facts_keep_every_byte(tmp_path: Path) -> None:
    shelf = observatory(tmp_path)
    before = {path: path.read_bytes() for folder in (shelf.documents, shelf.facts) for path in folder.iterdir()}

    revised(shelf, "dome-may", "dome-march", "2024-05-02")

    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize(
    ("replaces", "message"),
    [
        ("dome-april", 'no document "dome-april" to replace; verbatim sources lists them'),
        ("dome-march", '"dome-march" is replaced by "dome-may" already; replace that one'),
    ],
)
def test_document_that_is_not_there_or_replaced_already_is_refused(tmp_path: Path, replaces: str, message: str) -> None:
    shelf, _ = revised(observatory(tmp_path), "dome-may", "dome-march", "2024-05-02")

    with pytest.raises(NotReceived) as refused:
        revised(shelf, "dome-july", replaces, "")

    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("fact", "expected"),
    [("gate", "gate-v2"), ("gate-v2", "gate-v3"), ("asked-950", "asked-950-v2"), ("bell", "bell-v4")],
)
def test_id_of_the_next_version_is_free(fact: str, expected: str) -> None:
    assert next_id(fact, {"bell-v2", "bell-v3"}) == expected
