"""Words and phrases with what they may mean: the language's concepts and the base's names seen in a row of words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from knowledge.language.lexicon import Phrases, Sense
from knowledge.language.text import Word, stem

PART = 0.5
"""Strength of a word inside a longer form ("minister" in "prime minister"), beside the form's own meaning."""


class Term(NamedTuple):
    """A word or phrase with what it may mean.

    Attributes:
        text: as read, in lower case.
        keys: (key, strength) pairs, the surest first; never empty.
        light: it carries no topic.
        start: index of its first word.
        length: in words.
    """

    text: str
    keys: tuple[tuple[str, float], ...]
    light: bool
    start: int
    length: int

    def means(self, key: str, strength: float = 1.0) -> bool:
        """Return whether the term means `key` at least this surely."""
        return any(known == key and sure >= strength for known, sure in self.keys)

    @property
    def is_name(self) -> bool:
        """Whether it names somebody or something of the base."""
        return any(key.startswith("name:") for key, _ in self.keys)

    def means_any(self, keys: Iterable[str], strength: float = 1.0) -> bool:
        """Return whether the term means one of `keys` at least this surely."""
        return any(self.means(key, strength) for key in keys)


@dataclass(frozen=True)
class Vocabulary:
    """Forms of concepts and names, and the words that carry no topic."""

    forms: Phrases[Sense]
    function_words: frozenset[str]

    def terms(self, tokens: Sequence[Word]) -> tuple[Term, ...]:
        """Return the terms of a row of words without determiners, in order; the longest form at a place wins."""
        row = [stem(token.text) for token in tokens]
        found: list[Term] = []
        at = 0
        while at < len(row):
            length, senses = self.forms.longest_at(row, at)
            if length and self._is_form(tokens[at : at + length]):
                found.append(self._term(tokens, row, at, length, senses))
                at += length
            else:
                word = tokens[at].text
                found.append(Term(word, (("=" + row[at], 1.0),), word in self.function_words, at, 1))
                at += 1
        return tuple(found)

    def _is_form(self, tokens: Sequence[Word]) -> bool:
        """Return whether a form is more than one light word: "us" is not the United States."""
        return len(tokens) > 1 or tokens[0].text not in self.function_words

    def _term(self, tokens: Sequence[Word], row: Sequence[str], at: int, length: int, senses: Sequence[Sense]) -> Term:
        keys: dict[str, float] = {}
        for key, strength in senses:
            keys[key] = max(keys.get(key, 0.0), strength)
        keys["=" + "_".join(row[at : at + length])] = 1.0
        for inner in range(at, at + length if length > 1 else at):
            if tokens[inner].text not in self.function_words:
                keys.setdefault("=" + row[inner], PART)
                for key, strength in self.forms.longest_at([row[inner]], 0)[1]:
                    keys.setdefault(key, PART * strength)
        text = " ".join(token.text for token in tokens[at : at + length])
        return Term(text, tuple(sorted(keys.items(), key=lambda pair: -pair[1])), False, at, length)
