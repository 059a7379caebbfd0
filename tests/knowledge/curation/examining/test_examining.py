"""What a curator should look at is found, named and mended; bases that are right are left in peace.

Each folder of `tests/cases/warned` is a small base that loads and has one thing amiss, with what must be told in its
`expected.txt`: severity, rule, and the problem. A new case is a new folder.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.base import SHIPPED_DOCUMENTS, SHIPPED_FACTS
from knowledge.curation.examining.examining import examine
from knowledge.language.lexicon import load_lexicon
from knowledge.rules import RULES, Severity

TESTS = Path(__file__).resolve().parents[3]
WARNED = sorted((TESTS / "cases" / "warned").iterdir())
SOUND = {
    "shipped": (SHIPPED_DOCUMENTS, SHIPPED_FACTS),
    **{
        folder.name: (folder / "documents", folder / "facts")
        for folder in (TESTS / "facts" / "tramway", TESTS / "bot" / "harbour", *(TESTS / "cases" / "valid").iterdir())
    },
}


def test_there_are_cases() -> None:
    assert len(WARNED) >= 12
    assert len(SOUND) >= 7


@pytest.mark.parametrize("case", WARNED, ids=lambda case: case.name)
def test_base_with_something_amiss_loads_and_is_told_just_that(case: Path) -> None:
    report = examine(case / "documents", case / "facts", load_lexicon())

    told = [f"{found.severity} {found.rule}: {found}".replace(f"{case}/", "") for found in report.warnings]
    assert report.problems == ()
    assert told == (case / "expected.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("base", SOUND)
def test_base_that_is_right_has_no_warnings(base: str) -> None:
    assert examine(*SOUND[base], load_lexicon()).warnings == ()


def test_every_rule_for_warnings_that_needs_no_asking_has_a_case() -> None:
    told = {line.split(":")[0] for case in WARNED for line in (case / "expected.txt").read_text("utf-8").splitlines()}

    assert told == {
        f"{rule.severity} {rule.id}" for rule in RULES.values() if rule.severity != Severity.ERROR and not rule.is_deep
    }
