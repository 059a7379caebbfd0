"""How rare a word is in English print, whatever the documents are about: what a word nobody uses says by itself."""

from __future__ import annotations

import math
from functools import lru_cache

from knowledge.language.usage import print_counts

COMMONEST = 2.3e10
"""Occurrences of the commonest word, "the", in the list. Source: the list of `print_counts`."""

RAREST = 6.0
"""Powers of ten by which a word is rarer than the commonest, at most: that of a word, or name, not in the list."""


@lru_cache(maxsize=65536)
def rarity(word: str) -> float:
    """Return by how many powers of ten a lower-case word is rarer than "the", in [0, RAREST].

    A plural that is not in the list is as rare as its singular.
    """
    often = print_counts()
    many = often.get(word) or often.get(word.removesuffix("s"), 0)
    return max(0.0, min(RAREST, math.log10(COMMONEST / (1 + many))))
