"""What was asked in vain, as work: questions that were declined or thumbed down, those that ask for the same together.

Each is asked again, in the conversation that it was asked in, so that what a base has learnt since is seen. Personal
data in what people wrote is masked here; what they are called never comes here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from knowledge.base import KnowledgeBase
from knowledge.curation.gaps.clustering import Profile, alike, clustered, profile_of
from knowledge.curation.gaps.masking import blanked, masked
from knowledge.language.text import words
from knowledge.message.dialogue import Conversation
from knowledge.message.reading import Question
from knowledge.outcomes import COURTESY, Abstention, Fact, Found, Outcome, Reason, Unsaid

MOST_QUESTIONS = 2_000
"""Different questions that are compared with each other, the most asked first: two million pairs, some ten seconds."""

MOST_NEAR = 3
"""Facts that are shown beside a gap."""

FAINTEST = 0.005
"""Share from which a fact or a known gap is near: what has less would be shown as 0.00."""

LONGEST_WORDING = 200
"""Characters of a wording that a fact file may take; who writes more tells a story around the question."""


class State(StrEnum):
    """What has become of a question that was asked in vain."""

    OPEN = "open"
    ANSWERED = "answered by now"
    UNSAID = "known to be unsaid"


@dataclass(frozen=True, slots=True)
class Asking:
    """One message that was declined, or whose answer somebody thumbed down.

    Attributes:
        message: as it was written.
        before: the conversation that it was asked in.
        declined: why it was declined, in the words of `Reason`; empty where it was answered.
        ratings: what readers thought of the answer: "wrong", "unclear".
        person: a number for whoever asked, of no meaning outside of one reading; None where that is not known.
        on: the ISO date; empty where unknown.
    """

    message: str
    before: Conversation = field(default_factory=Conversation)
    declined: str = ""
    ratings: tuple[str, ...] = ()
    person: int | None = None
    on: str = ""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it counts."""
        return (*((self.declined,) if self.declined else ()), *self.ratings)


@dataclass(frozen=True, slots=True)
class Part:
    """One question of a message, as it is read and answered now.

    Attributes:
        text: as it was written, personal data masked.
        read_as: how it is understood, masked; the text where nothing was understood.
        usable: a form of it that may be written into a fact file; empty when personal data is in it, or it is long.
        outcome: what the base says now.
        profile: what it is about.
        topics: the words in it that carry a topic, in order.
    """

    text: str
    read_as: str
    usable: str
    outcome: Outcome
    profile: Profile
    topics: tuple[str, ...]

    @property
    def key(self) -> str:
        """What two questions share that differ in signs and capitals only."""
        return " ".join(word.text for word in words(self.read_as)) or self.read_as.casefold()


@dataclass(frozen=True, slots=True)
class Heard:
    """A question that was asked in vain, and what has become of it."""

    asking: Asking
    part: Part
    state: State


@dataclass(frozen=True, slots=True)
class Wording:
    """One form in which a gap was asked for, personal data masked, and how often.

    Attributes:
        usable: what of it may be written into a fact file; empty for nothing.
    """

    text: str
    read_as: str
    times: int
    usable: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that ask for the same and were not answered well.

    Attributes:
        wordings: the most frequent first.
        times: how often it was asked.
        people: by how many people; None where that is not known.
        reasons: why it counts -> how often.
        last: ISO date of the last time; empty where unknown.
        states: what has become of it -> how often.
        said: what the base says now to the first wording.
        topics: the words of the first wording that carry a topic.
        facts: the nearest facts with their mean shares in [0, 1], best first.
        unsaid: the nearest known gap with its mean share; None when none is near.
        sentence: the nearest sentence of the documents; None when none is near.
    """

    wordings: tuple[Wording, ...]
    times: int
    people: int | None
    reasons: dict[str, int]
    last: str
    states: dict[State, int]
    said: Outcome
    topics: tuple[str, ...]
    facts: tuple[tuple[Fact, float], ...]
    unsaid: tuple[Unsaid, float] | None
    sentence: Found | None
    askings: tuple[Asking, ...] = field(repr=False)

    @property
    def state(self) -> State:
        """Open as long as any of it is."""
        return next(state for state in State if self.states.get(state))

    @property
    def usable(self) -> tuple[str, ...]:
        """The wordings that may be written into a fact file, the most frequent first."""
        return tuple(dict.fromkeys(wording.usable for wording in self.wordings if wording.usable))


@dataclass(frozen=True, slots=True)
class Gaps:
    """What was asked in vain.

    Attributes:
        found: the most asked first.
        left_out: askings that were not compared, because there are too many different ones.
    """

    found: tuple[Gap, ...]
    left_out: int = 0


def hear(askings: Iterable[Asking], base: KnowledgeBase) -> Iterator[tuple[Heard, ...]]:
    """Yield, for each asking, the questions in it that were asked in vain; empty for a greeting or the like."""
    known: dict[tuple[str, Conversation], tuple[Part, ...]] = {}
    for asking in askings:
        asked = (asking.message, asking.before)
        if asked not in known:
            known[asked] = _parts(asking, base)
        yield tuple(Heard(asking, part, _state(part.outcome, asking, base)) for part in _in_vain(known[asked], asking))


def gaps_of(heard: Iterable[Heard], base: KnowledgeBase) -> Gaps:
    """Return the gaps that questions make, the most asked first; then those that more people asked for."""
    by_key: dict[str, list[Heard]] = {}
    for one in heard:
        by_key.setdefault(one.part.key, []).append(one)
    groups = sorted(by_key.values(), key=lambda group: (-len(group), group[0].part.key))
    kept = groups[:MOST_QUESTIONS]
    clusters = clustered([group[0].part.profile for group in kept])
    found = [_gap([kept[number] for number in numbers], base) for numbers in clusters]
    found.sort(key=lambda gap: (-gap.times, -(gap.people or 0), gap.wordings[0].text))
    return Gaps(tuple(found), sum(map(len, groups[MOST_QUESTIONS:])))


def _parts(asking: Asking, base: KnowledgeBase) -> tuple[Part, ...]:
    """Return the questions of a message; a greeting or the like is none, and personal data is no part of any."""
    shown, bare = masked(asking.message), blanked(asking.message)
    outcome = base.ask(bare if bare.strip() else shown, asking.before)
    outcomes = outcome.parts or (outcome,)
    asking_something = [one for one in outcomes if not (isinstance(one, Abstention) and one.about == COURTESY)]
    if shown == asking.message:
        return tuple(_part(one, one.question, asking.before, base) for one in asking_something)
    parts = (_part(one, shown if one is outcome else one.question, asking.before, base) for one in asking_something)
    return tuple(replace(part, usable="") for part in parts)


def _in_vain(parts: Sequence[Part], asking: Asking) -> Sequence[Part]:
    """Return the questions of a message that was declined without those beside them that are answered."""
    declined = [part for part in parts if isinstance(part.outcome, Abstention)]
    return declined if asking.declined and declined else parts


def _part(outcome: Outcome, shown: str, before: Conversation, base: KnowledgeBase) -> Part:
    """Return a question of a message, as it is shown and read."""
    written = " ".join(outcome.question.split())
    read_as = outcome.read_as or written
    question = _question(read_as, base)
    alone = not outcome.language and (not before.turns or base.ask(outcome.question).read_as == outcome.read_as)
    forms = (written, read_as) if alone else (read_as,)
    usable = next((form for form in forms if 0 < len(form) <= LONGEST_WORDING), "")
    return Part(
        text=" ".join(shown.split()),
        read_as=masked(read_as),
        usable=usable if masked(usable) == usable else "",
        outcome=outcome,
        profile=profile_of(question, base.scales),
        topics=tuple(term.text for term in question.heavy),
    )


def _question(text: str, base: KnowledgeBase) -> Question:
    """Return the question of a text that asks one; a reading looks like one, whatever else was in the message."""
    questions = base.scales.reader.questions(text)
    return max(questions, key=lambda question: len(question.heavy)) if questions else Question(text, text)


def _state(outcome: Outcome, asking: Asking, base: KnowledgeBase) -> State:
    """Return what has become of a question.

    What was thumbed down is open until the base says something of another kind: nobody can know whether the same kind
    of answer would please now.
    """
    if asking.ratings and isinstance(outcome, Abstention) == bool(asking.declined):
        return State.OPEN
    if not isinstance(outcome, Abstention):
        return State.ANSWERED
    known = outcome.reason is Reason.NOT_STATED and any(outcome.about == gap.about for gap in base.unsaid)
    return State.UNSAID if known else State.OPEN


def _gap(groups: Sequence[Sequence[Heard]], base: KnowledgeBase) -> Gap:
    """Return the gap that groups of the same question make, the most asked group first."""
    heard = [one for group in groups for one in group]
    first = _most_typical(groups)[0].part
    people = [one.asking.person for one in heard]
    facts, gap = _nearest([one.part for one in heard], base)
    return Gap(
        wordings=_wordings(heard, first),
        times=len(heard),
        people=None if None in people else len(set(people)),
        reasons=dict(Counter(reason for one in heard for reason in one.asking.reasons).most_common()),
        last=max(one.asking.on for one in heard),
        states=dict(Counter(one.state for one in heard)),
        said=first.outcome,
        topics=first.topics,
        facts=facts,
        unsaid=gap,
        sentence=next(iter(base.find(first.outcome.read_as or first.outcome.question, 1)), None),
        askings=tuple(one.asking for one in heard),
    )


def _wordings(heard: Sequence[Heard], first: Part) -> tuple[Wording, ...]:
    """Return the forms in which a gap was asked for, the most frequent first; of those as frequent the typical one."""
    counts = Counter((one.part.text, one.part.read_as, one.part.usable) for one in heard)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0][1] != first.read_as, pair[0]))
    return tuple(Wording(text, read_as, times, usable) for (text, read_as, usable), times in ranked)


def _most_typical(groups: Sequence[Sequence[Heard]]) -> Sequence[Heard]:
    """Return the group that is asked most; of those asked as often, the one most like the others."""
    often = [group for group in groups if len(group) == len(groups[0])]
    profiles = [group[0].part.profile for group in groups]
    return max(often, key=lambda group: sum(alike(group[0].part.profile, profile) for profile in profiles))


def _nearest(
    parts: Sequence[Part], base: KnowledgeBase
) -> tuple[tuple[tuple[Fact, float], ...], tuple[Unsaid, float] | None]:
    """Return the nearest facts and the nearest known gap, each with its mean share."""
    shares: dict[str, float] = {}
    for part in parts:
        for name, root in part.profile.near.items():
            shares[name] = shares.get(name, 0.0) + root * root / len(parts)
    facts = sorted(((fact, shares.get(f"fact:{fact.id}", 0.0)) for fact in base.facts), key=lambda pair: -pair[1])
    gaps = ((gap, shares.get(f"gap:{gap.about}", 0.0)) for gap in base.unsaid)
    best = max(gaps, key=lambda pair: pair[1], default=None)
    near = tuple(pair for pair in facts[:MOST_NEAR] if pair[1] >= FAINTEST)
    return near, best if best is not None and best[1] >= FAINTEST else None
