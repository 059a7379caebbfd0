"""Questions as hurried people type them: letters swapped, dropped, doubled or put in the place of another."""

from __future__ import annotations

import random
import re
import string

CHANCE = 0.2
"""Share of the words that get a typo."""

_WORD = re.compile(r"[^\W\d_]{4,}")


def misspelt(text: str, chance: random.Random) -> str:
    """Return a text in which about one of five words of four letters and more has a typo behind its first letter."""
    return _WORD.sub(lambda word: _mistyped(word.group(), chance) if chance.random() < CHANCE else word.group(), text)


def _mistyped(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    before, here, following, rest = word[:at], word[at], word[at + 1], word[at + 2 :]
    return chance.choice(
        (
            before + following + here + rest,
            before + following + rest,
            before + here + here + following + rest,
            before + chance.choice(string.ascii_lowercase) + following + rest,
        )
    )
