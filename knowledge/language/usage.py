"""How often words are used: in English print, in the wordings of one base, and one behind the other there.

Costs are negative log probabilities in nats.
"""

from __future__ import annotations

import marshal
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import chain, pairwise

from knowledge.language.text import stem

EDGE = "^"
"""Stands before the first and behind the last word of a wording."""

BY_PRINT = 0.5
"""Share of print in what is expected; the rest is the base's."""

BY_STEM = 0.3
"""What another inflection of a word adds to how often the base uses it."""

UNSEEN = 1e-9
"""Share of a word in print that no list holds; the rarest word of the list has 1e-8."""

AT_THE_END = 0.1
"""Share of the ends of rows among all words."""


@lru_cache(maxsize=1)
def print_counts() -> dict[str, int]:
    """Return how often English words occur in print, in lower case.

    Source: the list that ships with symspellpy (82,765 English words, from Google Books n-grams and SCOWL).
    """
    listed = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text("utf-8-sig").split()
    return dict(zip(listed[::2], map(int, listed[1::2]), strict=True))


PRINTED = 541_808_760_578
"""Sum of these counts."""


def printed_share(count: float) -> float:
    """Return the share among all words of a word that occurs this often in print and not in the base."""
    return BY_PRINT * (count / PRINTED + UNSEEN)


class Usage:
    """Counts of words and of pairs of words in the wordings of one base.

    It is made once with a base and kept with it; what is not asked for is not unpacked.
    """

    def __init__(self, rows: Iterable[Sequence[str]] = ()) -> None:
        single: Counter[str] = Counter()
        stems: Counter[str] = Counter()
        following: dict[str, Counter[str]] = {}
        for row in rows:
            single.update(row)
            stems.update(map(stem, row))
            for one, other in pairwise(chain((EDGE,), row, (EDGE,))):
                following.setdefault(one, Counter())[other] += 1
        plain = {word: dict(others) for word, others in following.items()}
        self._packed = marshal.dumps((dict(single), dict(stems), plain))

    def __getstate__(self) -> dict[str, bytes]:
        return {"_packed": self._packed}

    @cached_property
    def _unpacked(self) -> tuple[dict[str, int], dict[str, int], dict[str, dict[str, int]]]:
        unpacked: tuple[dict[str, int], dict[str, int], dict[str, dict[str, int]]] = marshal.loads(self._packed)  # noqa: S302  verified by its digest
        return unpacked

    @cached_property
    def _words(self) -> int:
        return max(1, sum(self._unpacked[0].values()))

    @cached_property
    def _preceding(self) -> dict[str, set[str]]:
        preceding: dict[str, set[str]] = {}
        for word, others in self._unpacked[2].items():
            for other in others:
                preceding.setdefault(other, set()).add(word)
        return preceding

    def share(self, word: str) -> float:
        """Return the share of a word among all words, in (0, 1]."""
        single, stems, _ = self._unpacked
        own = (1 - BY_STEM) * single.get(word, 0) + BY_STEM * stems.get(stem(word), 0)
        return (1 - BY_PRINT) * own / self._words + printed_share(print_counts().get(word, 0))

    def cost(self, word: str, before: str = "", share: float | None = None) -> float:
        """Return what it costs to use a word behind another, or anywhere.

        Args:
            word: in lower case; `EDGE` for the end of a row.
            before: the word before it; "" for any.
            share: of the word among all words, where that is not known from counts.

        Source: Witten and Bell (1991), method C: a word that many others follow leaves more room for new ones.
        """
        if share is None:
            share = AT_THE_END if word == EDGE else self.share(word)
        behind = self._unpacked[2].get(before)
        if behind is None:
            return -math.log(share)
        many, kinds = self._followed[before]
        return -math.log((behind.get(word, 0) + kinds * share) / (many + kinds))

    @cached_property
    def _followed(self) -> dict[str, tuple[int, int]]:
        """Word -> how often another follows it, and how many others do."""
        return {word: (sum(others.values()), len(others)) for word, others in self._unpacked[2].items()}

    def together(self, one: str, other: str) -> int:
        """Return how often one word stands behind another in the base."""
        return self._unpacked[2].get(one, {}).get(other, 0)

    def between(self, before: str, after: str) -> set[str]:
        """Return the words that the base uses behind one word and before another, though perhaps not at once."""
        followed = self._unpacked[2].get(before, {})
        return (followed.keys() & self._preceding.get(after, set())) - {EDGE}  # whichever is fewer is gone through
