"""Probes are sound by construction and the same for the same seed; the shipped base stands them as often as the bar."""

from __future__ import annotations

from itertools import islice

import pytest

from knowledge.base import KnowledgeBase
from knowledge.court.evidence import with_owners
from knowledge.curation import Probe, Probed, ProbeKind, Prober, Rate, most_probes, probes, rates, rates_by_side
from knowledge.curation.measuring.figures import share_interval
from knowledge.curation.probing.kinds import Material
from knowledge.language.text import stem, words
from knowledge.outcomes import Fact

SAMPLE = 600
"""Probes of the shipped base: about 60 of each kind."""

BAR = 0.93
"""Least share of the sample that goes right. Source: measured 0.952; the bar is about two points below."""

SWAPPING = (ProbeKind.ACTOR, ProbeKind.PLACE)


@pytest.fixture(scope="module")
def sample(base: KnowledgeBase) -> tuple[Probed, ...]:
    return tuple(Prober(base).probed(probes(base, seed=1), most=SAMPLE))


def of_kind(base: KnowledgeBase, kind: ProbeKind, most: int = 150) -> list[Probe]:
    return list(islice(probes(base, 1, (kind,)), most))


def made_from(base: KnowledgeBase, probe: Probe) -> Fact:
    fact = base.fact(probe.about)
    assert fact is not None
    return fact


def test_shipped_base_stands_a_sample_of_probes_as_often_as_the_bar(sample: tuple[Probed, ...]) -> None:
    whole = Rate.of(sample)
    confusions = [f"{one.probe.kind}: {' / '.join(one.probe.turns)} -> {one.why}" for one in sample if one.why]

    assert whole.asked == SAMPLE
    assert whole.share >= BAR, "\n".join([f"{whole.share:.3f}; confused were", *confusions])


def test_every_kind_is_in_the_sample(sample: tuple[Probed, ...]) -> None:
    assert list(rates(sample)) == list(ProbeKind)


def test_confusions_are_no_likelier_on_one_side(sample: tuple[Probed, ...], base: KnowledgeBase) -> None:
    """Their intervals overlap: what is told apart does not depend on whose fact it is."""
    intervals = [rate.interval for rate in rates_by_side(sample, base).values()]

    assert len(intervals) == 2
    assert max(low for low, _ in intervals) <= min(high for _, high in intervals)


def test_same_seed_gives_the_same_probes_and_another_gives_others(harbour: KnowledgeBase) -> None:
    first, again, other = (tuple(probes(harbour, seed)) for seed in (1, 1, 2))

    assert first == again
    assert {probe.turns for probe in first} != {probe.turns for probe in other}
    assert len({probe.id for probe in first}) == len(first) <= most_probes(harbour)


def test_number_that_is_put_in_is_stated_nowhere(base: KnowledgeBase) -> None:
    stated = Material(base).numbers
    made = of_kind(base, ProbeKind.NUMBER)

    assert made
    assert [probe for probe in made if stem(words(probe.changed[1])[0].text) in stated] == []


@pytest.mark.parametrize("kind", SWAPPING)
def test_name_that_is_put_in_is_of_the_same_kind_and_of_no_common_whole(kind: ProbeKind, base: KnowledgeBase) -> None:
    material = Material(base)
    for probe in of_kind(base, kind):
        fact = made_from(base, probe)
        there, here = material.text(probe.source).named, material.text(probe.turns[-1]).named
        gone, come = there - here, here - there
        assert len(gone) >= 1, probe
        for name in come:
            assert {base.names[name].kind for name in (name, *gone)} == {base.names[name].kind}, probe
            assert with_owners((name,), base.names).isdisjoint(with_owners(tuple(gone), base.names)), probe
            assert name not in fact.agent, probe


def test_fact_that_truly_states_what_is_put_in_may_answer(base: KnowledgeBase) -> None:
    """Hamas demanded much, and Israel did so too: whoever asks for the one may be told of the other's demands."""
    probe = next(each for each in probes(base, 1, (ProbeKind.ACTOR,), "hamas-demands-950-prisoners"))

    assert "israel-demands-list-of-living" in probe.admitted
    assert "hamas-demands-950-prisoners" not in probe.admitted


def test_slip_is_no_word_that_is_known(base: KnowledgeBase) -> None:
    speller = base.scales.reader.splitter.speller
    made = of_kind(base, ProbeKind.TYPO)

    assert made
    assert [probe.changed for probe in made if probe.changed[1].lower() in speller.pool] == []


def test_act_that_is_put_in_excludes_the_one_of_the_fact(base: KnowledgeBase) -> None:
    concepts, vocabulary = base.scales.concepts, base.scales.reader.vocabulary
    made = of_kind(base, ProbeKind.ACT)

    assert made
    for probe in made:
        act = made_from(base, probe).act
        (term,) = vocabulary.terms(words(probe.changed[1]))
        assert any(act in concepts[key].opposite for key, strength in term.keys if strength == 1.0 and key in concepts)


def test_question_that_is_denied_for_yes_or_no_is_still_answered(base: KnowledgeBase) -> None:
    made = of_kind(base, ProbeKind.NEGATION, 500)

    assert {probe.is_answered for probe in made if probe.turns[0].lower().startswith(("what", "who", "which"))} == {
        False
    }
    assert {probe.is_answered for probe in made if probe.turns[0].lower().startswith(("isn't", "didn't"))} == {True}


def test_wording_that_goes_wrong_as_it_is_is_not_probed(harbour: KnowledgeBase) -> None:
    unheard = Probe(
        id="typo:x:1",
        kind=ProbeKind.TYPO,
        about="weather-blamed",
        source="Who won the cup?",
        turns=("Who won the cpu?",),
        changed=("cup", "cpu"),
        is_answered=True,
    )
    prober = Prober(harbour)

    assert list(prober.probed([unheard])) == []
    assert prober.unheard == {("weather-blamed", "Who won the cup?")}


def test_answer_with_the_fact_that_was_changed_is_a_confusion(harbour: KnowledgeBase) -> None:
    """The probe is a false one: nothing was changed, so that the base must fall for it."""
    asked = "What did the ferry company blame?"
    probe = Probe(
        id="act:x:1", kind=ProbeKind.ACT, about="weather-blamed", source=asked, turns=(asked,), changed=("", "")
    )

    assert [one.why for one in Prober(harbour).probed([probe])] == ["answered with this fact"]


def test_base_without_what_a_kind_needs_gives_none_of_it(harbour: KnowledgeBase) -> None:
    assert {probe.kind for probe in probes(harbour, 1)} == set(ProbeKind) - {
        ProbeKind.MIRROR,
        ProbeKind.PLACE,
        ProbeKind.DIMENSION,
    }


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(0, 0, (0.0, 1.0)), (5, 10, (0.2366, 0.7634)), (10, 10, (0.7225, 1.0)), (0, 10, (0.0, 0.2775))],
)
def test_interval_of_a_share_is_wilsons(part: int, whole: int, expected: tuple[float, float]) -> None:
    assert share_interval(part, whole) == pytest.approx(expected, abs=5e-5)
