"""Cleaning takes off what nobody reads, and words are found where they stand."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.language.text import LONGEST_MESSAGE, Word, clean, stem, without_determiners, words
from tests.knowledge.conftest import ANY_TEXT, MESSAGES

MESSY = st.text(
    st.sampled_from(list("aAbhtps:/<>[]()*_'’`´ \n\t\r\u200d\u0301\u0670\u05b0\u0640\u2028\ud800.3,½ﬁ①Ｈİß"))
)


@given(ANY_TEXT | MESSAGES | MESSY)
@example("a\u200d\u0301")
@example("htttp://a.b")
@settings(deadline=None)
def test_cleaning_what_is_clean_changes_nothing(message: str) -> None:
    assert clean(clean(message)) == clean(message)


@given(ANY_TEXT | MESSAGES | MESSY)
@settings(deadline=None)
def test_clean_text_holds_nothing_that_is_not_seen(message: str) -> None:
    text = clean(message)

    assert {character for character in text if unicodedata.category(character)[0] == "C"} <= {"\n"}
    assert text == text.strip()
    assert "  " not in text


@pytest.mark.parametrize("character", ["a", "what ", "<", "ﷺ"])
def test_clean_text_is_never_longer_than_the_longest_message(character: str) -> None:
    assert len(clean(character * 2 * LONGEST_MESSAGE)) <= LONGEST_MESSAGE


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("What did Hamas demand?", "What did Hamas demand?"),
        ("  What\t did \u00a0 Hamas demand?  ", "What did Hamas demand?"),
        ("What did Ha\u200bm\u200das demand?", "What did Hamas demand?"),
        ("\u202eWhat\u202c did\ufeff Hamas de\u00admand?", "What did Hamas demand?"),
        ("What\x00did\x1bHamas demand?", "What did Hamas demand?"),
        ("What did \ud800Hamas demand?", "What did Hamas demand?"),
        ("**What** did _Hamas_ ~~demand~~", "What did Hamas demand"),
        ("What did <b>Hamas</b> demand?", "What did Hamas demand?"),
        ("What did [Hamas](https://a.example/b) demand?", "What did Hamas demand?"),
        ("> What did Hamas demand? https://a.example/b?c=d", "What did Hamas demand?"),
        ("Ｗｈａｔ did Hamas demand？", "What did Hamas demand?"),
        ("whaaaat did Hamas demaaaand", "whaat did Hamas demaand"),
        ("Hamas‘s “demand”", 'Hamas\'s "demand"'),
        ("Hamas´s demand", "Hamas's demand"),
        ("1000000 people", "1000000 people"),
        ("حَمَـــاس", "حماس"),
        ("יִשְׂרָאֵל", "ישראל"),
        ("one\n\n two\r\nthree", "one\n\ntwo\nthree"),
        ("W\u0336h\u0336o\u0336 led it?", "Who led it?"),
        ("What did H\u0301\u0316\u0353amas demand?", "What did Hamas demand?"),
        ("за\u0301мок", "замок"),
        ("Tiếng Việt, déjà vu, où", "Tiếng Việt, déjà vu, où"),
        ("हिन्दी ภาษาไทย", "हिन्दी ภาษาไทย"),
        ("\u200b\n \t", ""),
        ("", ""),
    ],
)
def test_what_nobody_reads_is_taken_off(message: str, text: str) -> None:
    assert clean(message) == text


def test_what_follows_the_longest_message_is_not_looked_at() -> None:
    assert clean("a b " * LONGEST_MESSAGE) == clean("a b " * (LONGEST_MESSAGE // 4))


@given(ANY_TEXT | MESSAGES)
@settings(deadline=None)
def test_every_letter_and_number_stands_in_one_word(text: str) -> None:
    places = [place for word in words(text) for place in range(word.start, word.end)]

    assert places == sorted(set(places))
    assert {place for place, character in enumerate(text) if character.isalnum()} <= set(places)


@given(ANY_TEXT | MESSAGES)
@settings(deadline=None)
def test_word_is_what_stands_in_its_place(text: str) -> None:
    for word in words(text):
        written = text[word.start : word.end].lower().replace("’", "'")
        assert written.startswith(word.text) or (word.text == "is" and written.endswith("'s"))  # "why's" is two words


def test_words_are_lower_case_and_without_a_possessive_ending() -> None:
    assert words("Hamas’s 31,000 prisoners") == [
        Word("hamas", 0, 7, possessive=True),
        Word("31,000", 8, 14),
        Word("prisoners", 15, 24),
    ]


def test_plural_possessive_is_one_too() -> None:
    assert words("both sides' demands") == [
        Word("both", 0, 4),
        Word("sides", 5, 10, possessive=True),
        Word("demands", 12, 19),
    ]


def test_contraction_and_joined_number_are_one_word_and_hyphens_part_words() -> None:
    assert [word.text for word in words("didn't 3.5 10:30 cease-fire F16 50%")] == [
        *("didn't", "3.5", "10:30", "cease", "fire", "f", "16", "50"),
    ]


def test_determiners_neither_make_nor_break_a_phrase() -> None:
    assert [word.text for word in without_determiners(words("throw out their plan in a city"))] == [
        *("throw", "out", "plan", "in", "city"),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("demand", "demanded"),
        ("withdraw", "withdrew"),
        ("withdraw", "withdrawn"),
        ("meet", "met"),
        ("lead", "led"),
        ("man", "men"),
        ("31,000", "31000"),
    ],
)
def test_forms_of_one_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("accept", "reject"), ("950", "95"), ("north", "south")])
def test_different_words_have_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)
