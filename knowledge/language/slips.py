"""How likely one word is to be typed for another: slips of the thumb, letters left out, spelling by ear.

Costs are negative log probabilities in nats, by rough orders: what a keyboard or an ear explains costs half of what
nothing explains.
"""

from __future__ import annotations

import re
from functools import lru_cache

SWAPPED = 3.5
"""Two neighbouring letters in the wrong order, the commonest slip of a thumb."""
DOUBLED = 2.5
"""A letter typed twice instead of once, or once instead of twice."""
NO_VOWEL = 3.0
NEIGHBOUR = 4.0
"""The key beside the one that was meant, instead of it or along with it; or a letter that sounds like it."""
ANY_LETTER = 4.8
"""A letter missing or added that nothing explains."""
ANY_OTHER = 6.0
"""A letter instead of another that nothing explains."""
FIRST_LETTER = 1.5
"""What a wrong first letter costs besides: people look at it."""

BY_EAR = 1.5
BY_EAR_SHARE = 0.55
"""A spelling that sounds right costs this, and this share of its slips: they were not made one by one."""

_VOWELS = frozenset("aeiouy")
_KEYS = {
    letter: (column + shift, float(row))
    for row, (letters, shift) in enumerate((("qwertyuiop", 0.0), ("asdfghjkl", 0.25), ("zxcvbnm", 0.75)))
    for column, letter in enumerate(letters)
}
_SOUND_ALIKE = ("sz", "ck", "cs", "kq", "dt", "mn", "fv", "bp", "gj", "iy", "ae", "ei", "ao", "ou")
_BESIDE = [
    one + other
    for one, (x, y) in _KEYS.items()
    for other, (u, v) in _KEYS.items()
    if one != other and (x - u) ** 2 + (y - v) ** 2 < 1.7
]
_ALIKE = frozenset((*_BESIDE, *_SOUND_ALIKE, *(pair[::-1] for pair in _SOUND_ALIKE)))
"""Pairs of letters, in both orders, of which one is easily typed for the other."""

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


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Return a rough English sound of a lower-case word: its consonants, with spellings that sound alike made alike."""
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


def slip_cost(written: str, meant: str) -> float:
    """Return what it costs, in nats, to type one lower-case word for another; 0 when they are the same."""
    if written == meant:
        return 0.0
    swapped = written[1::-1] == meant[:2]
    cost = _edits(written, meant) + FIRST_LETTER * (written[0] != meant[0] and not swapped)
    by_ear = len(written) > 3 and len(written) - len(meant) < 3 and sound(written) == sound(meant)
    return min(cost, BY_EAR + BY_EAR_SHARE * cost) if by_ear else cost


def _edits(written: str, meant: str) -> float:
    """Return the cost of the cheapest row of slips: optimal string alignment, weighted by what explains a slip."""
    start = 0
    while start < min(len(written), len(meant)) and written[start] == meant[start]:
        start += 1
    end = 0
    while end < min(len(written), len(meant)) - start and written[-1 - end] == meant[-1 - end]:
        end += 1
    rows, columns = range(start, len(written) - end), range(start, len(meant) - end)
    before: list[float] = []
    above = [0.0]
    for j in columns:
        above.append(above[-1] + _missing(meant, j))
    for i in rows:
        here = [above[0] + _added(written, i)]
        for n, j in enumerate(columns):
            cost = min(above[n] + _instead(written[i], meant[j]), above[n + 1] + _added(written, i))
            cost = min(cost, here[n] + _missing(meant, j))
            if before and n and written[i] == meant[j - 1] and written[i - 1] == meant[j]:
                cost = min(cost, before[n - 1] + SWAPPED)
            here.append(cost)
        before, above = above, here
    return above[-1]


def _missing(meant: str, at: int) -> float:
    """Return the cost of leaving out a letter of the word that was meant."""
    letter = meant[at]
    if (at and meant[at - 1] == letter) or meant[at + 1 : at + 2] == letter:
        return DOUBLED
    return NO_VOWEL if letter in _VOWELS else ANY_LETTER


def _added(written: str, at: int) -> float:
    """Return the cost of a letter too many."""
    letter, before, after = written[at], written[at - 1 : at], written[at + 1 : at + 2]
    if letter in (before, after):
        return DOUBLED
    return NEIGHBOUR if letter + before in _ALIKE or letter + after in _ALIKE else ANY_LETTER


def _instead(written: str, meant: str) -> float:
    if written == meant:
        return 0.0
    return NEIGHBOUR if written + meant in _ALIKE else ANY_OTHER
