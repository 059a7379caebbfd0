"""A document under review: what is read of it, what is decided, what is proposed, and what is refused."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase
from knowledge.curation.errors import ChangedMeanwhile, NotReviewed, NotWritten
from knowledge.curation.reviewing.amending import (
    Amendment,
    accepted,
    amended,
    carry_out,
    discarded,
    skipped,
    text_to_edit,
    unskipped,
)
from knowledge.curation.reviewing.dividing import begun_fact, merged_facts, split_fact
from knowledge.curation.reviewing.reviewing import Held, Review, open_review
from knowledge.documents import Passage
from knowledge.proof.checking import SentenceState
from tests.bridge import NAMES, bridge

OPEN, DRAFTED, SKIPPED, REVIEWED = (
    SentenceState.OPEN,
    SentenceState.DRAFTED,
    SentenceState.SKIPPED,
    SentenceState.REVIEWED,
)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return bridge(tmp_path / "case")


def opened(case: Path) -> Review:
    return open_review("bridge", case / "documents", case / "facts")


def held(review: Review, name: str) -> Held:
    (found,) = (each for each in review.held if each.name == name)
    return found


def sentence(review: Review, number: int) -> Passage:
    return review.sentences[number - 1].sentence


def done(case: Path, amendment: Amendment) -> Review:
    """Save what was decided, and return the document as it is then."""
    assert carry_out(amendment, case / "documents", case / "facts") == ()
    return opened(case)


def refused(case: Path, amendment: Amendment) -> list[str]:
    """Return what keeps something from being saved; the files stay as they are."""
    before = written(case)
    found = carry_out(amendment, case / "documents", case / "facts")
    assert written(case) == before
    return [f"{problem.record}: {problem.message}" for problem in found]


def written(case: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in (case / "facts").iterdir()}


def states(review: Review) -> list[SentenceState]:
    return [each.state for each in review.sentences]


def ids(several: Sequence[Held]) -> list[str]:
    return [each.name for each in several]


def test_states_of_sentences_and_what_quotes_them_are_told(case: Path) -> None:
    review = opened(case)

    assert states(review) == [SKIPPED, DRAFTED, DRAFTED, OPEN]
    assert [each.sentence.number for each in review.to_review] == [2, 3, 4]
    assert ids(review.of(sentence(review, 2))) == ["council-closed-bridge", "cracks-in-arches"]
    assert ids(review.of(sentence(review, 4))) == []
    assert (review.problems, review.astray) == ((), ())


def test_accepted_draft_takes_the_names_it_uses_with_it_and_changes_nothing_else(case: Path) -> None:
    review = opened(case)
    amendment = accepted(review, [held(review, "repair-cost")], 3)

    after = done(case, amendment)

    before = review.text.text
    assert amendment.told == "accepted repair-cost, and with it brandt, council"
    assert written(case)["bridge.toml"] == before.replace('id = "repair-cost"\ndraft = true\n', 'id = "repair-cost"\n')
    assert written(case)["names.toml"] == NAMES.replace("draft = true\n", "")
    assert states(after) == [SKIPPED, DRAFTED, REVIEWED, OPEN]


def test_all_drafts_of_a_sentence_are_accepted_in_one_go(case: Path) -> None:
    review = opened(case)

    after = done(case, accepted(review, review.of(sentence(review, 2))))

    assert states(after) == [SKIPPED, REVIEWED, DRAFTED, OPEN]
    assert "# count them" not in written(case)["bridge.toml"]


def test_reviewed_fact_is_not_accepted_again(case: Path) -> None:
    review = opened(case)
    review = done(case, accepted(review, [held(review, "repair-cost")]))

    with pytest.raises(NotWritten, match='fact "repair-cost" is reviewed already'):
        accepted(review, [held(review, "repair-cost")])


def test_undoing_brings_back_every_byte(case: Path) -> None:
    before = written(case)
    review = opened(case)
    amendment = accepted(review, [held(review, "repair-cost")])
    done(case, amendment)

    done(case, amendment.undone())

    assert written(case) == before


def test_edited_fact_is_kept_as_it_was_typed(case: Path) -> None:
    review = opened(case)
    cracks = held(review, "cracks-in-arches")
    typed = cracks.text.replace("draft = true  # count them\n", "# both of them\n")

    after = done(case, amended(review, [cracks], typed))

    assert written(case)["bridge.toml"] == review.text.text.replace("draft = true  # count them\n", "# both of them\n")
    assert not held(after, "cracks-in-arches").is_draft


def test_draft_names_are_edited_beneath_and_saved_into_the_names(case: Path) -> None:
    review = opened(case)
    cost = held(review, "repair-cost")
    text = text_to_edit(review, [cost])
    assert [table["id"] for table in tomllib.loads(text)["name"]] == ["brandt", "council"]

    typed = text.replace('label = "Mayor Ilse Brandt"', 'label = "the mayor"').replace("draft = true\n", "", 1)
    after = done(case, amended(review, [cost], typed))

    assert (after.people["brandt"].label, after.people["brandt"].draft) == ("the mayor", False)
    assert "[[name]]" not in written(case)["bridge.toml"]


def test_new_name_is_typed_beside_the_fact_that_needs_it(case: Path) -> None:
    review = opened(case)
    cracks = held(review, "cracks-in-arches")
    typed = cracks.text.replace("act =", 'agent = "engineers"\nact =')
    assert refused(case, amended(review, [cracks], typed)) == [
        'fact "cracks-in-arches": agent "engineers" is unknown',
    ]

    typed += '\n\n[[name]]\nid = "engineers"\nlabel = "engineers"\nkind = "role"\nforms = ["engineers"]\n'
    after = done(case, amended(review, [cracks], typed))

    assert after.people["engineers"].label == "engineers"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("[[fact]]\nid = ", "not TOML"),
        ("", "no \\[\\[fact\\]\\] is left"),
        ("[[fact]]\nid = 'a'\n[document]\nid = 'b'\n", "\\[\\[document\\]\\] has no place here"),
        ("[[fact]]\nid = 'a'\n[[name]]\nid = 'b'\n", "name b: label: Field required"),
    ],
)
def test_what_is_no_fact_is_refused_with_the_reason(case: Path, typed: str, told: str) -> None:
    review = opened(case)

    with pytest.raises(NotWritten, match=told):
        amended(review, [held(review, "repair-cost")], typed)


def test_edit_that_the_document_does_not_carry_is_refused_and_nothing_is_written(case: Path) -> None:
    review = opened(case)
    cracks = held(review, "cracks-in-arches")

    assert refused(case, amended(review, [cracks], cracks.text.replace("in two arches.", "in 12 arches."))) == [
        'fact "cracks-in-arches": claim says "12", which its sentence does not',
    ]


def test_file_that_another_program_has_changed_is_not_overwritten(case: Path) -> None:
    review = opened(case)
    path = case / "facts" / "bridge.toml"
    path.write_text(f"{review.text.text}\n# noted elsewhere\n", "utf-8")

    with pytest.raises(ChangedMeanwhile, match="another program has changed it"):
        carry_out(accepted(review, [held(review, "repair-cost")]), case / "documents", case / "facts")

    assert path.read_text("utf-8").endswith("# noted elsewhere\n")
    assert (case / "facts" / "names.toml").read_text("utf-8") == NAMES


def test_sentence_is_skipped_with_a_reason_and_its_drafts_go(case: Path) -> None:
    review = opened(case)

    after = done(case, skipped(review, sentence(review, 3), "  nobody  asks "))

    assert states(after) == [SKIPPED, DRAFTED, SKIPPED, OPEN]
    assert after.sentences[2].skipped == "nobody asks"
    assert ids(after.held) == ["council-closed-bridge", "cracks-in-arches"]


def test_skipped_sentence_is_opened_again(case: Path) -> None:
    review = opened(case)

    assert states(done(case, unskipped(review, sentence(review, 1)))) == [OPEN, DRAFTED, DRAFTED, OPEN]


def test_sentence_that_a_reviewed_fact_quotes_is_not_skipped(case: Path) -> None:
    review = opened(case)
    review = done(case, accepted(review, [held(review, "repair-cost")]))

    with pytest.raises(NotWritten, match="is reviewed and quotes from it"):
        skipped(review, sentence(review, 3), "no matter")
    with pytest.raises(NotWritten, match="needs a reason"):
        skipped(review, sentence(review, 4), "  ")


def test_draft_is_discarded_and_a_reviewed_fact_is_not(case: Path) -> None:
    review = opened(case)
    review = done(case, accepted(review, [held(review, "cracks-in-arches")]))
    with pytest.raises(NotWritten, match="edit it to draft = true first"):
        discarded(review, held(review, "cracks-in-arches"))

    after = done(case, discarded(review, held(review, "council-closed-bridge")))

    assert ids(after.held) == ["cracks-in-arches", "repair-cost"]
    assert written(case)["bridge.toml"].startswith("# Drafted in April.\n\n[document]\n")


def test_split_proposes_facts_that_pass_the_proof_as_they_are(case: Path) -> None:
    review = opened(case)
    cost = held(review, "repair-cost")
    typed = split_fact(review, cost)

    after = done(case, amended(review, [cost], typed))

    parts = [each.record for each in after.of(sentence(after, 3)) if each.record]
    assert [(part.id, part.quote) for part in parts] == [
        ("repair-cost", "the repair would cost 4 million crowns"),
        ("ten-months", "take about ten months"),
    ]
    assert [part.slots for part in parts] == [{"money": ("4 million crowns",)}, {"duration": ("about ten months",)}]
    assert [part.phrasings for part in parts] == [("What will the repair cost?",), ("How many months does it take?",)]
    assert all(part.draft and part.speakers == ("brandt",) for part in parts)


def test_fact_that_cannot_be_divided_is_proposed_twice(case: Path) -> None:
    review = opened(case)
    cracks = held(review, "cracks-in-arches")

    after = done(case, amended(review, [cracks], split_fact(review, cracks)))

    quotes = [each.record.quote for each in after.of(sentence(after, 2)) if each.record]
    assert quotes[1:] == ["engineers found cracks in two arches"] * 2


def test_merge_quotes_from_the_one_to_the_other(case: Path) -> None:
    review = opened(case)
    closed, cracks = review.of(sentence(review, 2))

    after = done(case, amended(review, [closed, cracks], merged_facts(review, closed, cracks)))

    (record,) = (each.record for each in after.of(sentence(after, 2)) if each.record)
    assert record.id == "council-closed-bridge"
    assert record.quote == (
        "The council of Vell closed the Old Bridge in March, after engineers found cracks in two arches"
    )
    assert record.slots == {"date": ("March",), "number": ("two",)}
    assert len(after.held) == 2


def test_facts_of_different_sentences_are_not_merged(case: Path) -> None:
    review = opened(case)

    with pytest.raises(NotWritten, match="different sentences"):
        merged_facts(review, held(review, "cracks-in-arches"), held(review, "repair-cost"))


def test_new_fact_stands_behind_those_of_the_sentences_before_it(case: Path) -> None:
    review = opened(case)
    last = sentence(review, 4)

    after = done(case, amended(review, [], begun_fact(review, last), last))

    assert states(after) == [SKIPPED, DRAFTED, DRAFTED, REVIEWED]
    assert ids(after.held)[-1] == "photo-town-archive"
    assert written(case)["bridge.toml"].rstrip().endswith('reason = "heading"')


def test_new_fact_of_the_first_sentence_stands_before_the_others(case: Path) -> None:
    review = opened(case)
    review = done(case, unskipped(review, sentence(review, 1)))
    first = sentence(review, 1)

    after = done(case, amended(review, [], begun_fact(review, first), first))

    assert ids(after.held)[:2] == ["old-bridge", "council-closed-bridge"]


def test_line_ends_of_the_file_are_kept(case: Path) -> None:
    path = case / "facts" / "bridge.toml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    review = opened(case)
    cracks = held(review, "cracks-in-arches")

    done(case, amended(review, [cracks], cracks.text.replace("draft = true", "draft = true\nsince = '2024-03-01'")))

    text = path.read_bytes()
    assert text.count(b"\n") == text.count(b"\r\n")
    assert b"since = '2024-03-01'  # count them\r\n" in text


def test_facts_that_are_wrong_are_opened_with_their_problems(case: Path) -> None:
    path = case / "facts" / "bridge.toml"
    text = path.read_text("utf-8").replace('found cracks in two arches"\n', 'found crags in two arches"\n')
    path.write_text(text.replace('act = "cost"\n', ""), "utf-8")

    review = opened(case)

    assert [(each.name, [found.message for found in each.problems]) for each in review.held] == [
        ("council-closed-bridge", []),
        ("cracks-in-arches", ["quote not found in document"]),
        ("repair-cost", ['key "act" is missing']),
    ]
    assert ids(review.astray) == ["cracks-in-arches"]
    assert ids(review.of(sentence(review, 3))) == ["repair-cost"]
    cost = held(review, "repair-cost")
    after = done(case, amended(review, [cost], cost.text.replace("slots =", 'act = "cost"\nslots =')))
    assert held(after, "repair-cost").problems == ()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda text: text.replace("[document]", "[document"), "not TOML"),
        (lambda text: text.replace('id = "bridge"', 'id = "brigde"'), 'did you mean "brigde"?'),
        (lambda text: text.replace("title =", 'file = "gone.txt"\ntitle ='), "gone.txt: cannot be read"),
    ],
)
def test_document_that_cannot_be_opened_is_refused_with_the_reason(case: Path, spoil: object, told: str) -> None:
    assert callable(spoil)
    path = case / "facts" / "bridge.toml"
    path.write_text(spoil(path.read_text("utf-8")), "utf-8")

    with pytest.raises(NotReviewed) as refusal:
        opened(case)
    assert told in str(refusal.value)


def test_document_is_served_from_the_first_fact_that_is_accepted(case: Path) -> None:
    def base() -> KnowledgeBase:
        return KnowledgeBase.load(case / "documents", case / "facts")

    review = opened(case)
    assert base().documents == ()
    review = done(case, skipped(review, sentence(review, 4), "by-line"))
    done(case, accepted(review, [held(review, "repair-cost")]))

    assert ([document.id for document in base().documents], [fact.id for fact in base().facts]) == (
        ["bridge"],
        ["repair-cost"],
    )
