"""`verbatim calibrate`: the few numbers of the engine are fitted on labelled questions, and written."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot.measuring.progress import progress, stepping
from bot.measuring.reading import read_or_stop
from bot.measuring.saving import proven, save
from bot.measuring.tables import calibration_tables
from bot.output import DONE, PROBLEMS, WRONG_USE, stop
from bot.screens import Screen, plain, screen
from knowledge import KnowledgeBase
from knowledge.curation import (
    Calibration,
    Judge,
    MissingExtra,
    NotSettled,
    Provenance,
    QuestionSet,
    Ranking,
    calibrated,
    ranked,
    read_set,
    texts_of,
    thinned,
    weights_file,
    weights_toml,
)

FITTED_WITH = ("verbatim-bot", "numpy", "scipy")
"""Distributions whose versions decide what comes of a fit."""


def calibrate(
    paths: Sequence[Path], base: KnowledgeBase, out: Path | None, *, write: bool = False, phrasings: int | None = None
) -> int:
    """Fit on sets, show what came of it, and write it; return the exit code.

    Args:
        paths: the files of the sets.
        base: what is asked.
        out: the file to write to; None writes to none.
        write: write to the file of the program from which a base such as this one takes its weights.
        phrasings: fit on the base as if each of its facts had so many phrasings at the most.
    """
    if phrasings is not None:
        base = thinned(base, phrasings)
    if write:
        out = weights_file([len(fact.phrasings) for fact in base.facts])
    if out is not None:
        proven(out)
    documents = texts_of(base)
    sets = [read_or_stop(path, "labelled questions", lambda file: read_set(file, documents)) for path in paths]
    by_set = _rankings(sets, base, Judge(documents))
    calibration = _fitted([ranking for taken in by_set for ranking in taken], base)
    output = screen()
    for known, taken in zip(sets, by_set, strict=True):
        output.print(plain(f"{known.name}: {len(taken)} of {len(known.questions)} questions taken"))
    for shown in calibration_tables(calibration):
        output.print(shown)
    if out is not None:
        used = [(known, len(taken)) for known, taken in zip(sets, by_set, strict=True)]
        _write(
            out, calibration, Provenance(_command(sets, out, write, phrasings), _versions(), _held(base), used), output
        )
    return DONE


def _rankings(sets: Sequence[QuestionSet], base: KnowledgeBase, judge: Judge) -> list[list[Ranking]]:
    """Return the rankings of the questions of each set that can be taken."""
    with progress(sum(len(known.questions) for known in sets)) as step:
        return [
            [ranking for ranking in stepping(every, f"reading {known.name}", step) if ranking is not None]
            for known in sets
            for every in [(ranked(base, question, judge) for question in known.questions)]
        ]


def _fitted(rankings: Sequence[Ranking], base: KnowledgeBase) -> Calibration:
    try:
        return calibrated(rankings, base.scales.weights)
    except MissingExtra as missing:
        stop(str(missing), WRONG_USE)
    except NotSettled as failed:
        stop(f"{failed}; use more or other questions", PROBLEMS)


def _write(out: Path, calibration: Calibration, provenance: Provenance, output: Screen) -> None:
    save(out, weights_toml(calibration, provenance))
    output.print(plain(""))
    output.print(plain(f"written: {out}"))


def _command(sets: Sequence[QuestionSet], out: Path, write: bool, phrasings: int | None) -> str:
    """Return what was run, files without their folders."""
    thinner = "" if phrasings is None else f" --phrasings {phrasings}"
    written = "--write" if write else f"--out {out.name}"
    return f"verbatim calibrate {' '.join(known.name for known in sets)}{thinner} {written}"


def _versions() -> dict[str, str]:
    """Return the versions of what decides, by name; what is not installed, but run from its folder, has none."""
    found = {"python": platform.python_version()}
    for name in FITTED_WITH:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found


def _held(base: KnowledgeBase) -> dict[str, int]:
    """Return how much a base held, by name."""
    phrasings = sum(len(fact.phrasings) for fact in base.facts)
    return {
        "documents": len(base.documents),
        "facts": len(base.facts),
        "phrasings": phrasings,
        "unsaid": len(base.unsaid),
    }
