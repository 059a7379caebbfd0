"""What leads from the facts that were shown to others: the reply to a demand, and the counterpart of a statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from knowledge.models import NameRecord
from knowledge.outcomes import Fact

REPLYING = frozenset(("accept", "reject", "refuse", "agree", "approve"))
"""Acts by which one says yes or no to what another asked for."""


ANSWERING = "respond"
"""The act of answering, whatever the answer is."""

ASKING = frozenset(("demand", "request", "want", "condition"))
"""Acts by which one asks something of another, who then replies or not."""

OPENING = ('"', "“", "«", "„")
"""Quotation marks that open what somebody said."""

PERSONS = frozenset(("person", "role"))
"""Kinds of name that "he" and "she" can stand for."""


def shown_before(ids: Iterable[str], facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return the facts with these ids, in the order of the documents."""
    wanted = frozenset(ids)
    return tuple(fact for fact in facts if fact.id in wanted)


def replies(shown: Sequence[Fact], facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return the facts in which the one who was asked says yes or no to what a shown fact asks for.

    A shown fact that is itself such a reply is one of them. In the order of the documents.
    """
    return tuple(
        fact
        for fact in facts
        if fact.act in REPLYING and (fact in shown or any(_is_reply(fact, asked) for asked in shown))
    )


def _is_reply(fact: Fact, asked: Fact) -> bool:
    """Return whether a fact is what the one who was asked makes of it, on a theme that both share."""
    other = set(fact.agent) & set(asked.target) or set(fact.target) & set(asked.agent)
    return asked.act not in REPLYING and bool(other) and bool(set(fact.themes) & set(asked.themes))


def spoken_with(shown: Sequence[Fact], facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return the facts that quote the speakers of those shown word for word, in the same paragraph.

    In the order of the documents.
    """
    return tuple(
        fact
        for fact in facts
        if fact not in shown and _is_spoken(fact) and any(_is_said_with(fact, other) for other in shown)
    )


def _is_spoken(fact: Fact) -> bool:
    """Return whether the quote of a fact stands in quotation marks in its document."""
    return fact.citation.prefix.endswith(OPENING) or fact.citation.quote.startswith(OPENING)


def _is_said_with(fact: Fact, shown: Fact) -> bool:
    one, other = fact.citation, shown.citation
    together = (one.document, one.paragraph) == (other.document, other.paragraph)
    return together and not set(fact.speakers).isdisjoint(shown.speakers)


def counterpart(shown: Sequence[Fact], facts: Sequence[Fact], along: frozenset[str] = frozenset()) -> Fact | None:
    """Return the fact that says of another one what the first shown fact says; None where there is not just one.

    Where dimensions are given and the shown fact has a value of one, its counterpart has another value there. Else
    "another one" differs by a value of a dimension, or does the same for somebody else. The more themes and kinds of
    answer the two share, and the fewer dimensions part them, the more they are alike.
    """
    if not shown:
        return None
    first = shown[0]
    parting = along & set(first.dimensions)
    others = [
        fact
        for fact in facts
        if fact not in shown
        and (
            not parting
            or any(fact.dimensions.get(key, first.dimensions[key]) != first.dimensions[key] for key in parting)
        )
    ]
    ranked = sorted(((_likeness(first, fact), fact.number) for fact in others), reverse=True)
    if not ranked or not ranked[0][0][0] or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return facts[ranked[0][1]]


def _likeness(one: Fact, other: Fact) -> tuple[int, int, int]:
    """Return the themes two counterparts share, the dimensions that part them (negative), and the kinds of answer."""
    themes, kinds = set(one.themes) & set(other.themes), set(one.slots) & set(other.slots)
    parted = sum(one.dimensions.get(key, value) != value for key, value in other.dimensions.items())
    elsewhere = one.act == other.act and not (set(one.target) & set(other.target) or set(one.agent) & set(other.agent))
    if not themes or not kinds or not (parted or elsewhere):
        return (0, 0, 0)
    return (len(themes), -parted, len(kinds))


def people(facts: Iterable[Fact], names: Mapping[str, NameRecord]) -> tuple[str, ...]:
    """Return the ids of the people that facts tell of as acting or speaking, each once."""
    every = (name for fact in facts for name in (*fact.agent, *fact.speakers))
    return tuple(dict.fromkeys(name for name in every if name in names and names[name].kind in PERSONS))
