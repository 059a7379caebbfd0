"""Typos of a keyboard: a letter left out, a neighbouring key hit besides or instead, two letters swapped."""

from __future__ import annotations

import random
import re
from collections.abc import Set as AbstractSet

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
"""A QWERTY keyboard; a key lies between those of the same and the next place in the row above."""


def _neighbours() -> dict[str, str]:
    places = {letter: (row, at) for row, letters in enumerate(ROWS) for at, letter in enumerate(letters)}
    beside = ((0, -1), (0, 1), (-1, 0), (-1, 1), (1, -1), (1, 0))
    letters = {place: letter for letter, place in places.items()}
    return {
        letter: "".join(letters.get((row + down, at + right), "") for down, right in beside)
        for letter, (row, at) in places.items()
    }


NEIGHBOURS = _neighbours()
"""Key of a QWERTY keyboard -> keys beside it."""

_WORD = re.compile(r"[^\W\d_]{4,}")


def mistyped(text: str, many: int, light: AbstractSet[str], chance: random.Random) -> str:
    """Return a text with a typo in each of `many` words of four letters and more that are not among the light ones.

    A text with fewer such words gets fewer typos. Any letter may be hit, the first one too.
    """
    found = [match for match in _WORD.finditer(text) if match.group().lower() not in light]
    for match in sorted(chance.sample(found, min(many, len(found))), key=lambda match: -match.start()):
        text = text[: match.start()] + _slip(match.group(), chance) + text[match.end() :]
    return text


def _slip(word: str, chance: random.Random) -> str:
    """Return a word with one typo, which makes another word of it."""
    while True:
        at = chance.randrange(len(word))
        before, here, rest = word[:at], word[at], word[at + 1 :]
        beside = chance.choice(NEIGHBOURS.get(here.lower(), here))
        slipped = chance.choice(
            (before + rest, before + beside + here + rest, before + beside + rest, before + rest[:1] + here + rest[1:])
        )
        if slipped.lower() != word.lower():
            return slipped
