"""A report on a base in SARIF 2.1.0, which code hosts and editors read and show at the line that is meant.

Source: OASIS Standard "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", 27 March 2020.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from knowledge import RULES, Places, Problem, Report, Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
"""What names the format to editors; nothing is fetched from there."""

FINGERPRINT = "verbatimProblem/v1"
"""The name of the fingerprint by which a problem is known again after lines have moved."""

SarifObject = dict[str, Any]


def as_sarif(report: Report, root: Path) -> SarifObject:
    """Return a report as a SARIF log of one run.

    Args:
        report: on a base.
        root: a folder; files below it are named by their path from there, others by their whole address.
    """
    places = Places()
    rules = list(RULES.values())
    found = (*report.problems, *report.warnings)
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "verbatim", **_version(), "rules": [_rule(rule) for rule in rules]}},
                "columnKind": "unicodeCodePoints",
                "invocations": [{"executionSuccessful": True}],
                "results": [_result(problem, rules, places, root) for problem in found],
            }
        ],
    }


def _version() -> SarifObject:
    """Return the version of the program, where it is installed."""
    try:
        return {"semanticVersion": version("verbatim-bot")}
    except PackageNotFoundError:
        return {}


def _rule(rule: Rule) -> SarifObject:
    return {
        "id": str(rule.id),
        "name": "".join(word.capitalize() for word in rule.id.split("-")),
        "shortDescription": {"text": f"{rule.title}."},
        "fullDescription": {"text": f"{rule.title}. {rule.why}"},
        "help": {"text": rule.why},
        "defaultConfiguration": {"level": str(rule.severity)},
    }


def _result(problem: Problem, rules: list[Rule], places: Places, root: Path) -> SarifObject:
    place = places.of(problem)
    others = [
        {"id": number, **_location(file, record, places.at(file, record).line, 1, root), "message": {"text": record}}
        for number, (file, record) in enumerate(problem.others, start=1)
    ]
    return {
        "ruleId": str(problem.rule),
        "ruleIndex": next(at for at, rule in enumerate(rules) if rule.id == problem.rule),
        "level": str(problem.severity),
        "message": {"text": _sentence(problem)},
        "locations": [_location(problem.file, problem.record, place.line, place.column, root)],
        **({"relatedLocations": others} if others else {}),
        "partialFingerprints": {FINGERPRINT: _fingerprint(problem)},
    }


def _sentence(problem: Problem) -> str:
    """Return what is wrong and what to do, which is all that most viewers show."""
    where = f"{problem.record}: " if problem.record else ""
    return f"{where}{problem.message}; {problem.mend}"


def _location(file: str, record: str, line: int, column: int, root: Path) -> SarifObject:
    path = Path(file)
    physical: SarifObject = {"artifactLocation": _artifact(path, root)}
    if not path.is_dir():
        physical["region"] = {"startLine": line, "startColumn": column}
    logical = {"logicalLocations": [{"name": record, "kind": "element"}]} if record else {}
    return {"physicalLocation": physical, **logical}


def _artifact(path: Path, root: Path) -> SarifObject:
    """Return the address of a file: from the root where it lies below it, which is what code hosts understand."""
    whole = path.absolute()
    if whole.is_relative_to(root.absolute()):
        return {"uri": _encoded(whole.relative_to(root.absolute()).as_posix()), "uriBaseId": "%SRCROOT%"}
    return {"uri": whole.as_uri()}


def _encoded(path: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415  only for this

    return quote(path)


def _fingerprint(problem: Problem) -> str:
    """Return what stays the same as long as the problem does, wherever its record stands in the file."""
    others = (f"{Path(file).name} {record}" for file, record in problem.others)
    parts = (str(problem.rule), Path(problem.file).name, problem.record, problem.message, *others)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
