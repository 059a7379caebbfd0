"""Whether a claim says no more than its document: its numbers are there, and it denies what is denied.

Words are English; of a document in another language only digits are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"

_UNITS = {word: value for value, word in enumerate(_SMALL.split())}
_UNITS.update(zip(_TENS.split(), range(20, 100, 10), strict=True))
_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 1_000_000_000_000}
_FACTORS = {"hundred": 100, "dozen": 12}
_OTHERS = {word: f"{value}." for value, word in enumerate(_ORDINALS.split(), start=1)} | {
    word: word for word in ("half", "twice", "tens", "dozens", "hundreds", "thousands", "millions", "billions")
}

_WORD = "|".join((*_UNITS, *_FACTORS, *_SCALES))
_JOINT = r"(?:[\s-]+|(?:(?<=hundred)|(?<=thousand)|(?<=million))\s+and\s+)"
_NUMBER = re.compile(
    rf"(?P<figure>\d+(?:[.,'’\u00a0\u202f]\d+)*)(?:(?P<ordinal>st|nd|rd|th)\b|[\s-]+(?P<scale>{'|'.join(_SCALES)})\b)?"
    rf"|\b(?P<words>(?:{_WORD})(?:{_JOINT}(?:{_WORD}))*)\b"
    rf"|\b(?P<other>{'|'.join(_OTHERS)})\b",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[.,'’\u00a0\u202f]")

_NEGATION = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|\w+n['’]t"
    r"|refus\w+|reject\w*|den(?:y|ies|ied|ial|ials|ying))\b"
)
_NEAR_NEGATION = re.compile(
    r"\b(?:declin\w+|oppos\w+|fail\w*|lack\w*|unable|unwilling|turn\w* down|rul\w+ out|rebuff\w*|forb\w+|bann?\w*"
    r"|prohibit\w*|prevent\w*|exclu\w+|except\w*|object\w*|only|few|little|hardly|barely|scarcely|rarely|seldom"
    r"|ends?|ended|stop\w*|halt\w*|cease\w*|cancel\w*|avoid\w*|absen\w+|miss\w+|dis\w{4,}|un\w{4,}|i[lmnr]\w{4,}|\w{3,}less)\b"
)
_IDIOMS = re.compile(r"\bnot (?:only|least)\b|\bno\.? \d|\bno (?:fewer|less|later|more|sooner|earlier) than\b")


def unsupported_numbers(claim: str, source: str, *, words: bool = True) -> tuple[str, ...]:
    """Return the numbers of a claim, as it writes them, that its source does not hold in any spelling.

    Args:
        claim: the sentence in our words.
        source: the words of the document that stand behind it.
        words: number words count too; a single "one" never does, being hardly ever a number.
    """
    held = {value for _, values in _numbers(source, words=words) for value in values}
    return tuple(
        written
        for written, values in _numbers(claim, words=words)
        if written.lower() != "one" and not held.intersection(values)
    )


def negation_added(claim: str, source: str) -> str | None:
    """Return the word by which a claim denies although nothing in its source does; None when all is well."""
    found = _negation(claim)
    return found if found and not _negation(source) and not _NEAR_NEGATION.search(source.lower()) else None


def negation_lost(claim: str, quote: str) -> str | None:
    """Return the word by which a quote denies although nothing in the claim does; None when all is well."""
    return negation_added(quote, claim)


def _negation(text: str) -> str | None:
    """Return the first word of a text that denies or refuses."""
    found = _NEGATION.search(_IDIOMS.sub(" ", text.lower()))
    return found.group() if found else None


def _numbers(text: str, *, words: bool) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each number of a text as it is written, with every value that the writing can have."""
    western = "".join(str(int(character)) if character.isdecimal() else character for character in text)
    for match in _NUMBER.finditer(western):
        if match["figure"]:
            yield text[slice(*match.span())], _values(match["figure"], match["ordinal"], match["scale"])
        elif words and match["words"]:
            yield match["words"], frozenset({str(_value_of_words(match["words"].lower()))})
        elif words:
            yield match["other"], frozenset({_OTHERS[match["other"].lower()]})


def _values(figure: str, ordinal: str | None, scale: str | None) -> frozenset[str]:
    """Return what a figure can mean: 31.000 may be thirty-one thousand, or thirty-one and no thousandths."""
    groups = _SEPARATOR.split(figure)
    values = [Decimal("".join(groups))] if all(len(group) == 3 for group in groups[1:]) else []
    if len(groups) == 2:
        values.append(Decimal(".".join(groups)))
    if not values:
        values = [Decimal(group) for group in groups]  # a date, a time, a version: each of its numbers
    if scale:
        values = [Decimal(int(value * _SCALES[scale.lower()])) for value in values]
    return frozenset(f"{value}{'.' if ordinal else ''}" for value in values)


def _value_of_words(words: str) -> int:
    """Return the value of a number in words, such as "two hundred and fifty thousand"."""
    total = current = 0
    for word in re.findall(r"[a-z]+", words):
        if word in _SCALES:
            total, current = total + (current or 1) * _SCALES[word], 0
        elif word in _FACTORS:
            current = (current or 1) * _FACTORS[word]
        else:
            current += _UNITS.get(word, 0)  # "and" adds nothing
    return total + current
