"""Records are found where they stand in their file, whatever their strings hold."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.problems import Problem
from knowledge.proof.placing import Place, Places, places_in

TRICKY = '''# [[fact]] in a comment
[document]
id = "a"

  [[fact]]
id = "one"
claim = """
[[fact]]
"""
phrasings = [
    "[[fact]] # no comment",
]

[[fact]] # without an id
claim = 'it\\'
[[ fact ]]
id = "two"
[[name]]
id = "n"
[[dimension]]
dimension = "plan"
value = "first"
'''


def test_record_is_found_at_its_heading() -> None:
    assert places_in(TRICKY) == {
        "document": Place(2, 1),
        'fact "one"': Place(5, 3),
        "fact 2": Place(14, 1),
        'fact "two"': Place(16, 1),
        'name "n"': Place(18, 1),
        'dimension "plan = first"': Place(20, 1),
    }


@pytest.mark.parametrize("text", ["[[fact]", "[[[[[[", "", '[[fact]]\nid = "a" "b"', "fact = [{ id = 'a' }]"])
def test_what_has_no_heading_or_is_not_toml_has_no_place(text: str) -> None:
    assert places_in(text) == {}


@given(st.lists(st.text(alphabet="[]fact\"'#\\ \n", max_size=20), min_size=1, max_size=5))
def test_records_are_found_in_their_order_whatever_their_strings_hold(claims: list[str]) -> None:
    import json

    text = "".join(f'[[fact]]\nid = "f{at}"\nclaim = {json.dumps(claim)}\n' for at, claim in enumerate(claims))

    assert places_in(text) == {f'fact "f{at}"': Place(3 * at + 1, 1) for at in range(len(claims))}


def test_problem_of_a_whole_file_or_folder_is_at_the_top(tmp_path: Path) -> None:
    assert Places().of(Problem(str(tmp_path), "", "no fact files", "write one")) == Place(1, 1)
    assert Places().of(Problem(str(tmp_path / "gone.toml"), 'fact "a"', "empty", "")) == Place(1, 1)


def test_problem_that_tells_its_line_is_there() -> None:
    assert Places().of(Problem("x.toml", "line 12, column 3", "not TOML", "mend it")) == Place(12, 3)
