"""Every rule says how grave it is, what is wrong when it is broken, and what for."""

from pathlib import Path

import pytest

from knowledge.rules import RULES, Rule, RuleId, Severity


def test_every_id_has_its_rule() -> None:
    assert set(RULES) == set(RuleId)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_rule_is_told_in_sentences(rule: Rule) -> None:
    assert rule.title[0].isupper()
    assert not rule.title.endswith(".")
    assert rule.why.endswith(".")


def test_errors_are_graver_than_warnings_and_those_than_notes() -> None:
    grave = [[one.is_as_grave_as(other) for other in Severity] for one in Severity]

    assert grave == [[True, True, True], [False, True, True], [False, False, True]]


def test_guide_explains_every_rule_for_warnings_and_notes() -> None:
    guide = (Path(__file__).resolve().parents[2] / "knowledge" / "README.md").read_text("utf-8")

    assert [rule.id for rule in RULES.values() if rule.severity != Severity.ERROR and f"`{rule.id}`" not in guide] == []
