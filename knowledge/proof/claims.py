"""Whether a claim says no more than its document: its numbers are there, and it denies what is denied.

Words are English; of a document in another language only digits are compared.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from knowledge.language.grammar import LEXICON

_SEPARATOR = re.compile(r"[.,'’\u00a0\u202f]")
_NUMBERED = re.compile(r"\bno\.? \d")


@dataclass(frozen=True, slots=True)
class ProvingWords:
    """Words of a language by which claims are compared with their sentences, made ready.

    Attributes:
        number: finds a number in figures or words.
        units, factors, scales: the value of each word that makes a number.
        others: words that count without making a number -> what each is compared as.
        denial: finds a word that denies; `refusal` one that denies or refuses; `near` one that may stand for it.
        idioms: finds what only looks like a denial.
    """

    number: re.Pattern[str]
    units: dict[str, int]
    factors: dict[str, int]
    scales: dict[str, int]
    others: dict[str, str]
    denial: re.Pattern[str]
    refusal: re.Pattern[str]
    near: re.Pattern[str]
    idioms: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: `text[start:end] == written`, with every value that the writing can have."""

    written: str
    start: int
    end: int
    values: frozenset[str]


@lru_cache(maxsize=1)
def load_proving_words(folder: Path = LEXICON / "en") -> ProvingWords:
    """Read the words of one language; they ship with the package."""
    table = tomllib.loads((folder / "proving.toml").read_text("utf-8"))
    counted = tomllib.loads((folder / "numbers.toml").read_text("utf-8"))
    numbers, denials = table["numbers"], table["denials"]
    units = {**counted["ones"], **counted["tens"]}
    scales = {word: 1000 ** (place + 1) for place, word in enumerate(numbers["scales"])}
    others = {word: f"{value}." for value, word in enumerate(numbers["ordinals"], start=1)}
    others |= {word: word for word in numbers["vague"]}
    return ProvingWords(
        number=_number_pattern((*units, *numbers["factors"], *scales), scales, others, numbers["ordinal_endings"]),
        units=units,
        factors=numbers["factors"],
        scales=scales,
        others=others,
        denial=_pattern(denials["words"]),
        refusal=_pattern((*denials["words"], *denials["refusals"])),
        near=_pattern(denials["near"]),
        idioms=_pattern(denials["idioms"]),
    )


def _number_pattern(
    words: Iterable[str], scales: Iterable[str], others: Iterable[str], endings: Iterable[str]
) -> re.Pattern[str]:
    """Return what finds a number; a longer word is tried before one that begins like it."""
    word = "|".join(sorted(words, key=len, reverse=True))
    joint = r"(?:[\s-]+|(?:(?<=hundred)|(?<=thousand)|(?<=million))\s+and\s+)"
    return re.compile(
        rf"(?P<figure>\d+(?:[.,'’\u00a0\u202f]\d+)*)"
        rf"(?:(?P<ordinal>{'|'.join(endings)})\b|[\s-]+(?P<scale>{'|'.join(scales)})\b)?"
        rf"|\b(?P<words>(?:{word})(?:{joint}(?:{word}))*)\b"
        rf"|\b(?P<other>{'|'.join(others)})\b",
        re.IGNORECASE,
    )


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of some words, in which * stands for any letters and ? for one."""
    letters = {"*": r"\w*", "?": r"\w", "'": "['’]"}
    written = ("".join(letters.get(letter, re.escape(letter)) for letter in word) for word in words)
    return re.compile(rf"\b(?:{'|'.join(written)})\b")


def unsupported_numbers(claim: str, source: str, *, words: bool = True) -> tuple[str, ...]:
    """Return the numbers of a claim, as it writes them, that its source does not hold in any spelling.

    Args:
        claim: the sentence in our words.
        source: the words of the document that stand behind it.
        words: number words count too; a single "one" never does, being hardly ever a number.
    """
    held = {value for number in numbers_in(source, words=words) for value in number.values}
    return tuple(
        number.written
        for number in numbers_in(claim, words=words)
        if number.written.lower() != "one" and not held.intersection(number.values)
    )


def negation_added(claim: str, source: str) -> str | None:
    """Return the word by which a claim denies although nothing in its source does; None when all is well."""
    found = _negation(claim)
    return found if found and not _negation(source) and not load_proving_words().near.search(source.lower()) else None


def negation_lost(claim: str, quote: str) -> str | None:
    """Return the word by which a quote denies although nothing in the claim does; None when all is well."""
    return negation_added(quote, claim)


def denies(text: str) -> bool:
    """Return whether a text denies by a word such as "not"; refusing something is no denial."""
    words = load_proving_words()
    return bool(words.denial.search(_without_idioms(text)))


def _negation(text: str) -> str | None:
    """Return the first word of a text that denies or refuses."""
    found = load_proving_words().refusal.search(_without_idioms(text))
    return found.group() if found else None


def _without_idioms(text: str) -> str:
    return _NUMBERED.sub(" ", load_proving_words().idioms.sub(" ", text.lower()))


def numbers_in(text: str, *, words: bool = True) -> Iterator[Number]:
    """Yield each number of a text, in order.

    Args:
        text: any text.
        words: number words count too.
    """
    known = load_proving_words()
    western = "".join(str(int(character)) if character.isdecimal() else character for character in text)
    for match in known.number.finditer(western):
        start, end = match.span()
        if match["figure"]:
            values = _values(match["figure"], match["ordinal"], match["scale"])
        elif words and match["words"]:
            values = frozenset({str(_value_of_words(match["words"].lower()))})
        elif words:
            values = frozenset({known.others[match["other"].lower()]})
        else:
            continue
        yield Number(text[start:end], start, end, values)


def _values(figure: str, ordinal: str | None, scale: str | None) -> frozenset[str]:
    """Return what a figure can mean: 31.000 may be thirty-one thousand, or thirty-one and no thousandths."""
    groups = _SEPARATOR.split(figure)
    values = [Decimal("".join(groups))] if all(len(group) == 3 for group in groups[1:]) else []
    if len(groups) == 2:
        values.append(Decimal(".".join(groups)))
    if not values:
        values = [Decimal(group) for group in groups]  # a date, a time, a version: each of its numbers
    if scale:
        values = [Decimal(int(value * load_proving_words().scales[scale.lower()])) for value in values]
    return frozenset(f"{value}{'.' if ordinal else ''}" for value in values)


def _value_of_words(words: str) -> int:
    """Return the value of a number in words, such as "two hundred and fifty thousand"."""
    known = load_proving_words()
    total = current = 0
    for word in re.findall(r"[a-z]+", words):
        if word in known.scales:
            total, current = total + (current or 1) * known.scales[word], 0
        elif word in known.factors:
            current = (current or 1) * known.factors[word]
        else:
            current += known.units.get(word, 0)  # "and" adds nothing
    return total + current
