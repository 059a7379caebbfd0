"""The command over public sets, on tiny files of the same form."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from tests.benchmarks.public import clinc, squad
from tests.benchmarks.public.drafts import draft_base
from tests.benchmarks.public.files import read_clinc, read_squad
from tests.benchmarks.public.measures import Guess, Hits, auroc, false_alarms, recall_at, refused_at
from tests.benchmarks.public.slips import NEIGHBOURS, mistyped

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases" / "public"

MISPLACED = """{"data": [{"title": "x", "paragraphs": [{"context": "y", "qas": [
    {"id": "q", "question": "z?", "answers": [{"text": "w", "answer_start": 9}]}]}]}]}"""

SCORES = st.lists(st.sampled_from([0.0, 0.2, 0.5, 1.0]), min_size=1, max_size=8)


def run(*given: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.benchmarks.public", *given]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_article_becomes_a_base_of_its_sentences() -> None:
    base = draft_base(read_squad(CASES / "squad.json").articles[0], 0)

    assert base.paragraphs == (
        ("The lighthouse of Vell was built in 1871 by the engineer Ilse Brandt.", "It is forty metres high."),
        ("Its lamp burned oil.", "Electricity came later."),
    )
    assert base.answerable == (
        ("Who built the lighthouse?", frozenset({0})),
        ("How many metres high is it?", frozenset({1})),
        ("What did the lamp burn?", frozenset({2})),
    )
    assert base.unanswerable == ("Who painted the lighthouse?",)


def test_squad_tells_every_figure_of_every_way() -> None:
    table = squad.measured(read_squad(CASES / "squad.json"), None)
    figures = {row.name: row.figures for row in table.rows}

    assert table.title == "squad.json: 2 articles, 5 questions, 2 unanswerable"
    assert {tuple(row.figures) for row in table.rows} == {("passages", "weighing", "BM25", "token_set")}
    assert figures["hit@1 in the article"]["passages"] == 1.0
    assert figures["hit@5 in the article"]["BM25"] == 1.0
    assert "AUROC, unanswerable" in figures


def test_same_file_gives_the_same_figures() -> None:
    read = read_squad(CASES / "squad.json")

    assert squad.measured(read, 4) == squad.measured(read, 4)


def test_clinc_chooses_the_intent_whose_phrasings_are_nearest() -> None:
    table, *others = clinc.measured(read_clinc(CASES / "clinc.json"), [2], None)

    assert others == []
    assert table.title == "CLINC150, 2 phrasings of 2 intents: 2 questions, 2 out of scope"
    assert {row.name: dict(row.figures) for row in table.rows}["accuracy"] == {
        "weighing": 1.0,
        "BM25": 1.0,
        "token_set": 1.0,
    }


def test_command_prints_one_json_object() -> None:
    ended = run("clinc", str(CASES / "clinc.json"), "--k", "1", "2", "--json")
    tables: list[dict[str, Any]] = json.loads(ended.stdout)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert [table["title"][:21] for table in tables] == ["CLINC150, 1 phrasings", "CLINC150, 2 phrasings"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "cannot be read"),
        ("{", "Invalid JSON"),
        ("[]", "in the format of"),
        ('{"data": []}', "in the format of"),
        ('{"data": [{"title": "x", "paragraphs": [{"context": "y"}]}]}', "data.0.paragraphs.0.qas: Field required"),
        ('{"data": [{"title": "x", "paragraphs": [{"context": "y", "qas": []}]}]}', "no question with an answer"),
        (
            MISPLACED,
            'question "q": its answer does not stand at answer_start',
        ),
        ("\udcff", "Invalid JSON"),
    ],
)
def test_bad_file_ends_the_command_with_a_message(tmp_path: Path, content: str | None, told: str) -> None:
    path = tmp_path / "set.json"
    if content is not None:
        path.write_bytes(content.encode("utf-8", "surrogateescape"))

    with pytest.raises(SystemExit, match=re.escape(told)) as ended:
        read_squad(path)

    assert str(ended.value).startswith(str(path))


def test_file_of_the_other_set_is_told_without_a_traceback() -> None:
    ended = run("clinc", str(CASES / "squad.json"))

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.count("\n") == 1
    assert "in the format of CLINC150" in ended.stderr


def test_hits_count_the_first_right_one() -> None:
    assert Hits.of([([3, 1], {3}), ([3, 1], {1}), ([3, 1], {7}), ([], {7})]) == Hits(0.25, 0.5, 0.375)


@given(SCORES, SCORES)
def test_auroc_is_the_share_of_pairs_in_which_the_first_is_greater(higher: list[float], lower: list[float]) -> None:
    pairs = [1.0 if a > b else 0.5 if a == b else 0.0 for a in higher for b in lower]

    assert auroc(higher, lower) == pytest.approx(sum(pairs) / len(pairs))


def test_false_alarms_are_those_above_what_nearly_all_reach() -> None:
    assert false_alarms([0.9] * 19 + [0.1], [0.95, 0.9, 0.5, 0.05]) == 0.5


def test_recall_is_told_at_the_lowest_score_that_is_precise_enough() -> None:
    guesses = [Guess(0.9, right=True), Guess(0.8, right=True), Guess(0.7, right=False), Guess(0.6, right=True)]

    assert recall_at(0.95, guesses) == 0.5
    assert recall_at(0.75, guesses) == 0.75
    assert recall_at(0.95, [*guesses, Guess(0.9, right=False, foreign=True)]) == 0.0


def test_foreign_questions_below_the_score_are_refused() -> None:
    guesses = [Guess(0.9, right=True), Guess(0.5, right=True), *(Guess(at, False, foreign=True) for at in (0.6, 0.4))]

    assert refused_at(0.5, guesses) == 1.0
    assert refused_at(1.0, guesses) == 0.5


def test_keys_beside_one_another_are_those_of_the_keyboard() -> None:
    assert {letter: "".join(sorted(NEIGHBOURS[letter])) for letter in "qgm"} == {"q": "aw", "g": "bfhtvy", "m": "jkn"}


@given(st.integers(), st.sampled_from([1, 2]))
def test_typos_hit_as_many_words_as_asked_for_and_no_light_one(seed: int, many: int) -> None:
    text = "Which harbour company rejected the demand?"
    typed = mistyped(text, many, frozenset({"which"}), random.Random(seed))  # noqa: S311  reproducible
    changed = [pair for pair in zip(text.split(), typed.split(), strict=True) if pair[0] != pair[1]]

    assert len(changed) == many
    assert all(OSA.distance(*pair) == 1 and pair[0] not in ("Which", "the") for pair in changed)
