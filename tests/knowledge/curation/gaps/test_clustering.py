"""Questions that ask for the same fall together, and a chain of neighbours does not."""

from __future__ import annotations

import math
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from knowledge.base import KnowledgeBase
from knowledge.curation.gaps.clustering import Profile, alike, clustered, profile_of

KEYS = st.sampled_from(["a", "b", "c", "d", "?number"])
TERMS = st.dictionaries(KEYS, st.floats(0.1, 1.0), min_size=1, max_size=2)


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    terms = draw(st.lists(st.tuples(TERMS, st.floats(0.5, 5.0)), max_size=4))
    meant: dict[str, float] = {}
    for keys, _ in terms:
        for key, strength in keys.items():
            meant[key] = max(strength, meant.get(key, 0.0))
    raw = draw(st.dictionaries(st.sampled_from(["fact:x", "fact:y", "gap:z"]), st.floats(0.01, 1.0)))
    whole = math.fsum(raw.values()) or 1.0
    return Profile(tuple(terms), meant, {name: math.sqrt(value / whole) for name, value in raw.items()})


def sure(*keys: str) -> Profile:
    """Return the profile of words of equal weight that no candidate is near to."""
    return Profile(tuple(({key: 1.0}, 1.0) for key in keys), dict.fromkeys(keys, 1.0), {})


@given(profiles(), profiles())
def test_likeness_is_the_same_from_both_sides_and_between_nothing_and_all(one: Profile, other: Profile) -> None:
    assert 0.0 <= alike(one, other) <= 1.0
    assert math.isclose(alike(one, other), alike(other, one))


@given(st.lists(profiles(), max_size=12), st.floats(0.3, 1.0))
def test_each_question_is_in_one_cluster(several: Sequence[Profile], least: float) -> None:
    found = clustered(several, least)

    assert sorted(number for numbers in found for number in numbers) == list(range(len(several)))
    assert list(found) == sorted(tuple(sorted(numbers)) for numbers in found)


@given(st.lists(profiles(), max_size=10))
def test_clusters_that_are_left_are_not_alike_enough_on_the_whole(several: Sequence[Profile]) -> None:
    found = clustered(several, 0.5)

    for at, one in enumerate(found):
        for other in found[:at]:
            values = [alike(several[a], several[b]) for a in one for b in other]
            assert math.fsum(value for value in values if value >= 0.25) / len(values) < 0.5 + 1e-9


def test_chain_of_neighbours_is_not_one_cluster() -> None:
    chain = [sure("a", "b"), sure("b", "c"), sure("c", "d"), sure("d", "e")]

    assert clustered(chain, 0.25) == ((0, 1), (2, 3))


def test_questions_for_the_same_thing_fall_together(harbour: KnowledgeBase) -> None:
    asked = [
        "How old is the ferry?",
        "When does the strike start?",
        "what is the age of the ferry",
        "When did the strike begin?",
        "Who is the king of Spain?",
    ]
    read = [harbour.scales.reader.questions(text)[0] for text in asked]

    assert clustered([profile_of(question, harbour.scales) for question in read]) == ((0, 2), (1, 3), (4,))
