"""`verbatim probe`: adversarial questions made out of the facts, and each confusion with its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from bot.contract import JsonObject
from bot.contract import as_object as outcome_object
from bot.measuring.progress import progress, stepping
from bot.output import DONE as EXIT_DONE
from bot.output import PROBLEMS, WRONG_USE, print_json, stop
from bot.screens import LOUD, QUIET, WRONG, Line, drawn, explanation_lines, plain, screen
from knowledge import KnowledgeBase, Outcome
from knowledge.curation import (
    DONE,
    INTERVAL,
    NEEDED,
    Probed,
    ProbeKind,
    Prober,
    Rate,
    most_probes,
    probes,
    rates,
    rates_by_side,
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to be probed, and how it is told.

    Attributes:
        as_json: one JSON object is printed instead of tables.
        kinds: names of the kinds of probe; empty for all.
        fact: id of the only fact; "" for all.
        seed: decides what is put in.
        most: how many are asked; None for all that can be made.
        bar: the lowest rate that will do, in [0, 1]; None when any will.
    """

    as_json: bool
    kinds: tuple[str, ...]
    fact: str
    seed: int
    most: int | None
    bar: float | None


@dataclass(frozen=True, slots=True)
class Run:
    """All that came of probing a base.

    Attributes:
        kinds: the kinds that were wanted.
        probed: in the order in which they were asked.
        unheard: wordings that were not probed, as they go wrong unchanged.
    """

    kinds: tuple[ProbeKind, ...]
    probed: tuple[Probed, ...]
    unheard: int

    @property
    def whole(self) -> Rate:
        return Rate.of(self.probed)

    @property
    def confusions(self) -> tuple[Probed, ...]:
        """What went wrong, by kind and then by what it is about."""
        found = (one for one in self.probed if one.why)
        return tuple(sorted(found, key=lambda one: (list(ProbeKind).index(one.probe.kind), one.probe.id)))

    @property
    def lacking(self) -> tuple[ProbeKind, ...]:
        """The kinds that were wanted and not made."""
        made = {one.probe.kind for one in self.probed}
        return tuple(kind for kind in self.kinds if kind not in made)


def probe(base: KnowledgeBase, wishes: Wishes) -> int:
    """Probe a base and show how it went; return the exit code."""
    kinds = _kinds(wishes.kinds)
    prober = Prober(base)
    planned = probes(base, wishes.seed, kinds, wishes.fact)
    with progress(wishes.most or most_probes(base, kinds, wishes.fact)) as step:
        probed = tuple(stepping(prober.probed(planned, wishes.most), "probing", step))
    run = Run(kinds, probed, len(prober.unheard))
    if wishes.as_json:
        print_json(as_object(run, base, wishes))
    else:
        output = screen()
        for shown in _shown(run, base):
            output.print(shown)
    if wishes.bar is not None and run.whole.share < wishes.bar:
        stop(f"{run.whole.share:.4f} of the probes went right, which is below the bar {wishes.bar}", PROBLEMS)
    return EXIT_DONE


def _kinds(names: Sequence[str]) -> tuple[ProbeKind, ...]:
    """Return the kinds with some names, in the order of all kinds; all of them for no name."""
    known = {kind.value: kind for kind in ProbeKind}
    for name in names:
        if name not in known:
            stop(f"no kind of probe {name!r}; there are {', '.join(known)}", WRONG_USE)
    return tuple(kind for kind in ProbeKind if not names or kind.value in names)


# Shown ----------------------------------------------------------------------------------------------------------------


def _shown(run: Run, base: KnowledgeBase) -> Iterator[RenderableType]:
    """Yield every confusion with its reasons, and then the table, which is what is looked for first at the end."""
    for one in run.confusions:
        yield from _confusion(one)
        yield plain("")
    yield _table(run)
    for kind in run.lacking:
        yield plain(f"no {kind} probes: {NEEDED[kind]}", QUIET)
    if run.unheard:
        yield plain(f"{run.unheard} wordings go wrong as they are, and were not changed", QUIET)
    sides = rates_by_side(run.probed, base)
    if len(sides) > 1:
        told = "; ".join(f"{base.names[side].label} {_told(rate)} of {rate.asked}" for side, rate in sides.items())
        yield plain(f"right by side: {told}")


def _confusion(one: Probed) -> Iterator[Line]:
    probe = one.probe
    yield Line(f"{probe.kind}  ", Text.assemble(drawn(probe.about, LOUD), "  ", drawn(one.why, WRONG)))
    yield Line("  from         ", drawn(probe.source))
    for turn in probe.turns:
        yield Line("  asked        ", drawn(turn))
    yield Line("  changed      ", drawn(" to ".join(repr(words) for words in probe.changed if words)))
    yield Line("  expected     ", drawn(probe.expected))
    yield from islice(explanation_lines(_bearing(one)), 1, None)  # the question stands above


def _bearing(one: Probed) -> Outcome:
    """Return the outcome with the reasons that bear on the confusion: the first candidate, and the probed fact."""
    if one.outcome.parts:
        return one.outcome
    reasons = one.outcome.explanation
    kept = tuple(each for place, each in enumerate(reasons.evidence) if place == 0 or each.fact == one.probe.about)
    return replace(one.outcome, explanation=replace(reasons, evidence=kept))


def _table(run: Run) -> Table:
    table = Table(box=None, pad_edge=False, header_style=QUIET)
    for number, name in enumerate(("kind", "asked", "right", "confused", "rate", f"{INTERVAL:.0%} interval", "")):
        table.add_column(Text(name), justify="right" if 0 < number < 6 else "left", overflow="fold")
    rows: Mapping[str, Rate] = {kind.value: rate for kind, rate in rates(run.probed).items()}
    for kind, rate in rows.items():
        table.add_row(*map(drawn, (kind, *_figures(rate), DONE[ProbeKind(kind)])))
    table.add_row(*map(drawn, ("all together", *_figures(run.whole), "")))
    return table


def _figures(rate: Rate) -> tuple[str, ...]:
    low, high = rate.interval
    return str(rate.asked), str(rate.right), str(rate.confused), f"{rate.share:.1%}", f"{low:.1%} to {high:.1%}"


def _told(rate: Rate) -> str:
    low, high = rate.interval
    return f"{rate.share:.1%} ({low:.1%} to {high:.1%})"


# For programs ---------------------------------------------------------------------------------------------------------


def as_object(run: Run, base: KnowledgeBase, wishes: Wishes) -> JsonObject:
    """Return a run as the JSON object that `verbatim probe --json` prints; the same base and seed give the same one."""
    return {
        "seed": wishes.seed,
        **_rate(run.whole),
        "kinds": {kind.value: _rate(rate) for kind, rate in rates(run.probed).items()},
        "lacking": {kind.value: NEEDED[kind] for kind in run.lacking},
        "unheard": run.unheard,
        "sides": {side: _rate(rate) for side, rate in rates_by_side(run.probed, base).items()},
        "confusions": [_confused(one, base) for one in run.confusions],
    }


def _rate(rate: Rate) -> JsonObject:
    return {
        "asked": rate.asked,
        "right": rate.right,
        "confused": rate.confused,
        "rate": round(rate.share, 4),
        "interval": [round(end, 4) for end in rate.interval],
    }


def _confused(one: Probed, base: KnowledgeBase) -> JsonObject:
    probe = one.probe
    made = outcome_object(_bearing(one), base, 0.0, explain=True)
    return {
        "id": probe.id,
        "kind": probe.kind.value,
        "about": probe.about,
        "source": probe.source,
        "turns": list(probe.turns),
        "changed": list(probe.changed),
        "expected": probe.expected,
        "why": one.why,
        "outcome": made["outcome"],
        "facts": [fact["id"] for fact in made["facts"]],
        "explanation": made["explanation"],
    }
