"""Sentences of documents ranked for a question, where nobody has worded yet what they answer.

A curated fact is found by its phrasings. A draft has none: all there is to go by is its sentence, and what stands
around it. Some measures look at that; their weights are numbers in `passages.toml`, fitted by
`python -m tests.benchmarks.public`, with their provenance. Sentences compete by `scoring.shares`, as facts do.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from knowledge.language.terms import Term
from knowledge.language.text import stem
from knowledge.message.reading import Question, Reader
from knowledge.ranking.bm25 import Bm25
from knowledge.ranking.neighbours import Neighbours
from knowledge.ranking.ngrams import NGrams
from knowledge.ranking.rarity import rarity
from knowledge.ranking.scoring import score, shares
from knowledge.ranking.sentences import Asked, Sentence, asked_by, beginning_of, names_in, sentence_of

WEIGHTS = Path(__file__).resolve().parent / "passages.toml"

COMPARED = 50
"""Sentences that each of two proposers, words and pieces of words, may send to be compared closely."""

WHOLE_SCORE = 10.0
"""A BM25 score that is high for a sentence; it brings the signal near the others."""

SLIPPED = 0.7
"""Share of a foreign word's weight that goes to the word of the sentences it is one slip away from.

Source: on SQuAD 2.0 (8 articles, 1,299 questions) 0.3 points of hit@1, and 0.4 under typos, with a plainer spelling.
"""

MOST_PAIRS = 3
"""Shared neighbours beyond which one more says nothing."""


@dataclass(frozen=True, slots=True)
class PassageWeights:
    """What each signal of a sentence counts, and what "none of these" scores."""

    sentence: Mapping[str, float]
    none: float


@dataclass(frozen=True, slots=True)
class RankedPassages:
    """What came of ranking.

    Attributes:
        best: (number of a sentence, its share in [0, 1]), best first.
        answerable: share of all sentences together beside "none of these", in [0, 1].
    """

    best: tuple[tuple[int, float], ...]
    answerable: float


@lru_cache(maxsize=1)
def load_passage_weights(path: Path = WEIGHTS) -> PassageWeights:
    """Read the weights; they ship with the package."""
    tables = tomllib.loads(path.read_text("utf-8"))
    return PassageWeights(tables["sentence"], tables["none"]["bias"])


@dataclass(frozen=True)
class Passages:
    """Sentences, and what is needed to rank them. Build it with `build`.

    Attributes:
        sentences: in the order of the documents.
        words: over the stems that carry a topic, sentence by sentence.
        neighbours: over all words.
        pieces, paragraphs: over the pieces of all words, sentence by sentence and paragraph by paragraph.
        inside: by paragraph, the stems in it that carry a topic.
        names: stems of words that are written with a capital.
        meanings: key of a term -> inverse document frequency, in nats.
        function_words: those that carry no topic.
    """

    sentences: tuple[Sentence, ...]
    words: Bm25
    neighbours: Neighbours
    pieces: NGrams
    paragraphs: NGrams
    inside: tuple[frozenset[str], ...]
    names: frozenset[str]
    meanings: Mapping[str, float]
    function_words: frozenset[str]

    @classmethod
    def build(cls, paragraphs: Sequence[Sequence[str]], reader: Reader) -> Passages:
        """Return sentences ready to be ranked: `paragraphs[n]` are the sentences of a paragraph, in order."""
        sentences = [sentence_of(text, number, reader) for number, texts in enumerate(paragraphs) for text in texts]
        whole: list[list[str]] = [[] for _ in paragraphs]
        inside: list[set[str]] = [set() for _ in paragraphs]
        for sentence in sentences:
            whole[sentence.paragraph].extend(sentence.forms)
            inside[sentence.paragraph].update(sentence.stems)
        function_words = reader.vocabulary.function_words
        frequency = Counter(key for sentence in sentences for key in sentence.keys)
        return cls(
            sentences=tuple(sentences),
            words=Bm25.build([topical_stems(sentence.forms, function_words) for sentence in sentences]),
            neighbours=Neighbours.build(word for sentence in sentences for word in sentence.forms),
            pieces=NGrams.build([sentence.forms for sentence in sentences]),
            paragraphs=NGrams.build(whole),
            inside=tuple(map(frozenset, inside)),
            names=names_in(text for texts in paragraphs for text in texts),
            meanings={key: math.log(1 + len(sentences) / (0.5 + many)) for key, many in frequency.items()},
            function_words=function_words,
        )

    def rank(self, question: Question, weights: PassageWeights) -> RankedPassages:
        """Return the sentences that may answer a question, beside "none of these"."""
        signals = self.signals(question)
        scores = [score(measured, weights.sentence) for measured in signals.values()]
        *share, none = shares([*scores, weights.none])
        best = sorted(zip(signals, share, strict=True), key=lambda pair: (-pair[1], pair[0]))
        return RankedPassages(tuple(best), 1.0 - none)

    def signals(self, question: Question) -> dict[int, dict[str, float]]:
        """Return the signals of the sentences that words or pieces of words propose, by their number."""
        read = asked_by(question, self.function_words)
        slips = self._slips(read)
        asked = replace(read, topical={**read.topical, **dict(slips.values())})
        weighed = Weighed.of(asked, {slipped: meant for slipped, (meant, _) in slips.items()}, self)
        by_words, by_pieces = self.words.scores(asked.topical), self.pieces.cosines(asked.forms)
        by_paragraph = self.paragraphs.cosines(asked.forms)
        most_pieces = max(by_pieces.values(), default=1.0)
        signals: dict[int, dict[str, float]] = {}
        for number in dict.fromkeys((*_best(by_words), *_best(by_pieces))):
            words, pieces = by_words.get(number, 0.0), by_pieces.get(number, 0.0)
            signals[number] = {
                "words": words / WHOLE_SCORE,
                "pieces": pieces,
                "pieces_lead": pieces / most_pieces,
                "paragraph": by_paragraph.get(self.sentences[number].paragraph, 0.0),
                **self._compared(number, asked, weighed),
            }
        return signals

    def _slips(self, asked: Asked) -> dict[str, tuple[str, str]]:
        """Return stem of a word that no sentence holds -> stem and form of the word that it may be a slip of."""
        slips: dict[str, tuple[str, str]] = {}
        for stemmed, form in asked.topical.items():
            near = () if stemmed in self.words.idf else self.neighbours.of(form)
            if near:
                meant = min(near, key=lambda word: (word[0] != form[0], word[-1] != form[-1], word))
                if meant not in self.function_words and stem(meant) not in asked.topical:
                    slips[stemmed] = (stem(meant), meant)
        return slips

    def _compared(self, number: int, asked: Asked, weighed: Weighed) -> dict[str, float]:
        """Return what a close look at one sentence, and at those around it, measures."""
        sentence = self.sentences[number]
        before, earlier, after = (self._stems_at(number + step, sentence.paragraph) for step in (-1, -2, 1))
        lacking = [word for word in weighed.words if word not in sentence.stems]
        further = [word for word in lacking if word not in before and (word in earlier or word in after)]
        inside = [word for word in lacking if word in self.inside[sentence.paragraph]]
        told_before = weighed.share(word for word in lacking if word in before)
        forms = set(sentence.forms)
        named = self.names.intersection(asked.topical)
        kin = [word for word in lacking if beginning_of(word) in sentence.beginnings]
        return {
            "literally": weighed.share(word for word, form in asked.topical.items() if form in forms),
            "meaning": weighed.meant(sentence.keys),
            "kin": weighed.share(kin),
            "named": weighed.share(named & sentence.stems) / (weighed.share(named) or 1.0),
            "rare": weighed.rare_share(word for word in weighed.words if word in sentence.stems),
            "rare_inside": weighed.rare_share(inside),
            "names_inside": weighed.share(word for word in inside if word in self.names),
            "before": told_before,
            "points_back": told_before * sentence.points_back,
            "around": weighed.share(further),
            "pairs": min(MOST_PAIRS, len(asked.pairs & sentence.pairs)) / MOST_PAIRS,
            "opens": float(number == 0 or self.sentences[number - 1].paragraph != sentence.paragraph),
            "when": float(asked.asks_when and sentence.tells_when),
            "how_many": float(asked.asks_how_many and not sentence.numbers.issubset(asked.forms)),
            "nobody": float(asked.asks_who and self.names.isdisjoint(sentence.stems.difference(asked.topical))),
        }

    def _stems_at(self, number: int, paragraph: int) -> frozenset[str]:
        """Return the stems of a sentence, or none when it is not of the paragraph."""
        there = 0 <= number < len(self.sentences) and self.sentences[number].paragraph == paragraph
        return self.sentences[number].stems if there else frozenset()


@dataclass(frozen=True, slots=True)
class Weighed:
    """The words of a question with what each says.

    Attributes:
        words: stem -> inverse document frequency, in nats.
        rare: stem -> rarity in print.
        terms: (meanings with their strength, weight).
        whole, all_rare, all_meant: sums of the weights; 1 where there are none.
    """

    words: Mapping[str, float]
    rare: Mapping[str, float]
    terms: Sequence[tuple[Sequence[tuple[str, float]], float]]
    whole: float
    all_rare: float
    all_meant: float

    @classmethod
    def of(cls, asked: Asked, slips: Mapping[str, str], passages: Passages) -> Weighed:
        """Return the words of a question, weighed by the passages it is put to.

        A word that may be a slip shares its weight with the one that may be meant: `slips` are stem -> stem.
        """
        words = {stem: passages.words.weight(stem) for stem in asked.topical}
        rare = {stem: rarity(form) for stem, form in asked.topical.items()}
        for weights in (words, rare):
            for slipped, meant in slips.items():
                weights[meant] = SLIPPED * weights[slipped]
                weights[slipped] -= weights[meant]
        terms = [(term.keys, _weight(term, passages)) for term in asked.terms]
        sums = (math.fsum(words.values()), math.fsum(rare.values()), math.fsum(weight for _, weight in terms))
        whole, all_rare, all_meant = (each or 1.0 for each in sums)
        return cls(words, rare, terms, whole, all_rare, all_meant)

    def share(self, words: Iterable[str]) -> float:
        """Return the share of the question that lies on some of its words, in [0, 1]."""
        return sum(self.words[word] for word in words) / self.whole

    def rare_share(self, words: Iterable[str]) -> float:
        """Return the same by rarity in print."""
        return sum(self.rare[word] for word in words) / self.all_rare

    def meant(self, keys: Mapping[str, float]) -> float:
        """Return the share of the question that meanings account for, in [0, 1]."""
        found = (
            weight * max(strength * keys.get(key, 0.0) for key, strength in meanings) for meanings, weight in self.terms
        )
        return sum(found) / self.all_meant


def topical_stems(forms: Iterable[str], function_words: frozenset[str]) -> list[str]:
    """Return the stems of the words that carry a topic, in order and as often as they stand there."""
    return [stem(word) for word in forms if word not in function_words]


def _weight(term: Term, passages: Passages) -> float:
    """Return how much a term says: the inverse document frequency of its surest known meaning, in nats."""
    known = [passages.meanings[key] for key, strength in term.keys if strength >= 1.0 and key in passages.meanings]
    return max(known) if known else math.log(1 + 2 * len(passages.sentences))


def _best(scores: Mapping[int, float]) -> list[int]:
    return sorted(scores, key=lambda number: (-scores[number], number))[:COMPARED]
