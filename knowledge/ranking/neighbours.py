"""Words of a vocabulary that are one slip away from another word: a letter more, less or changed, or two swapped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SHORTEST = 4
"""Letters from which a word has neighbours; one slip makes too many words of a shorter one."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """A vocabulary by what is left of its words when one letter is taken out.

    Attributes:
        by_rest: the word, or a word without one of its letters -> words of the vocabulary, in alphabetical order.
    """

    by_rest: Mapping[str, tuple[str, ...]]

    @classmethod
    def build(cls, vocabulary: Iterable[str]) -> Neighbours:
        """Return the neighbours of a vocabulary, its words in lower case.

        Source: the symmetric deletes of SymSpell (Garbe, 2012), with one delete.
        """
        by_rest: dict[str, list[str]] = {}
        for word in sorted(set(vocabulary)):
            if len(word) >= SHORTEST and word.isalpha():
                for rest in _rests(word):
                    by_rest.setdefault(rest, []).append(word)
        return cls({rest: tuple(known) for rest, known in by_rest.items()})

    def of(self, word: str) -> tuple[str, ...]:
        """Return the words of the vocabulary that are one slip away, in alphabetical order; not the word itself."""
        if len(word) < SHORTEST or not word.isalpha():
            return ()
        near = {known for rest in _rests(word) for known in self.by_rest.get(rest, ())}
        return tuple(sorted(known for known in near if is_one_slip(word, known)))


def is_one_slip(word: str, other: str) -> bool:
    """Return whether one letter more, less or changed, or two neighbours swapped, makes one word of the other."""
    if word == other:
        return False
    start = next((at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    mine, theirs = word[start:], other[start:]
    return (
        mine[1:] == theirs
        or mine == theirs[1:]
        or mine[1:] == theirs[1:]
        or (mine[:2] == theirs[1::-1] and len(mine) > 1 and mine[2:] == theirs[2:])
    )


def _rests(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
