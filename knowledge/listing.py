"""Questions that ask for several facts: all that share what was asked for, or two set side by side.

A list is made of frames, not of likeness: every word of the question that carries a topic must be the actor, the act, a
theme, a value of a dimension or a kind of answer, and the list is all facts that agree with every one of them. A word
that is none of these means that something narrower was asked, and then there is no list.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

from knowledge.outcomes import Fact
from knowledge.reading import Form, Question
from knowledge.roles import Role
from knowledge.terms import Term
from knowledge.text import stem
from knowledge.weighing import Scales, WeighedFact, Weighing

FEW = 5
"""Facts that are all told of a name which is the whole message."""

LONGEST_LIST = 12
"""Facts in one list; a question that matches more is too wide to be a list."""

LEAST_TO_COMPARE = 0.15
"""Share of the best fact of a comparison that names both things it sets side by side."""

COUNTERPART = 0.01
"""Share, beside that of the best fact, from which another can be its counterpart in a comparison."""

Test = Callable[[Fact], bool]


def listed(question: Question, weighing: Weighing, scales: Scales) -> tuple[WeighedFact, ...]:
    """Return all facts that share what a question asks for, in the order of the documents.

    Empty when it does not ask for a list.
    """
    if (
        question.form is Form.YES_NO
        or (question.form is not Form.LIST and not _is_open(question))
        or question.strangers
    ):
        return ()
    if question.form is Form.KEYWORDS and len(question.heavy) == 1 and question.heavy[0].is_name:
        return _about_name(question.heavy[0], weighing, scales)
    grammar = scales.reader.lexicon.grammar
    terms = [
        term
        for term in question.heavy
        if not (term.text in grammar.of_lists and (term.start == 0 or _theme(term, scales) is None))
        and not (term.text.split()[0] in grammar.imperatives and term.start == 0)
    ]
    tests = [_test(term, question, scales) for term in terms]
    if len(tests) < 1 + (not question.plural) or None in tests:
        return ()
    weighed = {each.fact.id: each for each in weighing.facts}
    agreeing = [fact for fact in scales.facts if all(test and test(fact) for test in tests)]
    found = [weighed.get(fact.id) or scales.unweighed(fact) for fact in agreeing]
    if len(tests) == 1:  # one word alone may be said of much: only what the words speak for belongs to its list
        most = max((each.share for each in found), default=0.0)
        found = [each for each in found if each.share >= most * COUNTERPART * 2]
    return tuple(found) if 2 <= len(found) <= LONGEST_LIST else ()


def _about_name(term: Term, weighing: Weighing, scales: Scales) -> tuple[WeighedFact, ...]:
    """Return the facts that speak of a name which is the whole message, where they are few."""
    names = {key.removeprefix("name:") for key, strength in term.keys if strength == 1.0 and key.startswith("name:")}
    weighed = {each.fact.id: each for each in weighing.facts}
    found = [fact for fact in scales.facts if names & scales.frames[fact.number].named]
    return tuple(weighed.get(fact.id) or scales.unweighed(fact) for fact in found if len(found) <= FEW)


def compared(question: Question, weighing: Weighing, scales: Scales) -> tuple[WeighedFact, ...]:
    """Return the two facts that a comparison sets side by side; empty when the question compares nothing."""
    if question.form is not Form.COMPARE:
        return ()
    for dimension, values in question.dimensions.items():
        if len(values) > 1 and (sides := _one_of_each(dimension, values, weighing)):
            return sides
    if weighing.answerable < scales.weights.answer_at:
        return ()
    first = weighing.facts[0]
    others = [
        other
        for other in weighing.facts[1:]
        if other.share >= first.share * COUNTERPART and _are_counterparts(first.fact, other.fact)
    ]
    if not others:
        return ()
    other = min(others, key=lambda weighed: (_differences(first.fact, weighed.fact), -weighed.share))
    return tuple(sorted((first, other), key=lambda weighed: weighed.fact.number))


def _one_of_each(dimension: str, values: frozenset[str], weighing: Weighing) -> tuple[WeighedFact, ...]:
    """Return one fact for each value of a dimension, those that differ least otherwise; empty when a value has none."""
    facts = [[fact for fact in weighing.facts if fact.fact.dimensions.get(dimension) == value] for value in values]
    sets: list[tuple[WeighedFact, ...]] = [
        chosen
        for chosen in product(*facts)
        if all(_are_counterparts(chosen[0].fact, other.fact) for other in chosen[1:])
    ]
    if not sets or weighing.facts[0].share < LEAST_TO_COMPARE:
        return ()

    nearest = min(sets, key=_unlikeness)
    return tuple(sorted(nearest, key=lambda each: each.fact.number))


def _unlikeness(chosen: tuple[WeighedFact, ...]) -> tuple[int, float]:
    """Return how far facts differ from the first, then how little speaks for them; least first."""
    differences = sum(_differences(chosen[0].fact, other.fact) for other in chosen[1:])
    return differences, -sum(fact.share for fact in chosen)


def _are_counterparts(one: Fact, other: Fact) -> bool:
    """Return whether two facts answer the same kind of question for different actors, plans or groups."""
    differ = any(one.dimensions.get(key, value) != value for key, value in other.dimensions.items())
    alike = set(one.themes) & set(other.themes) and set(one.slots) & set(other.slots)
    return bool(alike) and (differ or set(one.agent) != set(other.agent))


def _differences(one: Fact, other: Fact) -> int:
    """Return in how many ways two facts differ: by dimension, actor or act."""
    dimensions = sum(one.dimensions.get(key, value) != value for key, value in other.dimensions.items())
    return dimensions + (one.act != other.act) + (len(set(one.themes) & set(other.themes)) < 2)


def _is_open(question: Question) -> bool:
    """Return whether a question leaves open how many things would answer it: "what did X demand"."""
    return question.form is Form.KEYWORDS or (question.form is Form.OPEN and question.wanted is None)


def _test(term: Term, question: Question, scales: Scales) -> Test | None:
    """Return what a term asks of a fact; None when it asks nothing that frames know."""
    actor, theme = _actor(term, question, scales), _theme(term, scales)
    if actor is not None:
        return actor
    tests = [test for test in (theme, _act(term, scales, near=theme is None), _slot(term, question, scales)) if test]
    return (lambda fact: any(test(fact) for test in tests)) if tests else None


def _actor(term: Term, question: Question, scales: Scales) -> Test | None:
    names = {key.removeprefix("name:") for key, strength in term.keys if strength == 1.0 and key.startswith("name:")}
    if not names:
        return None
    if any(question.roles.get(name) is Role.TARGET for name in names):
        return lambda fact: bool(names & scales.frames[fact.number].targets)
    if question.agents and not names & question.agents:
        return lambda fact: bool(names & scales.frames[fact.number].named)
    return lambda fact: bool(names & scales.frames[fact.number].agents) or bool(names & set(fact.speakers))


def _act(term: Term, scales: Scales, *, near: bool) -> Test | None:
    """Return the test of an act; where no fact has it, of the acts close to it when `near` says so."""
    acts = {
        key for key, strength in term.keys if strength == 1.0 and key in scales.concepts and scales.concepts[key].is_act
    }
    known = {fact.act for fact in scales.facts}
    wanted = acts & known
    if near and not wanted:
        close = {act: scales.concepts[act].near for act in known | acts}
        wanted = {act for act in known if any(act in close[asked] or asked in close[act] for asked in acts)}
    return (lambda fact: fact.act in wanted) if wanted else None


def _theme(term: Term, scales: Scales) -> Test | None:
    keys = {key for key, strength in term.keys if strength == 1.0}
    themes = {theme for fact in scales.facts for theme in fact.themes if theme in keys or f"={stem(theme)}" in keys}
    return (lambda fact: bool(themes & set(fact.themes))) if themes else None


def _slot(term: Term, question: Question, scales: Scales) -> Test | None:
    """Return the test of a noun that names a kind of answer, in a list: "every figure", "all the names"."""
    if " " in term.text or not (question.plural or term.text.endswith("s")):
        return None
    wanted = scales.reader.lexicon.answer_nouns.get(stem(term.text))
    return (lambda fact: bool(wanted.slots & set(fact.slots))) if wanted is not None else None
