"""Two runs side by side: better, worse, otherwise."""

from __future__ import annotations

import pytest

from knowledge.curation import Judge, Judged, Kind, Result, compared
from tests.knowledge.curation.conftest import TEXTS, answer, cited, labelled

JUDGE = Judge(TEXTS)
CLOSED = "The north gate was closed on Monday."
RIGHT, MISLEADING, KEPT = answer(cited(CLOSED)), answer(cited("Two guards were hurt.")), Result(Kind.ABSTAIN)


def judged(result: Result, name: str = "q") -> Judged:
    question = labelled((CLOSED,)).model_copy(update={"id": name})
    return Judged(question, result, *JUDGE.verdict(question, result))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (RIGHT, RIGHT, (0, 0, 0)),
        (KEPT, RIGHT, (1, 0, 0)),
        (MISLEADING, RIGHT, (1, 0, 0)),
        (MISLEADING, KEPT, (1, 0, 0)),
        (RIGHT, KEPT, (0, 1, 0)),
        (KEPT, MISLEADING, (0, 1, 0)),
        (KEPT, Result(Kind.CLARIFY), (0, 0, 1)),
        (RIGHT, answer(cited("north gate was closed")), (0, 0, 1)),
    ],
)
def test_change_is_worth_what_it_is_to_a_reader(before: Result, after: Result, told: tuple[int, int, int]) -> None:
    found = compared({"q": before}, [judged(after)], JUDGE)

    assert (len(found.better), len(found.worse), len(found.otherwise)) == told


def test_question_that_the_earlier_run_lacks_or_failed_at_is_left_out() -> None:
    found = compared({"q": KEPT, "failed": None}, [judged(RIGHT), judged(RIGHT, "failed"), judged(RIGHT, "new")], JUDGE)

    assert (found.compared, [change.after.question.id for change in found.changes]) == (1, ["q"])
