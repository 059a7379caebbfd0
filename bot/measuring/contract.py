"""What a program can rely on: a measurement as the JSON object that `verbatim eval --json` prints."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contract import JsonObject
from bot.measuring.measured import Measured, at_shares
from knowledge.curation import Ablation, Change, Comparison, Figures, KeptRun, Verdict


def as_object(measured: Measured) -> JsonObject:
    """Return a measurement as a JSON object; shares are rounded to four places.

    `compare` and `ablation` are there when they were asked for.
    """
    figures, (low, high), (middle, slow) = measured.figures, measured.interval, measured.ms
    made: JsonObject = {
        "set": {"name": measured.questions.name, "sha256": measured.questions.sha256},
        **figures.as_json(),
        "score_interval": [round(low, 4), round(high, 4)],
        "questions": len(measured.asked),
        "verdicts": _verdicts(figures),
        "ms": {"median": round(middle, 2), "p99": round(slow, 2)},
        "kinds": {kind: _verdicts(row) for kind, row in measured.kinds.items()},
        "risk_coverage": [
            {"best_share": point.least, "coverage": round(point.coverage, 4), "risk": round(point.risk, 4)}
            for point in at_shares(measured.curve)
        ],
        "misses": [
            {"id": one.question.id, "kind": one.question.kind, "verdict": one.verdict.value, "why": one.why}
            for one in measured.misses
        ],
    }
    if measured.comparison is not None and measured.earlier is not None:
        made["compare"] = _comparison(measured.comparison, measured.earlier)
    if measured.ablations:
        made["ablation"] = [_ablation(one, measured) for one in measured.sorted_ablations]
    return made


def _verdicts(figures: Figures) -> dict[str, int]:
    return {verdict.value: figures.counts[verdict] for verdict in Verdict}


def _comparison(comparison: Comparison, earlier: KeptRun) -> JsonObject:
    return {
        "run": earlier.name,
        "compared": comparison.compared,
        "better": _changes(comparison.better),
        "worse": _changes(comparison.worse),
        "otherwise": _changes(comparison.otherwise),
    }


def _changes(changes: Sequence[Change]) -> list[JsonObject]:
    return [
        {"id": one.after.question.id, "before": one.before.verdict.value, "after": one.after.verdict.value}
        for one in changes
    ]


def _ablation(ablation: Ablation, measured: Measured) -> JsonObject:
    """Return what comes of switching a mechanism off; of an engine that failed, only why."""
    if ablation.failure:
        return {"without": ablation.mechanism, "failure": ablation.failure}
    return {
        "without": ablation.mechanism,
        **ablation.figures.as_json(),
        "change": round(measured.change(ablation), 4),
        "changed": len(ablation.comparison.changes),
        "better": len(ablation.comparison.better),
        "worse": len(ablation.comparison.worse),
    }
