"""`knowledge/ranking/weights.toml`, as a calibration leaves it: weights, thresholds, and where they come from."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from knowledge.curation.fitting.calibrating import Calibration
from knowledge.curation.measuring.question_sets import QuestionSet
from knowledge.ranking.scoring import Weights


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where weights come from.

    Attributes:
        command: what was run, files without their folders.
        versions: of the program and of what it was fitted with, by name.
        base: how much of what the base held: "facts", "unsaid" ...
        sets: the sets of questions, each with how many of them were fitted on.
    """

    command: str
    versions: Mapping[str, str]
    base: Mapping[str, int]
    sets: Sequence[tuple[QuestionSet, int]]


def weights_toml(calibration: Calibration, provenance: Provenance) -> str:
    """Return the text of the file."""
    return "\n".join(_lines(calibration, provenance)) + "\n"


def _lines(calibration: Calibration, provenance: Provenance) -> Iterator[str]:
    weights = calibration.weights
    yield "# Written by verbatim calibrate: fit again instead of changing a number.\n"
    yield "[provenance]"
    yield f"command = {_text(provenance.command)}"
    yield f"versions = {_inline({name: _text(version) for name, version in provenance.versions.items()})}"
    yield f"base = {_inline({name: str(many) for name, many in provenance.base.items()})}"
    yield f"sets = {_listed([_set(known, used) for known, used in provenance.sets])}"
    yield f"folds = {calibration.folds}"
    yield f"l2 = {calibration.l2}"
    yield from _table("provenance.cross_validated", calibration.figures.as_json())
    yield from _table("fact", weights.fact)
    yield from _table("gap", weights.gap)
    yield from _table("none", weights.none)
    yield from _table("thresholds", thresholds_of(weights))


def thresholds_of(weights: Weights) -> dict[str, float]:
    """Return what weights hold beside those of the signals, by name."""
    values = {field.name: getattr(weights, field.name) for field in fields(weights)}
    return {name: value for name, value in values.items() if isinstance(value, float) and math.isfinite(value)}


def _table(name: str, numbers: Mapping[str, float]) -> Iterator[str]:
    yield f"\n[{name}]"
    yield from (f"{_key(key)} = {number}" for key, number in numbers.items())


def _set(known: QuestionSet, used: int) -> str:
    return _inline(
        {
            "name": _text(known.name),
            "sha256": _text(known.sha256),
            "questions": str(len(known.questions)),
            "fitted_on": str(used),
        }
    )


def _inline(pairs: Mapping[str, str]) -> str:
    return f"{{ {', '.join(f'{_key(name)} = {value}' for name, value in pairs.items())} }}"


def _listed(rows: Sequence[str]) -> str:
    return "[\n" + "".join(f"    {row},\n" for row in rows) + "]"


def _key(name: str) -> str:
    return name if name.replace("_", "").replace("-", "").isalnum() and name.isascii() else _text(name)


def _text(value: str) -> str:
    """Return a basic string of TOML, whose escapes are those of JSON."""
    return json.dumps(value).replace("\x7f", "\\u007f")
