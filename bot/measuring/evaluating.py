"""`verbatim eval`: a set of labelled questions is asked, judged, and shown beside what it is to be compared with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.contract import as_line
from bot.contract import as_object as outcome_object
from bot.measuring.contract import as_object
from bot.measuring.measured import Measured
from bot.measuring.progress import progress, stepping
from bot.measuring.reading import read_or_stop
from bot.measuring.saving import proven, save
from bot.measuring.tables import measured_tables
from bot.output import DONE, PROBLEMS, WRONG_USE, print_json, stop
from bot.screens import screen
from knowledge import KnowledgeBase
from knowledge.curation import Judge, KeptRun, Mechanism, ablated, ask_all, compared, mechanisms, read_set, texts_of
from knowledge.curation import read_run as read_kept_run

ALL = "all"
"""The name that stands for every mechanism."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is wanted beside the figures.

    Attributes:
        as_json: one JSON object is printed instead of tables.
        page: file for the report; None for none.
        kept: file for the run; None for none.
        earlier: file of a run to compare with; None for none.
        without: name of the mechanism to switch off, or `ALL`; None for none.
        bar: the lowest score that will do, in [0, 1]; None when any will.
    """

    as_json: bool
    page: Path | None
    kept: Path | None
    earlier: Path | None
    without: str | None
    bar: float | None


def evaluate(path: Path, base: KnowledgeBase, wishes: Wishes) -> int:
    """Ask a set and show how it went; return the exit code."""
    for file in filter(None, (wishes.page, wishes.kept)):
        proven(file)
        if file.exists() and path.exists() and file.samefile(path):
            stop(f"{file}: is the set itself; name another file", WRONG_USE)
    documents = texts_of(base)
    questions = read_or_stop(path, "labelled questions", lambda file: read_set(file, documents))
    earlier = read_or_stop(wishes.earlier, "a run", read_kept_run) if wishes.earlier else None
    chosen = _chosen(wishes.without, base) if wishes.without else ()
    with progress(len(questions.questions) * (1 + len(chosen))) as step:
        judge = Judge(documents)
        asked = tuple(stepping(ask_all(base.ask, questions.questions, judge), "asking", step))
        measured = Measured(questions, asked)
        if earlier is not None:
            measured = _beside(measured, earlier, judge)
        for mechanism in chosen:
            step(f"without {mechanism.name}", 0)
            measured = replace(measured, ablations=(*measured.ablations, ablated(mechanism, base, asked, judge)))
            step(f"without {mechanism.name}", len(asked))
    _save(measured, base, wishes)
    _show(measured, as_json=wishes.as_json)
    return _code(measured, wishes.bar)


def _chosen(name: str, base: KnowledgeBase) -> tuple[Mechanism, ...]:
    """Return the mechanisms with a name."""
    known = mechanisms(base)
    chosen = tuple(mechanism for mechanism in known if name in {mechanism.name, ALL})
    if not chosen:
        names = ", ".join(mechanism.name for mechanism in known)
        stop(f"no mechanism {name!r}; there are {names}", WRONG_USE)
    return chosen


def _beside(measured: Measured, earlier: KeptRun, judge: Judge) -> Measured:
    """Return a measurement with how it differs from an earlier run."""
    comparison = compared(earlier.results, measured.asked, judge)
    if not comparison.compared:
        stop(f"{earlier.name}: has no question of {measured.questions.name}; name a run of the same set", PROBLEMS)
    return replace(measured, earlier=earlier, comparison=comparison)


def _save(measured: Measured, base: KnowledgeBase, wishes: Wishes) -> None:
    """Write the files that are wanted."""
    if wishes.kept is not None:
        save(wishes.kept, "".join(f"{line}\n" for line in _run_lines(measured, base)))
    if wishes.page is not None:
        from bot.measuring.page import page  # noqa: PLC0415  jinja2, which is needed for pages only

        save(wishes.page, page(measured, base))


def _run_lines(measured: Measured, base: KnowledgeBase) -> Iterator[str]:
    """Yield the lines of a run, as `verbatim ask --batch --explain` prints them."""
    for one in measured.asked:
        yield as_line({"id": one.question.id, **outcome_object(one.outcome, base, one.ms, explain=True)})


def _show(measured: Measured, *, as_json: bool) -> None:
    if as_json:
        print_json(as_object(measured))
        return
    output = screen()
    for shown in measured_tables(measured):
        output.print(shown)


def _code(measured: Measured, bar: float | None) -> int:
    """Return the exit code, and tell why it is not 0."""
    failed = [f"without {one.mechanism} the engine fails: {one.failure}" for one in measured.ablations if one.failure]
    low = [f"the score {measured.figures.score:.4f} is below the bar {bar}"] if _below(measured, bar) else []
    if failed or low:
        stop("\nverbatim: ".join((*failed, *low)), PROBLEMS)
    return DONE


def _below(measured: Measured, bar: float | None) -> bool:
    return bar is not None and measured.figures.score < bar
