"""Numbers as people write them, made digits: "nine hundred fifty", "31k", "31 000"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from knowledge.language.grammar import LEXICON
from knowledge.language.text import Word, stem

MOST_IN_WORDS = 10
"""The largest number that English writes as a word."""

SHORT = 3
"""Letters of the longest words that are no plurals although they end as such: "was", "its"."""

SMALL = range(2, 13)
"""Numbers that stay words; one is a pronoun more often than a number."""

_THOUSANDS = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_SMALL = re.compile(r"\d{1,3}")


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Words of a language that make numbers; each list is explained where it is written."""

    ones: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    joining: frozenset[str]
    suffixes: dict[str, int]
    digits_for_words: dict[str, tuple[str, ...]]
    not_counted: frozenset[str]
    units: frozenset[str]
    counted: frozenset[str]
    between: frozenset[str]
    times: frozenset[str]


class Numeral(NamedTuple):
    """One word or group of digits of a number, in any language.

    Attributes:
        digits: its value in digits; where it is written in figures, they may hold separators.
        in_figures: it was written in figures.
    """

    digits: str
    in_figures: bool


@lru_cache(maxsize=1)
def load_number_words(folder: Path = LEXICON / "en") -> NumberWords:
    """Read the number words of one language."""
    table = tomllib.loads((folder / "numbers.toml").read_text("utf-8"))
    return NumberWords(
        ones=table["ones"],
        tens=table["tens"],
        scales=table["scales"],
        joining=frozenset(table["joining"]),
        suffixes=table["suffixes"],
        digits_for_words={digit: tuple(words) for digit, words in table["digits_for_words"].items()},
        not_counted=frozenset(table["not_counted"]),
        units=frozenset(table["units"]),
        counted=frozenset(table["counted"]),
        between=frozenset(table["between"]),
        times=frozenset(map(stem, table["times"])),
    )


def number_words(tokens: Sequence[Word]) -> tuple[Word, ...]:
    """Return words with numbers of several words, tens, and grouped or shortened digits as plain digits.

    A single word up to twelve stays: "one" is a pronoun more often than a number, and "two sides" is a phrase. Digits
    up to twelve become that word where they count something, so that "2 sides" is the same phrase.
    """
    row: list[Word] = []
    at = 0
    while at < len(tokens):
        length, value = _digits_at(tokens, at)
        if not length:
            length, value = _words_at(tokens, at)
        if not length and (word := _counting(tokens, at)):
            row.append(tokens[at]._replace(text=word))
        elif length:
            row.append(tokens[at]._replace(text=str(value), end=tokens[at + length - 1].end))
        else:
            row.append(tokens[at])
        at += max(1, length)
    return tuple(row)


def small_number(word: str) -> int:
    """Return what a word for a number from two to twelve means; 0 for any other word."""
    value = load_number_words().ones.get(word, 0)
    return value if value in SMALL else 0


def counts(row: Sequence[str], at: int) -> bool:
    """Return whether behind a number stands what it counts: a noun in the plural, with "more" between at most."""
    known = load_number_words()
    behind = next((word for word in row[at + 1 : at + 3] if word not in known.between), "")
    return behind in known.counted or (len(behind) > SHORT and behind.endswith("s") and not behind.endswith("ss"))


def time_unit(row: Sequence[str], at: int) -> str:
    """Return the unit of time that stands behind a number, as it is written; empty where none does."""
    known = load_number_words()
    behind = next((word for word in row[at + 1 : at + 3] if word not in known.between), "")
    return behind if behind and stem(behind) in known.times else ""


def _counting(tokens: Sequence[Word], at: int) -> str:
    """Return the word for digits from two to twelve that count something; empty for others."""
    digits, row = tokens[at].text, [token.text for token in tokens[: at + 4]]
    small = digits.isascii() and digits.isdecimal() and len(digits) <= 2 and int(digits) in SMALL
    if not small or not (counts(row, at) or counts(row, at + 1)):  # "3 mediator countries"
        return ""
    return next(word for word, value in load_number_words().ones.items() if value == int(digits))


def _digits_at(tokens: Sequence[Word], at: int) -> tuple[int, int]:
    """Return how many tokens make a number in digits that is not written plainly, with its value; (0, 0) for none."""
    token = tokens[at]
    if not token.text[0].isdecimal():
        return 0, 0
    scales = load_number_words()
    plain = token.text
    if _THOUSANDS.fullmatch(plain):
        plain = re.sub(r"[.,]", "", plain)
    length = 1
    while plain == token.text or length > 1:
        following = tokens[at + length : at + length + 1]
        alone = _SMALL.fullmatch(token.text) and following and following[0].start == tokens[at + length - 1].end + 1
        if not (alone and following[0].text == "000"):  # "40 400" is rather two numbers
            break
        plain += following[0].text
        length += 1
    following = tokens[at + length : at + length + 1]
    if following and plain.isdecimal():
        glued = following[0].start == tokens[at + length - 1].end > 0
        scale = scales.suffixes.get(following[0].text) if glued else scales.scales.get(following[0].text)
        if scale:
            return length + 1, int(plain) * scale
    return (length, int(plain)) if plain != token.text and "," not in token.text else (0, 0)


def _words_at(tokens: Sequence[Word], at: int) -> tuple[int, int]:
    """Return how many tokens make a number in words, with its value; (0, 0) when there is none or it stays a word."""
    known = load_number_words()
    values: list[int] = []
    length = 0
    last = ""  # what kind of word came last: "one", "ten", "scale"
    place = at
    while place < len(tokens):
        word = tokens[place].text
        if word in known.ones and last in ("", "scale", "ten") and not (last == "ten" and known.ones[word] > 9):
            values, last = [*values, known.ones[word]], "one"
        elif word in known.tens and last in ("", "scale"):
            values, last = [*values, known.tens[word]], "ten"
        elif word in known.scales and last:
            values, last = [*values, known.scales[word]], "scale"
        elif not (word in known.joining and last == "scale" and _goes_on(tokens, place + 1, known)):
            break
        place += 1
        length = place - at
    value = summed(values)
    return (length, value) if length > 1 or value > 12 else (0, 0)


def _goes_on(tokens: Sequence[Word], at: int, known: NumberWords) -> bool:
    return at < len(tokens) and (tokens[at].text in known.ones or tokens[at].text in known.tens)


def goes_on(last: Numeral, following: Numeral, *, beside: bool) -> bool:
    """Return whether a number goes on with another word: hundreds before tens, ones before or behind them.

    Args:
        last: its last word so far.
        following: the word behind it.
        beside: nothing, such as an "and", stands between the two.
    """
    if not (last.digits.isdecimal() and following.digits.isdecimal()):
        return False
    if following.in_figures:
        return last.in_figures and beside and len(last.digits) <= 3 and len(following.digits) == 3
    one, other = int(last.digits), int(following.digits)
    if last.in_figures:
        return other >= 1000 and beside
    return other >= 100 > one or other >= 1000 > one or one > other or (one < 10 <= other < 100 and one > 0)


def in_english(row: Sequence[Numeral]) -> str:
    """Return the words of one number as English writes it: "nine", "950", "31,000"."""
    if len(row) > 1 and row[-1].in_figures:
        return ",".join(numeral.digits for numeral in row)
    digits = row[0].digits if len(row) == 1 else str(summed(int(numeral.digits) for numeral in row))
    if row[0].in_figures or not digits.isdecimal() or int(digits) > MOST_IN_WORDS:
        return digits
    return next(word for word, value in load_number_words().ones.items() if value == int(digits))


def summed(values: Iterable[int]) -> int:
    """Return the number that number words make in their order: 9, 100, 50 make 950."""
    total = current = 0
    for value in values:
        if value >= 1000:
            total += max(current, 1) * value
            current = 0
        elif value == 100 and 0 < current < 100:
            current *= 100
        else:
            current += value
    return total + current
