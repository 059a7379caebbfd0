"""The vocabularies hold together: what they name exists, and what they say is found as they say it."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.grammar import LEXICON
from knowledge.language.lexicon import CONCEPT_FILES, LOOSE, Phrases, load_lexicon, stems
from knowledge.language.terms import Vocabulary
from knowledge.language.text import Word, without_determiners, words
from knowledge.models import SlotKind

FORM_FILES = ("framing", "following", "smalltalk", "opinion")

TOKENS = st.lists(st.sampled_from("abc"), max_size=8)
ROWS = st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=3), max_size=6)


def tables(file: str) -> dict[str, Any]:
    return tomllib.loads((LEXICON / "en" / f"{file}.toml").read_text("utf-8"))


def concepts(file: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from tables(file).items()


def vocabulary() -> Vocabulary:
    return Vocabulary(load_lexicon().forms, load_lexicon().function_words)


def tokens(form: str) -> tuple[Word, ...]:
    return without_determiners(words(form))


def phrases(rows: list[list[str]]) -> Phrases[int]:
    found: Phrases[int] = Phrases()
    for number, row in enumerate(rows):
        found.add(row, number)
    return found


# Concepts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", CONCEPT_FILES)
@pytest.mark.parametrize("relation", ["near", "opposite", "unlike"])
def test_every_related_concept_exists(file: str, relation: str) -> None:
    known = load_lexicon().concepts
    missing = [(key, other) for key, table in concepts(file) for other in table.get(relation, ()) if other not in known]

    assert missing == []


@pytest.mark.parametrize("file", CONCEPT_FILES)
def test_no_concept_is_near_or_opposite_to_itself_or_both_to_another(file: str) -> None:
    known = {key: (set(table.get("near", ())), set(table.get("opposite", ()))) for key, table in concepts(file)}

    assert [key for key, (near, opposite) in known.items() if key in near | opposite or near & opposite] == []


@pytest.mark.parametrize("file", CONCEPT_FILES)
def test_no_form_stands_twice_in_one_concept(file: str) -> None:
    twice = [
        (key, form)
        for key, table in concepts(file)
        for form, times in Counter(form.lower() for kind in ("forms", "loose") for form in table.get(kind, ())).items()
        if times > 1
    ]

    assert twice == []


@pytest.mark.parametrize("file", CONCEPT_FILES)
def test_concept_has_no_key_that_nobody_reads(file: str) -> None:
    known = {"gloss", "forms", "loose", "near", "opposite", "unlike"}

    assert [(key, unknown) for key, table in concepts(file) for unknown in sorted(set(table) - known)] == []


@pytest.mark.parametrize("file", CONCEPT_FILES)
@pytest.mark.parametrize(("kind", "strength"), [("forms", 1.0), ("loose", LOOSE)])
def test_every_form_is_found_as_its_concept(file: str, kind: str, strength: float) -> None:
    lexicon, known = load_lexicon(), vocabulary()
    unfound = [
        (key, form)
        for key, table in concepts(file)
        for form in table.get(kind, ())
        if not [term for term in known.terms(tokens(form)) if term.means(key, strength)]
        and not {token.text for token in tokens(form)} <= lexicon.function_words
    ]

    assert unfound == []


def test_function_word_alone_means_nothing() -> None:
    known = vocabulary()
    terms = [term for word in sorted(load_lexicon().function_words) for term in known.terms(tokens(word))]

    assert [term.text for term in terms if not term.light] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("accept", "reject"), ("enter", "withdraw"), ("temporary", "permanent"), ("alive", "dead"), ("deny", "affirm")],
)
def test_opposites_are_told_apart(one: str, other: str) -> None:
    known = load_lexicon().concepts

    assert other in known[one].opposite or one in known[other].opposite


def test_act_that_is_a_thing_too_is_one_concept() -> None:
    release = load_lexicon().concepts["release"]

    assert release.is_act
    assert "release" in load_lexicon().acts()


# What questions want ------------------------------------------------------------------------------------------------


def test_slots_that_questions_want_are_kinds_of_slot() -> None:
    wanted = [(kind, slot) for kind, table in tables("questions").items() for slot in table["slots"]]

    assert [(kind, slot) for kind, slot in wanted if slot not in get_args(SlotKind)] == []


def test_acts_behind_who_exist() -> None:
    named = [act for table in tables("questions").values() for act in table.get("acts", ())]

    assert [act for act in named if act not in load_lexicon().acts()] == []


def test_no_cue_stands_under_two_kinds_of_answer() -> None:
    cues = Counter(cue for table in tables("questions").values() for cue in set(table["cues"]))

    assert [cue for cue, times in cues.items() if times > 1] == []


def test_no_noun_names_two_kinds_of_answer() -> None:
    nouns = Counter(stems(noun) for table in tables("questions").values() for noun in set(table.get("nouns", ())))

    assert [noun for noun, times in nouns.items() if times > 1] == []


# Other vocabularies -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", FORM_FILES)
def test_no_phrase_stands_twice_in_one_table(file: str) -> None:
    twice = [
        (kind, form)
        for kind, table in tables(file).items()
        for form, times in Counter(table["forms"]).items()
        if times > 1
    ]

    assert twice == []


@pytest.mark.parametrize("file", FORM_FILES)
def test_every_phrase_has_words(file: str) -> None:
    assert [form for table in tables(file).values() for form in table["forms"] if not words(form)] == []


def test_every_chat_spelling_stands_for_words() -> None:
    assert [written for written, meant in tables("chatspeak")["replace"].items() if not words(meant)] == []


def test_name_of_the_world_has_a_kind() -> None:
    lexicon = load_lexicon()

    assert lexicon.world.find(stems("did Iran or Joe Biden speak")) == [
        (1, 1, ("world:countries:iran", 1.0)),
        (3, 2, ("world:people:joe-biden", 1.0)),
    ]


# Phrases ------------------------------------------------------------------------------------------------------------


def test_longest_phrase_at_a_place_is_found() -> None:
    known = phrases([["prime"], ["prime", "minister"], ["minister"]])

    assert known.find(["qatari", "prime", "minister", "prime"]) == [(1, 2, 1), (3, 1, 0)]


def test_phrase_of_two_meanings_has_both_in_the_order_of_the_vocabulary() -> None:
    assert phrases([["free"], ["free"]]).longest_at(["free"], 0) == (1, (0, 1))


def test_same_meaning_is_added_once_and_no_words_mean_nothing() -> None:
    known: Phrases[str] = Phrases()
    for row in (["free"], ["free"], []):
        known.add(row, "release")

    assert known.meanings == {"free": ("release",)}


@given(ROWS, TOKENS)
def test_found_phrases_stand_in_the_tokens_without_overlaps(rows: list[list[str]], row: list[str]) -> None:
    found = phrases(rows).find(row)
    spans = sorted({(start, start + length) for start, length, _ in found})

    assert all(rows[number] == row[start : start + length] for start, length, number in found)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@given(ROWS, TOKENS)
def test_no_longer_phrase_begins_where_one_was_found(rows: list[list[str]], row: list[str]) -> None:
    for start, length, _ in phrases(rows).find(row):
        assert max(len(known) for known in rows if row[start : start + len(known)] == known) == length
