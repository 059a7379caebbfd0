"""CLINC150 put to facts that are nothing but phrasings: the right one found, and what is out of scope told apart."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from knowledge.court.weighing import Scales
from knowledge.message.reading import Question
from tests.benchmarks.public.drafts import phrased_base, question_of
from tests.benchmarks.public.files import Clinc
from tests.benchmarks.public.measures import Guess, auroc, recall_at, refused_at
from tests.benchmarks.public.rankers import Ranker, by_bm25, by_token_set
from tests.benchmarks.public.tables import Row, Table

SEED = 20
"""Of the phrasings that are taken, and of the sample."""

FOREIGN_FOR_EACH = 1000 / 4500
"""Questions out of scope for each one in scope, in the test that the goals were measured on. Ours count accordingly."""

GOALS = {5: (0.69, 0.30, None), 20: (0.82, 0.58, 0.91)}
"""Number of phrasings -> accuracy, recall at a precision of 95 %, out of scope refused at an accuracy of 65 %."""

Choose = Callable[[str, Question], tuple[int, float]]
"""What chooses an intent: given a message as typed, and as it was read; with a score."""


def measured(clinc: Clinc, phrasings: Sequence[int], sample: int | None) -> list[Table]:
    """Return the figures for each number of phrasings."""
    chance = random.Random(SEED)  # noqa: S311  a fixed seed
    val = list(clinc.val) if sample is None or sample >= len(clinc.val) else chance.sample(clinc.val, sample)
    return [_measured(clinc, val, many) for many in phrasings]


def _measured(clinc: Clinc, val: Sequence[tuple[str, str]], many: int) -> Table:
    intents = sorted({intent for _, intent in clinc.train})
    chosen = _phrasings(clinc, intents, many)
    scales = phrased_base(chosen)
    ways = _ways(scales, chosen)
    foreign = [text for text, _ in (*clinc.oos_train, *clinc.oos_val)]
    weight = len(val) * FOREIGN_FOR_EACH / len(foreign)
    guesses: dict[str, list[Guess]] = {way: [] for way in ways}
    for text, intent in (*val, *((text, None) for text in foreign)):
        question = question_of(text, scales.reader)
        for way, choose in ways.items():
            best, score = choose(text, question)
            right = best >= 0 and intents[best] == intent
            guesses[way].append(Guess(score, right, foreign=intent is None, weight=weight if intent is None else 1.0))
    title = f"CLINC150, {many} phrasings of {len(intents)} intents: {len(val)} questions, {len(foreign)} out of scope"
    return Table(title, _rows(guesses, GOALS.get(many, (None, None, None))))


def _phrasings(clinc: Clinc, intents: Sequence[str], many: int) -> list[list[str]]:
    known: dict[str, list[str]] = {intent: [] for intent in intents}
    for text, intent in clinc.train:
        known[intent].append(text)
    chance = random.Random(SEED)  # noqa: S311  a fixed seed
    return [chance.sample(texts, min(many, len(texts))) for texts in known.values()]


def _ways(scales: Scales, phrasings: Sequence[Sequence[str]]) -> dict[str, Choose]:
    texts = [text for some in phrasings for text in some]
    owners = [number for number, some in enumerate(phrasings) for _ in some]

    def by_weighing(_: str, question: Question) -> tuple[int, float]:
        best = scales.weigh(question).facts[0]
        return best.fact.number, best.share

    def nearest(rank: Ranker) -> Choose:
        def choose(typed: str, question: Question) -> tuple[int, float]:
            ranked = rank(typed, question)
            return (owners[ranked.best[0]], ranked.sure) if ranked.best else (-1, 0.0)

        return choose

    function_words: frozenset[str] = frozenset()  # short questions are told apart by them
    return {
        "weighing": by_weighing,
        "BM25": nearest(by_bm25(texts, function_words)),
        "token_set": nearest(by_token_set(texts)),
    }


def _rows(guesses: dict[str, list[Guess]], goals: tuple[float | None, float | None, float | None]) -> tuple[Row, ...]:
    own = {way: [guess for guess in some if not guess.foreign] for way, some in guesses.items()}
    told = {
        way: auroc([each.score for each in own[way]], [each.score for each in some if each.foreign])
        for way, some in guesses.items()
    }
    return (
        Row("accuracy", {way: sum(guess.right for guess in some) / len(some) for way, some in own.items()}, goals[0]),
        Row("recall at precision 95 %", {way: recall_at(0.95, some) for way, some in guesses.items()}, goals[1]),
        Row("AUROC, out of scope", told, share=False),
        Row("refused at accuracy 65 %", {way: refused_at(0.65, some) for way, some in guesses.items()}, goals[2]),
    )
