"""What the ranking of passages sees of a sentence, and of a question: words, neighbours, meanings, signs."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from knowledge.grammar import LEXICON
from knowledge.reading import Question, Reader
from knowledge.terms import Term
from knowledge.text import stem, words

POINTS_BACK_WITHIN = 4
"""Words at the beginning of a sentence within which a pronoun speaks of what stands before it."""

ASKING_WHEN = frozenset(("time", "date", "weekday", "clock-time", "since"))
"""Kinds of answer, as `questions.toml` names them, that a sentence with a sign of time may hold."""

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
        tells_when: a sign of time stands in it.
        points_back: it begins with a word for something said before.
    """

    paragraph: int
    forms: tuple[str, ...]
    stems: frozenset[str]
    pairs: Pairs
    keys: Mapping[str, float]
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
        asks_when: it asks for a time.
    """

    forms: tuple[str, ...]
    topical: Mapping[str, str]
    pairs: Pairs
    terms: tuple[Term, ...]
    asks_when: bool


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
            for key, strength in term.keys:
                keys[key] = max(strength, keys.get(key, 0.0))
    beginning = (word.text for word in words(text)[:POINTS_BACK_WITHIN])
    return Sentence(
        paragraph=paragraph,
        forms=forms,
        stems=frozenset(_topical(forms, stems, reader.vocabulary.function_words)),
        pairs=frozenset(pairwise(stems)),
        keys=keys,
        tells_when=bool(_YEAR.search(text)) or not signs.when.isdisjoint(stems),
        points_back=not signs.pointing_back.isdisjoint(beginning),
    )


def asked_by(question: Question, function_words: frozenset[str]) -> Asked:
    """Return a question as the ranking sees it."""
    forms = _forms(question.terms)
    stems = [stem(word) for word in forms]
    return Asked(
        forms=forms,
        topical=_topical(forms, stems, function_words),
        pairs=frozenset(pairwise(stems)),
        terms=question.heavy,
        asks_when=question.wanted is not None and question.wanted.kind in ASKING_WHEN,
    )


def names_in(texts: Iterable[str]) -> frozenset[str]:
    """Return the stems of words that stand with a capital, within sentences, more often than without."""
    lead: Counter[str] = Counter()
    for text in texts:
        for word in words(text)[1:]:
            lead[stem(word.text)] += 1 if text[word.start].isupper() else -1
    return frozenset(name for name, many in lead.items() if many > 0)


def _forms(terms: Iterable[Term]) -> tuple[str, ...]:
    return tuple(word for term in terms for word in term.text.split())


def _topical(forms: Sequence[str], stems: Sequence[str], function_words: frozenset[str]) -> dict[str, str]:
    """Return stem -> word of the words that carry a topic, in order."""
    return {stemmed: word for stemmed, word in zip(stems, forms, strict=True) if word not in function_words}
