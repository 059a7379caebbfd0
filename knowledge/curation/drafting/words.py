"""The word lists by which drafts are made, as `knowledge/lexicon/<language>/drafting.toml` holds and explains them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.language.grammar import LEXICON, load_irregular
from knowledge.language.lexicon import Lexicon
from knowledge.language.text import Word, stem

ADVERBS = frozenset(("also", "still", "now", "again", "already", "never", "often"))
"""Between who does something and the verb."""


@dataclass(frozen=True, slots=True)
class DraftingWords:
    """Words by what they show in a sentence of a document.

    Attributes:
        telling, holding: form of a verb -> the manner that it gives.
        lists: name of a list -> its forms in lower case.
        phrasing: name of a template -> the template.
        plain_acts: kind of slot, or of clip -> the act of a sentence whose verb means none.
    """

    telling: Mapping[str, str]
    holding: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    phrasing: Mapping[str, str]
    plain_acts: Mapping[str, str]

    def of(self, *names: str) -> frozenset[str]:
        """Return the forms of some lists together."""
        return frozenset(form for name in names for form in self.lists[name])

    def pattern(self, *names: str) -> str:
        """Return a pattern that finds any form of some lists, the longest first."""
        return either(self.of(*names))


@lru_cache(maxsize=1)
def load_drafting_words(folder: Path = LEXICON / "en") -> DraftingWords:
    """Read the lists of one language; they ship with the package."""
    tables = tomllib.loads((folder / "drafting.toml").read_text("utf-8"))
    manners = {name: tables.pop(name) for name in ("telling", "holding")}
    phrasing, plain_acts = tables.pop("phrasing"), tables.pop("plain_acts")
    return DraftingWords(
        telling=_by_form(manners["telling"]),
        holding=_by_form(manners["holding"]),
        lists={name: tuple(forms) for table in tables.values() for name, forms in table.items()},
        phrasing=phrasing,
        plain_acts=plain_acts,
    )


@lru_cache(maxsize=1)
def load_capitals(folder: Path = LEXICON / "en") -> frozenset[str]:
    """Return the capitals of the world in lower case; the lexicon knows each as a name of its country."""
    countries = tomllib.loads((folder / "world.toml").read_text("utf-8"))["countries"]
    return frozenset(form.lower() for table in countries.values() for form in table.get("capital", ()))


def _by_form(manners: Mapping[str, list[str]]) -> dict[str, str]:
    return {form: manner for manner, forms in manners.items() for form in (manner, *forms)}


def either(forms: Iterable[str]) -> str:
    """Return a pattern of alternatives, the longest first."""
    return "|".join(map(re.escape, sorted(forms, key=lambda form: (-len(form), form))))


def is_participle(word: str) -> bool:
    """Return whether a word has the form of a past participle or of a past tense."""
    return (word.endswith("ed") and len(word) > 3) or word in load_irregular()


def is_finite(row: Sequence[Word], at: int, text: str, lexicon: Lexicon) -> bool:
    """Return whether the word at a place most likely is the verb of a clause: an auxiliary, or a past or present form.

    Nothing here knows parts of speech; a form counts as a verb by its ending, its meaning and the words around it.

    Args:
        row: words of `text`, in order.
        at: which of them.
        text: as it was written; a word with a capital is a name.
        lexicon: the language.
    """
    word = row[at].text
    grammar = lexicon.grammar
    if word in grammar.auxiliaries or word == "cannot":
        return True
    before = row[at - 1].text if at else ""
    if not before or before in grammar.determiners | grammar.auxiliaries | {"to"} or text[row[at].start].isupper():
        return False
    senses = lexicon.forms.meanings.get(stem(word), ())
    means_act = any(key in lexicon.concepts and lexicon.concepts[key].is_act for key, _ in senses)
    if is_participle(word):
        by = at + 1 < len(row) and row[at + 1].text in grammar.agent_after
        return not by and not before[0].isdigit() and (means_act or word.endswith("ed"))
    return _is_present(row, at, text, lexicon, means_act=means_act)


def _is_present(row: Sequence[Word], at: int, text: str, lexicon: Lexicon, *, means_act: bool) -> bool:
    """Return whether a word with -s most likely is a verb: behind a noun, and before what it does something to."""
    word, light = row[at].text, lexicon.function_words
    if not word.endswith("s") or word.endswith("ss") or row[at].possessive or word in lexicon.grammar.determiners:
        return False
    if row[at - 1].text in light and not row[at - 1].possessive:
        return at > 1 and row[at - 1].text in ADVERBS and means_act
    if at + 1 >= len(row):
        return word in light and word.endswith("es")
    after, grammar = row[at + 1], lexicon.grammar
    joins = after.text in grammar.determiners | grammar.question_words | {"while", "as", "because", "that"}
    follows = joins or after.possessive or text[after.start].isupper() or after.text[0].isdigit()
    return (means_act or word in light) and follows
