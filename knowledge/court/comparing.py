"""Questions that set two things side by side: one fact of each, both with the kind of answer that is compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise, product
from math import prod

from knowledge.court.evidence import Kind
from knowledge.court.listing import LONGEST_LIST, listed
from knowledge.court.narrowing import is_of_both, kind_of, names_of
from knowledge.court.weighing import Scales, WeighedFact, Weighing
from knowledge.language.grammar import Grammar
from knowledge.language.terms import Term
from knowledge.message.reading import Form, Question, Reader
from knowledge.outcomes import Fact

LEAST_TO_COMPARE = 0.15
"""Share of the best fact of a comparison that names both things it sets side by side."""

UNASKED = 0.05
"""What a fact has for it in a comparison besides its share: where no topic is named, the most alike are compared."""

PLAINLY_TOLD = 0.5
"""Share from which one half of a comparison is told although the other is not."""

LEAST_OF_HALF = 0.5
"""Share of all facts together from which one of two things that are compared may be told: the other one helps it."""

LEAST_OF_KIND = 0.2
"""The same where both must have a kind of answer, which few facts hold: "what came first, the strike or the vote"."""

COUNTERPART = 0.01
"""Share, beside that of the best fact, from which another can be its counterpart in a comparison."""

LEAST_TOGETHER = 0.04
"""Product of the shares of two facts, each for its own question, from which they are set side by side."""

CHOICES = 4
"""Facts of each side that are tried with those of the other."""

MOST_WAYS = 2
"""Ways of parting a question that are tried, of each kind: each asks two questions more."""

WITHIN = 3
"""Terms at the beginning of a question among which stands what it compares in: "which came first"."""

MILD = frozenset((Kind.AGENT, Kind.ACT, Kind.QUALITY, Kind.SLOT))
"""Conflicts that do not keep a fact from a comparison."""


AMOUNTS = frozenset(("number", "money", "duration", "frequency", "share", "age"))
"""Kinds of slot of which one can be more than another."""

DURATIONS = frozenset(("duration", "since"))
"""Kinds of slot of which one can be longer than another."""

TIMES = frozenset(("weekday", "date", "day-part", "clock-time", "relative-time", "since"))
"""Kinds of slot of which one can be before another."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is set side by side.

    Attributes:
        facts: in the order of the documents; one alone where only one half is told, empty where nothing is compared.
        missing: what the other half is about, where the documents do not tell it; else empty.
    """

    facts: tuple[WeighedFact, ...] = ()
    missing: str = ""


def compared(question: Question, weighing: Weighing, scales: Scales) -> Comparison:
    """Return the two facts that a comparison sets side by side, or the half of them that is told."""
    each = scales.reader.lexicon.grammar.of_each
    of_each = any(is_of_both(term) and not each.isdisjoint(term.text.split()) for term in question.terms)
    if (question.form is not Form.COMPARE and not of_each) or question.strangers:
        return Comparison()
    able = _Able(_compared_kinds(question, scales), scales)
    if question.form is Form.COMPARE:
        for dimension, values in question.dimensions.items():
            if len(values) > 1 and (sides := _one_of_each(dimension, question, weighing, able)):
                return Comparison(sides)
    partings = list(_parted(question, scales))
    pair = max((_pair(parting, able) for parting in partings), key=lambda pair: pair.strength, default=Pair())
    if pair.strength >= LEAST_TOGETHER:
        return Comparison(tuple(sorted(pair.facts, key=lambda weighed: weighed.fact.number)))
    if question.form is not Form.COMPARE:
        return Comparison()
    together = _lists(partings, scales) or _with_counterpart(weighing, able)
    return Comparison(together) if together else _half(question, partings, able)


@dataclass(frozen=True, slots=True)
class _Able:
    """The scales, and the kinds of slot of which both things must have one; empty where any will do."""

    kinds: frozenset[str]
    scales: Scales

    def holds(self, fact: Fact) -> bool:
        return not self.kinds or not self.kinds.isdisjoint(fact.slots)


def _compared_kinds(question: Question, scales: Scales) -> frozenset[str]:
    """Return the kinds of slot that are compared: amounts where one is said to be more, times where one is first."""
    grammar = scales.reader.lexicon.grammar
    said = {word for term in question.terms for word in term.text.split()}
    if question.wanted is not None and not question.wanted.slots.isdisjoint(AMOUNTS | TIMES):
        return question.wanted.slots
    if said & grammar.lasting:
        return DURATIONS
    if said & grammar.measuring:
        return AMOUNTS
    begins = {word for term in question.terms[:WITHIN] for word in term.text.split()}
    return TIMES if begins & grammar.of_order and said & grammar.choosing else frozenset()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two facts, one for each thing compared, and how much speaks for them together, in [0, 1]."""

    facts: tuple[WeighedFact, ...] = ()
    strength: float = 0.0


@dataclass(frozen=True, slots=True)
class Parting:
    """The words of the two questions in a comparison, and what only each of them is about, where it is a name."""

    rows: tuple[list[Term], list[Term]]
    things: tuple[Term, Term] | None = None


def _pair(parting: Parting, able: _Able) -> Pair:
    """Return the best pair of facts for one way of parting a question into the two that it compares."""
    things: Sequence[Term | None] = parting.things or (None, None)
    sides = [_best(row, thing, able) for row, thing in zip(parting.rows, things, strict=True)]
    in_order = bool(able.kinds) and able.kinds <= TIMES  # what came first need not be like what came then
    pairs = [
        Pair((first, second), first.share * second.share * (1.0 if in_order else _fit(first.fact, second.fact)))
        for first, second in product(*sides)
        if first.fact is not second.fact
    ]
    return max(pairs, key=lambda pair: pair.strength, default=Pair())


def _lists(partings: Sequence[Parting], scales: Scales) -> tuple[WeighedFact, ...]:
    """Return the list of each of two names that are compared in several things: "X's demands and Y's"."""
    for parting in (parting for parting in partings if parting.things is not None):
        questions = [_question(row, scales) for row in parting.rows]
        lists = [
            listed(replace(question, form=Form.LIST), scales.weigh(question), scales)
            for question in questions
            if not question.strangers
        ]
        facts = {weighed.fact.number: weighed for each in lists for weighed in each}
        if len(lists) == len(parting.rows) and all(lists) and len(facts) <= LONGEST_LIST:
            return tuple(facts[number] for number in sorted(facts))
    return ()


def _half(question: Question, partings: Sequence[Parting], able: _Able) -> Comparison:
    """Return the half of a comparison of two names that is plainly told, and the name on which nothing is.

    Nothing is told on a name only where no fact that speaks of it holds any topic of the question.
    """
    topics = {key for term in question.heavy if not names_of(term) for key, sure in term.keys if sure == 1.0}
    frames = able.scales.frames
    for parting in partings:
        if parting.things is None:
            continue
        for row, thing, other in zip(parting.rows, parting.things, reversed(parting.things), strict=True):
            told = [fact for fact in _best(row, thing, able) if fact.share >= PLAINLY_TOLD and not fact.conflicts]
            named = [name for name in names_of(other) if name in able.scales.names]
            told_too = any(names_of(other) & frame.named and topics & frame.keys for frame in frames)
            if told and named and not told_too and names_of(thing) & frames[told[0].fact.number].agents:
                return Comparison((told[0],), able.scales.names[named[0]].label)
    return Comparison()


def _parted(question: Question, scales: Scales) -> Iterator[Parting]:
    """Yield the ways to part a comparison into its two questions, each without what only the other is about.

    Two things of one kind part it ("Hamas ... the Americans"): either may be left out of the whole, or the sentence may
    break between them. Without such things it breaks at the word that sets one against the other.
    """
    reader = scales.reader
    grammar = reader.lexicon.grammar
    if sides := _sides(question, scales):
        yield sides
    order = next(
        (at for at, term in enumerate(question.terms[:WITHIN]) if term.text.split()[-1] in grammar.of_order), -1
    )
    said = question.terms[order + 1 :]  # "which came first, this or that"
    terms = [term for term in said if term.text not in grammar.comparing or term.text in grammar.against]
    against = [at for at, term in enumerate(terms) if term.text in grammar.against]
    alike = [
        (at, behind)
        for at, behind in combinations(range(len(terms)), 2)
        if not (terms[at].light or terms[behind].light) and _are_alike(terms[at], terms[behind], reader)
    ]
    alike.sort(key=lambda pair: not any(pair[0] < at < pair[1] for at in against))
    for at, behind in alike[:MOST_WAYS]:
        names = (terms[at], terms[behind]) if names_of(terms[at]) and names_of(terms[behind]) else None
        yield Parting((_without(terms, behind, against), _without(terms, at, against)), names)
        begins = _beginning(terms, behind, grammar)
        if names and at < begins:
            yield Parting((terms[:begins], terms[begins:]), names)
    for at in (*_differing(terms, grammar), *against)[:MOST_WAYS]:
        yield Parting((terms[:at], terms[at + 1 :]))


def _beginning(terms: Sequence[Term], at: int, grammar: Grammar) -> int:
    """Return where the noun begins that a name belongs to: "the tone of the envoy"."""
    of = at > 1 and terms[at - 1].text in grammar.of_which and not terms[at - 2].light
    return at - 2 if of else at


def _differing(terms: Sequence[Term], grammar: Grammar) -> list[int]:
    """Return where "from" parts a comparison: "how does this differ from that"."""
    texts = [term.text for term in terms]
    differs = next((at for at, text in enumerate(texts) if not grammar.differing.isdisjoint(text.split())), len(texts))
    return [at for at in range(differs + 1, len(texts)) if texts[at] in grammar.coming_from][:1]


def _sides(question: Question, scales: Scales) -> Parting | None:
    """Return the question of each of the two sides, where one asks about both: "each side", "how far apart"."""
    grammar = scales.reader.lexicon.grammar
    both = next((term for term in question.terms if is_of_both(term)), None)
    apart = next((term for term in question.terms if not grammar.apart.isdisjoint(term.text.split())), None)
    acting = {name for frame in scales.frames for name in frame.agents if scales.names[name].kind == "side"}
    marked = both or apart
    if marked is None or len(acting) != 2 or any(names_of(term) & acting for term in question.terms):
        return None
    drop = grammar.comparing | grammar.measuring | grammar.against
    topics = [term for term in question.terms if not term.light and term not in (both, apart)]
    topics = [term for term in topics if term.text not in drop]
    one, other = (
        marked._replace(text=scales.names[name].forms[0].lower(), keys=((f"name:{name}", 1.0),), light=False)
        for name in sorted(acting)
    )
    return Parting(([one, *topics], [other, *topics]), (one, other)) if topics else None


def _without(terms: Sequence[Term], left_out: int, against: Sequence[int]) -> list[Term]:
    return [term for at, term in enumerate(terms) if at != left_out and at not in against]


def _are_alike(one: Term, other: Term, reader: Reader) -> bool:
    """Return whether two terms name different things of one kind."""
    same = {key for key, strength in one.keys if strength == 1.0} & {
        key for key, strength in other.keys if strength == 1.0
    }
    return reader.alike(one, other) and not same


def _question(row: Sequence[Term], scales: Scales) -> Question:
    """Return one of the two questions of a comparison, read."""
    return scales.reader.read(scales.reader.splitter.segment(" ".join(term.text for term in row)))


def _best(row: Sequence[Term], thing: Term | None, able: _Able) -> list[WeighedFact]:
    """Return the facts that may answer one of the two questions, best first; they speak of the thing."""
    if all(term.light for term in row):
        return []
    scales = able.scales
    question = _question(row, scales)
    if question.form is Form.KEYWORDS and not _names_a_kind(row, scales):
        question = replace(question, wanted=None)  # half of a sentence asks for no kind, though its last noun is one
    weighing = scales.weigh(question)
    least = LEAST_OF_KIND if able.kinds else LEAST_OF_HALF
    if weighing.answerable < least or question.strangers:
        return []
    fitting = [fact for fact in weighing.facts if all(conflict.kind in MILD for conflict in fact.conflicts)]
    fitting = [fact for fact in fitting if able.holds(fact.fact)]
    if thing is not None and scales.names[min(names_of(thing))].kind == "side":
        fitting = [fact for fact in fitting if names_of(thing) & _told_of(fact.fact, scales)]
    return [fact for fact in fitting[:CHOICES] if fact.share >= LEAST_TO_COMPARE * fitting[0].share]


def _names_a_kind(row: Sequence[Term], scales: Scales) -> bool:
    """Return whether one of two questions says what it wants to know of its thing: "the tone of the envoy"."""
    of_which = scales.reader.lexicon.grammar.of_which
    return any(kind_of(one, scales) and other.text in of_which for one, other in pairwise(row))


def _fit(one: Fact, other: Fact) -> float:
    """Return how well two facts stand side by side, in (0, 1]: they tell the same of two things."""
    return (1.0 if _are_counterparts(one, other) else 0.5) * 0.8 ** _differences(one, other) * _likeness(one, other)


def _told_of(fact: Fact, scales: Scales) -> frozenset[str]:
    """Return those who act, speak or lead in a fact."""
    return scales.frames[fact.number].agents | frozenset(fact.speakers) | scales.frames[fact.number].targets


def _likeness(one: Fact, other: Fact) -> float:
    """Return how much of what either of two facts is about and holds both share, in (0, 1]."""
    held = [{*fact.themes, *(f"slot:{slot}" for slot in fact.slots)} for fact in (one, other)]
    return (1 + len(held[0] & held[1])) / (1 + len(held[0] | held[1]))


def _with_counterpart(weighing: Weighing, able: _Able) -> tuple[WeighedFact, ...]:
    """Return the best fact with the one that tells the same of another actor, plan or group."""
    if weighing.answerable < able.scales.weights.answer_at or not able.holds(weighing.facts[0].fact):
        return ()
    first = weighing.facts[0]
    others = [
        other
        for other in weighing.facts[1:]
        if other.share >= first.share * COUNTERPART
        and able.holds(other.fact)
        and _are_counterparts(first.fact, other.fact)
    ]
    if not others:
        return ()
    other = min(others, key=lambda weighed: (_differences(first.fact, weighed.fact), -weighed.share))
    return tuple(sorted((first, other), key=lambda weighed: weighed.fact.number))


def _one_of_each(dimension: str, question: Question, weighing: Weighing, able: _Able) -> tuple[WeighedFact, ...]:
    """Return one fact for each value of a dimension, those that differ least otherwise; empty when a value has none."""
    values = question.dimensions[dimension]
    compared_in = {key for key, named in question.dimensions.items() if len(named) > 1}
    weighed = {each.fact.id: each for each in weighing.facts}
    every = [weighed.get(fact.id) or able.scales.unweighed(fact) for fact in able.scales.facts if able.holds(fact)]
    facts = [[fact for fact in every if fact.fact.dimensions.get(dimension) == value] for value in sorted(values)]
    sets: list[tuple[WeighedFact, ...]] = [
        chosen
        for chosen in product(*facts)
        if all(_are_counterparts(chosen[0].fact, other.fact) for other in chosen[1:])
    ]
    if not sets or weighing.facts[0].share < LEAST_TO_COMPARE:
        return ()

    same = [chosen for chosen in sets if all(_agree(chosen[0].fact, each.fact, compared_in) for each in chosen)]
    topics = [{key for key, strength in term.keys if strength == 1.0} for term in _topics(question, able.scales.reader)]

    def told(chosen: tuple[WeighedFact, ...]) -> int:
        frames = [able.scales.frames[each.fact.number] for each in chosen]
        return sum(all(keys & frame.keys for frame in frames) for keys in topics)

    nearest = max(same or sets, key=lambda chosen: (told(chosen), round(_together(chosen), 3), -chosen[0].fact.number))
    return tuple(sorted(nearest, key=lambda each: each.fact.number))


def _topics(question: Question, reader: Reader) -> list[Term]:
    """Return the terms of a comparison that say in what its things are compared: neither the things, nor that it is."""
    grammar = reader.lexicon.grammar
    drop = grammar.comparing | grammar.against | grammar.measuring
    things = {
        key for form, (dimension, _) in reader.dimensions.items() if dimension in question.dimensions for key in form
    }
    return [
        term
        for term in question.heavy
        if drop.isdisjoint(term.text.split()) and not names_of(term) and not any(map(term.means, things))
    ]


def _agree(one: Fact, other: Fact, but: set[str]) -> bool:
    """Return whether two facts have no other value of any dimension but of those that are compared."""
    return all(one.dimensions.get(key, value) == value for key, value in other.dimensions.items() if key not in but)


def _together(chosen: tuple[WeighedFact, ...]) -> float:
    """Return how much speaks for facts as the same of several things: how alike they are, and what each has for it."""
    alike = prod(_fit(chosen[0].fact, other.fact) for other in chosen[1:])
    return alike * prod(UNASKED + fact.share for fact in chosen)


def _are_counterparts(one: Fact, other: Fact) -> bool:
    """Return whether two facts answer the same kind of question for different actors, plans or groups."""
    differ = any(one.dimensions.get(key, value) != value for key, value in other.dimensions.items())
    alike = set(one.themes) & set(other.themes) and set(one.slots) & set(other.slots)
    return bool(alike) and (differ or set(one.agent) != set(other.agent))


def _differences(one: Fact, other: Fact) -> int:
    """Return in how many ways two facts differ: by dimension, actor or act."""
    dimensions = sum(one.dimensions.get(key, value) != value for key, value in other.dimensions.items())
    return dimensions + (one.act != other.act) + (len(set(one.themes) & set(other.themes)) < 2)
