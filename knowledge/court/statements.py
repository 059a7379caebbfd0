"""What facts state, made comparable: the words of their claims by what they mean, and the amounts in them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.court.evidence import with_owners
from knowledge.documents import Document
from knowledge.language.grammar import LEXICON
from knowledge.language.lexicon import Lexicon, Phrases, Sense, stems
from knowledge.language.terms import Term, Vocabulary
from knowledge.language.text import Word, stem, without_determiners, words
from knowledge.models import FactRecord, NameRecord
from knowledge.outcomes import Fact
from knowledge.proof.claims import Number, denies, numbers_in
from knowledge.proof.loading import Loaded
from knowledge.proof.records import Filed

LONGEST_UNIT = 3
"""Words behind a number that say what is counted: "950 imprisoned Palestinian women"."""

BEFORE_A_NUMBER = 3
"""Words before a number that bound it: "no less than 5"."""

Meaning = frozenset[str]
"""What one word or phrase surely means, as keys of the lexicon."""


A_DAY = (frozenset(("a day",)),)
A_YEAR = (frozenset(("a year",)),)
"""What a number counts that is the day of a month, or a year."""


@dataclass(frozen=True, slots=True)
class CountingWords:
    """Words around numbers, people, measures and ordinals as keys; each list is explained where it is written."""

    approximate: frozenset[str]
    months: frozenset[str]
    people: frozenset[str]
    measures: frozenset[str]
    ordinals: frozenset[str]
    steps: frozenset[str]
    units_of_money: dict[str, str]
    percent: frozenset[str]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a claim, and what it counts.

    Attributes:
        written: as the claim has it.
        values: those that the writing can have.
        bound: "=" for just this number, ">" for at least, "<" for at most, "~" for about this.
        unit: what is counted, word by word; empty where the words behind the number do not say.
        step: the word before it that tells a change from what it leads to: "by", "to"; empty without one.
    """

    written: str
    values: frozenset[str]
    bound: str
    unit: tuple[Meaning, ...]
    step: str = ""

    @property
    def is_time(self) -> bool:
        """Whether it says when: a day of a month, or a year."""
        return self.unit in {A_DAY, A_YEAR}


@dataclass(frozen=True, slots=True)
class Statement:
    """What a fact states.

    Attributes:
        filed: its record, and where it stands.
        fact: the same, with its quote in its place.
        document: that it is drawn from.
        sentence: where the sentence of its quote starts.
        content: the words of its claim that carry a topic, without numbers and without who says so.
        amounts: the numbers of its claim that count something, in order.
        known: every value of a number in its claim and its sentence.
        denies: its claim denies by a word such as "not".
        agent, target: ids, those they belong to included.
    """

    filed: Filed[FactRecord]
    fact: Fact
    document: Document
    sentence: int
    content: tuple[Meaning, ...]
    amounts: tuple[Amount, ...]
    known: frozenset[str]
    denies: bool
    agent: frozenset[str]
    target: frozenset[str]


@lru_cache(maxsize=1)
def load_counting_words(folder: Path = LEXICON / "en") -> CountingWords:
    """Read the words of one language; they ship with the package."""
    table = tomllib.loads((folder / "proving.toml").read_text("utf-8"))["numbers"]
    return CountingWords(
        approximate=frozenset(table["approximate"]),
        months=frozenset(table["months"]),
        people=frozenset(f"={stem(word)}" for word in table["people"]),
        measures=frozenset(f"={stem(word)}" for word in table["measures"]),
        ordinals=frozenset(f"={stem(word)}" for word in table["ordinals"]),
        steps=frozenset(table["steps"]),
        units_of_money=table["units_of_money"],
        percent=frozenset(table["percent"]),
    )


def vocabulary_of(lexicon: Lexicon, names: Mapping[str, NameRecord]) -> Vocabulary:
    """Return the forms of a language with those of the names of a base."""
    forms: Phrases[Sense] = Phrases(dict(lexicon.forms.meanings), dict(lexicon.forms.longest))
    for name in names.values():
        for form in (name.label, *name.forms):
            forms.add(stems(form), (f"name:{name.id}", 1.0))
    return Vocabulary(forms, lexicon.function_words)


def statements_of(loaded: Loaded, lexicon: Lexicon) -> tuple[Statement, ...]:
    """Return what the facts of the English documents of a base state, in the order of the facts."""
    vocabulary = vocabulary_of(lexicon, loaded.names)
    documents = {document.id: document for document in loaded.documents if document.record.language == "en"}
    filed = {one.record.id: one for file in reversed(loaded.files) for one in reversed(file.facts)}
    return tuple(
        _statement(fact, filed[fact.id], documents[fact.citation.document], vocabulary, lexicon, loaded.names)
        for fact in loaded.facts
        if fact.citation.document in documents and fact.act in lexicon.concepts
    )


def _statement(  # noqa: PLR0913, PLR0917  a fact, and what it is read with
    fact: Fact,
    filed: Filed[FactRecord],
    document: Document,
    vocabulary: Vocabulary,
    lexicon: Lexicon,
    names: Mapping[str, NameRecord],
) -> Statement:
    sentence = next(sentence for sentence in document.sentences if sentence.end > fact.citation.start)
    spoken = {f"name:{name}" for name in with_owners(fact.speakers, names)}
    saying = lexicon.grammar.saying | lexicon.grammar.speaking
    tokens = without_determiners(words(fact.claim))
    terms = vocabulary.terms(tokens)
    numbers = tuple(number for number in numbers_in(fact.claim) if number.written.lower() != "one")
    content = tuple(
        meaning_of(term)
        for term in terms
        if not term.light
        and not _inside(term, tokens, numbers)
        and not _is_day(term, tokens, fact.claim, numbers)
        and not any(key in spoken or key in saying for key, sure in term.keys if sure == 1.0)
    )
    return Statement(
        filed=filed,
        fact=fact,
        document=document,
        sentence=sentence.start,
        content=content,
        amounts=tuple(_amounts(fact.claim, numbers, vocabulary, lexicon)),
        known=frozenset(
            value for text in (fact.claim, sentence.text) for number in numbers_in(text) for value in number.values
        ),
        denies=denies(fact.claim),
        agent=frozenset(fact.agent),
        target=frozenset(fact.target),
    )


def meaning_of(term: Term) -> Meaning:
    """Return what a word or phrase surely means."""
    return frozenset(key for key, sure in term.keys if sure == 1.0)


def _inside(term: Term, tokens: tuple[Word, ...], numbers: Iterable[Number]) -> bool:
    """Return whether a term is a number or part of one; an ordinal tells things apart, and is none."""
    start = tokens[term.start].start
    return any(number.start <= start < number.end and not _is_ordinal(number) for number in numbers)


def _is_day(term: Term, tokens: tuple[Word, ...], claim: str, numbers: Iterable[Number]) -> bool:
    """Return whether a term is the month of a day that stands beside it: "31 March"."""
    beside = {word for number in numbers for word in _near(claim, number)}
    return tokens[term.start].text in load_counting_words().months & beside


def _is_ordinal(number: Number) -> bool:
    return all(value.endswith(".") or not value[0].isdigit() for value in number.values)


def _amounts(claim: str, numbers: Iterable[Number], vocabulary: Vocabulary, lexicon: Lexicon) -> Iterable[Amount]:
    """Yield the numbers of a claim that count something, each with what it counts."""
    known = load_counting_words()
    for number in numbers:
        if _is_ordinal(number):
            continue
        values = number.values
        before = words(claim[: number.start])[-BEFORE_A_NUMBER:]
        unit = tuple(_unit(claim, number, vocabulary))
        month = next((word for word in _near(claim, number) if word in known.months), "")
        symbol = claim[max(0, number.start - 1) : number.start]
        if month:
            unit, values = A_DAY, frozenset(f"{value} {month}" for value in values)
        elif symbol in known.units_of_money:
            unit = (frozenset(("=" + stem(known.units_of_money[symbol]),)),)
        elif claim[number.end : number.end + 1] in known.percent:
            unit = (frozenset(("=percent",)),)
        elif not unit and re.fullmatch(r"[12]\d{3}", number.written) and before and before[-1].text in ("in", "since"):
            unit = A_YEAR
        step = before[-1].text if before and before[-1].text in known.steps else ""
        yield Amount(number.written, values, _bound([word.text for word in before], lexicon, known), unit, step)


def _near(claim: str, number: Number) -> tuple[str, ...]:
    """Return the words right before and right behind a number."""
    before, behind = words(claim[: number.start])[-1:], words(claim[number.end :])[:1]
    return tuple(word.text for word in (*behind, *before))


def _unit(claim: str, number: Number, vocabulary: Vocabulary) -> Iterable[Meaning]:
    """Yield what the words right behind a number mean, one by one, up to a mark, a light word or another number."""
    end = number.end
    for many, word in enumerate(words(claim[number.end :])):
        gap = claim[end : number.end + word.start].strip()
        light = word.text in vocabulary.function_words or word.text[0].isdigit()
        if many == LONGEST_UNIT or light or gap not in ("", "-"):
            return
        (term,) = vocabulary.terms((word,))
        yield meaning_of(term)
        end = number.end + word.end


def _bound(before: list[str], lexicon: Lexicon, known: CountingWords) -> str:
    """Return how the words before a number bound it."""
    grammar, row = lexicon.grammar, " ".join(before)
    if grammar.fewer.intersection(before[-2:]) and "no" not in before:
        return "<"
    if before and grammar.at_least.intersection(before[-2:]):
        return ">"
    if before and grammar.at_most.intersection(before[-2:]):
        return "<"
    return "~" if any(row.endswith(word) for word in known.approximate) else "="
