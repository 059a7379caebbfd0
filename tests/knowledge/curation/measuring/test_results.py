"""Results of outcomes, and of runs that were kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase
from knowledge.curation import InvalidSet, Kind, Result, read_run, result_of
from knowledge.documents import Citation

MET = {
    "document": "harbour",
    "start": 124,
    "end": 162,
    "quote": "The two sides met in Brena on Tuesday.",
    "prefix": "d.\n\n",
    "suffix": " ",
    "paragraph": 2,
}


def run(tmp_path: Path, *lines: object) -> Path:
    file = tmp_path / "run.jsonl"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    return file


def test_result_is_the_kind_and_the_citations(harbour: KnowledgeBase) -> None:
    met = result_of(harbour.ask("Where did the two sides meet?"))

    assert (met.kind, [citation.quote for citation in met.citations]) == (Kind.ANSWER, [MET["quote"]])
    assert result_of(harbour.ask("How much do the dock workers earn?")) == Result(Kind.ABSTAIN)


def test_run_is_read_by_id(tmp_path: Path) -> None:
    file = run(tmp_path, {"id": "q1", "outcome": "answer", "citations": [MET]}, {"id": 2, "outcome": "clarify"})

    assert read_run(file).results == {
        "q1": Result(
            Kind.ANSWER, (Citation("harbour", 124, 162, "The two sides met in Brena on Tuesday.", "d.\n\n", " ", 2),)
        ),
        "2": Result(Kind.CLARIFY),
    }


def test_line_of_a_question_that_could_not_be_asked_has_no_result(tmp_path: Path) -> None:
    assert read_run(run(tmp_path, {"id": "q1", "line": 1, "error": "longer than 100,000 bytes"})).results == {
        "q1": None
    }


def test_run_with_broken_lines_is_refused_with_all_of_them(tmp_path: Path) -> None:
    file = run(tmp_path, {"id": "q1"}, {"outcome": "answer"}, {"id": "q3", "outcome": "guess"})

    with pytest.raises(InvalidSet) as told:
        read_run(file)

    assert [str(problem).removeprefix(f"{tmp_path}/").split("; ")[0] for problem in told.value.problems] == [
        "run.jsonl: line 1: outcome: Field required",
        "run.jsonl: line 2: id: Field required",
        "run.jsonl: line 3: outcome: Input should be 'answer', 'correction', 'clarify' or 'abstain'",
    ]
