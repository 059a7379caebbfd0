"""Ways of ranking the sentences of one article, all with one face."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from knowledge.language.text import words
from knowledge.message.reading import Question
from knowledge.ranking.bm25 import Bm25
from knowledge.ranking.passages import Passages, PassageWeights, topical_stems
from tests.benchmarks.public.drafts import DraftBase

DEPTH = 10
"""Numbers that a ranking tells."""

STOCK_SATURATION, STOCK_LENGTH = 1.2, 0.75
"""The usual k1 and b of BM25."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """What came of ranking.

    Attributes:
        best: numbers of texts, best first.
        here: a score for "the answer is here at all".
        sure: a score for "the best is right"; the same where a way of ranking has but one.
    """

    best: Sequence[int]
    here: float
    sure: float


Ranker = Callable[[str, Question], Ranked]
"""What ranks: given a message as typed, and as it was read."""


def rankers_of(base: DraftBase, weights: PassageWeights) -> dict[str, Ranker]:
    """Return the ways of ranking the sentences of an article, by name, the engine's first."""
    passages = Passages.build(base.paragraphs, base.reader)
    sentences = [sentence for paragraph in base.paragraphs for sentence in paragraph]

    def by_passages(_: str, question: Question) -> Ranked:
        ranked = passages.rank(question, weights)
        sure = ranked.best[0][1] if ranked.best else 0.0
        return Ranked([number for number, _ in ranked.best[:DEPTH]], ranked.answerable, sure)

    def by_weighing(_: str, question: Question) -> Ranked:
        weighing = base.scales.weigh(question)
        best = weighing.facts[:DEPTH]
        return Ranked([weighed.fact.number for weighed in best], weighing.answerable, best[0].share if best else 0.0)

    return {
        "passages": by_passages,
        "weighing": by_weighing,
        "BM25": by_bm25(sentences, base.reader.vocabulary.function_words),
        "token_set": by_token_set(sentences),
    }


def by_bm25(texts: Iterable[str], function_words: frozenset[str]) -> Ranker:
    """Return BM25 over stems, function words left out, as it is usually set; its score is a share of the ideal."""
    index = Bm25.build(
        [topical_stems((word.text for word in words(text)), function_words) for text in texts],
        saturation=STOCK_SATURATION,
        length=STOCK_LENGTH,
    )

    def rank(typed: str, _: Question) -> Ranked:
        asked = topical_stems((word.text for word in words(typed)), function_words)
        scores = index.scores(asked)
        best = best_of(scores)
        score = scores[best[0]] / index.ideal(asked) if best else 0.0
        return Ranked(best, score, score)

    return rank


def by_token_set(texts: Iterable[str]) -> Ranker:
    """Return rapidfuzz's `token_set_ratio` over the words of all texts."""
    choices = [_plain(text) for text in texts]

    def rank(typed: str, _: Question) -> Ranked:
        found = process.extract(_plain(typed), choices, scorer=fuzz.token_set_ratio, limit=DEPTH)
        score = found[0][1] / 100
        return Ranked([number for _, _, number in found], score, score)

    return rank


def best_of(scores: Mapping[int, float]) -> list[int]:
    """Return the numbers with the best scores, best first; of equals the first text."""
    return sorted(scores, key=lambda number: (-scores[number], number))[:DEPTH]


def _plain(text: str) -> str:
    return " ".join(word.text for word in words(text))
