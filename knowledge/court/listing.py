"""Questions that ask for several facts: all that share what was asked for.

A list is made of frames, not of likeness: every word of the question that carries a topic must be the actor, the act, a
theme, a value of a dimension, a kind of answer or something the facts speak of, and the list is all facts that agree
with every one of them. A word that is none of these means that something narrower was asked, and then there is no list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.court.evidence import Kind
from knowledge.court.narrowing import NAME, Narrowed, Narrowing, Tier, is_of_both, is_spoken_of, kind_of, names_of
from knowledge.court.weighing import Scales, WeighedFact, Weighing
from knowledge.language.grammar import Grammar, load_irregular
from knowledge.language.terms import Term
from knowledge.language.text import stem
from knowledge.message.reading import Form, Question
from knowledge.outcomes import Fact

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

OF_ANOTHER = frozenset((Kind.AGENT, Kind.ACTOR, Kind.SWAP))
"""Conflicts by which somebody else acts in a fact than a question asks about."""

LEAST_TO_LIST = 0.6
"""Share of all facts together from which words that no frame holds may still make a list."""


def listed(question: Question, weighing: Weighing, scales: Scales) -> tuple[WeighedFact, ...]:
    """Return all facts that share what a question asks for, in the order of the documents.

    Empty when it does not ask for a list.
    """
    if question.form is Form.COMPARE or question.strangers:
        return ()
    topic = _only_topic(question, scales)
    if topic is not None:
        return _about(topic, weighing, scales)
    return () if question.form is Form.YES_NO else _by_frames(question, weighing, scales)


def _by_frames(  # noqa: PLR0911  one reason after the other why a question asks for no list
    question: Question, weighing: Weighing, scales: Scales
) -> tuple[WeighedFact, ...]:
    """Return all facts that agree with every topical word of a question; empty when it asks for no list."""
    head = _head(question, scales)
    stances = _stances(question, scales)
    grammar = scales.reader.lexicon.grammar
    several = bool(stances) or question.form is Form.LIST or (head is not None and _is_plural(head, grammar))
    narrowing = Narrowing(question, scales, head, acting=bool(stances))
    disputing = any(map(narrowing.disputes, question.heavy))
    if not several and (head is not None or not _is_open(question, grammar, disputing=disputing)):
        return ()
    groups = _groups(question, narrowing, several=several)
    if len(groups) + bool(stances) + disputing < 1 + (not several):
        return ()
    found = _found(groups, narrowing, Tier.MENTIONED if several else Tier.LOOSE)
    facts = [
        fact for fact in found.facts if not stances or (fact.act in stances and _is_by_one_of(fact, question, scales))
    ]
    unsaid = weighing.gaps[0].share if weighing.gaps and not several else 0.0
    if weighing.answerable < max(unsaid, _least(found.tier, several=several)):
        return ()
    noun = None if head is None or _only_lists(head, scales) else head
    vague = noun is None and (head is not None or disputing)
    hinted = question.form is not Form.LIST and (_is_command(question, scales) or vague)
    best = weighing.facts[0] if weighing.facts else None
    if hinted and best is not None and best.fact in facts and best.share >= ALL_BUT_ALONE:
        return ()
    strict = found.tier is Tier.SURE and not vague and (noun is not None or not several)
    if not strict and weighing.facts and _outweighs(weighing.facts[0], facts, found.tier, several=several, head=head):
        return ()
    weighed = {each.fact.id: each for each in weighing.facts}
    listing = [weighed.get(fact.id) or scales.unweighed(fact) for fact in _without_conflict(facts, question, groups)]
    alone = len(groups) == 1 and not stances
    if alone and (found.tier > Tier.LOOSE or any(map(names_of, groups[0]))):  # only what the words speak for is listed
        most = max((each.share for each in listing), default=0.0)
        listing = [each for each in listing if each.share >= most * LEAST_OF_BEST]
    keywords = question.form is Form.KEYWORDS
    if len(listing) == 1:
        return (
            tuple(listing)
            if found.tier is Tier.SURE and len(groups) > 1 and not keywords and _leads(listing[0], weighing)
            else ()
        )
    return tuple(listing) if len(listing) <= LONGEST_LIST else ()


def _found(groups: Sequence[Sequence[Term]], narrowing: Narrowing, least: Tier) -> Narrowed:
    """Return the facts that agree with every group of words, read no less surely than `least`.

    What is listed may be what something was done to: "which demands were turned down" asks for what turned them down.
    """
    found = narrowing.narrowed(groups, least)
    head = narrowing.head
    if head is None or not narrowing.acts(head, 1.0) or (found.facts and found.tier is Tier.SURE):
        return found
    rest = [group for group in groups if head not in group]
    done = (term for group in rest for term in group if narrowing.acts(term, 1.0))
    if not any(word.endswith("ed") or word in load_irregular() for term in done for word in term.text.split()):
        return found
    of_rest = narrowing.narrowed(rest, least)
    return of_rest if of_rest.facts and of_rest.tier is Tier.SURE else found


def _leads(only: WeighedFact, weighing: Weighing) -> bool:
    """Return whether the one fact that agrees with every word is also the likeliest, and nothing unsaid is likelier."""
    unsaid = weighing.gaps[0].share if weighing.gaps else 0.0
    return only is weighing.facts[0] and only.share > unsaid and not only.conflicts


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
    if listing and any(conflict.kind in OF_ANOTHER for conflict in best.conflicts):
        return False  # it tells of another one than those in the list do
    free = all(conflict.kind is Kind.SLOT for conflict in best.conflicts)
    return not several or (best.share >= CLEARLY and (free or (head is not None and tier > Tier.LOOSE)))


def _only_topic(question: Question, scales: Scales) -> Term | None:
    """Return the name or number that is all that a question speaks of: "Riverdale", "what does the 40 refer to?"."""
    grammar = scales.reader.lexicon.grammar
    if question.form is Form.LIST or not question.heavy:
        return None
    bare = scales.reader.lexicon.function_words | grammar.referring
    topics = [term for term in question.heavy if not bare.issuperset(term.text.split())]
    if len(topics) != 1:
        return None
    (topic,) = topics
    if topic.text[0].isdigit():
        return topic if question.form is not Form.YES_NO else None
    partakes = any(not grammar.partaking.isdisjoint(term.text.split()) for term in question.terms)
    alone = question.form is Form.KEYWORDS and len(question.heavy) == 1
    return topic if topic.is_name and (alone or (question.form is Form.YES_NO and partakes)) else None


def _about(term: Term, weighing: Weighing, scales: Scales) -> tuple[WeighedFact, ...]:
    """Return the facts that speak of a name, or state a number, which is all that is asked about, if they are few."""
    weighed = {each.fact.id: each for each in weighing.facts}
    names, digits = names_of(term), stem(term.text)
    frames = scales.frames
    found = [
        fact
        for fact in scales.facts
        if names & frames[fact.number].named or (not names and digits in frames[fact.number].numbers)
    ]
    return tuple(weighed.get(fact.id) or scales.unweighed(fact) for fact in found if len(found) <= FEW)


def _is_open(question: Question, grammar: Grammar, *, disputing: bool) -> bool:
    """Return whether a question leaves open how many things would answer it: "what did X demand"."""
    conditional = any(term.text in grammar.conditional for term in question.terms)
    free = question.wanted is None or (disputing and question.wanted.kind == "place")
    asks = question.form is Form.KEYWORDS or (question.form is Form.OPEN and free)
    return asks and not conditional


def _is_command(question: Question, scales: Scales) -> bool:
    """Return whether a question begins as a command, which asks for one thing or for several: "spell out"."""
    return bool(question.terms) and question.terms[0].text.split()[0] in scales.reader.lexicon.grammar.imperatives


def _head(question: Question, scales: Scales) -> Term | None:
    """Return the noun that says what is asked for: right behind "which" or a word that asks for a list."""
    grammar = scales.reader.lexicon.grammar
    terms = question.terms
    behind, packed, things = "", None, None
    if (
        question.form is Form.KEYWORDS
        and len(terms) > 2
        and terms[1].text in grammar.of_which
        and _is_plural(terms[0], grammar)
    ):
        return _kind_of(0, terms, scales)
    for at, term in enumerate(terms):
        if packed is not None and not grammar.of_which.isdisjoint((term.text, packed.text.split()[-1])):
            return packed
        packed = term if behind and _only_lists(term, scales) and _is_plural(term, grammar) else None
        if behind and (not term.light or term.text in grammar.plurals) and not _only_lists(term, scales):
            if term.is_name:
                continue
            return None if _is_verb(term, behind, question, scales) else _kind_of(at, terms, scales)
        commanded = at == 0 and term.text.split()[0] in grammar.imperatives
        if commanded or term.text in grammar.asking_which or term.text in grammar.listing:
            behind = term.text
        elif term.light and term.text not in grammar.before_a_head:
            behind = ""
        things = things or packed
    if question.form is Form.LIST and things is None:
        nouns = (term for term in terms if not term.light and kind_of(term, scales) and _is_plural(term, grammar))
        return next((noun for noun in nouns if not is_spoken_of(noun, terms, grammar)), None)
    return things


def _kind_of(at: int, terms: Sequence[Term], scales: Scales) -> Term:
    """Return the noun that says what kind of answer is listed: "every prisoner figure", "the names of the cities"."""
    of_which = scales.reader.lexicon.grammar.of_which
    row = terms[at : at + 3]
    kinds = [kind_of(term, scales) for term in row]
    if kinds[0] == "" and len(row) > 1 and kinds[1] and _is_noun(row[1], scales):
        return row[1]
    return row[2] if kinds[0] == NAME and len(row) > 2 and row[1].text in of_which and kinds[2] else row[0]


def _is_noun(term: Term, scales: Scales) -> bool:
    """Return whether a term may be a noun behind another: it carries a topic and is no verb with its auxiliary."""
    return not term.light and term.text.split()[0] not in scales.reader.lexicon.grammar.auxiliaries


def _is_verb(term: Term, behind: str, question: Question, scales: Scales) -> bool:
    """Return whether what stands behind "what" is what somebody does, no noun: "what blocks a deal"."""
    lexicon = scales.reader.lexicon
    if term.text.split()[0] in lexicon.grammar.auxiliaries - lexicon.grammar.plural_heads:
        return True
    acts = any(
        key in lexicon.concepts and lexicon.concepts[key].is_act for key, strength in term.keys if strength == 1.0
    )
    return (
        behind in lexicon.grammar.asking_what
        and acts
        and not any(each.text in lexicon.grammar.auxiliaries for each in question.terms)
    )


def _is_plural(head: Term, grammar: Grammar) -> bool:
    """Return whether a noun names several things."""
    word = f"{head.text} ".partition(" of ")[0].split()[-1]  # "points of contention" are several
    return word in grammar.plurals or (word.endswith("s") and not word.endswith("ss") and stem(word) != word)


def _only_lists(term: Term, scales: Scales) -> bool:
    """Return whether a term says only that there are several: "main points", "all of them"."""
    lexicon = scales.reader.lexicon
    of_lists = lexicon.grammar.of_lists | lexicon.grammar.listing
    texts = term.text.split()
    if of_lists.issuperset(texts):
        return True
    acts = {key for key, sure in term.keys if sure == 1.0 and key in lexicon.concepts and lexicon.concepts[key].is_act}
    # "say no to" says more; "elements of" does not, although what has elements includes them
    return acts <= lexicon.grammar.presenting and (of_lists | lexicon.function_words).issuperset(texts)


def _groups(question: Question, narrowing: Narrowing, *, several: bool) -> list[list[Term]]:
    """Return the terms that a list must agree with; those that "and" or "or" joins stand in one group."""
    grammar = narrowing.scales.reader.lexicon.grammar
    presenting: list[list[Term]] = []
    groups: list[list[Term]] = []
    joined, before = False, ""
    for term in _told(question, narrowing):
        if term.light and term is not narrowing.head:
            joined, before = term.text in grammar.joining, term.text
            continue
        if _adds_nothing(term, narrowing) or (before in grammar.of_any and question.form is Form.LIST):
            continue
        if joined and groups and bool(names_of(groups[-1][0])) == bool(names_of(term)):
            groups[-1].append(term)
        elif several and term is not narrowing.head and _presents(term, before, narrowing):
            presenting.append([term])
        else:
            groups.append([term])
        joined, before = False, ""
    topics = any(not names_of(group[0]) for group in groups)
    return groups if topics or _stances(question, narrowing.scales) else groups + presenting


def _presents(term: Term, before: str, narrowing: Narrowing) -> bool:
    """Return whether a term only says that something is brought before others; "about names" is no verb."""
    grammar = narrowing.scales.reader.lexicon.grammar
    return before not in grammar.behind_which and bool(narrowing.acts(term, 1.0) & grammar.presenting)


def _told(question: Question, narrowing: Narrowing) -> Iterator[Term]:
    """Yield the terms that may narrow a list: not those in which the ones who ask speak of themselves.

    "I want all demands"; "all sources, I am checking facts". What is to be among what is listed narrows nothing either:
    "all demands, including those on pay".
    """
    grammar = narrowing.scales.reader.lexicon.grammar
    of_themselves = topical = False
    examples = _examples(question, narrowing)
    for term in question.terms:
        if topical and not grammar.exemplifying.isdisjoint(term.text.split()):
            return
        topical = topical or not term.light
        of_themselves = (of_themselves or term.text in grammar.oneself) and term.text not in grammar.listing
        if not of_themselves and term not in examples:
            yield term


def _examples(question: Question, narrowing: Narrowing) -> tuple[Term, ...]:
    """Return the nouns in a row behind the kind of answer that is listed: "every figure: captives, weeks"."""
    head = narrowing.head
    if head is None or not kind_of(head, narrowing.scales):
        return ()
    word = re.escape(head.text.split()[-1])
    if not re.search(rf"\b{word}\s*[:,(–—-]", question.text, re.IGNORECASE):
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
    lexicon = narrowing.scales.reader.lexicon
    grammar = lexicon.grammar
    if term.text in grammar.positions:
        return True
    if term is narrowing.head:
        return _only_lists(term, narrowing.scales)
    words = term.text.split()
    if term.text in grammar.of_texts | grammar.containing or (term.start == 0 and words[0] in grammar.imperatives):
        return True
    head = narrowing.head
    if head is not None and kind_of(head, narrowing.scales):
        of_head = term.start < head.start and kind_of(term, narrowing.scales) == NAME  # "the names of the cities"
        if of_head or words[-1] in grammar.mentioning:
            return True
    if term.means_any(grammar.disputed) and any(map(narrowing.disputes, narrowing.question.heavy)):
        return True  # what the sides are apart in narrows nothing of what keeps them apart
    known = narrowing.test(term, Tier.SURE) is not None
    terms = narrowing.question.terms
    first = all(each.light or _only_lists(each, narrowing.scales) for each in terms if each.start < term.start)
    behind = {each.text for each in terms if each.start == term.start + term.length}
    leads = term.start == 0 or (first and not grammar.of_which.isdisjoint(behind))  # "a bullet list of"
    return _only_lists(term, narrowing.scales) and (leads or not known)


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


def _is_by_one_of(fact: Fact, question: Question, scales: Scales) -> bool:
    """Return whether a fact is by one of those whose position is asked for: the sides, where nobody is named."""
    if any(map(names_of, question.heavy)):
        return True
    agents = scales.frames[fact.number].agents
    return any(name in scales.names and scales.names[name].kind == "side" for name in agents)


def _without_conflict(facts: Sequence[Fact], question: Question, groups: Sequence[Sequence[Term]]) -> list[Fact]:
    """Return the facts without those that have another value of a dimension than the question names.

    Where it names alternatives, only one of them may have chosen the value.
    """
    if any(len(group) > 1 for group in groups):
        return list(facts)
    named = question.dimensions.items()
    return [fact for fact in facts if all(fact.dimensions.get(key, min(values)) in values for key, values in named)]
