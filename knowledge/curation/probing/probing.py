"""Adversarial questions made out of the facts themselves, put to the base, and judged by how they were made.

A question is only changed where the base answers it rightly as it was: what comes of a change to a question that is
not understood tells nothing. The same base and the same seed always give the same probes in the same order.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from knowledge.base import KnowledgeBase
from knowledge.curation.errors import AskingFailed
from knowledge.curation.measuring.figures import share_interval
from knowledge.curation.probing.kinds import Changed, Material, Probe, ProbeKind, Source
from knowledge.curation.probing.makers import MAKERS, gap_reworded
from knowledge.curation.probing.texts import load_rewriting
from knowledge.message.dialogue import Conversation
from knowledge.outcomes import Answer, Correction, Fact, Outcome, Unsaid, facts_of


@dataclass(frozen=True, slots=True)
class Probed:
    """A probe with what came of it, and why that is a confusion; "" where it is none."""

    probe: Probe
    outcome: Outcome
    why: str


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of some probes went right."""

    asked: int
    right: int

    @classmethod
    def of(cls, probed: Sequence[Probed]) -> Rate:
        return cls(len(probed), sum(not one.why for one in probed))

    @property
    def confused(self) -> int:
        return self.asked - self.right

    @property
    def share(self) -> float:
        """Share of those asked that went right; 1 where none was asked."""
        return self.right / self.asked if self.asked else 1.0

    @property
    def interval(self) -> tuple[float, float]:
        """Between which shares the rate lies by the luck of the draw."""
        return share_interval(self.right, self.asked)


def probes(
    base: KnowledgeBase, seed: int, kinds: Sequence[ProbeKind] = tuple(ProbeKind), fact_id: str = ""
) -> Iterator[Probe]:
    """Yield every probe that a base gives, in turn one of each kind, so that the first ones are a fair sample.

    Args:
        base: what is probed.
        seed: decides what is put in, and the order.
        kinds: which are made.
        fact_id: of the only fact to be probed, with the gaps beside it; "" for all.
    """
    material = Material(base)
    rows = [_of_kind(kind, material, seed, fact_id) for kind in kinds]
    return (probe for each in zip_longest(*rows) for probe in each if probe is not None)


def most_probes(base: KnowledgeBase, kinds: Sequence[ProbeKind] = tuple(ProbeKind), fact_id: str = "") -> int:
    """Return how many probes a base may give at the most: one of each kind for each wording."""
    material = Material(base)
    return sum(len(list(_wordings(kind, material, fact_id))) for kind in kinds)


def _chance(*of: object) -> random.Random:
    """Return chance that depends on nothing but what it is for."""
    return random.Random(" ".join(map(str, of)))  # noqa: S311  a draw that can be repeated


def _of_kind(kind: ProbeKind, material: Material, seed: int, fact_id: str) -> Iterator[Probe]:
    """Yield the probes of one kind, in an order that chance decides."""
    wordings = list(_wordings(kind, material, fact_id))
    _chance(seed, kind).shuffle(wordings)
    made: set[tuple[str, ...]] = set()
    for of, number, wording in wordings:
        chance = _chance(seed, kind, of.about if isinstance(of, Unsaid) else of.id, number)
        text = material.text(wording)
        if isinstance(of, Unsaid):
            changed = gap_reworded(text, material, chance)
        else:
            changed = MAKERS[kind](Source(of, text, is_claim=not number), material, chance)
        if changed is not None and changed.turns not in made:
            made.add(changed.turns)
            yield _probe(kind, of, number, wording, changed)


def _wordings(kind: ProbeKind, material: Material, fact_id: str) -> Iterator[tuple[Fact | Unsaid, int, str]]:
    """Yield the wordings that a kind of probe is made from, numbered: of facts the claim, asked, and the phrasings."""
    if kind is ProbeKind.GAP:
        for gap in material.base.unsaid:
            if not fact_id or fact_id in gap.related:
                yield from ((gap, number, wording) for number, wording in enumerate(gap.wordings))
        return
    for fact in material.base.facts:
        if fact_id in {"", fact.id}:
            asked = load_rewriting().stated.format(_within_a_sentence(fact.claim, material))
            yield from ((fact, number, wording) for number, wording in enumerate((asked, *fact.phrasings)))


def _within_a_sentence(claim: str, material: Material) -> str:
    """Return a claim as it stands behind "that": without its full stop, and small where it begins with a small word."""
    small = claim.split(maxsplit=1)[0].lower() in material.reader.lexicon.function_words
    return (f"{claim[:1].lower()}{claim[1:]}" if small else claim).rstrip(".")


def _probe(kind: ProbeKind, of: Fact | Unsaid, number: int, source: str, changed: Changed) -> Probe:
    about = of.about if isinstance(of, Unsaid) else of.id
    return Probe(
        id=f"{kind}:{about}:{number}",
        kind=kind,
        about=about,
        source=source,
        turns=changed.turns,
        changed=changed.changed,
        is_answered=changed.is_answered,
        admitted=changed.admitted,
        side=of.agent[0] if isinstance(of, Fact) and len(of.agent) == 1 else "",
    )


# Asking ---------------------------------------------------------------------------------------------------------------


@dataclass
class Prober:
    """Puts probes to a base, and knows what came of the questions that they were made from.

    Attributes:
        heard: source -> what came of it, unchanged.
        unheard: (what it is about, source) of those that went wrong as they were, and were not probed.
    """

    base: KnowledgeBase
    heard: dict[str, Outcome] = field(default_factory=dict)
    unheard: set[tuple[str, str]] = field(default_factory=set)

    def probed(self, planned: Iterable[Probe], most: int | None = None) -> Iterator[Probed]:
        """Yield what came of probes, in their order, until there are enough.

        Raises:
            AskingFailed: the engine failed at a question. It must never pass for an abstention.
        """
        asked = 0
        for probe in planned:
            if asked == most:
                return
            if self._is_heard(probe):
                asked += 1
                outcome = self._outcome(probe)
                yield Probed(probe, outcome, self._fault(probe, outcome))
            else:
                self.unheard.add((probe.about, probe.source))

    def _is_heard(self, probe: Probe) -> bool:
        """Return whether the question that a probe was made from goes right as it is."""
        if probe.source not in self.heard:
            self.heard[probe.source] = self._ask(probe, probe.source, Conversation())
        outcome = self.heard[probe.source]
        shown = [cited.fact.id for cited in facts_of(outcome)]
        if probe.kind is ProbeKind.GAP:
            return not shown
        alone = len(shown) == 1 or probe.kind is not ProbeKind.ELLIPSIS or not probe.is_answered
        kind = Answer | Correction if probe.kind is ProbeKind.TYPO else Answer
        return isinstance(outcome, kind) and not outcome.parts and shown[:1] == [probe.about] and alone

    def _outcome(self, probe: Probe) -> Outcome:
        conversation = Conversation()
        for turn in probe.turns[:-1]:
            conversation = conversation.after(self._ask(probe, turn, conversation))
        return self._ask(probe, probe.turns[-1], conversation)

    def _ask(self, probe: Probe, turn: str, conversation: Conversation) -> Outcome:
        try:
            return self.base.ask(turn, conversation)
        except Exception as error:
            raise AskingFailed(f"probe {probe.id}: {turn!r}: {type(error).__name__}: {error}") from error

    def _fault(self, probe: Probe, outcome: Outcome) -> str:
        """Return why an outcome is a confusion; "" where it is none."""
        shown = [cited.fact for cited in facts_of(outcome)]
        ids = [fact.id for fact in shown]
        if not shown:
            return "not answered" if probe.is_answered else ""
        if probe.is_answered:
            is_right, told = probe.about in ids or ids[0] in probe.admitted, f"answered with {ids[0]}"
        elif isinstance(outcome, Correction):
            is_right, told = self._is_about(probe, shown), f"corrected with {ids[0]}, which is about something else"
        elif probe.about in ids:
            is_right, told = False, "answered with this fact"
        else:
            is_right, told = ids[0] in probe.admitted, f"answered with {ids[0]}, which does not state it"
        return "" if is_right else told

    def _is_about(self, probe: Probe, shown: Sequence[Fact]) -> bool:
        """Return whether a correction tells of what a probe was made from: that fact, or one of its act or theme."""
        of = self.base.fact(probe.about)
        return of is not None and any(
            fact.id in probe.admitted | {of.id} or fact.act == of.act or set(fact.themes) & set(of.themes)
            for fact in shown
        )


def rates(probed: Sequence[Probed]) -> Mapping[ProbeKind, Rate]:
    """Return how each kind of probe went, those that were asked, in the order of the kinds."""
    by_kind: dict[ProbeKind, list[Probed]] = {kind: [] for kind in ProbeKind}
    for one in probed:
        by_kind[one.probe.kind].append(one)
    return {kind: Rate.of(row) for kind, row in by_kind.items() if row}


def rates_by_side(probed: Sequence[Probed], base: KnowledgeBase) -> Mapping[str, Rate]:
    """Return how the probes of the facts went in which a side acts alone, by its id: they should go alike."""
    found = Counter(one.probe.side for one in probed)
    sides = [name.id for name in base.names.values() if name.kind == "side" and found[name.id]]
    return {side: Rate.of([one for one in probed if one.probe.side == side]) for side in sides}
