"""Sets are read whole or refused whole, with every problem told at once."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from knowledge.curation import InvalidSet, read_set
from tests.knowledge.curation.conftest import OWN, TEXTS

SOUND = {"id": "q1", "kind": "plain", "turns": ["What was closed?"], "answerable": True, "gold": [["north gate"]]}
NOWHERE = (
    'line 1: quote "west gate" stands in no document of the base; copy the words of the document, or name the base of '
    "the set: --documents DIR --facts DIR"
)
NO_GOLD = (
    "line 1: answerable, but a group of gold is missing or empty; write the quotes that answer it, or set answerable "
    "to false"
)
SHORT = '{"id": "…", "kind": "…", "turns": ["…"], "answerable": true, "gold": [["…"]]}'


def written(tmp_path: Path, *lines: object) -> Path:
    file = tmp_path / "set.jsonl"
    file.write_text("".join(line if isinstance(line, str) else f"{json.dumps(line)}\n" for line in lines), "utf-8")
    return file


def problems(file: Path) -> list[str]:
    """Return what is told of a set, without the folder it lies in."""
    with pytest.raises(InvalidSet) as told:
        read_set(file, TEXTS)
    return [str(problem).removeprefix(f"{file.parent}/") for problem in told.value.problems]


def test_own_set_is_sound(texts: dict[str, str]) -> None:
    questions = read_set(OWN, texts)

    assert (questions.name, len(questions.questions)) == ("questions.jsonl", 30)
    assert questions.sha256 == hashlib.sha256(OWN.read_bytes()).hexdigest()


def test_lines_keep_their_order_and_may_carry_more_than_is_judged(tmp_path: Path) -> None:
    file = written(tmp_path, SOUND, "\n", {**SOUND, "id": "q2", "author": "somebody"})

    assert [question.id for question in read_set(file, TEXTS).questions] == ["q1", "q2"]


def test_file_of_windows_is_read(tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(SOUND).encode() + b"\r\n")

    assert [question.turns for question in read_set(file, TEXTS).questions] == [("What was closed?",)]


def test_quote_may_stand_in_any_document(tmp_path: Path) -> None:
    file = written(tmp_path, {**SOUND, "gold": [["south gate"], ["north gate"]]})

    assert read_set(file, TEXTS).questions[0].gold == (("south gate",), ("north gate",))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ({**SOUND, "gold": [["west gate"]]}, NOWHERE),
        ({**SOUND, "forbidden": ["west gate"]}, NOWHERE),
        ({**SOUND, "gold": []}, NO_GOLD),
        ({**SOUND, "gold": [["north gate"], []]}, NO_GOLD),
        (
            {key: SOUND[key] for key in SOUND if key != "kind"},
            f"line 1: kind: Field required; write it as {SHORT}",
        ),
        (
            {**SOUND, "turns": []},
            f"line 1: turns: Tuple should have at least 1 item after validation, not 0; write it as {SHORT}",
        ),
        (
            {**SOUND, "answerable": "yes"},
            f"line 1: answerable: Input should be a valid boolean; write it as {SHORT}",
        ),
    ],
    ids=["gold elsewhere", "forbidden elsewhere", "no gold", "empty group", "no kind", "no turns", "not a boolean"],
)
def test_broken_line_is_told_with_its_mend(line: object, told: str, tmp_path: Path) -> None:
    assert problems(written(tmp_path, line)) == [f"set.jsonl: {told}"]


def test_line_that_is_no_json_is_told(tmp_path: Path) -> None:
    (told,) = problems(written(tmp_path, SOUND, "{not json\n"))

    assert told.startswith("set.jsonl: line 2: the line: Invalid JSON")


def test_line_that_is_no_text_is_told(tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    file.write_bytes(json.dumps(SOUND).encode() + b"\n\xff\n")

    assert problems(file) == ["set.jsonl: line 2: not UTF-8 text (byte 1 of the line); save the file as UTF-8"]


def test_id_that_is_taken_is_told(tmp_path: Path) -> None:
    assert problems(written(tmp_path, SOUND, SOUND)) == [
        'set.jsonl: line 2: id "q1" is taken by line 1; give each question an id of its own'
    ]


def test_empty_set_is_told(tmp_path: Path) -> None:
    assert problems(written(tmp_path, "\n \n")) == [f"set.jsonl: holds no question; write one on each line: {SHORT}"]


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    file = written(tmp_path, {**SOUND, "gold": [["west gate"]]}, "[]\n", {**SOUND, "gold": []})

    assert [told.split(": ")[1] for told in problems(file)] == ["line 1", "line 2", "line 3", "line 3"]


def test_file_that_is_not_there_is_not_called_broken(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_set(tmp_path / "none.jsonl", TEXTS)
