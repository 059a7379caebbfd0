"""The vocabularies say how they were made, and no word of theirs surely means two different things."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from knowledge.language.grammar import LEXICON, load_irregular
from knowledge.language.lexicon import CONCEPT_FILES, load_lexicon, stems
from knowledge.language.text import without_determiners, words

ENGLISH = LEXICON / "en"

LIGHT = (
    *("back", "can", "case", "condition", "finally", "kind", "last", "lead", "left", "level", "like", "long"),
    *("matter", "may", "might", "mind", "move", "must", "order", "point", "present", "right", "run", "so"),
    *("state", "well", "will"),
)
"""Words that stand in questions in so many meanings that none of them is sure.

"Deal" would be one. It stays a sure word for an agreement: in the texts at hand it hardly ever means anything else, and
loose it cost 0.2 points of the development set.
"""

WORD_ENDINGS = re.compile("(ing|ed|es|s|e|d)$")


@dataclass(frozen=True)
class Claim:
    """A concept of one file that has a form as a sure one."""

    file: str
    concept: str
    form: str


def table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def claims() -> dict[str, list[Claim]]:
    """Return who surely claims each row of stems; each concept once."""
    found: dict[str, list[Claim]] = {}
    for file in CONCEPT_FILES:
        for concept, about in table(ENGLISH / f"{file}.toml").items():
            rows = {" ".join(stems(form)): form for form in reversed(about.get("forms", ()))}
            for row, form in rows.items():
                found.setdefault(row, []).append(Claim(file, concept, form))
    return found


CLAIMS = claims()
ADMITTED = {
    row: reason
    for reason, about in table(Path(__file__).parent / "double_claims.toml").items()
    for row in about["rows"]
}


def plain(word: str) -> str:
    """Return a word without the endings of verbs and nouns: "denied" like "deny", "admiral" unlike "admire"."""
    regular = load_irregular().get(word, word)
    bare = WORD_ENDINGS.sub("", regular) if len(regular) > 3 else regular
    once = bare[:-1] if len(bare) > 2 and bare[-1] == bare[-2] else bare
    return re.sub("i$", "y", once)


def is_one_word(one: Claim, other: Claim) -> bool:
    """Tell whether two forms differ in the endings of verbs and nouns only."""
    first, second = (
        [plain(word.text) for word in without_determiners(words(form.lower()))] for form in (one.form, other.form)
    )
    return first == second


def doubly_claimed() -> Iterator[tuple[str, Claim, Claim]]:
    """Yield two claims to one row of stems; an act and a thing of one name are one concept."""
    for row, claimed in CLAIMS.items():
        for one, other in itertools.combinations(claimed, 2):
            if one.concept != other.concept:
                yield row, one, other


@pytest.mark.parametrize("path", sorted(ENGLISH.glob("*.toml")), ids=lambda path: path.stem)
def test_vocabulary_begins_with_what_it_is_and_how_it_was_made(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    comment = " ".join(
        line.removeprefix("#").strip() for line in itertools.takewhile(lambda line: line[:1] == "#", lines)
    )

    assert re.match(r"[A-Z][^.]+.*\. .*\bby hand from general knowledge of the language\b", comment), comment


def test_no_form_is_surely_two_acts_or_two_things_or_two_qualities() -> None:
    """A word may be an act, a thing and a quality: agreeing, an agreement, agreed. Within a kind it must choose."""
    assert [(row, one, other) for row, one, other in doubly_claimed() if one.file == other.file] == []


def test_two_words_of_one_stem_surely_mean_two_concepts_only_where_that_is_admitted() -> None:
    apart = {row for row, one, other in doubly_claimed() if one.file != other.file and not is_one_word(one, other)}

    assert sorted(apart - ADMITTED.keys()) == []
    assert sorted(ADMITTED.keys() - apart) == []


def test_no_function_word_is_a_sure_form() -> None:
    """Alone it carries no topic, so that the form would never be found."""
    function_words = load_lexicon().function_words
    alone = [
        claim
        for claim in itertools.chain.from_iterable(CLAIMS.values())
        if [word.text for word in without_determiners(words(claim.form.lower()))][1:] == []
        and function_words.issuperset(word.text for word in without_determiners(words(claim.form.lower())))
    ]

    assert alone == []


@pytest.mark.parametrize("word", LIGHT)
def test_light_word_surely_means_nothing(word: str) -> None:
    assert CLAIMS.get(" ".join(stems(word)), []) == []
