"""Misspelt words, mended only towards words that the base or the language knows.

A word that is correct English is never touched: "Iran" is a word and not a slip for "Iraq". Distances are optimal
string alignment (a swap of neighbours is one edit), because a swap is the commonest slip of a thumb.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.text import stem

LONGEST_WORD = 24
"""Letters; a longer token is not a misspelt word."""

_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^wh", "w"),
        (r"^kn", "n"),
        (r"^wr", "r"),
        (r"[ts]ion|shun|cian|tian", "xn"),
        (r"sh|ch|tch|ti(?=a)", "x"),
        (r"ph|gh(?=t?$)", "f"),
        (r"gh", ""),
        (r"ck|q|k", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"g(?=[ei])|dg", "j"),
        (r"th", "t"),
        (r"(?<=.)[aeiouyhw]+", ""),
        (r"^[aeiouy]+", "a"),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=1)
def english_words() -> Mapping[str, int]:
    """Return English words and how often they occur in print.

    Source: the word list that ships with symspellpy (82,765 words, from Google Books n-grams and SCOWL).
    """
    text = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text("utf-8-sig")
    pairs = (line.split() for line in text.splitlines())
    return {pair[0]: int(pair[1]) for pair in pairs if len(pair) == 2}


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Return a rough English sound of a lower-case word: its consonants, with spellings that sound alike made alike."""
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


@dataclass(frozen=True)
class Speller:
    """Mends words towards a vocabulary.

    Attributes:
        base: words of the documents, facts and names, in lower case.
        language: words of the general vocabularies.
        joined: forms of several words written as one -> those words.
    """

    base: frozenset[str]
    language: frozenset[str]
    joined: Mapping[str, tuple[str, ...]]

    def knows(self, word: str) -> bool:
        """Return whether a word needs no mending."""
        if word in self.base or word in self.language or not word.isascii() or not word.isalpha():
            return True
        return word in english_words() or (word.endswith("s") and word[:-1] in english_words())

    def mend(self, word: str) -> tuple[str, ...]:
        """Return the words that a misspelt one was meant to be; the word itself when nothing is near."""
        if len(word) > LONGEST_WORD or self.knows(word):
            return (word,)
        if word in self.joined:
            return self.joined[word]
        found = self._nearest(word)
        if found is not None:
            return (found,)
        split = self._split(word)
        return split or (word,)

    @cached_property
    def _candidates(self) -> Mapping[int, Collection[str]]:
        """Words that mean something here, by length: those of the vocabularies and their inflections."""
        known = {stem(word) for word in (*self.base, *self.language)}
        meant = {word for word in english_words() if stem(word) in known} | self.base | self.language
        by_length: dict[int, list[str]] = {}
        for word in sorted(meant):
            if word.isascii() and word.isalpha():
                by_length.setdefault(len(word), []).append(word)
        return by_length

    @cached_property
    def _by_sound(self) -> Mapping[str, Collection[str]]:
        by_sound: dict[str, list[str]] = {}
        for words in self._candidates.values():
            for word in words:
                by_sound.setdefault(sound(word), []).append(word)
        return by_sound

    def _nearest(self, word: str) -> str | None:
        """Return the candidate within reach, nearest first; what sounds alike is nearer than its letters say."""
        reach = 1 if len(word) <= 6 else 2
        heard = sound(word)
        lengths = range(len(word) - reach, len(word) + reach + 1)
        pool = [candidate for length in lengths for candidate in self._candidates.get(length, ())]
        found = process.extract(word, pool, scorer=OSA.distance, score_cutoff=reach, limit=24) if len(word) > 2 else []
        near = [(distance - 0.6 * (sound(candidate) == heard), candidate) for candidate, distance, _ in found]
        near += [
            (0.5 + 0.35 * OSA.distance(word, candidate), candidate)
            for candidate in self._by_sound.get(heard, ())
            if OSA.distance(word, candidate) <= max(2, len(candidate) // 2) and abs(len(candidate) - len(word)) <= 4
        ]
        if len(word) <= 3:  # too short to tell slips from other words, unless letters are swapped or it sounds the same
            near = [(d, c) for d, c in near if sorted(c) == sorted(word) or sound(c) == heard]
        frequency = english_words()
        ranked = sorted(
            near,
            key=lambda pair: (
                round(pair[0] - 0.3 * (pair[1] in self.base) - 0.2 * (pair[1][0] == word[0]), 2),
                -frequency.get(pair[1], 0),
                pair[1],
            ),
        )
        return ranked[0][1] if ranked else None

    def _split(self, word: str) -> tuple[str, ...]:
        """Return two known words that were written as one, or nothing."""
        known = self.base | self.language
        for at in range(3, len(word) - 2):
            if word[:at] in known and word[at:] in known:
                return word[:at], word[at:]
        return ()
