"""Fit the weights of the engine on labelled questions, and choose from which share on a question is answered.

    python -m tests.benchmarks.calibrate SET.jsonl [SET2.jsonl ...] [--document FILE] [--write]

Prints the cross-validated figures at each threshold and the weights; --write puts them into knowledge/weights.toml.
What the figures tell, and leave out, is said in `crossing`; which questions are taken, in `ranking`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from knowledge import KnowledgeBase
from knowledge.scoring import WEIGHTS, Weights
from tests.benchmarks.crossing import FOLDS, Point, best_of, cross_validated, curve
from tests.benchmarks.fitting import L2, fit, rows_of
from tests.benchmarks.judging import Judge
from tests.benchmarks.question_sets import document_text, read_set
from tests.benchmarks.ranking import KINDS, columns_of, rankings
from tests.benchmarks.weights_file import Provenance, weights_toml


def main() -> None:
    """Fit, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+", metavar="SET.jsonl")
    parser.add_argument("--document", type=Path, metavar="FILE", help="of the sets; default: the only one of the base")
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS.name}")
    given = parser.parse_args()

    sets = [read_set(path) for path in given.sets]
    base = KnowledgeBase.load()
    judge = Judge(document_text(base, given.document))
    by_set = [list(rankings(base, known.questions, judge)) for known in sets]
    ranked = [ranking for some in by_set for ranking in some]
    for known, taken in zip(sets, by_set, strict=True):
        print(f"{known.name}: {len(taken)} of {len(known.questions)} questions taken")

    columns = columns_of(ranked)
    rows = rows_of(ranked, columns)
    points = curve(list(cross_validated(ranked, rows)))
    best = best_of(points)
    fitted = dict(zip(columns, (round(float(weight), 3) for weight in fit(rows)), strict=True))
    fact, gap, none = ({name: fitted[kind, name] for of, name in columns if of == kind} for kind in KINDS)
    weights = Weights(fact, gap, none, answer_at=best.threshold, beside=base.scales.weights.beside)
    print("\n".join((*_curve_lines(points, best), "", *_weight_lines(weights))))

    if given.write:
        names = " ".join(known.name for known in sets)
        command = f"python -m tests.benchmarks.calibrate {names} --write"
        used = [(known, len(taken)) for known, taken in zip(sets, by_set, strict=True)]
        provenance = Provenance([command], used, FOLDS, L2, best.figures)
        WEIGHTS.write_text(weights_toml(weights, provenance), "utf-8")
        print(f"\nwritten: {WEIGHTS}")


def _curve_lines(points: Sequence[Point], best: Point) -> Iterator[str]:
    yield f"\n{FOLDS} folds, L2 {L2}\n\n{'answer_at':>9}{'answered':>10}{'held':>8}{'precision':>11}{'score':>8}"
    for point in points:
        figures = point.figures
        row = f"{point.threshold:9.2f}{figures.answered:10.1%}{figures.held:8.1%}{figures.precision:11.1%}"
        yield f"{row}{figures.score:8.1%}{'  chosen' if point is best else ''}"


def _weight_lines(weights: Weights) -> Iterator[str]:
    tables = (weights.fact, weights.gap, weights.none)
    names = list(dict.fromkeys(name for table in tables for name in table))
    width = max(map(len, names))
    yield f"{'signal':{width}}" + "".join(f"{kind:>9}" for kind in KINDS)
    for name in names:
        yield f"{name:{width}}" + "".join(f"{table[name]:9.3f}" if name in table else f"{'':9}" for table in tables)


if __name__ == "__main__":
    main()
