"""What the ranking of passages sees of a sentence, and of a question: words, neighbours, meanings, signs."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from knowledge.language.grammar import LEXICON
from knowledge.language.numbers import load_number_words
from knowledge.language.terms import Term
from knowledge.language.text import stem, words
from knowledge.message.reading import Question, Reader

POINTS_BACK_WITHIN = 4
"""Words at the beginning of a sentence within which a pronoun speaks of what stands before it."""

ASKING_WHEN = frozenset(("time", "date", "weekday", "clock-time", "since"))
"""Kinds of answer, as `questions.toml` names them, that a sentence with a sign of time may hold."""

ASKING_HOW_MANY = frozenset(("number", "figure", "money", "percentage", "age"))
"""Kinds of answer that are a number."""

ASKING_WHO = frozenset(("who", "person", "name", "called"))
"""Kinds of answer that are mostly the name of somebody."""

BEGINNINGS = (4, 5)
"""Characters of a stem, the fewest and the most, by which words of one family are known: "invad" and "invas".

The longest beginning that leaves a character over counts.
"""

Pairs = frozenset[tuple[str, str]]

_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")


@dataclass(frozen=True, slots=True)
class Signs:
    """Stems of words by which a sentence shows something without being asked; see `signs.toml`."""

    when: frozenset[str]
    pointing_back: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as the ranking sees it.

    Attributes:
        paragraph: number of the paragraph that it stands in, from 0.
        forms: its words in order, in lower case, without determiners.
        stems: of the words that carry a topic.
        pairs: stems of neighbouring words.
        keys: what its terms mean -> how surely.
        beginnings: of `stems`, of either length of `BEGINNINGS`.
        numbers: in it, in figures or words, but years.
        tells_when: a sign of time stands in it.
        points_back: it begins with a word for something said before.
    """

    paragraph: int
    forms: tuple[str, ...]
    stems: frozenset[str]
    pairs: Pairs
    keys: Mapping[str, float]
    beginnings: frozenset[str]
    numbers: frozenset[str]
    tells_when: bool
    points_back: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the ranking sees it.

    Attributes:
        forms: its words in order, in lower case, spelling mended, without determiners.
        topical: stem of a word that carries a topic -> the word.
        pairs: stems of neighbouring words.
        terms: those that carry a topic.
        asks_when, asks_how_many, asks_who: it asks for a time, a number, somebody.
    """

    forms: tuple[str, ...]
    topical: Mapping[str, str]
    pairs: Pairs
    terms: tuple[Term, ...]
    asks_when: bool
    asks_how_many: bool
    asks_who: bool


@lru_cache(maxsize=1)
def load_signs(folder: Path = LEXICON / "en") -> Signs:
    """Read the signs of one language; they ship with the package."""
    tables = tomllib.loads((folder / "signs.toml").read_text("utf-8"))
    return Signs(frozenset(map(stem, tables["when"])), frozenset(tables["pointing_back"]))


def sentence_of(text: str, paragraph: int, reader: Reader) -> Sentence:
    """Return a sentence of a document, whose spelling needs no mending, as the ranking sees it."""
    signs = load_signs()
    terms, _ = reader.curated(text)
    forms = _forms(terms)
    stems = [stem(word) for word in forms]
    keys: dict[str, float] = {}
    for term in terms:
        if not term.light:
            for key, strength in _keys(term):
                keys[key] = max(strength, keys.get(key, 0.0))
    beginning = (word.text for word in words(text)[:POINTS_BACK_WITHIN])
    topical = frozenset(_topical(forms, stems, reader.vocabulary.function_words))
    return Sentence(
        paragraph=paragraph,
        forms=forms,
        stems=topical,
        pairs=frozenset(pairwise(stems)),
        keys=keys,
        beginnings=frozenset(word[:length] for word in topical for length in BEGINNINGS if len(word) >= length),
        numbers=frozenset(form for form in forms if _is_number(form)),
        tells_when=bool(_YEAR.search(text)) or not signs.when.isdisjoint(stems),
        points_back=not signs.pointing_back.isdisjoint(beginning),
    )


def asked_by(question: Question, function_words: frozenset[str]) -> Asked:
    """Return a question as the ranking sees it."""
    forms = _forms(question.terms)
    stems = [stem(word) for word in forms]
    kind = question.wanted.kind if question.wanted is not None else ""
    return Asked(
        forms=forms,
        topical=_topical(forms, stems, function_words),
        pairs=frozenset(pairwise(stems)),
        terms=tuple(term._replace(keys=_keys(term)) for term in question.heavy),
        asks_when=kind in ASKING_WHEN,
        asks_how_many=kind in ASKING_HOW_MANY,
        asks_who=kind in ASKING_WHO,
    )


def names_in(texts: Iterable[str]) -> frozenset[str]:
    """Return the stems of words that stand with a capital, within sentences, more often than without."""
    lead: Counter[str] = Counter()
    for text in texts:
        for word in words(text)[1:]:
            lead[stem(unmarked(word.text))] += 1 if text[word.start].isupper() else -1
    return frozenset(name for name, many in lead.items() if many > 0)


@lru_cache(maxsize=65536)
def unmarked(word: str) -> str:
    """Return a lower-case word without the marks on its letters: who types "Temur" may mean "Temür"."""
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word)
    return (
        unicodedata.normalize("NFC", "".join(letter for letter in apart if not unicodedata.combining(letter))) or word
    )


def beginning_of(stemmed: str) -> str:
    """Return the beginning by which a stem is known among words of its family; "" when it is too short for that."""
    fewest, most = BEGINNINGS
    return stemmed[: min(most, len(stemmed) - 1)] if len(stemmed) > fewest else ""


def _is_number(form: str) -> bool:
    if form[0].isdigit():
        return not _YEAR.fullmatch(form)
    known = load_number_words()
    return known.ones.get(form, 0) > 1 or form in known.tens or form in known.scales


def _keys(term: Term) -> tuple[tuple[str, float], ...]:
    """Return what a term may mean, marks on letters left out."""
    return tuple((unmarked(key), strength) for key, strength in term.keys)


def _forms(terms: Iterable[Term]) -> tuple[str, ...]:
    return tuple(unmarked(word) for term in terms for word in term.text.split())


def _topical(forms: Sequence[str], stems: Sequence[str], function_words: frozenset[str]) -> dict[str, str]:
    """Return stem -> word of the words that carry a topic, in order."""
    return {stemmed: word for stemmed, word in zip(stems, forms, strict=True) if word not in function_words}
