"""What each word of a question asks of a fact: its actor, its act, a theme, a value of a dimension, a kind of answer.

A word is read in tiers, the surest first: what the frame of a fact says outright; what comes close to it or stands in
its words. The first tier in which any fact is left decides, so that "what Israel turned
down" finds what it rejected where nothing is said to be turned down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from knowledge.court.weighing import Scales
from knowledge.language.grammar import Grammar
from knowledge.language.lexicon import LOOSE
from knowledge.language.terms import Term
from knowledge.language.text import stem
from knowledge.message.reading import IN_A_PHRASE, Question
from knowledge.message.roles import Role
from knowledge.outcomes import Fact

WIDER = {"date": "time", "clock-time": "time", "city": "place", "region": "place"}
"""Kinds of answer -> those listed in their stead where the base holds none: who asks for dates is glad of days."""

NAME = "name"
"""The kind of answer that anything of another kind has: the names of the cities are the cities."""

Test = Callable[[Fact], bool]


class Tier(IntEnum):
    """How surely a word is read: said outright, meant loosely, close to it, or only standing in the words of a fact."""

    SURE = 0
    LOOSE = 1
    NEAR = 2
    MENTIONED = 3


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The facts that every word of a question leaves.

    Attributes:
        facts: in the order of the documents.
        tier: the least sure reading that was needed.
    """

    facts: tuple[Fact, ...]
    tier: Tier


@dataclass(frozen=True)
class Narrowing:
    """What is needed to read the words of one question as tests of facts.

    Attributes:
        head: the noun that says what is listed ("which countries"); None where there is none.
        acting: whoever is named is asked about as the one who acts, whatever their place in the sentence.
    """

    question: Question
    scales: Scales
    head: Term | None = None
    acting: bool = False

    def narrowed(self, groups: Iterable[Sequence[Term]], least: Tier) -> Narrowed:
        """Return the facts that agree with every group of words, read no less surely than `least`.

        The words of one group are alternatives.
        """
        left, surest = self.scales.facts, Tier.SURE
        for group in sorted(groups, key=lambda group: not all(map(names_of, group))):
            left, tier = self._agreeing(group, left, least)
            surest = max(surest, tier)
        return Narrowed(left, surest)

    def _agreeing(self, group: Sequence[Term], facts: Sequence[Fact], least: Tier) -> tuple[tuple[Fact, ...], Tier]:
        """Return the facts that agree with a word of one group, each read as surely as leaves any, and the tier."""
        found = [self._meant(term, facts, least) for term in group]
        meant = {fact.id for each, _ in found for fact in each}
        tier = max((tier for each, tier in found if each), default=Tier.SURE)
        return tuple(fact for fact in facts if fact.id in meant), tier

    def _meant(self, term: Term, facts: Sequence[Fact], least: Tier) -> tuple[tuple[Fact, ...], Tier]:
        """Return the facts that agree with one term in the surest tier that leaves any, and that tier.

        One fact alone does not keep out what is meant loosely: who is said to want one thing demands others.
        """
        agreeing: tuple[Fact, ...] = ()
        needed = Tier.SURE
        for tier in (tier for tier in Tier if tier <= least):
            if len(agreeing) > (tier is Tier.LOOSE):
                break
            test = self.test(term, tier)
            more = tuple(fact for fact in facts if fact in agreeing or (test is not None and test(fact)))
            needed = tier if len(more) > len(agreeing) else needed
            agreeing = more
        return agreeing, needed

    def test(self, term: Term, tier: Tier) -> Test | None:
        """Return what a term asks of a fact when it is read so surely; None when it asks nothing."""
        if is_of_both(term):
            return self._side if tier is Tier.SURE else None
        if names_of(term):
            return self._actor(term) if tier is Tier.SURE else None
        tests = [test for test in self._tests(term, tier) if test is not None]
        return (lambda fact: any(test(fact) for test in tests)) if tests else None

    def _tests(self, term: Term, tier: Tier) -> tuple[Test | None, ...]:
        if tier is Tier.SURE:
            if self.disputes(term):
                return (self._dispute,)
            if term is self.head and (slot := self._slot(term)) is not None:
                return (slot,)
            said = (self._act(term, 1.0), self._theme(term), self._slot(term))
            return said if any(said) else (self._near_act(term, 1.0) or self._dimension(term),)
        if tier is Tier.LOOSE:
            return (self._loose_act(term),)
        return (self._near_act(term, LOOSE), self._near_theme(term)) if tier is Tier.NEAR else (self._mentioned(term),)

    def disputes(self, term: Term) -> bool:
        """Return whether a term speaks of what keeps the sides apart: "obstacles", "stuck", "holding it up"."""
        return term.means_any(self.scales.reader.lexicon.grammar.disputing)

    def _dispute(self, fact: Fact) -> bool:
        return not self.scales.reader.lexicon.grammar.disputes.isdisjoint(fact.themes)

    def _side(self, fact: Fact) -> bool:
        """Return whether one of the sides acts."""
        names = self.scales.names
        return any(names[name].kind == "side" for name in self.scales.frames[fact.number].agents)

    def _actor(self, term: Term) -> Test:
        names, question, frames = names_of(term), self.question, self.scales.frames
        before = [each for each in question.terms if each.start < term.start][-2:]
        first = not any(each.start < term.start and not self.asks(each) for each in question.heavy)
        first = first or bool(before and self.asks(before[-1]))
        if not (self.acting or first or _gives(before, self.scales.reader.lexicon.grammar)):
            if any(question.roles.get(name) is Role.TARGET for name in names):
                return lambda fact: bool(names & frames[fact.number].targets)
            if not names & question.agents and (question.agents or not names & question.roles.keys()):
                return lambda fact: bool(names & frames[fact.number].named)
        return lambda fact: bool(names & frames[fact.number].agents) or bool(names & set(fact.speakers))

    def asks(self, term: Term) -> bool:
        """Return whether a term only says that something is asked for: "list", "summarise"."""
        grammar = self.scales.reader.lexicon.grammar
        return term.text in grammar.imperatives or term.text in grammar.listing

    def _act(self, term: Term, strength: float) -> Test | None:
        acts = self.acts(term, strength) & {fact.act for fact in self.scales.facts}
        return (lambda fact: fact.act in acts) if acts else None

    def _loose_act(self, term: Term) -> Test | None:
        """Return the test of what a term means loosely: "wants" of what is demanded; none of it is done by several."""
        forms = self.scales.reader.lexicon.forms
        plain = {key for act in self.acts(term, 1.0) for key, _ in forms.longest_at([stem(act)], 0)[1]}
        acts = (self.acts(term, LOOSE) | plain) & {fact.act for fact in self.scales.facts}
        return (lambda fact: fact.act in acts and len(fact.agent) <= 1) if acts else None

    def _near_act(self, term: Term, strength: float) -> Test | None:
        concepts, known = self.scales.concepts, {fact.act for fact in self.scales.facts}
        asked = self.acts(term, strength)
        near = {
            act for act in known if any(act in concepts[one].near or one in concepts[act].near for one in asked)
        } | (asked & known)
        return (lambda fact: fact.act in near) if near else None

    def acts(self, term: Term, strength: float) -> frozenset[str]:
        """Return the acts that a term means at least this surely."""
        concepts = self.scales.concepts
        return frozenset(
            key for key, sure in term.keys if sure >= strength and key in concepts and concepts[key].is_act
        )

    def _theme(self, term: Term) -> Test | None:
        keys = {key for key, strength in term.keys if strength == 1.0}
        themes = {theme for theme in self._themes() if theme in keys or f"={stem(theme)}" in keys}
        return (lambda fact: not themes.isdisjoint(fact.themes)) if themes else None

    def _near_theme(self, term: Term) -> Test | None:
        concepts = self.scales.concepts
        keys = {key for key, strength in term.keys if strength >= LOOSE and key in concepts}
        near = {theme for theme in self._themes() if theme in concepts and concepts[theme].near & keys}
        near |= keys.union(*(concepts[key].near for key in keys)) & self._themes()
        return (lambda fact: not near.isdisjoint(fact.themes)) if near else None

    def _themes(self) -> set[str]:
        return {theme for fact in self.scales.facts for theme in fact.themes}

    def _dimension(self, term: Term) -> Test | None:
        """Return the test of the values that a term, alone or with others, names in the question."""
        named = self.question.dimensions
        values = {
            (dimension, value)
            for form, (dimension, value) in self.scales.reader.dimensions.items()
            if value in named.get(dimension, ()) and any(term.means(key, IN_A_PHRASE) for key in form)
        }
        return (lambda fact: not values.isdisjoint(fact.dimensions.items())) if values else None

    def _slot(self, term: Term) -> Test | None:
        """Return the test of a noun that names a kind of answer, in a list: "every figure", "all the names"."""
        word = term.text.split()[-1]
        grammar = self.scales.reader.lexicon.grammar
        if term is not self.head and (not word.endswith("s") or is_spoken_of(term, self.question.terms, grammar)):
            return None
        kinds = self.scales.reader.lexicon.answer_nouns
        wanted = kinds.get(stem(word))
        if wanted is None:
            return None
        slots = wanted.slots
        if wanted.kind in WIDER and not any(slots & fact.slots.keys() for fact in self.scales.facts):
            slots = slots.union(*(kind.slots for kind in kinds.values() if kind.kind == WIDER[wanted.kind]))
        return lambda fact: not slots.isdisjoint(fact.slots)

    def _mentioned(self, term: Term) -> Test | None:
        keys = {key for key, strength in term.keys if strength == 1.0}
        frames = self.scales.frames
        return lambda fact: not keys.isdisjoint(frames[fact.number].keys)


def _gives(before: Sequence[Term], grammar: Grammar) -> bool:
    """Return whether what is listed comes from a name: "all requests from X", not what is requested from X."""
    comes = len(before) == 2 and before[1].text in grammar.coming_from
    return comes and before[0].text.endswith("s") and not before[0].light


def is_spoken_of(term: Term, terms: Sequence[Term], grammar: Grammar) -> bool:
    """Return whether a noun is what something is said about: "what did each of them say about names"."""
    return any(each.text in grammar.speaking_of and each.start + each.length == term.start for each in terms)


def kind_of(term: Term, scales: Scales) -> str:
    """Return the kind of answer that a term names: "figures", "sources"; else ""."""
    kind = scales.reader.lexicon.answer_nouns.get(stem(term.text.split()[-1]))
    return kind.kind if kind is not None else ""


def is_of_both(term: Term) -> bool:
    """Return whether a term means the two sides together."""
    return term.means("both-sides")


def names_of(term: Term) -> frozenset[str]:
    """Return the ids of the names that a term surely means."""
    return frozenset(
        key.removeprefix("name:") for key, strength in term.keys if strength == 1.0 and key.startswith("name:")
    )
