"""Misspelt words, mended only towards words that the base or the language knows.

Each word of a row has *readings*: itself, words that it may be a slip for, several words run together, or one word with
its neighbour. What a reading costs is what its slips cost and what its words cost there; the cheapest row wins.
A common word is never a slip for another: "Iran" is a word and not a slip for "Iraq".
"""

from __future__ import annotations

import marshal
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.language.grammar import load_grammar
from knowledge.language.numbers import load_number_words
from knowledge.language.slips import FIRST_LETTER, SWAPPED, slip_cost, sound
from knowledge.language.text import Word, stem
from knowledge.language.usage import EDGE, Usage, print_counts, printed_share

LONGEST_WORD = 24
"""Letters; a longer token is not a misspelt word."""

NO_SPACE, SPACE = 1.0, 3.0
"""Cost of a space that is missing, and of one too many, in nats.

Source: from 0 to 4 nothing differed by more than 0.2 points on 660 questions with typos.
"""

UNKNOWN, UNKNOWN_LETTER = 9.0, 1.2
"""Cost of a word that nothing knows, and of each of its letters, in nats: a longer one is less likely a name.

Source: 713 names of the world kept from the speller, and 660 questions with typos. At 9 it mends 16 % of the names and
reads 88.4 % of the questions as without their typo; at 13 44 % and 89.5 %, at 8 with 1.2 a letter 9 % and 88.4 %.
"""

COMMON = 2_000_000
"""Times in print from which a word is never a slip for another, whatever stands around it."""

REAL_WORD, CARELESS = 5.0, 2.0
"""What it costs besides that a slip is a word itself, and how much less in a message with other slips."""

IDLE = 1.5
"""What it costs besides that a word is common English and no more: it tells nothing here."""

IN_A_FORM = 2e-3
"""Share of each word of a known form of several: they come together."""

KNOWN = 5e-6
"""Least share of a word that means something here among all words."""

SHORT_MARKS = 50
"""Times that marks and abbreviations of up to three letters are more frequent in print than in messages."""

ONE_SLIP = 4.9
"""Cost of one slip that a keyboard, an ear or a missing letter explains."""

SURELY = 3
"""Times that the base uses a word between two others before a known word there is a slip for it."""

MOST_READINGS = 6
"""Readings of a word that are compared in their place."""

MOST_LIKE = 16
"""Words that are weighed letter by letter, of those with the fewest slips."""

MOST_STRANGE = 24
"""Words of a row that are mended of those that nothing knows; with more it is another language, or an attack."""

SHORT, LONG = 4, 10
"""Letters up to which a word bears one slip, and from which it bears three."""

PARTS = 5
"""Ways to cut a known word off a row of letters whose rest is taken for misspelt."""


@lru_cache(maxsize=1)
def english_words() -> frozenset[str]:
    """Return English words, in lower case."""
    return frozenset(print_counts())


def _bearable(word: str) -> float:
    """Return how much the slips of a word may cost together: a short one is soon another word."""
    if len(word) <= SHORT:
        return 6.5
    return 8.0 if len(word) <= 6 else 10.5 if len(word) < LONG else 13.0


class Pool:
    """Words that mean something here, to mend others towards: those of the vocabularies and their inflections.

    It is made once with a base and kept with it; what is not asked for is not unpacked.
    """

    def __init__(self, known: frozenset[str]) -> None:
        stems = {stem(word) for word in known}
        meant = sorted(
            word
            for word in known | english_words()
            if word.isascii()
            and word.isalpha()
            and (word in known or (len(word) >= SHORT and self._is_meant(word, stems)))
        )
        by_beginning: dict[str, list[str]] = {}
        by_end: dict[str, list[str]] = {}
        by_sound: dict[str, list[str]] = {}
        for word in meant:
            by_beginning.setdefault(word[:2], []).append(word)
            by_end.setdefault(word[-3:], []).append(word)
            by_sound.setdefault(sound(word), []).append(word)
            if len(word) <= SHORT + 1:
                by_beginning.setdefault(word[0], []).append(word)
                by_end.setdefault(word[-2:], []).append(word)
        self._packed = marshal.dumps((by_beginning, by_end, by_sound, frozenset(meant)))

    @staticmethod
    def _is_meant(word: str, stems: set[str]) -> bool:
        """Return whether a word may be meant: it is an inflection of a known one, or very common."""
        return print_counts()[word] > COMMON or stem(word) in stems

    @cached_property
    def _unpacked(self) -> tuple[dict[str, list[str]], dict[str, list[str]], dict[str, list[str]], frozenset[str]]:
        unpacked: tuple[dict[str, list[str]], dict[str, list[str]], dict[str, list[str]], frozenset[str]]
        unpacked = marshal.loads(self._packed)  # noqa: S302  verified by its digest
        return unpacked

    def __getstate__(self) -> dict[str, bytes]:
        return {"_packed": self._packed}

    def __contains__(self, word: str) -> bool:
        return word in self._unpacked[3]

    def like(self, word: str) -> dict[str, float]:
        """Return words within reach of a misspelt one -> what the slips cost, in nats.

        Two slips leave the beginning or the end of a word as it was, nearly always; only such words are looked at.
        """
        by_beginning, by_end, by_sound, _ = self._unpacked
        reach = 1 if len(word) < SHORT else 2 if len(word) < LONG else 3
        heard = by_sound.get(sound(word), []) if len(word) >= SHORT else []
        near = [*by_beginning.get(word[: 1 if len(word) <= SHORT else 2], ()), *by_end.get(word[-3:], ())]
        near += by_beginning.get(word[1::-1], ())
        if len(word) <= SHORT:
            near += by_end.get(word[-2:], ())
        found = process.extract(word, near, scorer=OSA.distance, score_cutoff=reach, limit=MOST_LIKE)
        spelt = process.extract(word, heard, scorer=OSA.distance, score_cutoff=len(word) // 2 + 1, limit=MOST_LIKE // 2)
        costs = {other: slip_cost(word, other) for other in {each[0] for each in (*found, *spelt)}}
        most = _bearable(word)
        return {other: cost for other, cost in costs.items() if cost <= most}


class Reading(NamedTuple):
    """What one or more tokens of a row may stand for.

    Attributes:
        words: as meant.
        cost: of the slips, in nats; what the words cost in their place comes to it.
        length: tokens that it takes.
        share: of the word among all words, where no count tells; None elsewhere.
        possessive: the last word was meant with 's.
    """

    words: tuple[str, ...]
    cost: float = 0.0
    length: int = 1
    share: float | None = None
    possessive: bool = False


@dataclass(frozen=True)
class Speller:
    """Mends words towards a vocabulary.

    Attributes:
        base: words of the documents, facts and names, in lower case.
        language: words of the general vocabularies.
        joined: forms of several words written as one -> those words.
        pool: what there is to mend towards.
        usage: how often words are used here.
        names: words of the base's names.
        strangers: words of other names of the world.
    """

    base: frozenset[str]
    language: frozenset[str]
    joined: Mapping[str, tuple[str, ...]]
    pool: Pool
    usage: Usage = field(default_factory=Usage)
    names: frozenset[str] = frozenset()
    strangers: frozenset[str] = frozenset()

    def knows(self, word: str) -> bool:
        """Return whether a word needs no mending."""
        return self._means(word) or not word.isascii() or not word.isalpha() or self._listed(word) > 0

    def _means(self, word: str) -> bool:
        """Return whether a word means something here."""
        return word in self.base or word in self.language or word in self.strangers

    def _listed(self, word: str) -> float:
        """Return how often a word occurs in print; a plural that is not listed is rarer than its singular."""
        counts = print_counts()
        return counts.get(word, 0) or (counts.get(word[:-1], 0) / 20 if word.endswith("s") and len(word) > 3 else 0)

    def mend(self, word: str) -> tuple[str, ...]:
        """Return the words that a misspelt one was meant to be; the word itself when nothing is near."""
        return tuple(each.text for each in self.mended([Word(word)]))

    def mended(self, tokens: Sequence[Word], text: str = "") -> tuple[Word, ...]:
        """Return a row of words with its slips mended, each in the light of its neighbours.

        Args:
            tokens: the words.
            text: what they were read from; an abbreviation in capitals there is no slip.
        """
        row = [token.text for token in tokens]
        kept = frozenset(_abbreviations(tokens, text))
        strange = [at for at, word in enumerate(row) if not self.knows(word)]
        kept |= frozenset(strange[MOST_STRANGE:])
        careless = len(strange) > 1  # the word itself is one
        readings = [
            [Reading((word,))] if at in kept else self._readings(row, at, careless=careless)
            for at, word in enumerate(row)
        ]
        for at, token in enumerate(tokens):
            if token.possessive and not self._means(token.text) and f"{token.text}s" in self.names:
                readings[at].append(Reading((f"{token.text}s",), 0.5))
        mended = self._chosen(tokens, readings)
        row = [token.text for token in mended]
        return self._chosen(mended, [[Reading((word,)), *self._in_its_place(row, at)] for at, word in enumerate(row)])

    def _chosen(self, tokens: Sequence[Word], readings: Sequence[Sequence[Reading]]) -> tuple[Word, ...]:
        """Return the words of the cheapest readings."""
        if all(len(each) == 1 for each in readings):
            return tuple(_written(tokens, [each[0] for each in readings]))
        return tuple(_written(tokens, self._cheapest(readings)))

    def _readings(self, row: Sequence[str], at: int, *, careless: bool) -> list[Reading]:
        """Return what the word at a place of a row may stand for; itself first."""
        word = row[at]
        if word in load_number_words().digits_for_words:
            return self._digits(row, at)
        if "'" in word:
            return self._contracted(word)
        if not word.isascii() or not word.isalpha() or len(word) > LONGEST_WORD:
            return [Reading((word,))]
        kept, *near = self._of_one(word, careless=careless)
        before = row[at - 1] if at else EDGE
        near.sort(key=lambda reading: (reading.cost + self._cost(reading, before), reading.words))
        return [kept, *near[:MOST_READINGS], *self._with_next(row, at)]

    def _of_one(self, word: str, *, careless: bool) -> Iterable[Reading]:
        """Return what a word may stand for by itself; itself first, or its name where it is one with an ending."""
        if self._means(word) or self._is_plural_of_common(word):
            return [Reading((word,))]
        if word.endswith("s") and word[:-1] in self.names:
            return [Reading((word[:-1],), possessive=word[-2] != "s")]  # "hamass" is rather a slip
        listed = self._listed(word)
        if len(word) < SHORT:
            listed /= SHORT_MARKS
        if listed > COMMON:
            return [Reading((word,))]
        if not listed:
            unknown = math.exp(-UNKNOWN - UNKNOWN_LETTER * len(word))
            return [Reading((word,), share=unknown), *self._meant(word)]
        besides = REAL_WORD - CARELESS * careless
        most = ONE_SLIP + FIRST_LETTER * (len(word) < SHORT)
        near = [Reading((other,), cost + besides) for other, cost in self._near(word).items() if cost <= most]
        return [Reading((word,), share=printed_share(listed)), *near]

    def _is_plural_of_common(self, word: str) -> bool:
        one = word[:-1]
        often = one in self.pool and print_counts().get(one, 0) > COMMON / 4
        return word.endswith("s") and often and one not in self.names

    def _contracted(self, word: str) -> list[Reading]:
        """Return what a word with an apostrophe may stand for: "thhey're" is "they're"."""
        start, end = word.split("'", 1)
        kept = Reading((word,), share=math.exp(-UNKNOWN))
        if word in self.base or word in self.language or not start.isalpha() or self._means(start):
            return [kept]
        near = ((f"{other}'{end}", cost) for other, cost in self._near(start).items())
        return [kept, *(Reading((other,), cost) for other, cost in near if other in self.language)]

    def _near(self, word: str) -> dict[str, float]:
        """Return words that a misspelt one may be meant to be -> cost of the slips; more for what means nothing here.

        Initials of a name are near too many others, so that only swapped letters are a slip for them.
        """
        if len(word) < 2:
            return {}
        near = self.pool.like(word)
        if len(word) < SHORT:
            initials = self.names - self.language
            near = {other: cost for other, cost in near.items() if other not in initials or cost <= SWAPPED}
        return {other: cost + IDLE * (not self._means(other)) for other, cost in near.items()}

    def _meant(self, word: str) -> Iterator[Reading]:
        """Yield what a word that nothing knows may have been meant to be."""
        if word in self.joined:
            yield Reading(self.joined[word], share=IN_A_FORM)
            return
        near = self._near(word)
        yield from (Reading((other,), cost) for other, cost in near.items())
        forms = (*self._joined_forms.get(word[:2], ()), *self._joined_forms.get(word[-2:], ()))
        for found, _, _ in process.extract(word, forms, scorer=OSA.distance, score_cutoff=2, limit=2):
            cost = slip_cost(word, found)
            if len(word) > SHORT and cost <= _bearable(word):
                yield Reading(self.joined[found], cost, share=IN_A_FORM)
        if len(word) > 3:
            yield from self._parted(word, min(near.values(), default=99.0))

    @cached_property
    def _joined_forms(self) -> dict[str, list[str]]:
        """Two letters -> the forms of several words, written as one, that begin or end with them."""
        forms: dict[str, list[str]] = {}
        for form in self.joined:
            for letters in {form[:2], form[-2:]}:
                forms.setdefault(letters, []).append(form)
        return forms

    def _parted(self, word: str, nearest: float) -> Iterator[Reading]:
        """Yield known words that were written as one, one of them perhaps misspelt."""
        heads = self._heads(word)
        tails = self._tails(word)
        if len(word) in heads:
            words = heads[len(word)][1]
            yield Reading(words, NO_SPACE * (len(words) - 1))
        if nearest <= ONE_SLIP and len(word) < LONG:
            return
        ends = [(cost / at, at) for at, (cost, _) in heads.items() if 0 < at <= len(word) - 3]
        for _, at in sorted(ends)[:PARTS]:
            words = heads[at][1]
            for other, cost in self._rest(word[at:]):
                yield Reading((*words, other), NO_SPACE * len(words) + cost)
        beginnings = [(cost / (len(word) - at), at) for at, (cost, _) in tails.items() if 3 <= at < len(word)]
        for _, at in sorted(beginnings)[:PARTS]:
            words = tails[at][1]
            for other, cost in self._rest(word[:at]):
                yield Reading((other, *words), NO_SPACE * len(words) + cost)

    def _rest(self, word: str) -> list[tuple[str, float]]:
        """Return the best words that a part of a row of letters may be a slip for."""
        near = [(other, cost) for other, cost in self._near(word).items() if cost <= ONE_SLIP and len(other) > 2]
        return sorted(near, key=lambda pair: pair[1] + self.usage.cost(pair[0]))[:2]

    def _heads(self, letters: str) -> dict[int, tuple[float, tuple[str, ...]]]:
        """Return place -> the cheapest known words that the letters before it fall into, with their cost."""
        best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
        for end in range(2, len(letters) + 1):
            for start in range(max(0, end - 14), end - 1):
                if start in best and self._is_part(letters[start:end]):
                    cost, words = best[start]
                    part = letters[start:end]
                    cost += self.usage.cost(part, words[-1] if words else "") + NO_SPACE
                    if end not in best or cost < best[end][0]:
                        best[end] = (cost, (*words, part))
        return best

    def _tails(self, letters: str) -> dict[int, tuple[float, tuple[str, ...]]]:
        """Return place -> the cheapest known words that the letters from it on fall into, with their cost."""
        best: dict[int, tuple[float, tuple[str, ...]]] = {len(letters): (0.0, ())}
        for start in range(len(letters) - 2, 0, -1):
            for end in range(start + 2, min(len(letters), start + 14) + 1):
                if end in best and self._is_part(letters[start:end]):
                    cost, words = best[end]
                    cost += self.usage.cost(letters[start:end]) + NO_SPACE
                    if start not in best or cost < best[start][0]:
                        best[start] = (cost, (letters[start:end], *words))
        return best

    def _is_part(self, part: str) -> bool:
        """Return whether letters are a word that others may be run together with; two letters only if it is common."""
        if len(part) <= 3:
            return part in self.pool and print_counts().get(part, 0) > (30 if len(part) == 2 else 10) * COMMON
        return part in self.pool

    def _with_next(self, row: Sequence[str], at: int) -> Iterator[Reading]:
        """Yield the word that a word makes with the next, where a space stands in it: "pri soners"."""
        if at + 1 == len(row) or not (row[at] + row[at + 1]).isalpha():
            return
        whole = row[at] + row[at + 1]
        if self._means(row[at]) and self._means(row[at + 1]):
            return
        both = self.knows(row[at]) and self.knows(row[at + 1])
        if whole in self.pool or (whole in english_words() and not both):
            yield Reading((whole,), SPACE, length=2)
        elif not both and len(whole) <= LONGEST_WORD:
            found = self._heads(whole).get(len(whole))
            if found:
                yield Reading(found[1], SPACE + NO_SPACE * (len(found[1]) - 1), length=2)

    def _in_its_place(self, row: Sequence[str], at: int) -> Iterator[Reading]:
        """Yield the words of the base that fit between two neighbours where a known word fits beside neither."""
        word = row[at]
        before = row[at - 1] if at else EDGE
        after = row[at + 1] if at + 1 < len(row) else EDGE
        if before == after == EDGE or not word.isalpha():
            return
        if before != EDGE and self.usage.together(before, word):
            return
        if after != EDGE and self.usage.together(word, after):
            return
        for other in self.usage.between(before, after):
            if (
                abs(len(other) - len(word)) <= 1
                and other.isalpha()
                and self.usage.together(before, other) >= SURELY
                and self.usage.together(other, after) >= SURELY
                and OSA.distance(word, other) == 1
            ):
                cost = slip_cost(word, other)
                if cost <= ONE_SLIP:
                    yield Reading((other,), cost + REAL_WORD)

    def _digits(self, row: Sequence[str], at: int) -> list[Reading]:
        """Return what a digit may stand for: itself where something is counted, else a word ("4 it", "no 2 what")."""
        numbers = load_number_words()
        word = row[at]
        kept = [Reading((word,))]
        if len(row) == 1:
            return kept
        meant = numbers.digits_for_words[word]
        after = row[at + 1] if at + 1 < len(row) else EDGE
        if after in numbers.not_counted:
            return [Reading((each,)) for each in meant]
        counted = after in numbers.units or after == EDGE or after.isdecimal() or self._is_plural(after)
        if not counted and any(self.usage.together(each, after) for each in meant):
            return [Reading((each,)) for each in meant]
        return kept

    def _is_plural(self, word: str) -> bool:
        return word.endswith("s") and (word[:-1] in self.language or word[:-1] in print_counts())

    def _cost(self, reading: Reading, before: str) -> float:
        """Return what the words of a reading cost behind a word."""
        total = 0.0
        for word in reading.words:
            share = reading.share
            if share is None:
                share = max(self.usage.share(word), KNOWN * self._means(word))
            total += self.usage.cost(word, before, share)
            before = word
        return total

    def _cheapest(self, readings: Sequence[Sequence[Reading]]) -> list[Reading]:
        """Return the readings that make the cheapest row."""
        best: list[dict[str, tuple[float, tuple[Reading, ...]]]] = [{} for _ in range(len(readings) + 1)]
        best[0][EDGE] = (0.0, ())
        for at, options in enumerate(readings):
            for before, (spent, chosen) in best[at].items():
                for reading in options:
                    total = spent + reading.cost + self._cost(reading, before)
                    known = best[at + reading.length].get(reading.words[-1])
                    if known is None or total < known[0]:
                        best[at + reading.length][reading.words[-1]] = (total, (*chosen, reading))
        ends = ((spent + self.usage.cost(EDGE, last), chosen) for last, (spent, chosen) in best[-1].items())
        return list(min(ends, key=lambda end: end[0])[1])


def _abbreviations(tokens: Sequence[Word], text: str) -> Iterator[int]:
    """Yield the places of words in capitals, unless the text has no small letters."""
    if text.isupper():
        return
    for at, token in enumerate(tokens):
        if token.end - token.start > 1 and text[token.start : token.end].isupper():
            yield at


def _written(tokens: Sequence[Word], chosen: Iterable[Reading]) -> Iterator[Word]:
    """Yield the words of readings, each with the place of what was written."""
    at = 0
    for reading in chosen:
        first, last = tokens[at], tokens[at + reading.length - 1]
        for number, word in enumerate(reading.words, start=1):
            possessive = number == len(reading.words) and (last.possessive or reading.possessive)
            if possessive and word != last.text and word in load_grammar().contracting:
                yield from (Word(word, first.start, last.end), Word("is", first.start, last.end))
            else:
                yield Word(word, first.start, last.end, possessive)
        at += reading.length
