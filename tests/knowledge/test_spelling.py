"""Slips are mended towards what is known here, and what is a word already is left alone."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.spelling import LONGEST_WORD, Pool, Speller, english_words, sound

OWN = frozenset(
    {"hamas", "israel", "barnea", "doha", "rafah", "prisoners", "mediators", "demand", "thani", "axios", "idf"}
)
LANGUAGE = frozenset({"withdraw", "ceasefire", "minister", "prime", "release", "what", "when"})
JOINED = {"primeminister": ("prime", "minister"), "telaviv": ("tel", "aviv")}

WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=LONGEST_WORD + 2) | st.sampled_from(
    sorted(OWN)
).flatmap(lambda word: st.permutations(word).map("".join))


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(OWN, LANGUAGE, JOINED, Pool(OWN | LANGUAGE))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("hmas", "hamas"),
        ("hamsa", "hamas"),
        ("hammas", "hamas"),
        ("isreal", "israel"),
        ("izrael", "israel"),
        ("barneea", "barnea"),
        ("prisonners", "prisoners"),
        ("prizoners", "prisoners"),
        ("mediatrs", "mediators"),
        ("demnd", "demand"),
        ("withdrawel", "withdrawal"),
        ("withdrwa", "withdraw"),
        ("seasefire", "ceasefire"),
        ("relese", "release"),
        ("raffah", "rafah"),
        ("axois", "axios"),
        ("ifd", "idf"),
    ],
)
def test_slip_is_mended_towards_what_is_known(speller: Speller, written: str, meant: str) -> None:
    assert speller.mend(written) == (meant,)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("primeminister", ("prime", "minister")),
        ("priminister", ("prime", "minister")),
        ("telaviv", ("tel", "aviv")),
        ("hamasrelease", ("hamas", "release")),
    ],
)
def test_words_run_together_are_parted(speller: Speller, written: str, meant: tuple[str, ...]) -> None:
    assert speller.mend(written) == meant


def test_correct_english_is_never_mended(speller: Speller) -> None:
    assert [word for word in english_words() if speller.mend(word) != (word,)] == []


@pytest.mark.parametrize("word", ["iran", "iraq", "turkey", "lebanon", "cairo", "qatar", "sister", "reject", "hostage"])
def test_another_name_or_word_is_no_slip(speller: Speller, word: str) -> None:
    assert speller.mend(word) == (word,)


@pytest.mark.parametrize(
    "word", ["qzxv", "idg", "xdf", "asdkjhasd", "x", "1,000", "f16", "حماس", "Израиль", "naïveté", "a" * 400]
)
def test_what_is_like_nothing_or_not_plain_letters_is_left_alone(speller: Speller, word: str) -> None:
    assert speller.mend(word) == (word,)


@pytest.mark.parametrize("word", sorted(OWN | LANGUAGE))
def test_known_word_is_left_alone(speller: Speller, word: str) -> None:
    assert speller.mend(word) == (word,)


@given(word=WORDS)
@settings(deadline=None)
def test_mended_word_is_one_that_needs_no_mending(speller: Speller, word: str) -> None:
    mended = speller.mend(word)

    assert mended == (word,) or all(speller.knows(each) or each in ("tel", "aviv") for each in mended)


@given(word=WORDS)
@settings(deadline=None)
def test_mending_twice_changes_nothing_more(speller: Speller, word: str) -> None:
    assert [again for each in speller.mend(word) for again in speller.mend(each)] == list(speller.mend(word))


@pytest.mark.parametrize(("one", "other"), [("phone", "fone"), ("quit", "kwit"), ("ceasefire", "seesfire")])
def test_spellings_that_sound_alike_have_one_sound(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(("one", "other"), [("hamas", "israel"), ("north", "south"), ("iran", "iraq")])
def test_words_that_sound_different_have_different_sounds(one: str, other: str) -> None:
    assert sound(one) != sound(other)


def test_pool_that_was_kept_mends_as_the_made_one(speller: Speller) -> None:
    kept = Speller(OWN, LANGUAGE, JOINED, pickle.loads(pickle.dumps(speller.pool)))  # noqa: S301  made just above

    assert [kept.mend(word) for word in ("hmas", "isreal", "priminister")] == [
        *(("hamas",), ("israel",), ("prime", "minister")),
    ]


def test_pool_holds_inflections_of_what_is_known() -> None:
    pool = Pool(frozenset({"withdraw"}))

    assert pool.about_as_long("withdrawn", 0) == ["withdrawn", "withdraws"]
    assert pool.often("withdraw") > pool.often("withdraws") > pool.often("hamas") == 0
