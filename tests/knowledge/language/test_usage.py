"""Words are expected by print, by the base, and by the word before them."""

from __future__ import annotations

import math
import pickle

from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.usage import EDGE, Usage

ROWS = [["hamas", "said", "no"], ["israel", "said", "yes"], ["hamas", "said", "no", "again"]]
USAGE = Usage(ROWS)
WORDS = st.sampled_from(("hamas", "said", "no", "prisoners", "qzxv", "the"))


def test_word_of_the_base_is_expected_before_a_word_of_print() -> None:
    assert USAGE.share("hamas") > USAGE.share("president") > USAGE.share("qzxv") > 0


def test_inflection_of_a_word_of_the_base_is_expected_before_another_word() -> None:
    usage = Usage([["soldiers"]] * 3 + [["other"]])

    assert usage.share("soldier") > Usage([["other"]]).share("soldier")


def test_word_that_the_base_uses_there_costs_less_there() -> None:
    assert USAGE.cost("no", "said") < USAGE.cost("no", "hamas")
    assert USAGE.cost("hamas", EDGE) < USAGE.cost("no", EDGE)


def test_words_between_two_others_are_those_that_stand_behind_one_and_before_the_other() -> None:
    assert USAGE.between("hamas", "no") == {"said"}
    assert USAGE.between("no", "hamas") == set()
    assert USAGE.together("said", "no") == 2


@given(word=WORDS, before=WORDS)
def test_cost_is_finite_and_not_negative(word: str, before: str) -> None:
    assert 0 <= USAGE.cost(word, before) < math.inf


def test_usage_that_was_kept_counts_as_the_made_one() -> None:
    kept = pickle.loads(pickle.dumps(USAGE))  # noqa: S301  made just above

    assert [kept.cost(word, "said") for word in ("no", "the")] == [USAGE.cost(word, "said") for word in ("no", "the")]
