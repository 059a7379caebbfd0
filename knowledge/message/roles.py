"""Who does what to whom in a question, by the order of words, possessives, passives and prepositions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.language.grammar import Grammar, load_irregular
from knowledge.language.lexicon import Lexicon
from knowledge.language.terms import Term
from knowledge.language.text import Word
from knowledge.models import NameRecord

ACTING_KINDS = frozenset(("side", "country", "person", "organisation", "role", "outlet", "people"))
"""Kinds of name that can do something."""

PARTLY = 0.5
"""Strength from which a term is taken for an act when roles are read."""


AUXILIARY_WITHIN = 5
"""Words before an act within which its auxiliary stands: "has either of them already released"."""


class Role(StrEnum):
    """What somebody named in a question does there."""

    AGENT = "agent"
    PROBABLE = "probable agent"
    TARGET = "target"
    MENTIONED = "mentioned"


DOING = frozenset((Role.AGENT, Role.PROBABLE))
"""Roles of those who do something: surely, by a sign, or probably, by the order of the words alone."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays what in a question.

    Attributes:
        roles: name id -> what it does.
        deeds: id of one who does something -> the acts that it does; a name whose act is not told is not in it.
        done: acts that are spoken of as having happened: "has released", not "would release".
        together: ids of those who are joined in a row, and do or suffer the same: "the town and the county".
    """

    roles: Mapping[str, Role]
    deeds: Mapping[str, frozenset[str]]
    done: frozenset[str]
    together: tuple[frozenset[str], ...]


def cast_of(tokens: Sequence[Word], terms: Sequence[Term], lexicon: Lexicon, names: Mapping[str, NameRecord]) -> Cast:
    """Return the role of every name in a question that can act, and what those who do something do.

    Args:
        tokens: the words of the question, without determiners.
        terms: what they mean; `Term.start` counts in `tokens`.
        lexicon: the language of the question.
        names: those of the base, by id.
    """
    terms = _joined(terms, lexicon.grammar, names)
    acts = [at for at, term in enumerate(terms) if is_act(term, lexicon)]
    asks_subject = _asks_for_subject(tokens, terms, lexicon.grammar)
    found: dict[str, Role] = {}
    deeds: dict[str, frozenset[str]] = {}
    for at, term in enumerate(terms):
        has_agent = asks_subject or not DOING.isdisjoint(found.values())
        for name in _acting(term, names):
            if name in found:
                continue
            found[name] = _role(tokens, terms, at, acts, lexicon.grammar, has_agent=has_agent)
            if _is_source(tokens, term, lexicon.grammar):
                deeds[name] = lexicon.grammar.saying
            elif found[name] in DOING:
                deed = _deed(tokens, terms, at, acts, lexicon.grammar)
                deeds.update({name: deed} if deed else {})
    verbs = [terms[act] for act in acts if not _may_be_a_thing(terms[act], lexicon)]
    together = [frozenset(_acting(term, names)) for term in terms]
    return Cast(found, deeds, _done(tokens, verbs, lexicon.grammar), tuple(row for row in together if len(row) > 1))


def _joined(terms: Sequence[Term], grammar: Grammar, names: Mapping[str, NameRecord]) -> Sequence[Term]:
    """Return terms with each row of names that are joined as one: what "the town and the county" do, both do."""
    row: list[Term] = []
    at = 0
    while at < len(terms):
        last = at
        while _goes_on(terms[last + 1 : last + 3], grammar, names) and any(_acting(terms[at], names)):
            last += 2
        row.append(_as_one(terms[at : last + 1]) if last > at else terms[at])
        at = last + 1
    return row


def _goes_on(behind: Sequence[Term], grammar: Grammar, names: Mapping[str, NameRecord]) -> bool:
    """Return whether a row of names goes on with the two terms behind it: "and the county"."""
    return len(behind) > 1 and behind[0].text in grammar.coordinating and any(_acting(behind[1], names))


def _as_one(terms: Sequence[Term]) -> Term:
    """Return the names of a row as one term, its joining words left out of what it means."""
    keys = {key: strength for term in reversed(terms[::2]) for key, strength in term.keys}
    last = terms[-1]
    return last._replace(
        keys=tuple(sorted(keys.items(), key=lambda pair: -pair[1])),
        start=terms[0].start,
        length=last.start + last.length - terms[0].start,
    )


def _is_source(tokens: Sequence[Word], term: Term, grammar: Grammar) -> bool:
    """Return whether a name is who says so: "according to the town"."""
    return term.start > 1 and tokens[term.start - 2].text in grammar.source_of


def _meanings(act: Term, surely: float) -> frozenset[str]:
    return frozenset(key for key, strength in act.keys if strength >= surely and key[0] != "=")


def _may_be_a_thing(act: Term, lexicon: Lexicon) -> bool:
    """Return whether a term that may stand for an act surely means a thing or a state as well: "those jailed"."""
    sure = (key for key, strength in act.keys if strength == 1.0 and key in lexicon.concepts)
    return any(not lexicon.concepts[key].is_act for key in sure)


def _done(tokens: Sequence[Word], acts: Sequence[Term], grammar: Grammar) -> frozenset[str]:
    """Return the meanings of the acts that are spoken of as done."""
    row = [token.text for token in tokens]
    by_now = not grammar.by_now.isdisjoint(row)
    found: set[str] = set()
    for act in acts:
        before = row[max(0, act.start - AUXILIARY_WITHIN) : act.start]
        if (by_now or not grammar.perfect.isdisjoint(before)) and grammar.modals.isdisjoint(before):
            found |= _meanings(act, 1.0)
    return frozenset(found)


def _asks_for_subject(tokens: Sequence[Word], terms: Sequence[Term], grammar: Grammar) -> bool:
    """Return whether "who" is the one that acts: in "who lent the town money", not in "who did the town pay"."""
    if not tokens or tokens[0].text not in grammar.subjects:
        return False
    behind_auxiliary = next((term for term in terms if term.start >= 2), None)
    inverted = len(tokens) > 1 and tokens[1].text in grammar.auxiliaries
    return not (inverted and behind_auxiliary is not None and behind_auxiliary.is_name)


def _deed(
    tokens: Sequence[Word], terms: Sequence[Term], at: int, acts: Sequence[int], grammar: Grammar
) -> frozenset[str]:
    """Return what the one at a place does: the act before in "rejected by Israel", else the next one; empty if none."""
    start, behind = terms[at].start, terms[at].start + terms[at].length
    if behind < len(tokens) and tokens[behind].text in grammar.speaking:
        return grammar.saying
    by = start > 0 and tokens[start - 1].text in grammar.agent_after | grammar.of_which
    before = next((terms[act] for act in reversed(acts) if act < at), None)
    ahead = next((terms[act] for act in acts if act > at), None)
    act = (before or ahead) if by else ahead
    return frozenset() if act is None else _meanings(act, PARTLY)


def is_act(term: Term, lexicon: Lexicon) -> bool:
    """Return whether a term may stand for an act."""
    return any(
        strength >= PARTLY and key in lexicon.concepts and lexicon.concepts[key].is_act for key, strength in term.keys
    )


def _acting(term: Term, names: Mapping[str, NameRecord]) -> Iterable[str]:
    for key, strength in term.keys:
        name = key.removeprefix("name:")
        if strength == 1.0 and name != key and name in names and names[name].kind in ACTING_KINDS:
            yield name


def _role(  # noqa: PLR0911, PLR0913  one sign after the other; a row of words, a place in it, and how to read it
    tokens: Sequence[Word], terms: Sequence[Term], at: int, acts: Sequence[int], grammar: Grammar, *, has_agent: bool
) -> Role:
    """Return the role of the name at a place: the surest sign decides."""
    term = terms[at]
    before, second = (tokens[term.start - back].text if term.start >= back else "" for back in (1, 2))
    acts_before = any(act < at for act in acts)
    next_act = next((act for act in acts if act > at), None)
    possessive = tokens[term.start + term.length - 1].possessive
    passive = next_act is not None and _is_passive(tokens, term, terms[next_act], grammar)
    describes = _describes(terms, at, acts, grammar)
    does = before in grammar.auxiliaries and (before not in grammar.passive or next_act == at + 1)
    if does and not passive and not describes:
        return Role.AGENT
    if before in grammar.agent_after or (possessive and next_act is not None):
        return Role.AGENT
    clause = before in grammar.against and acts_before and next_act == at + 1
    if clause and not passive and not describes:  # "X wants this and Y wants that"
        return Role.PROBABLE
    if before in grammar.of_which and acts and _is_authored(terms, acts, term, grammar):
        return Role.AGENT
    if before in grammar.mentioned_after or second in grammar.source_of:
        return Role.MENTIONED
    if before in grammar.target_after and acts_before:
        return Role.TARGET
    if describes:
        return Role.MENTIONED
    if passive:
        return Role.TARGET
    if next_act is not None and not has_agent:
        return Role.PROBABLE
    return Role.TARGET if acts_before else Role.MENTIONED


def _is_authored(terms: Sequence[Term], acts: Sequence[int], term: Term, grammar: Grammar) -> bool:
    """Return whether "of" names the author of an act: "the demand of the town", unlike "the release of prisoners"."""
    behind = next((terms[act] for act in acts if terms[act].start + terms[act].length == term.start - 1), None)
    return behind is not None and not grammar.authored.isdisjoint(_meanings(behind, 1.0))


def _describes(terms: Sequence[Term], at: int, acts: Sequence[int], grammar: Grammar) -> bool:
    """Return whether a name only describes the noun behind it: in "Israeli prisoners" Israel does nothing."""
    if not terms[at].text.endswith(tuple(grammar.demonym_endings)) or at + 1 == len(terms):
        return False
    return not terms[at + 1].light and at + 1 not in acts


def _is_passive(tokens: Sequence[Word], subject: Term, act: Term, grammar: Grammar) -> bool:
    """Return whether something is done to a subject: "would Israelis be freed", "were Israelis freed"."""
    word = tokens[act.start].text
    if not (word.endswith(("ed", "en")) or word in load_irregular()):
        return False
    between = [token.text for token in tokens[subject.start + subject.length : act.start]]
    if between:
        return any(each in grammar.passive for each in between)
    return subject.start > 0 and tokens[subject.start - 1].text in grammar.passive
