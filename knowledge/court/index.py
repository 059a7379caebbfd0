"""What the words of a question find among the wordings of every fact and gap.

A *candidate* is a fact or a gap (something unsaid). Its *wordings* are the texts that speak of it: a fact's claim,
quote and phrasings, a gap's wordings. The likelihood of the words proposes candidates; the proposed ones are then
compared with the question wording by wording. Wordings are made of few different terms: how well a term of the question
fits each of these is found once for all candidates.
"""

from __future__ import annotations

import marshal
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
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

Fit = tuple[float, int, float, float, int]
"""How a term of a wording fits a term of a question; of two that stand in one wording the greater counts.

The value of the surest meaning that both have, in (0, 1]; how far behind that meaning stands among those of the
question's term, from 0 down; the term's own weight; how surely the question's term means anything of it; its number.
"""

MOST_FITS = 1024
"""Terms of questions whose fits are remembered, in about 10 MB; then they are forgotten, and found again."""


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
        meanings: key -> number of a term of any wording -> how surely that means it.
        weights: by number of a term, its weight.
        postings: by candidate, number of a term -> the wordings that it stands in.
        norms: by candidate and wording, weight of its terms.
        packed: by candidate, postings not yet unpacked; empty when they are.
        fits: keys of a term of a question -> number of a term -> how it fits, for the last terms that were asked for.
    """

    idf: dict[str, float] = field(default_factory=dict)
    logs: dict[str, dict[int, float]] = field(default_factory=dict)
    unseen: list[float] = field(default_factory=list)
    meanings: dict[str, dict[int, float]] = field(default_factory=dict)
    weights: list[float] = field(default_factory=list)
    postings: list[dict[int, list[int]]] = field(default_factory=list)
    norms: list[list[float]] = field(default_factory=list)
    packed: list[bytes] = field(default_factory=list)
    fits: dict[tuple[tuple[str, float], ...], dict[int, Fit]] = field(default_factory=dict)

    def __getstate__(self) -> tuple[bytes, list[bytes]]:
        """Return the index as bytes: restoring it so takes a tenth of the time."""
        plain = (self.idf, self.logs, self.unseen, self.meanings, self.weights, self.norms)
        return marshal.dumps(plain), [
            packed or marshal.dumps(postings) for packed, postings in zip(self.packed, self.postings, strict=True)
        ]

    def __setstate__(self, state: tuple[bytes, list[bytes]]) -> None:
        plain, self.packed = state
        held = marshal.loads(plain)  # noqa: S302  verified by its digest
        self.idf, self.logs, self.unseen, self.meanings, self.weights, self.norms = held
        self.postings = [{} for _ in self.packed]
        self.fits = {}

    def unpack(self) -> None:
        """Unpack the postings of every candidate now, so that no question has to wait for it."""
        for candidate in range(len(self.packed)):
            self._postings_of(candidate)

    def _postings_of(self, candidate: int) -> dict[int, list[int]]:
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
        terms: dict[tuple[tuple[str, float], ...], int] = {}
        for texts in wordings:
            index._add_postings(texts, terms)
        return index

    def _add_logs(self, counts: Sequence[Mapping[str, float]]) -> None:
        grant = SMOOTHING * len(self.idf)
        for number, count in enumerate(counts):
            self.unseen.append(math.log(SMOOTHING / (sum(count.values()) + grant)))
            for key, many in count.items():
                self.logs.setdefault(key, {})[number] = math.log((many + SMOOTHING) / SMOOTHING)

    def _add_postings(self, texts: Sequence[Wording], terms: dict[tuple[tuple[str, float], ...], int]) -> None:
        """Add the wordings of the next candidate; `terms` are those of the wordings before, and get theirs."""
        postings: dict[int, list[int]] = {}
        norms: list[float] = []
        for wording_number, text in enumerate(texts):
            numbers = [self._number_of(term, terms) for term in text.heavy]
            norms.append(math.fsum(self.weights[number] for number in numbers) or 1.0)
            for number in dict.fromkeys(numbers):
                postings.setdefault(number, []).append(wording_number)
        self.postings.append(postings)
        self.norms.append(norms)
        self.packed.append(b"")

    def _number_of(self, term: Keys, terms: dict[tuple[tuple[str, float], ...], int]) -> int:
        """Return the number of a term; one that is new gets the next one."""
        keys = tuple(term.items())
        if keys not in terms:
            terms[keys] = len(terms)
            self.weights.append(self.weight(term))
            for key, strength in keys:
                self.meanings.setdefault(key, {})[terms[keys]] = strength
        return terms[keys]

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
        return any(candidate in self.logs.get(key, ()) for key in term)

    def likelihood(self, question: Wording) -> list[float]:
        """Return, for each candidate, the log of its share in explaining the words, in [FARTHEST, 0]."""
        shares = self._log_shares(question)
        return [max(FARTHEST, shares.get(number, FARTHEST)) for number in range(self.candidates)]

    def _log_shares(self, question: Wording) -> dict[int, float]:
        """Return number of a candidate -> log of its share in explaining the words, in order; only those named.

        Light words tell apart only those that a word with a topic has named, where that is enough of them.

        Source: multinomial naive Bayes over the wordings, every candidate equally expected beforehand.
        """
        scores = [0.0] * self.candidates
        found = [(key, self.logs[key], strength) for key, strength in question.keys().items() if key in self.logs]
        for key, logs, strength in found:
            if key[0] != "~":
                for number, log in logs.items():
                    scores[number] += strength * log
        named = [number for number, score in enumerate(scores) if score]
        active = named if len(named) >= PROPOSED else range(self.candidates)
        for key, logs, _ in found:
            if key[0] == "~":
                for number, log in logs.items():
                    scores[number] += log
        seen = math.fsum([strength for _, _, strength in found])
        told = [scores[number] + seen * self.unseen[number] for number in active]
        top = max(told, default=0.0)
        total = top + math.log(math.fsum([math.exp(score - top) for score in told]) or 1.0)
        return {number: score - total for number, score in zip(active, told, strict=True)}

    def proposed(self, question: Wording, facts: int = 0, also: Sequence[int] = ()) -> list[Likeness]:
        """Return the candidates worth hearing, the likeliest first, each compared with the question.

        The first `facts` candidates are facts: some of them are always heard, so that there is something to relate to.
        Those that others propose, `also`, come last.
        """
        shares = self._log_shares(question)
        ranked = sorted(shares, key=shares.__getitem__, reverse=True)  # stable: of two alike the first stays first
        least = [number for number in ranked if number < facts][:LEAST_FACTS]
        best = dict.fromkeys((*ranked[:PROPOSED], *least, *also))
        terms = [(self._fits_of(term), self.weight(term)) for term in question.heavy]
        whole = math.fsum(weight for _, weight in terms) or 1.0
        return [self._compared(number, max(FARTHEST, shares.get(number, FARTHEST)), terms, whole) for number in best]

    def _fits_of(self, term: Keys) -> dict[int, Fit]:
        """Return number of a term of the wordings -> how it fits a term of a question; those that do."""
        keys = tuple(term.items())
        known = self.fits.get(keys)
        if known is None:
            if len(self.fits) >= MOST_FITS:
                self.fits.clear()
            known = self.fits[keys] = self._found_fits(keys)
        return known

    def _found_fits(self, keys: Sequence[tuple[str, float]]) -> dict[int, Fit]:
        fits: dict[int, Fit] = {}
        for at, (key, strength) in enumerate(keys):
            for number, sure in self.meanings.get(key, {}).items():
                value = strength * sure
                known = fits.get(number)
                if known is None:
                    fits[number] = (value, -at, self.weights[number], strength, number)
                elif value > known[0]:
                    fits[number] = (value, -at, known[2], max(strength, known[3]), number)
                elif strength > known[3]:
                    fits[number] = (*known[:3], strength, number)
        return fits

    def _compared(
        self, candidate: int, likelihood: float, terms: Sequence[tuple[dict[int, Fit], float]], whole: float
    ) -> Likeness:
        """Return how a question fits a candidate; `terms` are what fits those of the question, each with its weight."""
        postings, norms = self._postings_of(candidate), self.norms[candidate]
        asked = [0.0] * len(norms)
        told = [0.0] * len(norms)
        explained = 0.0
        for fits, weight in terms:
            found = [fits[number] for number in postings.keys() & fits.keys()]
            if not found:
                continue
            several = len(found) > 1
            if several:
                found.sort(reverse=True)
            explained += weight * max([surest for _, _, _, surest, _ in found])
            seen: set[int] = set()
            for value, _, own, _, number in found:
                of_asked, of_told = weight * value, own * value
                wordings = postings[number]
                for at in wordings:
                    if at not in seen:
                        asked[at] += of_asked
                        told[at] += of_told
                if several:
                    seen.update(wordings)
        of_asked = OF_ASKED * whole
        scores = [
            1.0 / (of_asked / a + OF_TOLD / (t / norm if t < norm else 1.0))
            for a, t, norm in zip(asked, told, norms, strict=True)
            if a
        ]
        scores.sort(reverse=True)
        return Likeness(candidate, likelihood, sum(scores[:3]) / 3, explained / whole)


def _count(texts: Sequence[Wording]) -> dict[str, float]:
    count: dict[str, float] = defaultdict(float)
    for text in texts:
        for key, strength in text.keys().items():
            count[key] += strength
    return count
