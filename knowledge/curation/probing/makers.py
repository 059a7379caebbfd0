"""How a question of a fact is made one that the fact does not answer, or one that it answers all the same.

Every maker knows what must come of its question by construction alone, from frames and vocabularies, and makes none
where it does not. What it puts in is stated by no fact, or else the facts that state it are admitted as answers.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from knowledge.court.evidence import Frame, with_owners
from knowledge.curation.probing.kinds import Changed, Maker, Material, ProbeKind, Source
from knowledge.curation.probing.slips import slipped
from knowledge.curation.probing.texts import (
    Named,
    Text,
    concept_change,
    inflected,
    inflection,
    is_verb,
    load_rewriting,
    name_changes,
    named,
    standing_at,
    word_for,
    world,
)
from knowledge.language.grammar import load_grammar
from knowledge.language.lexicon import Wanted
from knowledge.language.spelling import english_words
from knowledge.language.terms import Term
from knowledge.language.text import stem, words
from knowledge.message.reading import counted
from knowledge.models import SlotKind
from knowledge.outcomes import Fact

OF_THE_WORLD = {
    "country": "countries",
    "city": "cities",
    "person": "people",
    "organisation": "organisations",
    "outlet": "outlets",
}
"""Kinds of name for which the world has others, where the base has none."""

DESCRIBING = frozenset(("role",))
"""Kinds of name that describe somebody: "an official" may be the same as "a source", and neither excludes the other."""

PLACES = frozenset(("city", "place"))

NOT_BARE = frozenset(("since",))
"""Kinds of slot that a bare word does not ask for: "for the first time in months" does not tell when."""

LEAST_PLAIN = 10
"""The smallest number that is changed: smaller ones count what nobody would call a number."""


# Who acts, and where -------------------------------------------------------------------------------------------------


def actor_swapped(source: Source, material: Material, chance: random.Random) -> Changed | None:
    """Put another of the same kind in the place of the one who acts."""
    return _whole(_another_actor(source, material, chance))


def place_swapped(source: Source, material: Material, chance: random.Random) -> Changed | None:
    """Put another city or place where the fact names one."""
    return _whole(_another_place(source, material, chance))


def _whole(swapped: tuple[Changed, Named] | None) -> Changed | None:
    return swapped[0] if swapped else None


def _another_actor(source: Source, material: Material, chance: random.Random) -> tuple[Changed, Named] | None:
    """Return the question about another actor, with that one."""
    fact, text = source.fact, source.text
    agents = [agent for agent in fact.agent if agent in text.named and material.names[agent].kind not in DESCRIBING]
    if text.is_open or not agents or fact.act in load_rewriting().mutual:
        return None
    taken = with_owners(fact.agent, material.names)
    others = [each for each in material.names if each not in taken]
    return _swapped(source, chance.choice(agents), others, material, chance)


def _another_place(source: Source, material: Material, chance: random.Random) -> tuple[Changed, Named] | None:
    """Return the question about another place, with that one."""
    fact, text = source.fact, source.text
    told = material.frame(fact).told
    places = [name for name in sorted(text.named & told) if material.names[name].kind in PLACES]
    if text.is_open or not places or not set(places).isdisjoint(fact.agent):
        return None
    others = [each for each in material.names if each not in material.frame(fact).named]
    return _swapped(source, chance.choice(places), others, material, chance)


def _swapped(
    source: Source, name: str, others: Sequence[str], material: Material, chance: random.Random
) -> tuple[Changed, Named] | None:
    """Return a question with one of some other names, or one of the world, in the place of a name."""
    text, kind = source.text, material.names[name].kind
    known = [
        named(material.names[each])
        for each in others
        if material.names[each].kind == kind
        and each not in text.named
        and material.is_apart(each, name)
        and not _is_named_like(material, each, name)
    ]
    instead = chance.choice(known) if known else _of_the_world(kind, material, chance)
    changes = name_changes(text, name, instead, material.names) if instead else []
    if instead is None or not changes:
        return None
    admitted = material.admitting(lambda fact, frame: _speaks_of(instead, fact, frame), source.fact)
    start, end, put = changes[0]
    return Changed((text.with_changes(changes),), (text.written[start:end], put), admitted=admitted), instead


def _is_named_like(material: Material, one: str, other: str) -> bool:
    """Return whether a form of one name holds a whole form of another: "the town" and "the town's mayor"."""
    rows, others = material.stems_of(one), material.stems_of(other)
    return any(row <= each or each <= row for row in rows for each in others)


def _of_the_world(kind: str, material: Material, chance: random.Random) -> Named | None:
    """Return a name of the world that the base knows nothing of; None where there is none of a kind."""
    if kind not in OF_THE_WORLD:
        return None
    own = material.reader.splitter.speller.base
    strange = [
        each
        for each in world()[OF_THE_WORLD[kind]]
        if own.isdisjoint(word.text for form in each.forms for word in words(form))
    ]
    return chance.choice(strange) if strange else None


def _speaks_of(instead: Named, fact: Fact, frame: Frame) -> bool:
    """Return whether a fact tells of a name, or has it as its theme."""
    return instead.key.removeprefix("name:") in frame.named | frame.speakers | set(fact.themes)


def sides_mirrored(source: Source, material: Material, _: random.Random) -> Changed | None:
    """Let the one act to whom it is done, and have it done to the one who acts."""
    fact, text, names = source.fact, source.text, material.names
    if text.is_open or len(fact.agent) != 1 or len(fact.target) != 1 or fact.act in load_rewriting().mutual:
        return None
    (agent,), (target,) = fact.agent, fact.target
    alike = names[agent].kind == names[target].kind and material.is_apart(agent, target)
    if not alike or not {agent, target} <= text.named:
        return None
    there = name_changes(text, agent, named(names[target]), names)
    back = name_changes(text, target, named(names[agent]), names)
    if not there or not back:
        return None
    admitted = material.admitting(lambda other, frame: target in frame.agents and _same(other, fact, frame), fact)
    changed = (f"{names[agent].label} … {names[target].label}", f"{names[target].label} … {names[agent].label}")
    return Changed((text.with_changes([*there, *back]),), changed, admitted=admitted)


def _same(other: Fact, fact: Fact, frame: Frame) -> bool:
    """Return whether another fact tells of the same act or theme."""
    return other.act == fact.act or fact.act in frame.keys or bool(set(other.themes) & set(fact.themes))


# What is done, how many, and which ------------------------------------------------------------------------------------


def act_reversed(source: Source, material: Material, chance: random.Random) -> Changed | None:
    """Put the opposite of what is done, by the opposites of the vocabulary."""
    fact, text, concepts = source.fact, source.text, material.base.scales.concepts
    held = concepts[fact.act]
    opposite = sorted(each for each in held.opposite if fact.act in concepts[each].opposite)
    if text.is_open or fact.act in load_rewriting().mutual or any(term.means_any(opposite) for term in text.terms):
        return None
    found = [term for term in text.terms if term.length == 1 and term.means(fact.act) and text.place(term)]
    chance.shuffle(opposite)
    for term in found:
        ending = inflection(term.text)
        plain = (
            material.reader.vocabulary.terms(words(inflected(term.text, "ed") or term.text)) if not ending else (term,)
        )
        if ending == "?" or (not ending and not is_verb(text, term)) or not plain[0].means(fact.act):
            continue
        for act in opposite:
            verb = _verb(act, ending, fact.act, material)
            if verb:
                start, end = text.places[term.start]
                admitted = material.admitting(lambda other, frame, act=act: act in frame.keys | {other.act}, fact)  # type: ignore[misc]
                return Changed(
                    (text.with_changes([(start, end, verb)]),), (text.written[start:end], verb), admitted=admitted
                )
    return None


def _verb(act: str, ending: str, apart_from: str, material: Material) -> str:
    """Return the verb of an act with an ending, where it surely means this act and not another; else ""."""
    verb = inflected(act, ending)
    terms = material.reader.vocabulary.terms(words(verb)) if verb in english_words() else ()
    return verb if len(terms) == 1 and terms[0].means(act) and not terms[0].means(apart_from, 0.0) else ""


def number_changed(source: Source, material: Material, chance: random.Random) -> Changed | None:
    """Put a number that nothing speaks of in the place of one that the fact plainly states."""
    fact, text = source.fact, source.text
    if text.is_open:
        return None
    plain = _plain_numbers(material.text(fact.claim)) & _plain_numbers(material.text(fact.citation.quote))
    for term in text.terms:
        place = text.place(term)
        digits = _digits(term, text)
        if place and digits in plain and digits in _plain_numbers(text):
            put = _another(digits, material.numbers, chance)
            start, end = place
            shown = f"{int(put):,}" if "," in text.written[start:end] else put
            return Changed((text.with_changes([(start, end, shown)]),), (text.written[start:end], shown))
    return None


def _plain_numbers(text: Text) -> frozenset[str]:
    """Return the whole numbers of a text that nothing makes vague."""
    vague = load_rewriting().vague
    found = [(digits, term) for term in text.terms if (digits := _digits(term, text)) and int(digits) >= LEAST_PLAIN]
    return frozenset(digits for digits, term in found if vague.isdisjoint(text.before(term, 2)))


def _digits(term: Term, text: Text) -> str:
    """Return the digits of a term that is a whole number, in figures or as a small word that counts; else ""."""
    digits = stem(term.text)
    if digits.isdecimal():
        return digits
    small = counted([token.text for token in text.tokens], term.start, load_grammar())
    return str(small) if small else ""


def _another(digits: str, taken: frozenset[str], chance: random.Random) -> str:
    """Return a number as large and as round as another, that is not taken."""
    value = int(digits)
    step = 10 ** min(len(digits) - len(digits.rstrip("0")), len(digits) - 1)
    near = [each for each in range(value - value // 2, value * 2 + step, step) if each > 1 and str(each) not in taken]
    return str(chance.choice(near))


def negated(source: Source, material: Material, _: random.Random) -> Changed | None:
    """Deny what is asked: "who did not"; a question for yes or no still asks the same."""
    text, fact, grammar = source.text, source.fact, load_grammar()
    denying = load_rewriting().denying
    at = next((at for at, word in enumerate(text.row[:5]) if word in grammar.auxiliaries), None)
    if at is None or text.is_open or source.is_claim or text.row[at] not in denying:
        return None
    behind = text.row[at + 1] if at + 1 < len(text.row) else ""
    asks = at == 0 or (text.row[0] in grammar.question_words and not _is_pronoun(behind, material))
    opposite = material.base.scales.concepts[fact.act].opposite
    auxiliary = words(text.written)[at]
    acts = [term for term in text.terms if term.means(fact.act) and text.tokens[term.start].start > auxiliary.end]
    if not asks or not acts or any(term.means_any(opposite) for term in text.terms):
        return None
    written = text.written[auxiliary.start : auxiliary.end]
    if written.lower() != auxiliary.text:
        return None  # "who's" stands for two words
    put = denying[auxiliary.text]
    question = text.with_changes([(auxiliary.start, auxiliary.end, put.capitalize() if at == 0 else put)])
    denied = material.admitting(lambda other, _: other.act in opposite, fact)
    return Changed((question,), (written, put), is_answered=at == 0, admitted=denied)


def _is_pronoun(word: str, material: Material) -> bool:
    return "pronoun" in material.reader.lexicon.following.meanings.get(word, ())


def dimension_swapped(source: Source, material: Material, chance: random.Random) -> Changed | None:
    """Put another value of something exclusive in the place of the fact's: another plan, phase, day or group."""
    if source.text.is_open or not source.fact.dimensions:
        return None
    found = list(_other_values(source, material))
    return chance.choice(found) if found else None


def _other_values(source: Source, material: Material) -> Iterator[Changed]:
    """Yield a question for every other value that differs in one word."""
    text, reader = source.text, material.reader
    by_dimension: dict[str, dict[tuple[str, ...], str]] = {}
    for form, (dimension, value) in reader.dimensions.items():
        by_dimension.setdefault(dimension, {})[form] = value
    for dimension, held in source.fact.dimensions.items():
        forms = by_dimension.get(dimension, {})
        chosen = {value for form, value in forms.items() if any(standing_at(form, text))}
        if chosen == {held}:
            for form in (each for each, value in forms.items() if value == held):
                for row in standing_at(form, text):
                    yield from _exchanged(source, material, (dimension, held), (form, row), forms)


def _exchanged(
    source: Source,
    material: Material,
    held: tuple[str, str],
    found: tuple[tuple[str, ...], tuple[Term, ...]],
    forms: Mapping[tuple[str, ...], str],
) -> Iterator[Changed]:
    """Yield a question for each form of another value that differs from a found one in one word."""
    (dimension, value), (form, row), text = held, found, source.text
    for other, put in forms.items():
        apart = [at for at, pair in enumerate(zip(form, other, strict=False)) if pair[0] != pair[1]]
        if put == value or len(other) != len(form) or len(apart) != 1:
            continue
        changed = _with_key(source, material, row[apart[0]], form[apart[0]], other[apart[0]])
        if changed is not None:
            admitted = material.admitting(
                lambda each, frame, other=other, put=put: (  # type: ignore[misc]
                    each.dimensions.get(dimension) == put
                    or (dimension not in each.dimensions and frame.keys.issuperset(other))
                ),
                source.fact,
            )
            question, words_ = changed
            if question != text.written:
                yield Changed((question,), words_, admitted=admitted)


def _with_key(
    source: Source, material: Material, term: Term, of: str, instead: str
) -> tuple[str, tuple[str, str]] | None:
    """Return a question with another name or word for what a term means, and both; None where there is none."""
    text, names = source.text, material.names
    if of.startswith("name:") and instead.startswith("name:"):
        changes = name_changes(text, of[5:], named(names[instead[5:]]), names)
        if instead[5:] in text.named:
            return None
    else:
        word = "" if of.startswith("name:") or instead.startswith("name:") else word_for(instead, material.reader)
        change = concept_change(text, term, of, word, material.reader) if word else None
        changes = [change] if change else []
    if not changes:
        return None
    start, end, put = changes[0]
    return text.with_changes(changes), (text.written[start:end], put)


# What is still the same -----------------------------------------------------------------------------------------------


def mistyped(source: Source, material: Material, chance: random.Random) -> Changed | None:
    """Put a likely slip into a name or another word that carries a topic."""
    found = _mistyped(source.text, material, chance)
    return Changed((found[0],), found[1], is_answered=True) if found else None


def _mistyped(text: Text, material: Material, chance: random.Random) -> tuple[str, tuple[str, str]] | None:
    heavy = [word for term in text.heavy for word in text.words_of(term) if word.end]
    for word in chance.sample(heavy, len(heavy)):
        slip = slipped(word, text.written, material.reader, chance)
        if slip:
            changed = (text.written[word.start : word.end], slip)
            return text.with_changes([(word.start, word.end, slip)]), changed
    return None


def followed_up(source: Source, material: Material, chance: random.Random) -> Changed | None:
    """Ask further what the fact holds, in a bare word: "when?"; or the same about another: "and Egypt?"."""
    if source.text.is_open:
        return None
    found = [*_asked_further(source, material), *_asked_of_another(source, material, chance)]
    return chance.choice(found) if found else None


def _asked_further(source: Source, material: Material) -> Iterator[Changed]:
    """Yield a follow-up in one word for each kind of answer that the fact holds and the question does not ask for.

    "Who?" is none: it may ask who does it, or to whom it is done.
    """
    lexicon, fact, grammar = material.reader.lexicon, source.fact, load_grammar()
    asked = {wanted.kind for _, _, wanted in lexicon.cues.find(("^", *source.text.row))}
    for cue in sorted(grammar.question_words - grammar.subjects):
        for wanted in lexicon.cues.meanings.get(cue, ()):
            held = _held(wanted, fact)
            if held and wanted.kind not in asked:
                alike = material.admitting(lambda other, frame: _same(other, fact, frame), fact)
                same = frozenset(
                    other.id for other in material.base.facts if other.id in alike and _held(wanted, other)
                )
                yield Changed((source.text.written, f"{cue}?"), ("", f"{cue}?"), is_answered=True, admitted=same)


def _held(wanted: Wanted, fact: Fact) -> bool:
    """Return whether a fact surely holds a kind of answer: by the slot of that name, where there is one."""
    slots = wanted.slots & fact.slots.keys()
    return wanted.kind in slots or (wanted.kind not in get_args(SlotKind) and bool(slots - NOT_BARE))


def _asked_of_another(source: Source, material: Material, chance: random.Random) -> Iterator[Changed]:
    """Yield the follow-up that puts another actor or place in the place of the question's."""
    for make in (_another_actor, _another_place):
        found = make(source, material, chance)
        if found is not None:
            (whole, instead), text = found, source.text.written
            follow_up = load_rewriting().following.format(instead.label)
            yield Changed((text, follow_up), (whole.changed[0], instead.label), admitted=whole.admitted)


def gap_reworded(wording: Text, material: Material, chance: random.Random) -> Changed | None:
    """Ask for something unsaid in slightly other words: another word for the same, or a likely slip."""
    ways = [_synonym, _mistyped]
    chance.shuffle(ways)
    for way in ways:
        found = way(wording, material, chance)
        if found:
            return Changed((found[0],), found[1])
    return None


def _synonym(text: Text, material: Material, chance: random.Random) -> tuple[str, tuple[str, str]] | None:
    """Return a text with another plain word for what one of its words surely and solely means, and both words."""
    concepts = material.reader.lexicon.concepts
    for term in chance.sample(text.terms, len(text.terms)):
        sure = [key for key, strength in term.keys if key in concepts]
        place = text.place(term)
        if len(sure) != 1 or not term.means(sure[0]) or term.length != 1 or place is None or term.light:
            continue
        ending = inflection(term.text)
        verb = "?" if ending == "?" or (not ending and not is_verb(text, term)) else ending
        put = "" if verb == "?" or not concepts[sure[0]].is_act else _verb(sure[0], verb, "", material)
        if put and put != term.text:
            start, end = place
            return text.with_changes([(start, end, put)]), (text.written[start:end], put)
    return None


MAKERS: Mapping[ProbeKind, Maker] = {
    ProbeKind.ACTOR: actor_swapped,
    ProbeKind.MIRROR: sides_mirrored,
    ProbeKind.ACT: act_reversed,
    ProbeKind.NUMBER: number_changed,
    ProbeKind.NEGATION: negated,
    ProbeKind.PLACE: place_swapped,
    ProbeKind.DIMENSION: dimension_swapped,
    ProbeKind.TYPO: mistyped,
    ProbeKind.ELLIPSIS: followed_up,
}
"""What changes the wordings of facts; those of gaps are changed by `gap_reworded`."""
