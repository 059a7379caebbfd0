"""SQuAD 2.0 put to articles that nobody has curated: found, found under typos, and told from what is not there."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.ranking.passages import PassageWeights
from tests.benchmarks.public.drafts import DraftBase, draft_base, question_of
from tests.benchmarks.public.files import SquadFile
from tests.benchmarks.public.halves import weights_of
from tests.benchmarks.public.measures import Guess, Hits, auroc, false_alarms, recall_at
from tests.benchmarks.public.rankers import Ranked, Ranker, rankers_of
from tests.benchmarks.public.slips import mistyped
from tests.benchmarks.public.tables import Row, Table

SEED = 20
"""Of the sample, the typos and the choice of another article."""

ROUNDS = 3
"""Times that typos are made anew, for a loss that chance moves less."""


@dataclass(frozen=True, slots=True)
class Put:
    """A question put to an article: what sort of question it was, the rankings by name, and what would be right."""

    sort: str
    rankings: Mapping[str, Ranked]
    gold: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Desk:
    """Articles to which questions are put, each with its ways of ranking."""

    bases: Sequence[DraftBase]
    rankers: Sequence[Mapping[str, Ranker]]

    @classmethod
    def of(cls, squad: SquadFile) -> Desk:
        """Return the articles of a file; where it was fitted on, each is ranked with weights fitted without it."""
        bases = [draft_base(article, number) for number, article in enumerate(squad.articles)]
        weights: list[PassageWeights] = [weights_of(squad.sha256, number) for number in range(len(bases))]
        return cls(bases, [rankers_of(base, each) for base, each in zip(bases, weights, strict=True)])

    def put(self, sort: str, text: str, article: int, gold: frozenset[int] = frozenset()) -> Put:
        """Return what comes of putting a question to an article."""
        question = question_of(text, self.bases[article].reader)
        return Put(sort, {name: rank(text, question) for name, rank in self.rankers[article].items()}, gold)


def measured(squad: SquadFile, sample: int | None) -> Table:
    """Return the figures of a file, of all its questions or of a sample."""
    desk = Desk.of(squad)
    every = [
        (article, text, gold)
        for article, base in enumerate(desk.bases)
        for text, gold in (*base.answerable, *((text, None) for text in base.unanswerable))
    ]
    chosen = every if sample is None or sample >= len(every) else random.Random(SEED).sample(every, sample)  # noqa: S311
    if not any(gold for _, _, gold in chosen):
        raise SystemExit("no question with an answer is in the sample; take a greater one")
    put = [one for article, text, gold in chosen for one in _asked(desk, article, text, gold)]
    answerable = sum(one.sort == "own" for one in put)
    title = f"{squad.name}: {len(desk.bases)} articles, {answerable} questions, {len(chosen) - answerable} unanswerable"
    return Table(title, tuple(_rows(put)))


def _asked(desk: Desk, article: int, text: str, gold: frozenset[int] | None) -> list[Put]:
    if gold is None:
        return [desk.put("unanswerable", text, article)]
    chance = random.Random(f"{SEED} {article} {text}")  # noqa: S311  a fixed seed for each question, whatever the sample
    light = desk.bases[article].reader.lexicon.function_words
    put = [desk.put("own", text, article, gold)]
    for many in (1, 2):
        put += [desk.put(f"{many} typos", mistyped(text, many, light, chance), article, gold) for _ in range(ROUNDS)]
    others = [number for number in range(len(desk.bases)) if number != article]
    return [*put, desk.put("foreign", text, chance.choice(others))] if others else put


def _rows(put: Sequence[Put]) -> list[Row]:
    ways = list(put[0].rankings)
    sorts = {sort: [one for one in put if one.sort == sort] for sort in dict.fromkeys(one.sort for one in put)}
    hits = {
        sort: {way: Hits.of((one.rankings[way].best, one.gold) for one in sorts[sort]) for way in ways}
        for sort in ("own", "1 typos", "2 typos")
    }
    scores = {sort: {way: [one.rankings[way].here for one in some] for way in ways} for sort, some in sorts.items()}
    own, once, twice = hits.values()
    rows = [
        Row("hit@1 in the article", {way: own[way].at_1 for way in ways}, 0.775),
        Row("hit@5 in the article", {way: own[way].at_5 for way in ways}, 0.925),
        Row("mean reciprocal rank (10)", {way: own[way].mrr for way in ways}, share=False),
        Row("hit@1 lost by one typo", {way: own[way].at_1 - once[way].at_1 for way in ways}, 0.010),
        Row("hit@1 lost by two typos", {way: own[way].at_1 - twice[way].at_1 for way in ways}, 0.020),
    ]
    if "foreign" in sorts:
        told = {way: auroc(scores["own"][way], scores["foreign"][way]) for way in ways}
        alarms = {way: false_alarms(scores["own"][way], scores["foreign"][way]) for way in ways}
        recall = {way: _recall(way, sorts) for way in ways}
        rows += [
            Row("AUROC, another article", told, 0.990, share=False),
            Row("answered there, at 95 % kept", alarms, 0.040),
            Row("recall at precision 95 %", recall, 0.480),
        ]
    if "unanswerable" in sorts:
        told = {way: auroc(scores["own"][way], scores["unanswerable"][way]) for way in ways}
        rows.append(Row("AUROC, unanswerable", told, 0.590, share=False))
    return rows


def _recall(way: str, sorts: Mapping[str, Sequence[Put]]) -> float:
    guesses = []
    for one in (*sorts["own"], *sorts["foreign"]):
        ranked = one.rankings[way]
        guesses.append(Guess(ranked.sure, not one.gold.isdisjoint(ranked.best[:1]), foreign=one.sort == "foreign"))
    return recall_at(0.95, guesses)
