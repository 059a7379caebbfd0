"""How good the answers are: the whole program on a set of labelled questions.

    python -m tests.benchmarks.evaluate SET.jsonl [--document FILE] [--json] [--without SIGNAL ...]

Prints the verdicts by kind of question, the figures, the time per question, and what the figures would be if only
answers with a higher best share were given (risk and coverage). With --without, signals are silenced, the other weights
staying as they are, and what that changes is told.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bot.replies import cited_in
from knowledge import KnowledgeBase
from tests.benchmarks.asking import Asked, ask_all, without
from tests.benchmarks.durations import median_and_p99
from tests.benchmarks.judging import Figures, Judge, Verdict
from tests.benchmarks.question_sets import document_text, read_set

SHARES = tuple(step / 10 for step in range(10))
"""Best shares at which risk and coverage are told."""

ANSWERED = (Verdict.CORRECT, Verdict.WRONG, Verdict.FALSE)


def main() -> None:
    """Ask a set and print how it went."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", type=Path, metavar="SET.jsonl")
    parser.add_argument("--document", type=Path, metavar="FILE", help="of the set; default: the only one of the base")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--without", action="append", default=[], metavar="SIGNAL", help="silence a signal")
    given = parser.parse_args()

    base = KnowledgeBase.load()
    reduced = without(base, given.without)
    questions = read_set(given.set).questions
    judge = Judge(document_text(base, given.document))
    asked = ask_all(base, questions, judge)
    again = ask_all(reduced, questions, judge) if given.without else None
    if given.json:
        print(json.dumps(_as_json(asked) | (_change_as_json(given.without, asked, again) if again else {})))
        return
    print("\n".join(_lines(asked)))
    if again:
        print("\n".join(_change_lines(given.without, asked, again)))


def by_kind(asked: Sequence[Asked]) -> dict[str, Counter[Verdict]]:
    """Return the verdicts of each kind of question, kinds in alphabetical order."""
    kinds: dict[str, Counter[Verdict]] = {}
    for one in sorted(asked, key=lambda one: one.question.kind):
        kinds.setdefault(one.question.kind, Counter())[one.verdict] += 1
    return kinds


def risk_and_coverage(asked: Sequence[Asked]) -> Iterator[tuple[float, float, float]]:
    """Yield a best share, the share of all questions answered with at least that, and the precision of these."""
    for least in SHARES:
        above = [one.verdict for one in asked if one.verdict in ANSWERED and one.share >= least]
        yield least, len(above) / len(asked), Figures.of(above).precision


def changed(asked: Sequence[Asked], again: Sequence[Asked]) -> int:
    """Return how many outcomes are of another kind or cite something else."""
    pairs = zip(asked, again, strict=True)
    return sum(_shown(before) != _shown(after) for before, after in pairs)


def moves(asked: Sequence[Asked], again: Sequence[Asked]) -> list[tuple[str, int]]:
    """Return how many verdicts became another one ("correct -> missed"), the most frequent first."""
    pairs = ((before.verdict, after.verdict) for before, after in zip(asked, again, strict=True))
    return Counter(f"{before} -> {after}" for before, after in pairs if before is not after).most_common()


def _shown(asked: Asked) -> tuple[object, ...]:
    return (type(asked.outcome), *cited_in(asked.outcome))


def _figures(asked: Sequence[Asked]) -> Figures:
    return Figures.of(one.verdict for one in asked)


def _as_json(asked: Sequence[Asked]) -> dict[str, Any]:
    middle, slow = median_and_p99([one.ms for one in asked])
    figures = _figures(asked)
    return {
        **figures.as_json(),
        "questions": len(asked),
        "verdicts": _row(figures.counts),
        "ms": {"median": round(middle, 2), "p99": round(slow, 2)},
        "kinds": {kind: _row(verdicts) for kind, verdicts in by_kind(asked).items()},
        "risk_coverage": [
            {"best_share": least, "answered": round(covered, 4), "precision": round(precision, 4)}
            for least, covered, precision in risk_and_coverage(asked)
        ],
    }


def _row(verdicts: Counter[Verdict]) -> dict[str, int]:
    return {verdict.value: verdicts[verdict] for verdict in Verdict}


def _change_as_json(signals: Sequence[str], asked: Sequence[Asked], again: Sequence[Asked]) -> dict[str, Any]:
    told = {"signals": signals, "changed": changed(asked, again), "moves": dict(moves(asked, again))}
    return {"without": told | _figures(again).as_json()}


def _lines(asked: Sequence[Asked]) -> Iterator[str]:
    kinds = by_kind(asked)
    figures = _figures(asked)
    width = max(len("all together"), *map(len, kinds))
    yield f"{'kind':{width}}{'n':>6}" + "".join(f"{verdict:>9}" for verdict in Verdict)
    for kind, row in (*kinds.items(), ("all together", figures.counts)):
        yield f"{kind:{width}}{row.total():6}" + "".join(f"{row[verdict]:9}" for verdict in Verdict)
    middle, slow = median_and_p99([one.ms for one in asked])
    yield f"\n{figures_line(figures)}\nms per question: median {middle:.1f}, p99 {slow:.1f}\n"
    yield f"{'best share':>10}{'answered':>10}{'precision':>11}"
    for least, covered, precision in risk_and_coverage(asked):
        yield f"{least:10.1f}{covered:10.1%}{precision:11.1%}"


def _change_lines(signals: Sequence[str], asked: Sequence[Asked], again: Sequence[Asked]) -> Iterator[str]:
    yield f"\nwithout {', '.join(signals)}: {changed(asked, again)} of {len(asked)} outcomes changed"
    yield figures_line(_figures(again))
    yield from (f"{many:5} {move}" for move, many in moves(asked, again))


def figures_line(figures: Figures) -> str:
    """Return the figures as a line of text."""
    return "  ".join(f"{name} {value:.1%}" for name, value in figures.as_json().items())


if __name__ == "__main__":
    main()
