"""Words of everyday are common, names and nonsense are rare."""

from __future__ import annotations

import pytest

from knowledge.ranking.rarity import RAREST, rarity


def test_commonest_word_is_not_rare_at_all() -> None:
    assert rarity("the") == pytest.approx(0.0, abs=0.01)


def test_everyday_word_is_less_rare_than_a_learned_one() -> None:
    assert 0 < rarity("name") < rarity("harbour") < rarity("quatrain") < RAREST


def test_word_that_is_in_no_list_is_rarest() -> None:
    assert rarity("zorvanite") == RAREST


def test_plural_that_is_not_listed_is_as_rare_as_its_singular() -> None:
    assert rarity("samovars") == rarity("samovar") < RAREST
