"""The court: what speaks for and against each proposed fact, whoever proposed it.

*Conflicts* are what no similarity outweighs: the other actor, the opposite act, another number, place, day or group, a
kind of answer that the fact does not hold, a name that the documents do not know. They are read off the frames of
question and fact alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType

from knowledge.language.grammar import Grammar
from knowledge.language.lexicon import LOOSE, Concept
from knowledge.language.numbers import time_unit
from knowledge.language.terms import Term
from knowledge.language.text import stem, words
from knowledge.message.reading import Amount, Form, Question, counted
from knowledge.message.roles import Role
from knowledge.models import NameRecord
from knowledge.outcomes import Fact

CARRIED_BY_ACTORS = frozenset(("who",))
"""Kinds of answer that the names of those who act carry as well as a slot does."""


HEAD_WITHIN = 2
"""Terms with a topic behind "what" or "list" within which the noun of what is listed stands: "the actual terms"."""

LEAST_TO_COUNT = 2
"""Names of those who act, or of another kind, from which a fact tells how many there are without a number."""

PLACES = ("city", "country", "place")
"""Slots that name a place."""


class Kind(StrEnum):
    """What a conflict is about.

    AGENT: another one acts; ACTOR: another one does the very same; SWAP: the one acts to whom it is done. QUALITY: the
    opposite of how it is. EXACT: a kind of answer without which a fact is none. STRANGER: a name nobody speaks of.
    """

    AGENT = "agent"
    ACTOR = "actor"
    SWAP = "swap"
    ACT = "act"
    QUALITY = "quality"
    UNDONE = "undone"
    DIMENSION = "dimension"
    NUMBER = "number"
    PLACE = "place"
    SLOT = "slot"
    EXACT = "exact"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A reason why a fact cannot answer a question: what was asked, what the fact holds."""

    kind: Kind
    asked: str
    held: str

    def __str__(self) -> str:
        return f"{self.kind}: asked {self.asked}, the fact has {self.held or 'none'}"


@dataclass(frozen=True, slots=True)
class Frame:
    """What the court needs to know of a fact.

    Attributes:
        agents, targets, speakers: ids of names, those they belong to included.
        named: every name in claim, quote and frame, with those they belong to.
        told: every name in claim and quote, with those they belong to; not those who only say so.
        own: what those who act do in the words of the claim.
        keys: the sure meanings of claim and quote, with the act.
        numbers: digits of the quote, without separators.
        times: (digits, stem of the unit of time behind them) of the quote.
        slots: kinds of question that it answers, its speakers counted as a source.
        unspecific: stems of nouns in the quote of which it only says that there are some.
    """

    agents: frozenset[str]
    targets: frozenset[str]
    speakers: frozenset[str]
    named: frozenset[str]
    told: frozenset[str]
    own: frozenset[str]
    keys: frozenset[str]
    numbers: frozenset[str]
    times: frozenset[tuple[str, str]]
    slots: frozenset[str]
    unspecific: frozenset[str]


def with_owners(ids: frozenset[str] | tuple[str, ...], names: Mapping[str, NameRecord]) -> frozenset[str]:
    """Return names with those that they belong to or speak for: the army's demand is a demand of its country."""
    found = set(ids)
    for name in ids:
        owner = names[name].part_of if name in names else None
        while owner is not None and owner not in found:
            found.add(owner)
            owner = names[owner].part_of if owner in names else None
    return frozenset(found)


def frame_of(
    fact: Fact,
    terms: tuple[Term, ...],
    names: Mapping[str, NameRecord],
    grammar: Grammar,
    deeds: Mapping[str, frozenset[str]] = MappingProxyType({}),
) -> Frame:
    """Return the frame of a fact; `terms` are those of its claim and quote, `deeds` who does what in its claim."""
    sure = {key for term in terms for key, strength in term.keys if strength >= 1.0}
    mentioned = {key.removeprefix("name:") for key in sure if key.startswith("name:")}
    slots = set(fact.slots) | ({"source"} if fact.speakers else set())
    stated = list(_stated(fact.citation.quote, grammar))
    return Frame(
        agents=with_owners(fact.agent, names),
        targets=with_owners(fact.target, names),
        speakers=with_owners(fact.speakers, names),
        named=with_owners((*mentioned, *fact.agent, *fact.target), names),
        told=with_owners(tuple(mentioned - set(fact.speakers)), names),
        own=frozenset(deed for name in fact.agent for deed in deeds.get(name, ())),
        keys=frozenset(sure | {fact.act}),
        numbers=frozenset(digits for digits, _ in stated),
        times=frozenset((digits, stem(unit)) for digits, unit in stated if unit),
        slots=frozenset(slots),
        unspecific=frozenset(_unspecific(fact.citation.quote, grammar)),
    )


def _stated(quote: str, grammar: Grammar) -> Iterator[tuple[str, str]]:
    """Yield the numbers of a quote in digits, small ones in words that count things too, with their unit of time."""
    row = [word.text for word in words(quote)]
    for at, word in enumerate(row):
        small = counted(row, at, grammar)
        if small or word[0].isdigit():
            yield str(small) if small else stem(word), time_unit(row, at)


def _unspecific(quote: str, grammar: Grammar) -> Iterator[str]:
    """Yield the stems of the nouns of a quote of which it says that there are some, and not which: "some problems"."""
    for one, behind in pairwise(word.text for word in words(quote)):
        if one in grammar.unspecific:
            yield stem(behind)


def conflicts(  # noqa: PLR0913, PLR0917  a question, a fact, and what both are read with
    question: Question,
    fact: Fact,
    frame: Frame,
    names: Mapping[str, NameRecord],
    concepts: Mapping[str, Concept],
    numbers: frozenset[str],
    grammar: Grammar,
) -> tuple[Conflict, ...]:
    """Return every conflict between a question and a fact.

    Args:
        question: as it was read.
        fact: with its frame.
        frame: what the court knows of the fact.
        names: of the base, by id.
        concepts: of the language, by id.
        numbers: those that any fact of the base states.
        grammar: of the language.
    """
    found: list[Conflict] = []
    found.extend(_agent_conflicts(question, fact, frame, names, concepts, grammar))
    opposed = _opposed_act(question, fact, frame, names, concepts)
    if opposed:
        found.append(Conflict(Kind.ACT, _words_for(opposed, question), fact.act))
    undone = _undone(question, fact, frame, grammar)
    if undone:
        found.append(Conflict(Kind.UNDONE, _listed(undone), fact.act))
    found.extend(_quality_conflicts(question, frame, concepts))
    for dimension, values in question.dimensions.items():
        held = fact.dimensions.get(dimension)
        if held is not None and held not in values:
            found.append(Conflict(Kind.DIMENSION, _listed(values), held))
    found.extend(_number_conflicts(question, frame, numbers))
    found.extend(_slot_conflicts(question, fact, frame, names))
    places = [words for kind in PLACES for words in fact.slots.get(kind, ())]
    for stranger, kind in question.strangers.items():
        if kind in ("cities", "countries") and places:
            found.append(Conflict(Kind.PLACE, stranger, places[0]))
        else:
            found.append(Conflict(Kind.STRANGER, stranger, ""))
    if "city" in fact.slots:
        city = fact.slots["city"][0]
        others = sorted(question.cities - frame.named)
        found.extend(Conflict(Kind.PLACE, _words_for(f"name:{other}", question), city) for other in others)
    found.extend(_site_conflicts(question, frame, names))
    which = _which(question, grammar)
    if which and stem(which) in frame.unspecific:
        found.append(Conflict(Kind.EXACT, f"which {which}", "only that there are some"))
    return tuple(found)


def _site_conflicts(question: Question, frame: Frame, names: Mapping[str, NameRecord]) -> Iterator[Conflict]:
    """Yield a conflict where a question names places, a bridge or a street, and the fact none but others."""
    asked = {key.removeprefix("name:") for term in question.heavy for key, strength in term.keys if strength == 1.0}
    sites = frozenset(name for name in asked if name in names and names[name].kind == "place")
    held = frozenset(name for name in frame.told if names[name].kind == "place")
    if sites and held and sites.isdisjoint(frame.named):
        yield Conflict(Kind.PLACE, _named(sites, question), _listed(held))


def _which(question: Question, grammar: Grammar) -> str:
    """Return the noun of the things of which a question asks which they are: "what concessions", "name the terms"."""
    asking = grammar.asking_which | grammar.imperatives | grammar.listing
    begun = next((at for at, term in enumerate(question.terms) if term.text in asking), len(question.terms))
    heads = [term for term in question.terms[begun + 1 :] if not term.light][:HEAD_WITHIN]
    head = next((term for term in heads if _is_several(term.text.split()[-1])), None)
    if head is None or question.form is Form.YES_NO:
        return ""
    between = {word for term in question.terms[begun + 1 :] if term.start < head.start for word in term.text.split()}
    word = head.text.split()[-1]
    return word if not between & (grammar.auxiliaries - grammar.plural_heads) else ""


def _is_several(word: str) -> bool:
    return word.endswith("s") and stem(word) != word


def _undone(question: Question, fact: Fact, frame: Frame, grammar: Grammar) -> frozenset[str]:
    """Return the acts that a question speaks of as done, and of which a fact only says that they are demanded or so."""
    if fact.act not in grammar.prospective or fact.act in question.done:
        return frozenset()
    return question.done & frame.keys


def _acts_within(name: str, question: Question, frame: Frame, near: frozenset[str]) -> bool:
    """Return whether somebody whom the fact tells of does what it speaks of beside its own act.

    Such as those who return in a demand to return. `near` are the acts close to the fact's own, and that one.
    """
    deeds = question.deeds.get(name, frozenset())
    return name in frame.told and bool(deeds & frame.keys) and not deeds & (near | frame.own)


def _opposed_act(
    question: Question,
    fact: Fact,
    frame: Frame,
    names: Mapping[str, NameRecord],
    concepts: Mapping[str, Concept],
) -> str:
    """Return the act of a question that excludes the act of a fact; "" when none does."""
    held = concepts[fact.act]
    for act in question.acts if fact.act not in question.acts else ():
        if fact.act in concepts[act].opposite and act in held.opposite and not _stands_in(act, question, frame):
            return act
    for name, deeds in question.deeds.items():
        does = deeds & concepts.keys()
        if with_owners(frozenset((name,)), names) & frame.agents and fact.act not in does:
            unlike = sorted(act for act in does if fact.act in concepts[act].unlike or act in held.unlike)
            if unlike:
                return unlike[0]
    return ""


def _stands_in(act: str, question: Question, frame: Frame) -> bool:
    """Return whether the words of a question for an act stand in the fact itself, and so contradict nothing in it."""
    words_for = (term for term in question.heavy if any(key == act for key, _ in term.keys))
    return any(key in frame.keys for term in words_for for key, _ in term.keys if key[0] == "=")


def _agent_conflicts(  # noqa: PLR0913, PLR0917  as for `conflicts`
    question: Question,
    fact: Fact,
    frame: Frame,
    names: Mapping[str, NameRecord],
    concepts: Mapping[str, Concept],
    grammar: Grammar,
) -> Iterator[Conflict]:
    """Yield a conflict when others act, or speak, than in the fact."""
    heard = frame.agents | frame.speakers
    speaking = frozenset(name for name, deeds in question.deeds.items() if deeds == grammar.saying)
    if speaking and not with_owners(speaking, names) & heard:
        yield Conflict(Kind.ACTOR, _named(speaking, question), _listed(heard) or "no speaker")
        return
    near = concepts[fact.act].near | {fact.act}
    within = frozenset(name for name in question.agents if _acts_within(name, question, frame, near))
    acting = question.agents - speaking - within.union(*(row for row in question.together if row & within))
    agents = with_owners(acting, names)
    says = any(question.deeds.get(name, grammar.saying) <= grammar.saying for name in acting)
    asked_as_actor = says and fact.act not in question.acts  # who says so, asked as who acts
    speakers = frame.speakers if asked_as_actor else frozenset()
    if not agents or not frame.agents or agents & (frame.agents | speakers):
        return
    same_act = any(term.means(fact.act, LOOSE) for term in question.heavy)
    surely = bool(question.named(Role.AGENT))
    kind = Kind.SWAP if agents & frame.targets else Kind.ACTOR if same_act and surely else Kind.AGENT
    yield Conflict(kind, _named(acting, question), _listed(frame.agents))


def _number_conflicts(question: Question, frame: Frame, numbers: frozenset[str]) -> Iterator[Conflict]:
    """Yield a conflict when none of a question's numbers is one of the fact.

    "How many of the 400" names the number of another fact and asks for this one's: that is none.
    """
    counts = question.wanted is not None and question.wanted.kind == "number"
    stated = numbers if counts else frame.numbers
    foreign = [amount for amount in question.numbers if not any(amount.admits(digits) for digits in stated)]
    fits = any(amount.admits(digits) for amount in question.numbers for digits in frame.numbers)
    unheard = [amount for amount in question.numbers if not any(amount.admits(digits) for digits in numbers)]
    if frame.numbers and (unheard or (foreign and not fits)):
        wrong = ", ".join(map(str, unheard or foreign))
        yield Conflict(Kind.NUMBER, wrong, _listed(frame.numbers))
    elif unlike := [amount for amount in question.numbers if amount.unit and _is_of_another_unit(amount, frame)]:
        yield Conflict(Kind.NUMBER, ", ".join(f"{amount} {amount.unit}" for amount in unlike), _listed(frame.numbers))
    elif large := [amount for amount in unheard if not amount.written]:
        yield Conflict(Kind.STRANGER, ", ".join(map(str, large)), "")


def _is_of_another_unit(amount: Amount, frame: Frame) -> bool:
    """Return whether a fact has the same number of another unit of time: "two months", where it says "two weeks"."""
    units = {unit for digits, unit in frame.times if digits == amount.digits}
    return bool(units) and stem(amount.unit) not in units


def _quality_conflicts(question: Question, frame: Frame, concepts: Mapping[str, Concept]) -> Iterator[Conflict]:
    """Yield a conflict where a word of the question means the opposite of a word of the fact.

    A question that speaks of both, as in "from vague to precise", supposes neither.
    """
    asked = {key for term in question.heavy for key, strength in term.keys if strength == 1.0}
    for term in question.heavy:
        sure = {key for key, strength in term.keys if strength == 1.0 and key in concepts and not concepts[key].is_act}
        opposite = {
            other for key in sure for other in concepts[key].opposite & frame.keys if key in concepts[other].opposite
        }
        if opposite and not sure & frame.keys and not asked & opposite:
            yield Conflict(Kind.QUALITY, term.text, _listed(opposite))


def _named(names: frozenset[str], question: Question) -> str:
    """Return the words of a question for names."""
    return ", ".join(_words_for(f"name:{name}", question) for name in sorted(names))


def _words_for(key: str, question: Question) -> str:
    """Return the words of a question that mean a key."""
    return next((term.text for term in question.terms if term.means(key)), key)


def _slot_conflicts(
    question: Question, fact: Fact, frame: Frame, names: Mapping[str, NameRecord]
) -> Iterator[Conflict]:
    """Yield a conflict when a fact does not hold the kind of answer that a question wants.

    Who did something to somebody is not told by a fact that names only those it was done to.
    """
    wanted = question.wanted
    if wanted is None:
        return
    says_so = any(term.means(f"={stem(fact.manner)}") for term in question.heavy)  # "who announced the strike"
    speaks = wanted.kind == "source" and (fact.act in question.acts or says_so)
    if wanted.kind in CARRIED_BY_ACTORS or speaks:
        if not fact.agent and with_owners(question.named(Role.TARGET), names) & frame.targets:
            yield Conflict(Kind.EXACT, wanted.kind, "only those it is done to")
        if fact.agent:
            return
    if not wanted.slots & frame.slots:
        rows = (fact.agent, *fact.slots.values())
        uncounted = wanted.kind == "number" and all(len(row) < LEAST_TO_COUNT for row in rows)
        yield Conflict(Kind.EXACT if wanted.exact or uncounted else Kind.SLOT, wanted.kind, _listed(frame.slots))


def foreign(question: Question, frame: Frame) -> int:
    """Return how many names of a question a fact does not speak of."""
    asked = {key for term in question.heavy for key, strength in term.keys if strength == 1.0}
    names = {key.removeprefix("name:") for key in asked if key.startswith("name:")}
    return len(names - frame.named - frame.speakers)


def agreements(question: Question, fact: Fact, frame: Frame, names: Mapping[str, NameRecord]) -> tuple[Kind, ...]:
    """Return where question and fact name the very same: the actor, a value of a dimension, a number."""
    found: list[Kind] = []
    if with_owners(question.agents, names) & frame.agents:
        found.append(Kind.AGENT)
    if any(fact.dimensions.get(dimension) in values for dimension, values in question.dimensions.items()):
        found.append(Kind.DIMENSION)
    if any(amount.admits(digits) for amount in question.numbers for digits in frame.numbers):
        found.append(Kind.NUMBER)
    return tuple(found)


def _listed(values: frozenset[str] | tuple[str, ...] | set[str]) -> str:
    return ", ".join(sorted(values))
