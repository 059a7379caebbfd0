"""The index proposes what the words of a question speak for, likeliest first."""

from __future__ import annotations

import math
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.court.index import FARTHEST, KIND_WEIGHT, MOST_FITS, OF_ASKED, OF_TOLD, PROPOSED, Index, Wording, wording
from knowledge.language.terms import Term

KEYS = st.sampled_from(["=ferry", "=pier", "demand", "reject", "name:union"])
TERMS = st.dictionaries(KEYS, st.sampled_from([0.5, 1.0]), min_size=1, max_size=3)
WORDINGS = st.builds(
    Wording, st.lists(TERMS, min_size=1, max_size=4).map(tuple), st.frozensets(st.sampled_from(["what", "who"]))
)
CANDIDATES = st.lists(st.lists(WORDINGS, min_size=1, max_size=3), min_size=1, max_size=6)


def worded(*texts: str) -> list[Wording]:
    """Return wordings whose words all carry a topic."""
    return [Wording(tuple({f"={word}": 1.0} for word in text.split()), frozenset()) for text in texts]


def asked(text: str) -> Wording:
    return worded(text)[0]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.build(
        [
            worded("dockers demanded pay", "what dockers demanded"),
            worded("company rejected demand", "who rejected demand"),
            worded("ferry cancelled crossings", "how many crossings cancelled"),
        ]
    )


def proposed(index: Index, text: str) -> list[int]:
    return [like.candidate for like in index.proposed(asked(text))]


def test_candidate_whose_words_are_asked_for_is_proposed_first(index: Index) -> None:
    assert [proposed(index, text)[0] for text in ("dockers pay", "company rejected", "crossings")] == [0, 1, 2]


def test_question_of_the_very_words_is_explained_whole(index: Index) -> None:
    best = index.proposed(asked("ferry cancelled crossings"))[0]

    assert (best.candidate, best.explained) == (2, 1.0)
    assert best.likeness > max(other.likeness for other in index.proposed(asked("ferry cancelled crossings"))[1:])


def test_question_of_foreign_words_is_explained_by_nothing(index: Index) -> None:
    assert [(like.explained, like.likeness) for like in index.proposed(asked("lighthouse"))] == [(0.0, 0.0)] * 3
    assert not index.knows({"=lighthouse": 1.0})
    assert index.knows({"=lighthouse": 1.0, "=ferry": 0.5})


def test_question_without_words_leaves_all_equally_likely(index: Index) -> None:
    assert index.likelihood(Wording((), frozenset())) == pytest.approx([-math.log(3)] * 3)


def test_candidate_speaks_of_the_words_of_its_wordings(index: Index) -> None:
    assert [index.speaks_of(candidate, {"=demanded": 1.0}) for candidate in range(3)] == [True, False, False]


def test_rare_word_says_more_than_a_common_one_and_a_foreign_one_most() -> None:
    index = Index.build([worded("ferry sails"), worded("ferry stops"), worded("ferry sinks")])

    assert index.weight({"=ferry": 1.0}) < index.weight({"=sails": 1.0}) < index.weight({"=tram": 1.0})


def test_kind_of_answer_weighs_the_same_everywhere(index: Index) -> None:
    assert index.weight({"?number": 1.0}) == KIND_WEIGHT


def test_no_more_are_proposed_than_are_worth_hearing() -> None:
    index = Index.build([worded(f"ferry {number}") for number in range(2 * PROPOSED)])

    assert index.candidates == 2 * PROPOSED
    assert len(index.proposed(asked("ferry 7"))) == PROPOSED
    assert proposed(index, "ferry 7")[0] == 7


def test_wording_of_terms_keeps_heavy_and_light_words_apart() -> None:
    terms = (
        Term("what", (("=what", 1.0),), True, 0, 1),
        Term("demanded", (("demand", 1.0), ("=demand", 1.0)), False, 1, 1),
    )

    made = wording(terms, "number")

    assert made == Wording(({"demand": 1.0, "=demand": 1.0}, {"?number": 1.0}), frozenset({"what"}))
    assert made.keys() == {"~what": 1.0, "demand": 1.0, "=demand": 1.0, "?number": 1.0}


def test_key_of_several_terms_counts_with_its_greatest_strength() -> None:
    assert Wording(({"demand": 0.5}, {"demand": 1.0}, {"demand": 0.5}), frozenset()).keys() == {"demand": 1.0}


@given(CANDIDATES, WORDINGS)
@settings(deadline=None)
def test_proposed_stand_likeliest_first_and_every_measure_is_in_its_range(
    candidates: list[list[Wording]], question: Wording
) -> None:
    found = Index.build(candidates).proposed(question)

    assert [like.likelihood for like in found] == sorted((like.likelihood for like in found), reverse=True)
    assert sorted(like.candidate for like in found) == list(range(len(candidates)))
    assert all(FARTHEST <= like.likelihood <= 1e-9 for like in found)
    assert all(0 <= like.likeness <= 1 + 1e-9 and 0 <= like.explained <= 1 + 1e-9 for like in found)


@given(CANDIDATES, WORDINGS)
@settings(deadline=None)
def test_shares_of_the_likelihoods_add_up_to_one(candidates: list[list[Wording]], question: Wording) -> None:
    likelihood = Index.build(candidates).likelihood(question)

    assert math.isclose(math.fsum(map(math.exp, likelihood)), 1.0, abs_tol=1e-3)


@given(CANDIDATES, WORDINGS)
@settings(deadline=None)
def test_index_that_was_kept_proposes_as_the_made_one(candidates: list[list[Wording]], question: Wording) -> None:
    made = Index.build(candidates)
    kept = pickle.loads(pickle.dumps(made))  # noqa: S301  made just above
    again = pickle.loads(pickle.dumps(kept))  # noqa: S301

    assert made.proposed(question) == kept.proposed(question) == again.proposed(question)


def likeness_by_hand(index: Index, texts: list[Wording], question: Wording) -> float:
    """Return the likeness of a candidate as it is defined: each term counts by its best meaning in each wording."""
    whole = math.fsum(map(index.weight, question.heavy))
    scores = []
    for text in texts:
        asked = told = 0.0
        for term in question.heavy:
            fits = [
                (strength * other[key], -at, index.weight(other))
                for at, (key, strength) in enumerate(term.items())
                for other in text.heavy
                if key in other
            ]
            value, _, own = max(fits, default=(0.0, 0, 0.0))
            asked += index.weight(term) * value
            told += own * value
        norm = math.fsum(map(index.weight, text.heavy))
        scores.append(1 / (OF_ASKED * whole / asked + OF_TOLD / min(1.0, told / norm)) if asked else 0.0)
    return sum(sorted(scores)[-3:]) / 3


@given(CANDIDATES, WORDINGS)
@settings(deadline=None)
def test_each_term_counts_by_its_best_meaning_in_each_wording(
    candidates: list[list[Wording]], question: Wording
) -> None:
    index = Index.build(candidates)

    found = {like.candidate: like.likeness for like in index.proposed(question)}

    by_hand = {number: likeness_by_hand(index, texts, question) for number, texts in enumerate(candidates)}
    assert found == pytest.approx(by_hand)


@given(CANDIDATES, TERMS)
@settings(deadline=None)
def test_candidate_speaks_of_a_term_when_a_wording_shares_a_meaning(
    candidates: list[list[Wording]], term: dict[str, float]
) -> None:
    index = Index.build(candidates)

    spoken = [index.speaks_of(number, term) for number in range(len(candidates))]

    assert spoken == [any(term.keys() & other for text in texts for other in text.heavy) for texts in candidates]


def test_what_is_remembered_of_terms_stays_bounded(index: Index) -> None:
    before = index.proposed(asked("ferry crossings"))

    for number in range(MOST_FITS + 10):
        index.proposed(asked(f"ferry {number}"))

    assert len(index.fits) <= MOST_FITS
    assert index.proposed(asked("ferry crossings")) == before
