"""`verbatim gaps`: what readers asked in vain, those that ask for the same together."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.curating.gap_contract import as_object
from bot.curating.gap_lines import gap_lines, summary_lines
from bot.curating.vain import from_file, from_store
from bot.measuring.progress import progress, stepping
from bot.output import DONE, WRONG_USE, print_json, show, stop
from bot.screens import plain
from bot.settings import Settings, store_file
from knowledge import KnowledgeBase
from knowledge.curation import Asking, Gap, Gaps, State, gaps_of, hear

REASONS = ("not_stated", "out_of_scope", "no_opinion", "not_understood", "wrong", "unclear")
"""Why a question counts: the reasons of an abstention, and what readers thought of an answer."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is wanted.

    Attributes:
        file: JSON lines to read in the place of the store, "-" for the standard input; empty for the store.
        since: ISO date from which on a question counts; empty for all.
        reasons: those of `REASONS` that count; empty for all.
        people: a gap that fewer people asked for is left out.
        most: how many gaps are shown.
        settled: show also those that are answered by now, or known to be unsaid.
        as_json: print one JSON object.
        work: fill them, one after another.
    """

    file: str = ""
    since: str = ""
    reasons: tuple[str, ...] = ()
    people: int = 1
    most: int = 20
    settled: bool = False
    as_json: bool = False
    work: bool = False


@dataclass(frozen=True, slots=True)
class Sifted:
    """The gaps that are wanted, and how many are not.

    Attributes:
        settled: gaps that are answered by now, or known to be unsaid.
        of_few: gaps that fewer people asked for than wanted.
        left_out: askings that were not compared.
    """

    gaps: tuple[Gap, ...]
    settled: int
    of_few: int
    left_out: int


def show_gaps(wishes: Wishes, settings: Settings, base: KnowledgeBase) -> int:
    """Show what was asked in vain, or work on it; return the exit code."""
    _refuse(wishes)
    askings = from_file(wishes.file, base) if wishes.file else from_store(store_file(settings), wishes.since)
    counted = [one for one in askings if not wishes.reasons or set(one.reasons) & set(wishes.reasons)]
    sifted = _sifted(_gathered(counted, base), wishes)
    if wishes.as_json:
        print_json(as_object(sifted.gaps[: wishes.most], sifted.settled, sifted.of_few, sifted.left_out))
    elif wishes.work and sifted.gaps:
        from bot.curating.filling import work_on  # noqa: PLC0415  asks a person

        return work_on(sifted.gaps[: wishes.most], settings, base)
    else:
        hidden = len(sifted.gaps) - len(sifted.gaps[: wishes.most])
        for number, gap in enumerate(sifted.gaps[: wishes.most], start=1):
            show((*gap_lines(gap, base, f"{number}. "), plain("")))
        show(summary_lines(sifted.gaps, hidden, sifted.settled, sifted.of_few, sifted.left_out))
    return DONE


def _refuse(wishes: Wishes) -> None:
    """Leave when the wishes do not go together."""
    if wishes.work and not (sys.stdin.isatty() and sys.stdout.isatty()):
        stop("--work asks for single keys and needs a terminal; without it the gaps are listed", WRONG_USE)
    if wishes.work and wishes.as_json:
        stop("--work and --json exclude each other", WRONG_USE)
    if wishes.file and wishes.since:
        stop("--since needs dates, and a file of JSON lines has none; leave it away, or read the store", WRONG_USE)
    if wishes.file and wishes.people > 1:
        stop("--people needs to know who asked, and a file of JSON lines does not tell; leave it away", WRONG_USE)
    if wishes.file and wishes.file != "-" and Path(wishes.file).is_dir():
        stop(f"{wishes.file}: is a folder; name a file of JSON lines, or -", WRONG_USE)
    for reason in wishes.reasons:
        if reason not in REASONS:
            stop(f"no reason {reason!r}; there are {', '.join(REASONS)}", WRONG_USE)


def _gathered(askings: Sequence[Asking], base: KnowledgeBase) -> Gaps:
    """Return the gaps of askings; a long time is shown to pass."""
    with progress(len(askings)) as step:
        heard = [one for parts in stepping(hear(askings, base), "asking again", step) for one in parts]
        step("comparing", 0)
        return gaps_of(heard, base)


def _sifted(gaps: Gaps, wishes: Wishes) -> Sifted:
    of_many = [gap for gap in gaps.found if gap.people is None or gap.people >= wishes.people]
    wanted = [gap for gap in of_many if wishes.settled or gap.state is State.OPEN]
    return Sifted(tuple(wanted), len(of_many) - len(wanted), len(gaps.found) - len(of_many), gaps.left_out)
