"""Follow-ups: what a message takes from the conversation, and the conversation itself as a value passed in and out.

A message that says who, what and about what takes nothing. One that lacks something takes it from the turn before, in
one of these ways: it puts another name, place or kind in the place of the one that was spoken of ("and Israel?", "in
the north?", "the other side?"); it asks something further of the same ("why?", "how many of those?"); it asks who says
so; or it asks for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from knowledge.outcomes import COURTESY, Abstention, Outcome, facts_of
from knowledge.reading import Question, Reader
from knowledge.splitting import Segment
from knowledge.terms import Term
from knowledge.text import words

_OTHER = re.compile(r"\b(?:the )?(?:other|opposite|opposing) (?:sides?|party|one|camp|team|lot)\b", re.IGNORECASE)

LONGEST_CONTEXT = 160
"""Characters of the question before that are carried over; a question is seldom longer."""

LONGEST_MEMORY = 8
"""Turns kept. A follow-up looks back at the last few; more would only grow what the bot has to store."""

FEW_TERMS = 3
"""Terms that carry a topic up to which a message with a pronoun is taken for a follow-up."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question as it was understood, and the ids of the facts that were shown for it."""

    read_as: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was said before in one chat, oldest turn first. Small and plain, so that a bot can store it."""

    turns: tuple[Turn, ...] = field(default=())

    def after(self, outcome: Outcome) -> Conversation:
        """Return the conversation with one more turn for each question, bounded to the last few."""
        turns = self.turns
        for part in outcome.parts or (outcome,):
            if not (isinstance(part, Abstention) and part.about == COURTESY):  # nothing was spoken of
                turns = (*turns, _turn(part, turns))
        return Conversation(turns[-LONGEST_MEMORY:])


def _turn(outcome: Outcome, turns: Sequence[Turn]) -> Turn:
    shown = tuple(cited.fact.id for cited in facts_of(outcome))
    if outcome.topic and turns:  # it asked more about the turn before, whose facts are still what is spoken of
        return Turn(outcome.topic, tuple(dict.fromkeys((*turns[-1].facts, *shown))))
    return Turn(outcome.read_as, shown)


class Lack(StrEnum):
    """What a message lacks."""

    NOTHING = "nothing"
    TOPIC = "topic"
    PART = "part"
    SPEAKER = "speaker"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Completed:
    """A question with what it took from the conversation.

    Attributes:
        lack: what it lacked.
        before: the turn it looks back to; None when it takes nothing.
    """

    question: Question
    lack: Lack = Lack.NOTHING
    before: Turn | None = None


def complete(segment: Segment, turns: Sequence[Turn], reader: Reader) -> Completed:
    """Return the question of a segment, completed from the turns before it (oldest first)."""
    question = reader.read(segment)
    if not turns or "topic-change" in segment.framing or segment.is_framing:
        return Completed(question)
    before = turns[-1]
    marks = _marks(segment, reader)
    heavy = _topics(question, reader)
    if "rest" in marks and not heavy:
        return Completed(_asked_of(question, before), Lack.REST, before)
    if question.wanted is not None and question.wanted.kind == "source" and _only_says(heavy, reader) and before.facts:
        return Completed(_asked_of(question, before), Lack.SPEAKER, before)
    if not _is_elliptical(segment, question, heavy, marks, reader):
        return Completed(question)
    earlier = reader.splitter.segment(before.read_as)
    changed = _replaced(question, heavy, marks, earlier, reader)
    text = changed or f"{question.read_as} ({before.read_as[:LONGEST_CONTEXT]})"
    completed = reader.read(reader.splitter.segment(text))
    wanted = question.wanted or completed.wanted
    read_as = completed.read_as if changed else text
    done = replace(completed, text=question.text, read_as=read_as, wanted=wanted)
    return Completed(done, Lack.PART if changed else Lack.TOPIC, before)


def _topics(question: Question, reader: Reader) -> tuple[Term, ...]:
    """Return the terms that carry a topic, without those that only ask: "how many"."""
    light = reader.lexicon.function_words
    return tuple(term for term in question.heavy if not light.issuperset(term.text.split()))


def _asked_of(question: Question, before: Turn) -> Question:
    return replace(question, read_as=f"{question.read_as} ({before.read_as})")


def _marks(segment: Segment, reader: Reader) -> frozenset[str]:
    """Return the kinds of follow-up words that a segment holds: "link", "pronoun", "other", "rest"."""
    row = [word.text for word in words(segment.text)]
    return frozenset(kind for _, _, kind in reader.lexicon.following.find(row))


def _is_elliptical(
    segment: Segment, question: Question, heavy: Sequence[Term], marks: frozenset[str], reader: Reader
) -> bool:
    if not heavy:
        return True
    links = "link" in marks and _begins_with_link(segment, reader)
    whole = bool(question.acts) and bool(question.roles)
    whole = whole or question.wanted is not None
    if links and len(heavy) <= FEW_TERMS and not (whole and len(heavy) > 1):
        return True
    if "other" in marks and len(heavy) <= FEW_TERMS:
        return True
    if "pronoun" in marks and (len(heavy) <= 1 or (len(heavy) <= FEW_TERMS and _points_back(segment, reader))):
        return True
    says_whom = heavy[0].is_name and segment.asks  # "who is David Barnea?" lacks nothing
    return len(heavy) == 1 and len(segment.tokens) <= FEW_TERMS and not question.acts and not says_whom


def _points_back(segment: Segment, reader: Reader) -> bool:
    """Return whether a pronoun stands near the beginning, where nothing in the message itself can be meant by it."""
    row = [word.text for word in words(segment.text)][:4]
    return any(kind == "pronoun" for _, _, kind in reader.lexicon.following.find(row))


def _begins_with_link(segment: Segment, reader: Reader) -> bool:
    first = words(segment.text)[:3]
    return bool(first) and first[0].text in reader.lexicon.grammar.links


def _only_says(heavy: Sequence[Term], reader: Reader) -> bool:
    """Return whether the only topic is that something is said."""
    return all(term.means_any(reader.lexicon.asked_by_act) or term.means("source") for term in heavy)


def _replaced(
    question: Question, heavy: Sequence[Term], marks: frozenset[str], earlier: Segment, reader: Reader
) -> str:
    """Return the earlier question with what the new one names in the place of its like; "" when nothing is alike."""
    before = reader.read(earlier)
    if "other" in marks:
        return _with_other_side(question, before, reader)
    if question.acts and any(not term.is_name for term in heavy if term.means_any(question.acts)):
        return ""
    text = before.read_as
    changed = False
    for term in heavy:
        for old in before.terms:
            if reader.alike(term, old) and old.text != term.text:
                pattern = re.compile(rf"\b{re.escape(old.text)}\b", re.IGNORECASE)
                text, count = pattern.subn(term.text, text, count=1)
                changed = changed or bool(count)
                break
    if changed and question.wanted is not None and before.wanted is not None and question.wanted != before.wanted:
        return ""
    return text if changed else ""


def _with_other_side(question: Question, before: Question, reader: Reader) -> str:
    """Return the earlier question about the other of two sides, or the new one with that side named.

    "" when there are not just two sides, or none was named before.
    """
    sides = [name for name, record in reader.names.items() if record.kind == "side"]
    for term in before.terms:
        for side in sides:
            if term.means(f"name:{side}") and len(sides) == 2:
                other = sides[1 - sides.index(side)]
                label = reader.names[other].label.lower()
                if question.acts:
                    return f"{_OTHER.sub(label, question.read_as)} ({before.read_as})"
                return re.sub(rf"\b{re.escape(term.text)}\b", label, before.read_as, count=1, flags=re.IGNORECASE)
    return ""
