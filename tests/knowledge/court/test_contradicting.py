"""Facts that cannot both be true are found; facts that are rightly different are left alone.

The pairs stand in `tests/cases/contradicting`: in `contradictory.toml` with the rule that each breaks, and in
`different.toml`. A new case is a new pair.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.court.contradicting import contradictions
from knowledge.court.statements import Amount, statements_of
from knowledge.language.lexicon import load_lexicon
from knowledge.proof.loading import Loaded, read_base

Pair = dict[str, Any]

CASES = Path(__file__).resolve().parents[2] / "cases" / "contradicting"
SAID_BY = "Mayor Brandt of the dock union said"


def pairs(file: str) -> list[Pair]:
    return list(tomllib.loads((CASES / file).read_text("utf-8"))["pair"])


def in_toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {in_toml(inner)}" for key, inner in value.items()) + " }"
    return json.dumps(value)


def base_of(folder: Path, *facts: dict[str, Any]) -> Loaded:
    """Return a base with a document for each fact, whose quote is its claim."""
    documents, records = folder / "documents", folder / "facts"
    documents.mkdir()
    records.mkdir()
    (records / "names.toml").write_bytes((CASES / "names.toml").read_bytes())
    for number, fact in enumerate(facts, start=1):
        record = {"id": f"fact-{number}", "quote": fact["claim"], **fact}
        text = f"{fact['claim']} {SAID_BY}."
        if "speakers" in fact:
            record["attribution"] = SAID_BY
        document = {"id": f"d{number}", "title": "A report", "published": record.pop("published", "")}
        document["sha256"] = hashlib.sha256(text.encode()).hexdigest()
        lines = (f"{key} = {in_toml(value)}" for key, value in record.items())
        head = (f"{key} = {in_toml(value)}" for key, value in document.items())
        (documents / f"d{number}.txt").write_text(text, "utf-8")
        (records / f"d{number}.toml").write_text("\n".join(("[document]", *head, "[[fact]]", *lines)), "utf-8")
    loaded = read_base(documents, records, acts=load_lexicon().acts())
    assert loaded.problems == ()
    return loaded


def found(loaded: Loaded) -> list[str]:
    return [str(problem.rule) for problem in contradictions(loaded, load_lexicon())]


def test_there_are_pairs() -> None:
    assert len(pairs("contradictory.toml")) >= 20
    assert len(pairs("different.toml")) >= 30


@pytest.mark.parametrize("pair", pairs("contradictory.toml"), ids=lambda pair: str(pair["name"]))
def test_contradiction_is_found_by_its_rule(pair: Pair, tmp_path: Path) -> None:
    assert found(base_of(tmp_path, pair["one"], pair["other"])) == [pair["rule"]]


@pytest.mark.parametrize("pair", pairs("contradictory.toml"), ids=lambda pair: str(pair["name"]))
def test_contradiction_is_found_whichever_fact_comes_first(pair: Pair, tmp_path: Path) -> None:
    assert found(base_of(tmp_path, pair["other"], pair["one"])) == [pair["rule"]]


@pytest.mark.parametrize("pair", pairs("different.toml"), ids=lambda pair: str(pair["name"]))
def test_facts_that_are_rightly_different_are_left_alone(pair: Pair, tmp_path: Path) -> None:
    assert found(base_of(tmp_path, pair["one"], pair["other"])) == []


@pytest.mark.parametrize("pair", pairs("contradictory.toml"), ids=lambda pair: str(pair["name"]))
def test_fact_does_not_contradict_itself_in_another_document(pair: Pair, tmp_path: Path) -> None:
    assert found(base_of(tmp_path, {"id": "a", **pair["one"]}, {"id": "b", **pair["one"]})) == []


@pytest.mark.parametrize("pair", pairs("contradictory.toml"), ids=lambda pair: str(pair["name"]))
def test_dimension_that_tells_two_facts_apart_mends_their_contradiction(pair: Pair, tmp_path: Path) -> None:
    one, other = (
        {**pair[key], "dimensions": {"plan": value}} for key, value in (("one", "first"), ("other", "second"))
    )

    assert found(base_of(tmp_path, one, other)) == []


def test_contradiction_tells_both_quotes_the_other_record_and_the_mend(tmp_path: Path) -> None:
    pair = pairs("contradictory.toml")[0]
    (problem,) = contradictions(base_of(tmp_path, pair["one"], pair["other"]), load_lexicon())

    assert str(problem).replace(f"{tmp_path}/", "") == (
        'facts/d2.toml: fact "fact-2": contradicts fact "fact-1" (1,000 here, 950 there): '
        '"The dock union demanded the release of 1,000 workers." against '
        '"The dock union demanded the release of 950 workers."; write a dimension that tells them apart, '
        "superseded_by where one has replaced the other, or, to keep both, published for each document"
    )
    assert problem.others == ((str(tmp_path / "facts" / "d1.toml"), 'fact "fact-1"'),)


@settings(deadline=None, max_examples=50)
@given(st.integers(2, 10**6), st.integers(2, 10**6))
def test_two_numbers_of_one_thing_contradict_each_other_unless_they_are_one(one: int, other: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        claims = (f"The tower at the cape has {number:,} steps." for number in (one, other))
        loaded = base_of(Path(folder), *({"claim": claim, "act": "include"} for claim in claims))

        assert found(loaded) == ([] if one == other else ["other-number"])


def amounts(claim: str, tmp_path: Path) -> tuple[Amount, ...]:
    (statement,) = statements_of(base_of(tmp_path, {"claim": claim, "act": "include"}), load_lexicon())
    return statement.amounts


@pytest.mark.parametrize(
    ("claim", "read"),
    [
        ("It has over 3,800 steps.", [("3,800", ">")]),
        ("It has more than two steps.", [("two", ">")]),
        ("It has at least 5 steps.", [("5", ">")]),
        ("It has no fewer than 5 steps.", [("5", ">")]),
        ("It has fewer than 5 steps.", [("5", "<")]),
        ("It has at most 5 steps.", [("5", "<")]),
        ("It has about 5 steps.", [("5", "~")]),
        ("It has 5 steps.", [("5", "=")]),
        ("It is the second step of 5.", [("5", "=")]),
        ("It has steps.", []),
    ],
)
def test_amounts_are_read_with_their_bounds(claim: str, read: list[tuple[str, str]], tmp_path: Path) -> None:
    assert [(amount.written, amount.bound) for amount in amounts(claim, tmp_path)] == read
