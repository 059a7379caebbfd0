"""What is derived from a measurement before it is shown."""

from __future__ import annotations

from bot.measuring.measured import at_shares
from knowledge.curation import Covered


def test_coverage_at_a_share_is_that_of_the_answers_with_at_least_this_share() -> None:
    curve = (Covered(0.95, 0.1, 0.0), Covered(0.72, 0.4, 0.1), Covered(0.31, 0.6, 0.2))

    told = at_shares(curve)

    assert [(point.least, point.coverage) for point in told] == [
        *((step / 10, 0.6) for step in range(4)),
        *((step / 10, 0.4) for step in range(4, 8)),
        *((step / 10, 0.1) for step in range(8, 10)),
    ]


def test_nothing_is_covered_where_nothing_is_answered() -> None:
    assert {(point.coverage, point.risk) for point in at_shares(())} == {(0.0, 0.0)}
