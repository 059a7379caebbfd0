"""What the words of a question find among the wordings of every fact and gap.

A *candidate* is a fact or a gap (something unsaid). Its *wordings* are the texts that speak of it: a fact's claim,
quote and phrasings, a gap's wordings. The likelihood of the words proposes candidates; the proposed ones are then
compared with the question wording by wording.
"""

from __future__ import annotations

import heapq
import marshal
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.language.terms import Term

KIND_WEIGHT = 1.2
"""Weight of the kind of answer asked for, beside words that weigh their inverse document frequency (1 to 6)."""

SMOOTHING = 0.1
"""Wordings with a key that every candidate is granted unseen. Flat from 0.05 to 0.2 on 1,247 questions set aside."""

FARTHEST = -12.0
"""Log share below which candidates are no longer told apart."""

PROPOSED = 20
"""Candidates that are compared wording by wording. On 2,500 questions, 32 give no better figures."""

LEAST_FACTS = 4
"""Facts that are compared even where the likeliest candidates are all gaps."""

OF_ASKED, OF_TOLD = 0.6, 0.4
"""Weights of two coverages in their harmonic mean: what is asked counts more than what a wording says beside it."""

Keys = Mapping[str, float]
"""What a term may mean: key -> strength in (0, 1]."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as the index sees it: what carries a topic, and which light words stand around it."""

    heavy: tuple[Keys, ...]
    light: frozenset[str]

    def keys(self) -> dict[str, float]:
        """Return every key of the wording with its greatest strength; light words are marked with "~"."""
        keys: dict[str, float] = dict.fromkeys((f"~{word}" for word in sorted(self.light)), 1.0)
        for term in self.heavy:
            for key, strength in term.items():
                if strength > keys.get(key, 0.0):
                    keys[key] = strength
        return keys


def wording(terms: Sequence[Term], kind: str = "") -> Wording:
    """Return the wording of a row of terms; `kind` is the kind of answer asked for, where it is known."""
    heavy: list[Keys] = [dict(term.keys) for term in terms if not term.light]
    if kind:
        heavy.append({f"?{kind}": 1.0})
    return Wording(tuple(heavy), frozenset(term.text for term in terms if term.light))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a question and one candidate fit.

    Attributes:
        likelihood: log of the candidate's share in explaining the words, in [FARTHEST, 0].
        likeness: mean likeness of the question to the three closest wordings, in [0, 1].
        explained: share of the question's weight on words the candidate is spoken of with, in [0, 1].
    """

    candidate: int
    likelihood: float
    likeness: float
    explained: float


@dataclass
class Index:
    """Wordings by key. Build it with `build`; it is not changed afterwards.

    Attributes:
        idf: key -> inverse document frequency, in nats; a document is all that is worded of one candidate.
        logs: key -> candidate -> what the key adds to its log likelihood.
        unseen: by candidate, log likelihood of a key that it was never worded with.
        postings: by candidate, key -> (wording, strength, weight of the term) ...
        norms: by candidate and wording, weight of its terms.
        packed: by candidate, postings not yet unpacked; empty when they are.
    """

    idf: dict[str, float] = field(default_factory=dict)
    logs: dict[str, dict[int, float]] = field(default_factory=dict)
    unseen: list[float] = field(default_factory=list)
    postings: list[dict[str, list[tuple[int, float, float]]]] = field(default_factory=list)
    norms: list[list[float]] = field(default_factory=list)
    packed: list[bytes] = field(default_factory=list)

    def __getstate__(self) -> tuple[bytes, list[bytes]]:
        """Return the index as bytes: restoring it so takes a tenth of the time."""
        plain = (self.idf, self.logs, self.unseen, self.norms)
        return marshal.dumps(plain), [
            packed or marshal.dumps(postings) for packed, postings in zip(self.packed, self.postings, strict=True)
        ]

    def __setstate__(self, state: tuple[bytes, list[bytes]]) -> None:
        plain, self.packed = state
        self.idf, self.logs, self.unseen, self.norms = marshal.loads(plain)  # noqa: S302  verified by its digest
        self.postings = [{} for _ in self.packed]

    def unpack(self) -> None:
        """Unpack the postings of every candidate now, so that no question has to wait for it."""
        for candidate in range(len(self.packed)):
            self._postings_of(candidate)

    def _postings_of(self, candidate: int) -> dict[str, list[tuple[int, float, float]]]:
        """Return the postings of a candidate, unpacked when they are first asked for."""
        packed = self.packed[candidate]
        if packed:
            self.postings[candidate] = marshal.loads(packed)  # noqa: S302  verified by its digest
            self.packed[candidate] = b""
        return self.postings[candidate]

    @classmethod
    def build(cls, wordings: Sequence[Sequence[Wording]]) -> Index:
        """Return the index of the wordings of each candidate: `wordings[candidate][n]`."""
        index = cls()
        counts = [_count(texts) for texts in wordings]
        frequency: dict[str, int] = defaultdict(int)
        for count in counts:
            for key in count:
                frequency[key] += 1
        index.idf = {key: math.log(1 + len(counts) / (0.5 + many)) for key, many in frequency.items()}
        index._add_logs(counts)
        for texts in wordings:
            index._add_postings(texts)
        return index

    def _add_logs(self, counts: Sequence[Mapping[str, float]]) -> None:
        grant = SMOOTHING * len(self.idf)
        for number, count in enumerate(counts):
            self.unseen.append(math.log(SMOOTHING / (sum(count.values()) + grant)))
            for key, many in count.items():
                self.logs.setdefault(key, {})[number] = math.log((many + SMOOTHING) / SMOOTHING)

    def _add_postings(self, texts: Sequence[Wording]) -> None:
        postings: dict[str, list[tuple[int, float, float]]] = {}
        norms: list[float] = []
        for number, text in enumerate(texts):
            weights = [self.weight(term) for term in text.heavy]
            norms.append(math.fsum(weights) or 1.0)
            for key, (strength, weight) in _surest(text.heavy, weights).items():
                postings.setdefault(key, []).append((number, strength, weight))
        self.postings.append(postings)
        self.norms.append(norms)
        self.packed.append(b"")

    @property
    def candidates(self) -> int:
        """How many candidates there are."""
        return len(self.unseen)

    def weight(self, term: Keys) -> float:
        """Return how much a term says: the inverse document frequency of its surest known meaning, in nats."""
        first = next(iter(term))
        if first.startswith("?"):
            return KIND_WEIGHT
        sure = [
            self.idf[key] for key, strength in term.items() if strength >= 1.0 and key in self.idf and key[0] != "="
        ]
        known = sure or [self.idf[key] for key in term if key in self.idf]
        return max(known) if known else math.log(1 + 2 * self.candidates)

    def knows(self, term: Keys) -> bool:
        """Return whether any candidate is spoken of with this term."""
        return any(key in self.idf for key in term)

    def speaks_of(self, candidate: int, term: Keys) -> bool:
        """Return whether a candidate is spoken of with this term."""
        postings = self._postings_of(candidate)
        return any(key in postings for key in term)

    def likelihood(self, question: Wording) -> list[float]:
        """Return, for each candidate, the log of its share in explaining the words, in [FARTHEST, 0]."""
        return [max(FARTHEST, share) for share in self._log_shares(question)]

    def _log_shares(self, question: Wording) -> list[float]:
        """Return, for each candidate, the log of its share in explaining the words; infinitely low for one not named.

        Light words tell apart only those that a word with a topic has named, where that is enough of them.

        Source: multinomial naive Bayes over the wordings, every candidate equally expected beforehand.
        """
        scores = [0.0] * self.candidates
        found = [(self.logs[key], key, strength) for key, strength in question.keys().items() if key in self.logs]
        seen = math.fsum(strength for _, _, strength in found)
        named: set[int] = set()
        for logs, key, strength in found:
            if key[0] != "~":
                named.update(logs)
                for number, log in logs.items():
                    scores[number] += strength * log
        active = sorted(named) if len(named) >= PROPOSED else range(self.candidates)
        for logs, key, _ in found:
            if key[0] == "~":
                for number in active:
                    scores[number] += logs.get(number, 0.0)
        for number in active:
            scores[number] += seen * self.unseen[number]
        top = max((scores[number] for number in active), default=0.0)
        total = top + math.log(math.fsum(math.exp(scores[number] - top) for number in active) or 1.0)
        shares = [-math.inf] * self.candidates
        for number in active:
            shares[number] = scores[number] - total
        return shares

    def proposed(self, question: Wording, facts: int = 0, also: Sequence[int] = ()) -> list[Likeness]:
        """Return the candidates worth hearing, the likeliest first, each compared with the question.

        The first `facts` candidates are facts: some of them are always heard, so that there is something to relate to.
        Those that others propose, `also`, come last.
        """
        likelihood = self._log_shares(question)
        ranked = sorted(range(self.candidates), key=lambda number: (-likelihood[number], number))
        least = [number for number in ranked if number < facts and likelihood[number] > -math.inf][:LEAST_FACTS]
        best = list(dict.fromkeys((*ranked[:PROPOSED], *least, *also)))
        terms = [(tuple(term.items()), self.weight(term)) for term in question.heavy]
        whole = math.fsum(weight for _, weight in terms) or 1.0
        return [self._compared(number, max(FARTHEST, likelihood[number]), terms, whole) for number in best]

    def _compared(
        self,
        candidate: int,
        likelihood: float,
        terms: Sequence[tuple[tuple[tuple[str, float], ...], float]],
        whole: float,
    ) -> Likeness:
        postings, norms = self._postings_of(candidate), self.norms[candidate]
        asked = [0.0] * len(norms)
        told = [0.0] * len(norms)
        explained = 0.0
        for keys, weight in terms:
            known = [(strength, found) for key, strength in keys if (found := postings.get(key)) is not None]
            if not known:
                continue
            explained += weight * max(strength for strength, _ in known)
            for number, value, entry_weight in _best_of(known):
                asked[number] += weight * value
                told[number] += entry_weight * value
        of_asked = OF_ASKED * whole
        scores = [
            1.0 / (of_asked / a + OF_TOLD / (t / norm if t < norm else 1.0))
            for a, t, norm in zip(asked, told, norms, strict=True)
            if a
        ]
        return Likeness(candidate, likelihood, sum(heapq.nlargest(3, scores)) / 3, explained / whole)


def _surest(terms: Sequence[Keys], weights: Sequence[float]) -> dict[str, tuple[float, float]]:
    """Return each key of a wording with its greatest strength and the weight of the term that means it so surely."""
    surest: dict[str, tuple[float, float]] = {}
    for term, weight in zip(terms, weights, strict=True):
        for key, strength in term.items():
            surest[key] = max(surest.get(key, (0.0, 0.0)), (strength, weight))
    return surest


def _best_of(
    known: Sequence[tuple[float, Sequence[tuple[int, float, float]]]],
) -> Iterable[tuple[int, float, float]]:
    """Yield each wording that some meanings of a term are in, with the best value and the weight of its own term."""
    if len(known) == 1:
        strength, found = known[0]
        return found if strength == 1.0 else [(number, strength * sure, weight) for number, sure, weight in found]
    best: dict[int, tuple[int, float, float]] = {}
    for strength, found in known:
        for number, sure, weight in found:
            value = strength * sure
            if number not in best or value > best[number][1]:
                best[number] = (number, value, weight)
    return best.values()


def _count(texts: Sequence[Wording]) -> dict[str, float]:
    count: dict[str, float] = defaultdict(float)
    for text in texts:
        for key, strength in text.keys().items():
            count[key] += strength
    return count
