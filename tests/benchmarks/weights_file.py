"""`knowledge/weights.toml`, as the fit leaves it: the weights, the thresholds, and where they come from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.scoring import Weights
from tests.benchmarks.judging import Figures
from tests.benchmarks.question_sets import QuestionSet


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where weights come from.

    Attributes:
        commands: what was run, files without their folders.
        sets: the sets of questions, each with how many of them were fitted on.
        figures: cross-validated, at the threshold that was chosen.
    """

    commands: Sequence[str]
    sets: Sequence[tuple[QuestionSet, int]]
    folds: int
    l2: float
    figures: Figures


def weights_toml(weights: Weights, provenance: Provenance) -> str:
    """Return the text of the file."""
    return "\n".join(_lines(weights, provenance)) + "\n"


def _lines(weights: Weights, provenance: Provenance) -> Iterator[str]:
    yield "# Written by tests/benchmarks/calibrate.py: fit again instead of changing a number.\n"
    yield "[provenance]"
    yield f"commands = {_listed([_text(command) for command in provenance.commands])}"
    yield f"sets = {_listed([_set(known, used) for known, used in provenance.sets])}"
    yield f"folds = {provenance.folds}"
    yield f"l2 = {provenance.l2}"
    yield from _table("provenance.cross_validated", provenance.figures.as_json())
    yield from _table("fact", weights.fact)
    yield from _table("gap", weights.gap)
    yield from _table("none", weights.none)
    yield from _table("thresholds", {"answer_at": weights.answer_at, "beside": weights.beside})


def _table(name: str, numbers: Mapping[str, float]) -> Iterator[str]:
    yield f"\n[{name}]"
    yield from (f"{key} = {number}" for key, number in numbers.items())


def _set(known: QuestionSet, used: int) -> str:
    name, digest = _text(known.name), _text(known.sha256)
    return f"{{ name = {name}, sha256 = {digest}, questions = {len(known.questions)}, fitted_on = {used} }}"


def _listed(rows: Sequence[str]) -> str:
    return "[\n" + "".join(f"    {row},\n" for row in rows) + "]"


def _text(value: str) -> str:
    """Return a basic string of TOML, whose escapes are those of JSON."""
    return json.dumps(value).replace("\x7f", "\\u007f")
