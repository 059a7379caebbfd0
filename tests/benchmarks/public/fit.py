"""Fits the weights of passages on a file of SQuAD 2.0: by halves, to be measured with, and on all, to be shipped.

Every answerable question is put to its own article, where the sentences with an answer are right to choose, and to
another one, where "none of these" is. The unanswerable ones are left out: nothing here tells them apart.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from knowledge.curation.fitting.fitting import L2, fit, rows_of
from knowledge.curation.fitting.ranking import Candidate, Ranking, columns_of
from knowledge.curation.measuring.question_sets import Labelled
from knowledge.ranking.passages import WEIGHTS, Passages
from tests.benchmarks.public.drafts import DraftBase, draft_base, question_of
from tests.benchmarks.public.files import SquadFile
from tests.benchmarks.public.halves import HALVES
from tests.benchmarks.public.squad import SEED

BY_HAND = "# Written by python -m tests.benchmarks.public squad FILE --fit: fit again instead of changing a number.\n"

Fitted = Mapping[tuple[str, str], float]


def fit_and_write(squad: SquadFile) -> list[str]:
    """Fit the weights, write both files, and return the lines that tell of it."""
    bases = [draft_base(article, number) for number, article in enumerate(squad.articles)]
    passages = [Passages.build(base.paragraphs, base.reader) for base in bases]
    ranked = [_rankings(bases, passages, number) for number in range(len(bases))]
    halves = {name: _fitted(ranked[seen::2]) for name, seen in (("without_even", 1), ("without_odd", 0))}
    everything = _fitted(ranked)
    HALVES.write_text(_halves_toml(squad, halves), "utf-8")
    WEIGHTS.write_text(_shipped_toml(squad, everything, sum(map(len, ranked))), "utf-8")
    width = max(len(name) for _, name in everything)
    rows = [
        f"{name:{width}}" + "".join(f"{each[of, name]:9.3f}" for each in (*halves.values(), everything))
        for of, name in everything
    ]
    return [f"{'':{width}}{'odd':>9}{'even':>9}{'all':>9}", *rows, "", f"written: {WEIGHTS.name}, {HALVES.name}"]


def _rankings(bases: Sequence[DraftBase], passages: Sequence[Passages], article: int) -> list[Ranking]:
    chance = random.Random(SEED + article)  # noqa: S311  a fixed seed
    others = [number for number in range(len(bases)) if number != article]
    ranked: list[Ranking] = []
    for number, (text, gold) in enumerate(bases[article].answerable):
        for asked, right in ((article, gold), (chance.choice(others), frozenset[int]())):
            signals = passages[asked].signals(question_of(text, bases[asked].reader))
            sentences = [Candidate("fact", measured, at in right) for at, measured in signals.items()]
            none = Candidate("none", {"bias": 1.0}, asked != article)
            known = Labelled(id=f"{article}-{number}-{asked}", kind="squad", turns=(text,), answerable=asked == article)
            ranked.append(Ranking(known, (*sentences, none)))
    return ranked


def _fitted(articles: Sequence[Sequence[Ranking]]) -> Fitted:
    ranked = [ranking for article in articles for ranking in article]
    columns = columns_of(ranked)
    return dict(zip(columns, (round(float(weight), 3) for weight in fit(rows_of(ranked, columns))), strict=True))


def _tables(weights: Fitted, prefix: str = "") -> str:
    parts = []
    for kind, table in (("fact", "sentence"), ("none", "none")):
        numbers = "".join(f"{name} = {weight}\n" for (of, name), weight in weights.items() if of == kind)
        parts.append(f"\n[{prefix}{table}]\n{numbers}")
    return "".join(parts)


def _halves_toml(squad: SquadFile, halves: Mapping[str, Fitted]) -> str:
    return f'{BY_HAND}\nsha256 = "{squad.sha256}"\n' + "".join(
        _tables(each, f"{name}.") for name, each in halves.items()
    )


def _shipped_toml(squad: SquadFile, weights: Fitted, many: int) -> str:
    provenance = f"""
[provenance]
command = "python -m tests.benchmarks.public squad {squad.name} --fit"
set = {{ name = "{squad.name}", sha256 = "{squad.sha256}", articles = {len(squad.articles)}, rankings = {many} }}
licence = "weights are ours; the set is CC BY-SA 4.0 (Rajpurkar, Jia, Liang 2018) and is not part of this repository"
l2 = {L2}
"""
    return BY_HAND + provenance + _tables(weights)
