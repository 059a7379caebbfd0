"""Words with a likely slip in them, which still can mean nothing but themselves."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator

from knowledge.language.slips import ANY_LETTER, slip_cost
from knowledge.language.spelling import english_words
from knowledge.language.text import Word
from knowledge.message.reading import Reader

SHORTEST = 5
"""Letters of a word that keeps its looks with one slip in it."""

LIKELY = ANY_LETTER
"""Cost in nats up to which a slip is a likely one: what a keyboard or an ear explains, or a letter left out."""

TRIES = 12
"""Slips of one word that are looked at before another word is taken."""


def slipped(word: Word, written: str, reader: Reader, chance: random.Random) -> str:
    """Return a word as somebody mistypes it; "" when a slip in it would look like another word.

    Args:
        word: its place in the text.
        written: the text.
        reader: knows the words of the language and of the base.
        chance: decides which slip is made.
    """
    meant = written[word.start : word.end]
    if len(meant) < SHORTEST or not (meant.isascii() and meant.isalpha()):
        return ""
    likely = [slip for slip in dict.fromkeys(_slips(meant.lower())) if _is_likely(slip, meant.lower())]
    for slip in chance.sample(likely, min(TRIES, len(likely))):
        if _is_plain(slip, meant.lower(), reader):
            return slip.capitalize() if meant[0].isupper() else slip
    return ""


def _slips(meant: str) -> Iterator[str]:
    """Yield a word with two letters swapped, left out, doubled, or typed for another; the first one stays."""
    for at in range(1, len(meant)):
        head, letter, tail = meant[:at], meant[at], meant[at + 1 :]
        yield head + tail
        yield head + letter * 2 + tail
        if tail:
            yield head + tail[0] + letter + tail[1:]
        yield from (head + other + tail for other in string.ascii_lowercase)


def _is_likely(slip: str, meant: str) -> bool:
    return slip != meant and slip_cost(slip, meant) <= LIKELY


def _is_plain(slip: str, meant: str, reader: Reader) -> bool:
    """Return whether a slip is no word, and one slip away from no other word that is known."""
    return not _is_word(slip, reader) and not any(
        each != meant and _is_word(each, reader) and not _is_of_one_word(each, meant) for each in _one_off(slip)
    )


def _is_of_one_word(one: str, other: str) -> bool:
    """Return whether two words differ by their ending alone: to read "prisoner" for "prisoners" is no mistake."""
    return one.removesuffix("s") == other.removesuffix("s") or one.removesuffix("d") == other.removesuffix("d")


def _is_word(word: str, reader: Reader) -> bool:
    return word in english_words() or word in reader.lexicon.spellings or word in reader.splitter.speller.pool


def _one_off(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in string.ascii_lowercase)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in string.ascii_lowercase)
