"""The scales: every fact and gap of a base weighed for one question."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.court.evidence import Conflict, Frame, agreements, conflicts, foreign, frame_of
from knowledge.court.index import Index, Wording, wording
from knowledge.language.lexicon import Concept
from knowledge.language.text import words
from knowledge.message.reading import Question, Reader
from knowledge.models import NameRecord
from knowledge.outcomes import Fact, Outcome, Unsaid
from knowledge.proof.versions import UNREVISED, Versions
from knowledge.ranking.ngrams import NGrams
from knowledge.ranking.scoring import Weights, score, shares

COMMONEST_PIECE = 0.25
"""Share of the candidates beyond which a piece of a word is not looked up."""

PROPOSED_BY_PIECES = 8
"""Candidates that pieces of words propose, beside those that words do."""


@dataclass(frozen=True, slots=True)
class WeighedFact:
    """A fact with what speaks for and against it.

    Attributes:
        share: in [0, 1], beside all other facts and gaps.
        signals: what was measured, by name.
        conflicts: what no similarity outweighs.
    """

    fact: Fact
    share: float
    signals: Mapping[str, float]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class WeighedGap:
    """Something unsaid with its share, in [0, 1]."""

    gap: Unsaid
    share: float
    signals: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weighing:
    """What came of weighing one question.

    Attributes:
        facts, gaps: best first.
        answerable: share of all facts together, in [0, 1].
        uncovered: words that carry a topic and that nothing in the base is spoken of with.
    """

    facts: tuple[WeighedFact, ...]
    gaps: tuple[WeighedGap, ...]
    answerable: float
    uncovered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signals:
    """What was measured for one question.

    Attributes:
        facts: (number of the fact, its signals, its conflicts).
        gaps: (number of the gap, its signals).
        none: signals of "none of these".
    """

    facts: tuple[tuple[int, dict[str, float], tuple[Conflict, ...]], ...]
    gaps: tuple[tuple[int, dict[str, float]], ...]
    none: dict[str, float]


@dataclass(frozen=True)
class Scales:
    """What is held to weigh questions: the index over all wordings, and the frame of each fact.

    Attributes:
        pieces: of the words of all wordings; None where the weights do not weigh them.
        off: rules and vetoes of `deciding.SWITCHES` that are switched off, to measure what they are worth.
        versions: what the facts superseded, and which of them do not agree.
    """

    reader: Reader
    index: Index
    pieces: NGrams | None
    facts: tuple[Fact, ...]
    frames: tuple[Frame, ...]
    unsaid: tuple[Unsaid, ...]
    names: Mapping[str, NameRecord]
    concepts: Mapping[str, Concept]
    weights: Weights
    numbers: frozenset[str]
    off: frozenset[str] = frozenset()
    versions: Versions = UNREVISED

    def signals(self, question: Question) -> Signals:
        """Return the signals of the proposed candidates, and of "none of these"."""
        asked = wording(question.terms, question.wanted.kind if question.wanted else "")
        stranger = float(bool(question.strangers))
        alike = self._alike(question)
        nearest = sorted(alike, key=lambda number: (-alike[number], number))[:PROPOSED_BY_PIECES]
        grammar = self.reader.lexicon.grammar
        facts: list[tuple[int, dict[str, float], tuple[Conflict, ...]]] = []
        gaps: list[tuple[int, dict[str, float]]] = []
        for like in self.index.proposed(asked, len(self.facts), nearest):
            measured = {"likelihood": like.likelihood, "likeness": like.likeness, "explained": like.explained}
            if self.pieces is not None:
                measured["pieces"] = alike.get(like.candidate, 0.0)
            if like.candidate >= len(self.facts):
                gaps.append((like.candidate - len(self.facts), measured | {"bias": 1.0, "stranger": stranger}))
                continue
            fact, frame = self.facts[like.candidate], self.frames[like.candidate]
            against = conflicts(question, fact, frame, self.names, self.concepts, self.numbers, grammar)
            agreeing = agreements(question, fact, frame, self.names)
            signs = {conflict.kind.value: 1.0 for conflict in against} | {f"{kind}_agrees": 1.0 for kind in agreeing}
            signs["foreign"] = float(foreign(question, frame))
            facts.append((like.candidate, measured | signs, against))
        none = {"bias": 1.0, "uncovered": self._uncovered_share(asked), "stranger": stranger}
        return Signals(tuple(facts), tuple(gaps), none)

    def _alike(self, question: Question) -> Mapping[int, float]:
        """Return number of a candidate -> likeness of its pieces of words, where they are weighed."""
        if self.pieces is None:
            return {}
        return self.pieces.cosines(word for term in question.terms for word in term.text.split())

    def weigh(self, question: Question) -> Weighing:
        """Return the proposed facts and gaps, each with its share for a question, best first."""
        signals = self.signals(question)
        scores = [score(measured, self.weights.fact) for _, measured, _ in signals.facts]
        scores += [score(measured, self.weights.gap) for _, measured in signals.gaps]
        share = shares([*scores, score(signals.none, self.weights.none)])
        many = len(signals.facts)
        facts = [
            WeighedFact(self.facts[number], share[at], measured, against)
            for at, (number, measured, against) in enumerate(signals.facts)
        ]
        gaps = [
            WeighedGap(self.unsaid[number], share[many + at], measured)
            for at, (number, measured) in enumerate(signals.gaps)
        ]
        return Weighing(
            facts=tuple(sorted(facts, key=lambda weighed: -weighed.share)),
            gaps=tuple(sorted(gaps, key=lambda weighed: -weighed.share)),
            answerable=math.fsum(share[:many]),
            uncovered=tuple(
                term.text for term in question.terms if not term.light and not self.index.knows(dict(term.keys))
            ),
        )

    def against(self, question: Question, fact: Fact) -> tuple[Conflict, ...]:
        """Return the conflicts between a question and a fact that is answered with."""
        grammar = self.reader.lexicon.grammar
        frame = self.frames[fact.number]
        return conflicts(question, fact, frame, self.names, self.concepts, self.numbers, grammar)

    def rivals_of(self, fact: Fact) -> tuple[Fact, ...]:
        """Return the facts of other documents that contradict a fact."""
        return self.versions.rivals.get(fact.id, ())

    def decided(self, question: Question, decide: Callable[[Question, Scales], Outcome]) -> Outcome:
        """Return the outcome of a question that takes nothing from its conversation."""
        return decide(question, self)

    def unweighed(self, fact: Fact) -> WeighedFact:
        """Return a fact that no proposer named, for a list that its frame belongs to."""
        return WeighedFact(fact, 0.0, {}, ())

    def _uncovered_share(self, asked: Wording) -> float:
        """Return the share of the question's weight that lies on words nothing in the base is spoken of with."""
        weights = [(self.index.weight(term), self.index.knows(term)) for term in asked.heavy]
        total = math.fsum(weight for weight, _ in weights)
        return math.fsum(weight for weight, known in weights if not known) / total if total else 1.0


def scales(  # noqa: PLR0913, PLR0917  all that a base holds
    reader: Reader,
    facts: Sequence[Fact],
    unsaid: Sequence[Unsaid],
    concepts: Mapping[str, Concept],
    weights: Weights,
    versions: Versions = UNREVISED,
) -> Scales:
    """Return the scales for a base: of its facts, none of them superseded, and of its gaps."""
    told = [[reader.curated(text) for text in (fact.claim, fact.citation.quote)] for fact in facts]
    wordings = [[wording(terms) for terms, _ in texts] for texts in told]
    for number, fact in enumerate(facts):
        wordings[number] += [wording(*reader.curated(text)) for text in (*fact.phrasings, *_earlier(fact, versions))]
    wordings += [[wording(*reader.curated(text)) for text in gap.wordings] for gap in unsaid]
    frames = tuple(
        frame_of(fact, (*claim, *quote), reader.names, reader.lexicon.grammar, reader.deeds(fact.claim))
        for fact, ((claim, _), (quote, _)) in zip(facts, told, strict=True)
    )
    return Scales(
        reader=reader,
        index=Index.build(wordings),
        pieces=_pieces_of(facts, unsaid) if "pieces" in weights.fact else None,
        facts=tuple(facts),
        frames=frames,
        unsaid=tuple(unsaid),
        names=reader.names,
        concepts=concepts,
        weights=weights,
        numbers=frozenset(number for frame in frames for number in frame.numbers),
        versions=versions,
    )


def _earlier(fact: Fact, versions: Versions) -> Sequence[str]:
    """Return the texts by which what a fact superseded is asked for, and it is not: they lead to it."""
    own = {fact.claim, fact.citation.quote, *fact.phrasings}
    texts = (text for old in versions.every_earlier(fact) for text in (old.claim, old.citation.quote, *old.phrasings))
    return [text for text in dict.fromkeys(texts) if text not in own]


def _pieces_of(facts: Sequence[Fact], unsaid: Sequence[Unsaid]) -> NGrams:
    told = [(fact.claim, fact.citation.quote, *fact.phrasings) for fact in facts]
    told += [gap.wordings for gap in unsaid]
    return NGrams.build(
        [[word.text for text in texts for word in words(text)] for texts in told], commonest=COMMONEST_PIECE
    )
