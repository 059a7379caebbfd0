"""What the words of a question find among the wordings of every fact and gap.

A *candidate* is a fact or a gap (something unsaid). Its *wordings* are the texts that speak of it: a fact's claim, quote
and phrasings, a gap's wordings. Two proposers look at the same words in two ways: is there a wording that says just
this (`likeness`), and would the candidate be spoken of in these words at all (`likelihood`)?
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.terms import Term

KIND_WEIGHT = 1.2
"""Weight of the kind of answer asked for, beside words that weigh their inverse document frequency (1 to 6)."""

SMOOTHING = 0.1
"""Wordings with a key that every candidate is granted unseen. Flat from 0.05 to 0.2 on 1,247 questions set aside."""

FARTHEST = -12.0
"""Log share below which candidates are no longer told apart."""

Keys = Mapping[str, float]
"""What a term may mean: key -> strength in (0, 1]."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as the index sees it: what carries a topic, and which light words stand around it."""

    heavy: tuple[Keys, ...]
    light: frozenset[str]

    def keys(self) -> dict[str, float]:
        """Return every key of the wording with its greatest strength; light words are marked with "~"."""
        keys: dict[str, float] = dict.fromkeys((f"~{word}" for word in self.light), 1.0)
        for term in self.heavy:
            for key, strength in term.items():
                keys[key] = max(keys.get(key, 0.0), strength)
        return keys


def wording(terms: Sequence[Term], kind: str = "") -> Wording:
    """Return the wording of a row of terms; `kind` is the kind of answer asked for, where it is known."""
    heavy: list[Keys] = [dict(term.keys) for term in terms if not term.light]
    if kind:
        heavy.append({f"?{kind}": 1.0})
    return Wording(tuple(heavy), frozenset(term.text for term in terms if term.light))


@dataclass
class Index:
    """Wordings by key. Build it with `build`; it is not changed afterwards."""

    candidates: int
    idf: dict[str, float] = field(default_factory=dict)
    postings: dict[str, list[tuple[int, float, float]]] = field(default_factory=dict)
    owners: list[int] = field(default_factory=list)
    norms: list[float] = field(default_factory=list)
    logs: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    unseen: list[float] = field(default_factory=list)

    @classmethod
    def build(cls, wordings: Sequence[Sequence[Wording]]) -> Index:
        """Return the index of the wordings of each candidate: `wordings[candidate][n]`."""
        index = cls(len(wordings))
        counts = [_count(texts) for texts in wordings]
        frequency: dict[str, int] = defaultdict(int)
        for count in counts:
            for key in count:
                frequency[key] += 1
        index.idf = {key: math.log(1 + len(counts) / (0.5 + many)) for key, many in frequency.items()}
        index._count_logs(counts)
        for number, texts in enumerate(wordings):
            for text in texts:
                index._post(number, text)
        return index

    def _count_logs(self, counts: Sequence[Mapping[str, float]]) -> None:
        grant = SMOOTHING * len(self.idf)
        for number, count in enumerate(counts):
            total = sum(count.values()) + grant
            self.unseen.append(math.log(SMOOTHING / total))
            for key, many in count.items():
                self.logs.setdefault(key, []).append((number, math.log((many + SMOOTHING) / SMOOTHING)))

    def _post(self, owner: int, text: Wording) -> None:
        entry = len(self.owners)
        self.owners.append(owner)
        norm = 0.0
        for term in text.heavy:
            weight = self.weight(term)
            norm += weight
            for key, strength in term.items():
                self.postings.setdefault(key, []).append((entry, strength, weight))
        self.norms.append(norm or 1.0)

    def weight(self, term: Keys) -> float:
        """Return how much a term says: the inverse document frequency of its surest known meaning, in nats."""
        first = next(iter(term))
        if first.startswith("?"):
            return KIND_WEIGHT
        sure = [self.idf[key] for key, strength in term.items() if strength >= 1.0 and key in self.idf and key[0] != "="]
        known = sure or [self.idf[key] for key in term if key in self.idf]
        return max(known) if known else math.log(1 + 2 * self.candidates)

    def knows(self, term: Keys) -> bool:
        """Return whether any candidate is spoken of with this term."""
        return any(key in self.idf for key in term)

    def likelihood(self, question: Wording) -> list[float]:
        """Return, for each candidate, the log of its share in explaining the words, in [FARTHEST, 0].

        Source: multinomial naive Bayes over the wordings, every candidate equally expected beforehand.
        """
        scores = [0.0] * self.candidates
        seen = 0.0
        for key, strength in question.keys().items():
            if key not in self.idf:
                continue
            seen += strength
            for number, log in self.logs[key]:
                scores[number] += strength * log
        scores = [score + seen * unseen for score, unseen in zip(scores, self.unseen, strict=True)]
        top = max(scores, default=0.0)
        total = top + math.log(sum(math.exp(score - top) for score in scores) or 1.0)
        return [max(FARTHEST, score - total) for score in scores]

    def explained(self, question: Wording) -> list[float]:
        """Return, for each candidate, the share of the question's weight on words it is spoken of with, in [0, 1]."""
        shares = [0.0] * self.candidates
        whole = 0.0
        for term in question.heavy:
            weight = self.weight(term)
            whole += weight
            spoken: dict[int, float] = {}
            for key, strength in term.items():
                for number, _ in self.logs.get(key, ()):
                    if strength > spoken.get(number, 0.0):
                        spoken[number] = strength
            for number, strength in spoken.items():
                shares[number] += weight * strength
        return [share / whole for share in shares] if whole else shares

    def likeness(self, question: Wording) -> list[float]:
        """Return, for each candidate, the mean likeness of the question to its three closest wordings, in [0, 1]."""
        asked: dict[int, float] = defaultdict(float)
        told: dict[int, float] = defaultdict(float)
        whole = 0.0
        for term in question.heavy:
            weight = self.weight(term)
            whole += weight
            best: dict[int, float] = {}
            weights: dict[int, float] = {}
            for key, strength in term.items():
                for entry, known, entry_weight in self.postings.get(key, ()):
                    value = strength * known
                    if value > best.get(entry, 0.0):
                        best[entry] = value
                        weights[entry] = entry_weight
            for entry, value in best.items():
                asked[entry] += weight * value
                told[entry] += weights[entry] * value
        tops: list[list[float]] = [[] for _ in range(self.candidates)]
        for entry, value in asked.items():
            share = min(1.0, told[entry] / self.norms[entry])
            tops[self.owners[entry]].append(_f_measure(value / whole, share))
        return [sum(sorted(scores, reverse=True)[:3]) / 3 for scores in tops]


def _count(texts: Sequence[Wording]) -> dict[str, float]:
    count: dict[str, float] = defaultdict(float)
    for text in texts:
        for key, strength in text.keys().items():
            count[key] += strength
    return count


def _f_measure(asked: float, told: float) -> float:
    """Return the weighted harmonic mean of two coverages; what is asked counts more than what is left out."""
    return 1.0 / (0.6 / asked + 0.4 / told) if asked and told else 0.0
