"""The closed lists of the grammar are sound, and irregular forms lead to one regular form."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import fields

import pytest

from knowledge.language.grammar import LEXICON, Grammar, load_grammar, load_irregular
from knowledge.language.text import stem

LISTS = [field.name for field in fields(Grammar)]


def words_of(name: str) -> frozenset[str]:
    words = getattr(load_grammar(), name)
    assert isinstance(words, frozenset)
    return words


def test_file_holds_the_lists_that_the_grammar_has_and_no_others() -> None:
    assert sorted(tomllib.loads((LEXICON / "en" / "grammar.toml").read_text("utf-8"))) == sorted(LISTS)


@pytest.mark.parametrize("name", LISTS)
def test_list_holds_words_in_lower_case(name: str) -> None:
    assert words_of(name)
    assert {word for word in words_of(name) if not word.islower() or " " in word} == set()


@pytest.mark.parametrize("word", ["who", "how", "did", "is", "list", "compare"])
def test_question_may_begin_with_a_question_word_an_auxiliary_or_an_imperative(word: str) -> None:
    assert load_grammar().begins_question(word)


@pytest.mark.parametrize("word", ["hamas", "and", "the", "demands", "not"])
def test_question_begins_with_no_other_word(word: str) -> None:
    assert not load_grammar().begins_question(word)


def test_word_that_asks_is_no_auxiliary() -> None:
    assert load_grammar().question_words & load_grammar().auxiliaries == set()


def test_irregular_form_stands_under_one_lemma_only() -> None:
    tables = tomllib.loads((LEXICON / "en" / "irregular.toml").read_text("utf-8"))
    forms = Counter(form for table in tables.values() for listed in table.values() for form in listed)

    assert [form for form, times in forms.items() if times > 1] == []


def test_lemma_is_not_itself_an_irregular_form_of_another() -> None:
    irregular = load_irregular()

    assert [lemma for lemma in irregular.values() if irregular.get(lemma, lemma) != lemma] == []


def test_irregular_form_has_the_stem_of_its_lemma() -> None:
    assert [form for form, lemma in load_irregular().items() if stem(form) != stem(lemma)] == []
