"""What a probe is: a question made out of a fact, and what must come of it because of how it was made."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from knowledge.base import KnowledgeBase
from knowledge.court.evidence import Frame, with_owners
from knowledge.curation.probing.texts import Text
from knowledge.language.text import stem, words
from knowledge.message.reading import Reader
from knowledge.models import NameRecord
from knowledge.outcomes import Fact


class ProbeKind(StrEnum):
    """What was done to a question."""

    ACTOR = "actor"
    MIRROR = "mirror"
    ACT = "act"
    NUMBER = "number"
    NEGATION = "negation"
    PLACE = "place"
    DIMENSION = "dimension"
    TYPO = "typo"
    ELLIPSIS = "ellipsis"
    GAP = "gap"


DONE = {
    ProbeKind.ACTOR: "another of the same kind acts",
    ProbeKind.MIRROR: "the two sides change places",
    ProbeKind.ACT: "the opposite is done",
    ProbeKind.NUMBER: "a number that no fact states",
    ProbeKind.NEGATION: "it is denied",
    ProbeKind.PLACE: "somewhere else",
    ProbeKind.DIMENSION: "another value of what is exclusive: plan, phase, day, group",
    ProbeKind.TYPO: "a likely slip in a word",
    ProbeKind.ELLIPSIS: "a follow-up that leaves out what was asked before",
    ProbeKind.GAP: "something unsaid, in slightly other words",
}
"""Each kind as a table tells it."""

NEEDED = {
    ProbeKind.ACTOR: "no fact with an agent in whose place another could act",
    ProbeKind.MIRROR: "no fact with an agent and a target of one kind, both named in its wordings",
    ProbeKind.ACT: "no wording whose verb has an opposite",
    ProbeKind.NUMBER: "no wording with a plain number of its fact",
    ProbeKind.NEGATION: "no wording that can be denied",
    ProbeKind.PLACE: "no wording with a place or city of its fact that can be exchanged",
    ProbeKind.DIMENSION: "no wording that chooses a value of a dimension of its fact",
    ProbeKind.TYPO: "no wording with a word that is long enough",
    ProbeKind.ELLIPSIS: "no wording that can be followed up",
    ProbeKind.GAP: "no gap",
}
"""What a base lacks that gives no probe of a kind."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A conversation with what must come of its last turn.

    Attributes:
        id: unique in the probes of one base and seed.
        about: id of the fact that it was made from; of a gap, what is unsaid.
        source: the question before it was changed.
        turns: the messages, of which the last one counts.
        changed: the words that were changed, and what they were changed to.
        is_answered: it must be answered with this fact; else it must not be.
        admitted: ids of the facts that may answer it all the same, as they truly state what was put in.
        side: id of the one who acts alone in the fact; "" where nobody does, or several do.
    """

    id: str
    kind: ProbeKind
    about: str
    source: str
    turns: tuple[str, ...]
    changed: tuple[str, str]
    is_answered: bool = False
    admitted: frozenset[str] = frozenset()
    side: str = ""

    @property
    def expected(self) -> str:
        """What must come of it, in words."""
        if self.is_answered:
            return "answered with this fact"
        others = ", or answered with one that states it" if self.admitted else ""
        return f"declined or corrected{others}" if self.kind is not ProbeKind.GAP else "declined"


@dataclass(frozen=True, slots=True)
class Source:
    """A wording of a fact that may be changed; `is_claim` where it is the claim, asked."""

    fact: Fact
    text: Text
    is_claim: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """A changed question, before it is a probe; the attributes are those of `Probe`."""

    turns: tuple[str, ...]
    changed: tuple[str, str]
    is_answered: bool = False
    admitted: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Material:
    """What the makers look up in a base."""

    base: KnowledgeBase
    kept: dict[str, Text] = field(default_factory=dict, compare=False)

    @property
    def reader(self) -> Reader:
        return self.base.scales.reader

    @property
    def names(self) -> Mapping[str, NameRecord]:
        return self.base.names

    def text(self, written: str) -> Text:
        """Return a text taken apart, once."""
        if written not in self.kept:
            self.kept[written] = Text.of(written, self.reader)
        return self.kept[written]

    def frame(self, fact: Fact) -> Frame:
        return self.base.scales.frames[fact.number]

    def admitting(self, states: Callable[[Fact, Frame], bool], beside: Fact) -> frozenset[str]:
        """Return the ids of the facts beside one that state something."""
        told = zip(self.base.facts, self.base.scales.frames, strict=True)
        return frozenset(fact.id for fact, frame in told if fact.id != beside.id and states(fact, frame))

    def is_apart(self, one: str, other: str) -> bool:
        """Return whether two names belong to no common whole."""
        return with_owners((one,), self.names).isdisjoint(with_owners((other,), self.names))

    def stems_of(self, name: str) -> frozenset[frozenset[str]]:
        """Return the stems of each form of a name, without words that carry no topic."""
        light = self.reader.lexicon.function_words
        rows = ([word.text for word in words(form)] for form in self.names[name].forms)
        return frozenset(frozenset(stem(word) for word in row if word not in light) for row in rows) - {frozenset()}

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Every number that a fact, a phrasing or a gap speaks of, in digits."""
        facts = (text for fact in self.base.facts for text in (fact.claim, fact.citation.quote, *fact.phrasings))
        gaps = (text for gap in self.base.unsaid for text in gap.wordings)
        spelt = self.reader.splitter.spelt
        tokens = (token for text in (*facts, *gaps) for token in spelt(words(text)))
        return frozenset(stem(token.text) for token in tokens if token.text[0].isdigit())


Maker = Callable[[Source, Material, random.Random], Changed | None]
"""Changes a wording in one way; None where it cannot be."""
