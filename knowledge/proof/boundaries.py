"""Where words and numbers begin and end, so that no quote cuts "950" down to "50"."""

from __future__ import annotations

import re

_MIDDLE = re.compile(r"\d[.,'’\u00a0\u202f]?\d", re.DOTALL)


def cuts(text: str, at: int) -> bool:
    """Return whether a cut at `at` would go through a word of a script with case, or through a number."""
    if not 0 < at < len(text):
        return False
    if all(_is_cased(character) or character.isdigit() for character in text[at - 1 : at + 1]):
        return True
    return any(_MIDDLE.fullmatch(text[start : start + 3]) for start in (at - 2, at - 1) if start >= 0)


def stands_in(words: str, text: str) -> bool:
    """Return whether `words` stand in `text` to the letter, without a word or number cut at either end."""
    at = text.find(words)
    while at >= 0:
        if not cuts(text, at) and not cuts(text, at + len(words)):
            return True
        at = text.find(words, at + 1)
    return False


def _is_cased(character: str) -> bool:
    """Return whether a character is a letter of a script that writes words apart and has capitals."""
    return character.lower() != character.upper()
