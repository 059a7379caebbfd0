"""Slips are mended towards what is known here, and what is a word already is left alone."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.language.spelling import LONGEST_WORD, MOST_STRANGE, Pool, Speller
from knowledge.language.text import words
from knowledge.language.usage import Usage, print_counts

OWN = frozenset(
    {
        *("hamas", "israel", "barnea", "doha", "rafah", "prisoners", "mediators", "demand", "thani", "axios", "idf"),
        *(
            "tel",
            "aviv",
            "soldiers",
            "said",
            "did",
            "it",
            "go",
            "how",
            "many",
            "no",
            "to",
            "at",
            "least",
            "the",
            "deal",
        ),
    }
)
LANGUAGE = frozenset({"withdraw", "ceasefire", "minister", "prime", "release", "what", "when"})
ROWS = [
    *(
        row.split()
        for row in ("what did hamas demand", "hamas said no to the deal", "how many soldiers did israel free")
    ),
    *(
        row.split()
        for row in ("hamas said no to barnea", "israel said no to hamas", "at least how many", "did it go to doha")
    ),
    *([word] for word in sorted(OWN)),
]
"""Wordings of a small base."""

JOINED = {"primeminister": ("prime", "minister"), "telaviv": ("tel", "aviv")}

WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=LONGEST_WORD + 2) | st.sampled_from(
    sorted(OWN)
).flatmap(lambda word: st.permutations(word).map("".join))


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(
        OWN,
        LANGUAGE,
        JOINED,
        Pool(OWN | LANGUAGE),
        Usage(ROWS),
        OWN & {"hamas", "israel", "barnea", "idf"},
        frozenset({"hamad"}),
    )


def read(speller: Speller, text: str) -> str:
    """Return a text as the speller reads it."""
    return " ".join(f"{word.text}'s" if word.possessive else word.text for word in speller.mended(words(text), text))


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
        ("howmany", ("how", "many")),
        ("howmnay", ("how", "many")),
        ("diditgo", ("did", "it", "go")),
        ("hamassaid", ("hamas", "said")),
        ("atleats", ("at", "least")),
    ],
)
def test_words_run_together_are_parted(speller: Speller, written: str, meant: tuple[str, ...]) -> None:
    assert speller.mend(written) == meant


def test_common_english_is_never_mended(speller: Speller) -> None:
    common = [word for word, many in print_counts().items() if many > 2_000_000 and len(word) > 3]

    assert [word for word in common if speller.mend(word) != (word,)] == []


def test_rare_english_is_seldom_mended(speller: Speller) -> None:
    rare = [word for word, many in print_counts().items() if many <= 2_000_000 and len(word) > 3][::10]

    assert sum(speller.mend(word) != (word,) for word in rare) < 0.02 * len(rare)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("how many soliders", "how many soldiers"),
        ("israel sad no to hamas", "israel said no to hamas"),
        ("pri soners", "prisoners"),
        ("th edeal", "the deal"),
        ("hwo many", "how many"),
        ("no 2 the deal", "no to the deal"),
        ("2 soldiers", "2 soldiers"),
        ("least 2", "least 2"),
        ("israels deal", "israel's deal"),
        ("hamass demand", "hamas demand"),
        ("hama's demand", "hamas's demand"),
        ("whta's the deal", "what is the deal"),
        ("what did hamad demand", "what did hamad demand"),
        ("what did HMS demand", "what did hms demand"),
    ],
)
def test_word_is_read_in_the_light_of_its_neighbours(speller: Speller, written: str, meant: str) -> None:
    assert read(speller, written) == meant


def test_only_so_many_strange_words_of_a_row_are_mended(speller: Speller) -> None:
    assert read(speller, "hmsa " * (MOST_STRANGE + 2)).split()[-3:] == ["hamas", "hmsa", "hmsa"]


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


def test_pool_that_was_kept_mends_as_the_made_one(speller: Speller) -> None:
    pool, usage = pickle.loads(pickle.dumps((speller.pool, speller.usage)))  # noqa: S301  made just above
    kept = Speller(OWN, LANGUAGE, JOINED, pool, usage)

    assert [kept.mend(word) for word in ("hmas", "isreal", "priminister")] == [
        *(("hamas",), ("israel",), ("prime", "minister")),
    ]


def test_pool_holds_inflections_of_what_is_known() -> None:
    pool = Pool(frozenset({"withdraw"}))

    assert all(word in pool for word in ("withdraw", "withdraws", "withdrawn"))


def test_pool_finds_words_by_their_beginning_their_end_and_their_sound() -> None:
    pool = Pool(frozenset({"withdraw", "palestinians"}))

    assert "withdraw" in pool.like("withdrwa")
    assert "withdraw" in pool.like("iwthdraw")
    assert "palestinians" in pool.like("plstinians")
