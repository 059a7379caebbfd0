"""The measurement on Telegram: what it counts as answered, in order and in time."""

from __future__ import annotations

from pathlib import Path

from knowledge import KnowledgeBase
from tests.benchmarks.telegram import load as loads
from tests.benchmarks.telegram.arrivals import Arrivals, read
from tests.benchmarks.telegram.load import Load
from tests.benchmarks.telegram.running import ours, run, stock

TWO_CHATS = Load([(1, "a"), (2, "b"), (1, "c")], {1: ["A", "C"], 2: ["B"]})


def told(*arrived: tuple[float, int, str]) -> dict[str, object]:
    return {"asked": [0.0, 1.0, 2.0], "arrived": list(arrived)}


def test_every_text_in_its_chat_and_its_turn_is_right() -> None:
    assert read(told((0.5, 1, "A"), (2.25, 1, "C"), (3.0, 2, "B")), TWO_CHATS, paced=True) == Arrivals(
        missing=0, unexpected=0, out_of_order=0, last_s=3.0, waits_ms=[250.0, 500.0, 2000.0]
    )


def test_text_that_comes_after_a_later_one_of_its_chat_is_out_of_order() -> None:
    assert read(told((0.5, 2, "B"), (2.5, 1, "C"), (2.6, 1, "A")), TWO_CHATS, paced=False) == Arrivals(
        missing=0, unexpected=0, out_of_order=1, last_s=2.6, waits_ms=[]
    )


def test_text_in_another_chat_is_missing_here_and_unexpected_there() -> None:
    found = read(told((0.5, 2, "A")), TWO_CHATS, paced=False)

    assert (found.missing, found.unexpected) == (3, 1)


def test_stock_set_up_echoes_a_small_load() -> None:
    one = run(stock(), loads.echoed([(1, "first"), (2, "other"), (1, "second")]))

    assert (one.arrivals.missing, one.arrivals.unexpected, one.arrivals.out_of_order) == (0, 0, 0)


def test_our_process_answers_a_small_load_as_the_base_does(tmp_path: Path) -> None:
    base = KnowledgeBase.load(cache=tmp_path / "verbatim")
    load = loads.answered([(1, "what did Hamas demand?"), (2, "who leads the talks?"), (1, "and Israel?")], base)

    one = run(ours(tmp_path), load, per_second=30.0)

    assert (one.arrivals.missing, one.arrivals.unexpected, len(one.arrivals.waits_ms)) == (0, 0, load.expected)
