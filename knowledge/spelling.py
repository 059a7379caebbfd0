"""Misspelt words, mended only towards words that the base or the language knows.

A word that is correct English is never touched: "Iran" is a word and not a slip for "Iraq". Distances are optimal
string alignment (a swap of neighbours is one edit), because a swap is the commonest slip of a thumb.
"""

from __future__ import annotations

import marshal
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.text import stem

SOUNDS_ALIKE = 0.6
"""Edits that a like sound is worth."""

LONG_ENOUGH_TO_JOIN = 9
"""Letters from which two slips still leave no doubt which words were run together."""

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


def _word_list() -> list[str]:
    """Return words and how often they occur in print, in turn.

    Source: the list that ships with symspellpy (82,765 English words, from Google Books n-grams and SCOWL).
    """
    return files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text("utf-8-sig").split()


@lru_cache(maxsize=1)
def english_words() -> frozenset[str]:
    """Return English words, in lower case."""
    return frozenset(_word_list()[::2])


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Return a rough English sound of a lower-case word: its consonants, with spellings that sound alike made alike."""
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


class Pool:
    """Words that mean something here, to mend others towards: those of the vocabularies and their inflections.

    It is made once with a base and kept with it; what is not asked for is not unpacked.
    """

    def __init__(self, known: frozenset[str]) -> None:
        listed = _word_list()
        often = dict(zip(listed[::2], map(int, listed[1::2]), strict=True))
        stems = {stem(word) for word in known}
        meant = sorted(
            word for word in known | often.keys() if word.isascii() and word.isalpha() and stem(word) in stems
        )
        by_length: dict[int, list[str]] = {}
        by_sound: dict[str, list[str]] = {}
        for word in meant:
            by_length.setdefault(len(word), []).append(word)
            by_sound.setdefault(sound(word), []).append(word)
        self._packed = marshal.dumps((by_length, by_sound, {word: often.get(word, 0) for word in meant}))

    @cached_property
    def _unpacked(self) -> tuple[dict[int, list[str]], dict[str, list[str]], dict[str, int]]:
        unpacked: tuple[dict[int, list[str]], dict[str, list[str]], dict[str, int]] = marshal.loads(self._packed)  # noqa: S302
        return unpacked

    def __getstate__(self) -> dict[str, bytes]:
        return {"_packed": self._packed}

    def about_as_long(self, word: str, reach: int) -> list[str]:
        """Return the words whose length is within `reach` letters of a word's."""
        by_length = self._unpacked[0]
        return [
            other for length in range(len(word) - reach, len(word) + reach + 1) for other in by_length.get(length, ())
        ]

    def sounding_like(self, word: str) -> list[str]:
        """Return the words that sound like a word."""
        return self._unpacked[1].get(sound(word), [])

    def often(self, word: str) -> int:
        """Return how often a word occurs in print."""
        return self._unpacked[2].get(word, 0)


@dataclass(frozen=True)
class Speller:
    """Mends words towards a vocabulary.

    Attributes:
        base: words of the documents, facts and names, in lower case.
        language: words of the general vocabularies.
        joined: forms of several words written as one -> those words.
        pool: what there is to mend towards.
    """

    base: frozenset[str]
    language: frozenset[str]
    joined: Mapping[str, tuple[str, ...]]
    pool: Pool

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
        return (found,) if found is not None else self._joined(word) or self._split(word) or (word,)

    def _joined(self, word: str) -> tuple[str, ...]:
        """Return the words of a form that a misspelt word nearly is when it is written as one: "priminister"."""
        if len(word) < LONG_ENOUGH_TO_JOIN:
            return ()
        found = process.extractOne(word, self.joined.keys(), scorer=OSA.distance, score_cutoff=2)
        return self.joined[found[0]] if found else ()

    def _nearest(self, word: str) -> str | None:
        """Return the word within reach that is nearest; what sounds alike is nearer than its letters say."""
        reach = 1 if len(word) <= 6 else 2
        heard = sound(word)
        near: dict[str, float] = {}
        if len(word) > 2:
            pool = self.pool.about_as_long(word, reach)
            for other, distance, _ in process.extract(word, pool, scorer=OSA.distance, score_cutoff=reach, limit=24):
                near[other] = distance - SOUNDS_ALIKE * (sound(other) == heard)
        for other in self.pool.sounding_like(word):
            distance = OSA.distance(word, other)
            if distance <= max(2, len(other) // 2) and abs(len(other) - len(word)) <= 4:
                near[other] = min(near.get(other, distance), 0.5 + 0.35 * distance)
        if len(word) <= 3:  # too short to tell slips from other words, unless letters are swapped or it sounds the same
            near = {
                other: score for other, score in near.items() if sorted(other) == sorted(word) or sound(other) == heard
            }
        return min(near, key=lambda other: (self._rank(word, other, near[other]), other), default=None)

    def _rank(self, word: str, other: str, distance: float) -> float:
        """Return a distance, less what else speaks for a word: it is the base's own, begins alike, is common."""
        common = 0.05 * math.log10(1 + self.pool.often(other))
        return distance - 0.3 * (other in self.base) - 0.2 * (other[0] == word[0]) - common

    def _split(self, word: str) -> tuple[str, ...]:
        """Return two known words that were written as one, or nothing."""
        known = self.base | self.language
        for at in range(3, len(word) - 2):
            if word[:at] in known and word[at:] in known:
                return word[:at], word[at:]
        return ()
