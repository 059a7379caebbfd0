"""Questions that ask for several facts: all that share what was asked for.

A list is made of frames, not of likeness: every word of the question that carries a topic must be the actor, the act, a
theme, a value of a dimension, a kind of answer or something the facts speak of, and the list is all facts that agree
with every one of them. A word that is none of these means that something narrower was asked, and then there is no list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.evidence import Kind
from knowledge.narrowing import Narrowing, Tier, is_of_both, names_of
from knowledge.outcomes import Fact
from knowledge.reading import Form, Question
from knowledge.terms import Term
from knowledge.text import stem
from knowledge.weighing import Scales, WeighedFact, Weighing

FEW = 5
"""Facts that are all told of a name which is the whole message."""

LONGEST_LIST = 12
"""Facts in one list; a question that matches more is too wide to be a list."""

LEAST_OF_BEST = 0.02
"""Share, beside that of the best fact, from which a fact belongs to the list of one word alone."""

CLEARLY = 0.5
"""Share from which one fact is so clearly asked for that a list without it is none."""

ALL_BUT_ALONE = 0.9
"""Share from which one fact is asked for alone, where a list is read loosely."""

LEAST_TO_LIST = 0.6
"""Share of all facts together from which words that no frame holds may still make a list."""


def listed(  # noqa: PLR0911  one reason after the other why a question asks for no list
    question: Question, weighing: Weighing, scales: Scales
) -> tuple[WeighedFact, ...]:
    """Return all facts that share what a question asks for, in the order of the documents.

    Empty when it does not ask for a list.
    """
    if question.form in (Form.YES_NO, Form.COMPARE) or question.strangers:
        return ()
    if question.form is Form.KEYWORDS and len(question.heavy) == 1 and question.heavy[0].is_name:
        return _about_name(question.heavy[0], weighing, scales)
    head = _head(question, scales)
    stances = _stances(question, scales)
    several = bool(stances) or question.form is Form.LIST or (head is not None and _is_plural(head))
    if not several and (head is not None or not _is_open(question)):
        return ()
    narrowing = Narrowing(question, scales, head, acting=bool(stances))
    groups = _groups(question, narrowing, several=several)
    if len(groups) + bool(stances) < 1 + (not several):
        return ()
    found = narrowing.narrowed(groups, Tier.MENTIONED if several else Tier.LOOSE)
    facts = [fact for fact in found.facts if not stances or fact.act in stances]
    unsaid = weighing.gaps[0].share if weighing.gaps and not several else 0.0
    if weighing.answerable < max(unsaid, _least(found.tier, several=several)):
        return ()
    strict = found.tier is Tier.SURE and (head is not None or not several)
    if not strict and weighing.facts and _outweighs(weighing.facts[0], facts, found.tier, several=several, head=head):
        return ()
    weighed = {each.fact.id: each for each in weighing.facts}
    listing = [weighed.get(fact.id) or scales.unweighed(fact) for fact in _without_conflict(facts, question, groups)]
    alone = len(groups) == 1 and not stances
    if alone and (found.tier > Tier.LOOSE or any(map(names_of, groups[0]))):  # only what the words speak for is listed
        most = max((each.share for each in listing), default=0.0)
        listing = [each for each in listing if each.share >= most * LEAST_OF_BEST]
    return tuple(listing) if 2 <= len(listing) <= LONGEST_LIST else ()


def _least(tier: Tier, *, several: bool) -> float:
    """Return the share that all facts together need: the less surely a list is read, the more."""
    return LEAST_TO_LIST if tier > (Tier.LOOSE if several else Tier.SURE) else 0.0


def _outweighs(best: WeighedFact, listing: Sequence[Fact], tier: Tier, *, several: bool, head: Term | None) -> bool:
    """Return whether one fact alone is so clearly what is asked for that a list would hide it.

    Where no noun says what is listed, what most speaks for must be in the list. A fact that only a conflict keeps out
    of a list that is read loosely is what the question is about.
    """
    if best.fact in listing:
        return not several and best.share >= ALL_BUT_ALONE
    free = all(conflict.kind is Kind.SLOT for conflict in best.conflicts)
    if head is None or not several:
        return free or not several
    return best.share >= CLEARLY and (tier > Tier.LOOSE or free)


def _about_name(term: Term, weighing: Weighing, scales: Scales) -> tuple[WeighedFact, ...]:
    """Return the facts that speak of a name which is the whole message, where they are few."""
    weighed = {each.fact.id: each for each in weighing.facts}
    found = [fact for fact in scales.facts if names_of(term) & scales.frames[fact.number].named]
    return tuple(weighed.get(fact.id) or scales.unweighed(fact) for fact in found if len(found) <= FEW)


def _is_open(question: Question) -> bool:
    """Return whether a question leaves open how many things would answer it: "what did X demand"."""
    conditional = any(term.text in ("if", "whether") for term in question.terms)
    asks = question.form is Form.KEYWORDS or (question.form is Form.OPEN and question.wanted is None)
    return asks and not conditional


def _head(question: Question, scales: Scales) -> Term | None:
    """Return the noun that says what is asked for: right behind "which" or a word that asks for a list."""
    grammar = scales.reader.lexicon.grammar
    behind, packed = "", None
    for term in question.terms:
        if packed is not None and term.text == "of":
            return packed
        packed = term if behind and _only_lists(term, scales) and _is_plural(term) else None
        if behind and not term.light and not _only_lists(term, scales):
            if term.is_name:
                continue
            return None if _is_verb(term, behind, question, scales) else term
        if term.text in grammar.asking_which or term.text in grammar.listing:
            behind = term.text
        elif term.light and term.text not in grammar.before_a_head:
            behind = ""
    return None


def _is_verb(term: Term, behind: str, question: Question, scales: Scales) -> bool:
    """Return whether what stands behind "what" is what somebody does, no noun: "what blocks a deal"."""
    lexicon = scales.reader.lexicon
    if term.text.split()[0] in lexicon.grammar.auxiliaries - lexicon.grammar.plural_heads:
        return True
    acts = any(
        key in lexicon.concepts and lexicon.concepts[key].is_act for key, strength in term.keys if strength == 1.0
    )
    return behind == "what" and acts and not any(each.text in lexicon.grammar.auxiliaries for each in question.terms)


def _is_plural(head: Term) -> bool:
    """Return whether a noun names several things."""
    word = head.text.partition(" of ")[0].split()[-1]  # "points of contention" are several
    return word.endswith("s") and not word.endswith("ss") and stem(word) != word


def _only_lists(term: Term, scales: Scales) -> bool:
    """Return whether a term says only that there are several: "main points", "all of them"."""
    lexicon = scales.reader.lexicon
    of_lists = lexicon.grammar.of_lists | lexicon.grammar.listing
    texts = term.text.split()
    if of_lists.issuperset(texts):
        return True
    acts = any(
        strength == 1.0 and key in lexicon.concepts and lexicon.concepts[key].is_act for key, strength in term.keys
    )  # "say no to"
    return not acts and (of_lists | lexicon.function_words).issuperset(texts)


def _groups(question: Question, narrowing: Narrowing, *, several: bool) -> list[list[Term]]:
    """Return the terms that a list must agree with; those that "and" or "or" joins stand in one group."""
    grammar = narrowing.scales.reader.lexicon.grammar
    presenting: list[list[Term]] = []
    groups: list[list[Term]] = []
    joined, before = False, ""
    for term in _told(question, narrowing):
        if term.light:
            joined, before = term.text in grammar.joining, term.text
            continue
        if _adds_nothing(term, narrowing) or (before == "any" and question.form is Form.LIST):
            continue
        if joined and groups and bool(names_of(groups[-1][0])) == bool(names_of(term)):
            groups[-1].append(term)
        elif several and term is not narrowing.head and narrowing.acts(term, 1.0) & grammar.presenting:
            presenting.append([term])
        else:
            groups.append([term])
        joined, before = False, ""
    topics = any(not names_of(group[0]) for group in groups)
    return groups if topics or _stances(question, narrowing.scales) else groups + presenting


def _told(question: Question, narrowing: Narrowing) -> Iterator[Term]:
    """Yield the terms that may narrow a list: not those in which the ones who ask speak of themselves.

    "I want all demands"; "all sources, I am checking facts".
    """
    listing = narrowing.scales.reader.lexicon.grammar.listing
    of_themselves = False
    examples = _examples(question, narrowing)
    for term in question.terms:
        of_themselves = (of_themselves or term.text == "i") and term.text not in listing
        if not of_themselves and term not in examples:
            yield term


def _examples(question: Question, narrowing: Narrowing) -> tuple[Term, ...]:
    """Return the nouns in a row behind the kind of answer that is listed: "every figure: captives, weeks"."""
    head = narrowing.head
    if head is None or not narrowing.names_a_kind(head):
        return ()
    row: list[Term] = []
    end = head.start + head.length
    for term in question.terms:
        if term.start == end and not term.light:
            row.append(term)
            end += term.length
    plain = all(not names_of(term) and not narrowing.acts(term, 1.0) for term in row)
    return tuple(row) if plain and len(row) > 1 else ()


def _adds_nothing(term: Term, narrowing: Narrowing) -> bool:
    """Return whether a term narrows nothing: it only lists, speaks of the text itself, or of somebody's position."""
    if term is narrowing.head:
        return _only_lists(term, narrowing.scales)
    lexicon = narrowing.scales.reader.lexicon
    grammar = lexicon.grammar
    if term.text in grammar.positions | grammar.of_texts | grammar.containing:
        return True
    if term.start == 0 and term.text in grammar.imperatives:
        return True
    known = narrowing.test(term, Tier.SURE) is not None
    return _only_lists(term, narrowing.scales) and (term.start == 0 or not known)


def _stances(question: Question, scales: Scales) -> frozenset[str]:
    """Return the acts in which somebody's position lies, where a question asks for one."""
    grammar = scales.reader.lexicon.grammar
    actors = any(names_of(term) or is_of_both(term) for term in question.heavy)
    asks = any(term.text in grammar.positions for term in question.terms)
    topics = [term for term in question.heavy if not (names_of(term) or is_of_both(term) or _only_lists(term, scales))]
    topics = [term for term in topics if term.text not in grammar.imperatives]
    sides = (
        question.form is Form.LIST
        and not topics
        and any(not grammar.sides.isdisjoint(term.text.split()) for term in question.terms)
    )
    return grammar.stances if actors and (asks or sides) else frozenset()


def _without_conflict(facts: Sequence[Fact], question: Question, groups: Sequence[Sequence[Term]]) -> list[Fact]:
    """Return the facts without those that have another value of a dimension than the question names.

    Where it names alternatives, only one of them may have chosen the value.
    """
    if any(len(group) > 1 for group in groups):
        return list(facts)
    named = question.dimensions.items()
    return [fact for fact in facts if all(fact.dimensions.get(key, min(values)) in values for key, values in named)]
