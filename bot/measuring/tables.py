"""How a terminal shows what was measured: tables whose cells are broken where it is narrow, and nowhere in a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from bot.measuring.measured import Measured, at_shares
from bot.screens import LOUD, QUIET, QUOTED, WRONG, drawn, plain
from knowledge.curation import INTERVAL, KINDS, Calibration, Change, Comparison, Figures, Verdict

LONGEST_TURN = 80
"""Characters of a question beside its verdicts."""


def measured_tables(measured: Measured) -> Iterator[RenderableType]:
    """Yield all that was measured, in the order in which it is read."""
    kinds = (*measured.kinds.items(), ("all together", measured.figures))
    yield _table(
        ("kind", "n", *Verdict, "right"),
        ([kind, str(figures.counts.total()), *_counts(figures), f"{figures.right:.1%}"] for kind, figures in kinds),
    )
    low, high = measured.interval
    middle, slow = measured.ms
    interval = f"{INTERVAL:.0%} interval of the score {low:.1%} to {high:.1%}"
    yield plain("")
    yield plain(_line(measured.figures), LOUD)
    yield plain(f"{interval}; ms per question: median {middle:.1f}, p99 {slow:.1f}", QUIET)
    yield plain("")
    yield _table(
        ("best share", "coverage", "risk"),
        ([f"{at.least:.1f}", f"{at.coverage:.1%}", f"{at.risk:.1%}"] for at in at_shares(measured.curve)),
    )
    if measured.comparison is not None and measured.earlier is not None:
        yield plain("")
        yield from _comparison(measured.comparison, measured.earlier.name)
    if measured.ablations:
        yield plain("")
        yield _ablations(measured)


def calibration_tables(calibration: Calibration) -> Iterator[RenderableType]:
    """Yield the cross-validated figures at each threshold, and the weights."""
    chosen = calibration.weights.answer_at
    yield plain(f"{calibration.folds} folds, L2 {calibration.l2}", QUIET)
    yield _table(
        ("answer_at", "answered", "held", "precision", "score", ""),
        (
            [f"{at:.2f}", *_shares(figures), "chosen" if at == chosen else ""]
            for at, figures in calibration.curve.items()
        ),
    )
    yield plain("")
    tables = (calibration.weights.fact, calibration.weights.gap, calibration.weights.none)
    names = dict.fromkeys(name for table in tables for name in table)
    yield _table(
        ("signal", *KINDS),
        ([name, *(f"{table[name]:.3f}" if name in table else "" for table in tables)] for name in names),
    )


def _comparison(comparison: Comparison, run: str) -> Iterator[RenderableType]:
    better, worse, otherwise = comparison.better, comparison.worse, comparison.otherwise
    told = f"{len(better)} better, {len(worse)} worse, {len(otherwise)} otherwise; {comparison.compared} compared"
    yield plain(f"beside {run}: {told}", LOUD)
    table = _table(("", "id", "kind", "before", "after", "question"), ())
    for word, style, changes in (("better", QUOTED, better), ("worse", WRONG, worse), ("otherwise", QUIET, otherwise)):
        for change in changes:
            table.add_row(drawn(word, style), *map(drawn, _change(change)))
    if comparison.changes:
        yield table


def _change(change: Change) -> tuple[str, ...]:
    question = change.after.question
    turn = " ".join(question.turns[-1].split())
    told = turn if len(turn) <= LONGEST_TURN else f"{turn[:LONGEST_TURN]}…"
    return question.id, question.kind, change.before.verdict, change.after.verdict, told


def _ablations(measured: Measured) -> Table:
    names = ("answered", "held", "precision", "score", "change", "changed", "better", "worse")
    table = _table(("without", *names), [["nothing", *_shares(measured.figures)]])
    for ablation in measured.sorted_ablations:
        if ablation.failure:
            table.add_row(drawn(ablation.mechanism, WRONG), drawn("FAILED", WRONG))
            continue
        found = ablation.comparison
        counts = (str(len(found.changes)), str(len(found.better)), str(len(found.worse)))
        row = (*_shares(ablation.figures), f"{measured.change(ablation):+.1%}", *counts)
        table.add_row(drawn(ablation.mechanism), *map(drawn, row))
    return table


def _table(columns: Iterable[str], rows: Iterable[Sequence[str]]) -> Table:
    """Return a table whose first column is of words and whose others are of figures."""
    table = Table(box=None, pad_edge=False, header_style=QUIET)
    for number, name in enumerate(columns):
        words = not number or name in {"id", "kind", "before", "after", "question"}
        table.add_column(Text(name), justify="left" if words else "right", overflow="fold")
    for row in rows:
        table.add_row(*map(drawn, row))
    return table


def _counts(figures: Figures) -> list[str]:
    return [str(figures.counts[verdict]) for verdict in Verdict]


def _shares(figures: Figures) -> list[str]:
    return [f"{value:.1%}" for value in figures.by_name().values()]


def _line(figures: Figures) -> str:
    return "  ".join(f"{name} {value:.1%}" for name, value in figures.by_name().items())
