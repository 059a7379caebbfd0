"""Each sentence is found where it went: moved, reworded, doubled or gone; and a quote is followed into a rewording."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.curation.receiving.aligning import Alignment, became, places_of
from knowledge.documents import Document
from knowledge.models import DocumentRecord

GATE, BELL, WELL, OAK = (
    "The north gate was closed in May.",
    "The bell of the chapel weighs two tons.",
    "Nobody drinks from the well behind the mill.",
    "An oak shades the market on hot days.",
)


def document(text: str, key: str = "old") -> Document:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Document(DocumentRecord(id=key, title="A town", sha256=sha256), text)


def aligned(old: str, new: str) -> list[tuple[str, str, bool]]:
    """Return each old sentence that went somewhere, with the new one, and whether that stands in its place."""
    pairs = Alignment.of(document(old), document(new, "new")).pairs.values()
    return [(pair.old.text, pair.new.text, pair.in_place) for pair in pairs]


def test_document_that_is_the_same_is_all_in_its_place() -> None:
    text = f"{GATE} {BELL}\n\n{WELL} {OAK}"

    assert aligned(text, text) == [(sentence, sentence, True) for sentence in (GATE, BELL, WELL, OAK)]


def test_of_two_paragraphs_that_change_places_one_has_moved() -> None:
    places = {old: at for old, _, at in aligned(f"{GATE} {BELL} {OAK}\n\n{WELL}", f"{WELL}\n\n{GATE} {BELL} {OAK}")}

    assert places == {GATE: True, BELL: True, OAK: True, WELL: False}


def test_sentence_that_is_reworded_between_its_neighbours_is_in_its_place() -> None:
    other = "The bell of the chapel weighs three tons."

    assert aligned(f"{GATE} {BELL} {WELL}", f"{GATE} {other} {WELL}")[1] == (BELL, other, True)


def test_sentence_that_is_unlike_all_others_is_gone_and_new_ones_are_told() -> None:
    alignment = Alignment.of(document(f"{GATE} {BELL}"), document(f"{GATE} {OAK}", "new"))

    assert [pair.old.text for pair in alignment.pairs.values()] == [GATE]
    assert [sentence.text for sentence in alignment.added] == [OAK]


def test_sentences_that_stand_twice_are_paired_in_their_order() -> None:
    old, new = document(f"{GATE} {BELL} {GATE}"), document(f"{GATE} {BELL} {GATE} {GATE}", "new")

    pairs = Alignment.of(old, new).pairs

    assert {number: pair.new.number for number, pair in pairs.items()} == {1: 1, 2: 2, 3: 3}


def test_white_space_makes_no_difference() -> None:
    assert [at for _, _, at in aligned(f"{GATE} {BELL}", GATE.replace(" ", "  ") + "\n\n" + BELL)] == [True, True]


@pytest.mark.parametrize(
    ("new", "part", "expected"),
    [
        ("The bell of the chapel weighs three tons.", "two", "three"),
        ("The bell of the chapel weighs three tons.", "weighs two tons", "weighs three tons"),
        ("The bell of the old chapel weighs two tons.", "bell of the chapel", "bell of the old chapel"),
        ("Today the bell of the chapel weighs two tons.", "weighs two tons", "weighs two tons"),
        ("The bell of the chapel.", "two", None),
        ("The bell of the chapel weighs two heavy tons indeed.", "two tons", "two heavy tons"),
        ("The bell of the chapel rings.", "two", "rings"),
    ],
)
def test_part_of_a_sentence_is_followed_into_its_rewording(new: str, part: str, expected: str | None) -> None:
    start = BELL.index(part)

    span = became(BELL, new, start, start + len(part))

    assert (None if span is None else new[slice(*span)]) == expected


@given(st.lists(st.sampled_from((GATE, BELL, WELL, OAK)), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_no_sentence_goes_to_two_places_nor_two_to_one(sentences: list[str], chance: object) -> None:
    shuffled = sorted(sentences, key=lambda sentence: hash((sentence, str(chance))))

    pairs = Alignment.of(document(" ".join(sentences)), document(" ".join(shuffled), "new")).pairs

    assert sorted(pairs) == list(range(1, len(sentences) + 1))
    assert sorted(pair.new.number for pair in pairs.values()) == list(range(1, len(sentences) + 1))
    assert all(pair.is_same for pair in pairs.values())


@pytest.mark.parametrize(
    ("quote", "text", "places"),
    [
        ("two tons", "two  tons, two\u00a0tons", [(0, 9), (11, 19)]),
        ("95", "950 of 95", [(7, 9)]),
        ("", "anything", []),
    ],
)
def test_quote_is_found_whatever_its_white_space_and_cuts_no_number(
    quote: str, text: str, places: list[tuple[int, int]]
) -> None:
    assert places_of(quote, text) == places
