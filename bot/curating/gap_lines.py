"""How a terminal shows what was asked in vain; a gap takes no more than a screen of 24 lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.finding import NOTHING_NEAR
from bot.library import state_of
from bot.replies import reply_to
from bot.screens import LOUD, NUMBER, QUIET, WARNING, Line, drawn, plain
from knowledge import KnowledgeBase, Outcome
from knowledge.curation import Gap, State, Wording

MOST_WORDINGS = 5
"""Wordings that are shown of a gap."""

LONGEST = 140
"""Characters of a text that are shown: two lines of a narrow terminal."""


def gap_lines(gap: Gap, base: KnowledgeBase, mark: str) -> Iterator[Line]:
    """Yield a gap: how often it was asked for, how, and what there is near it."""
    yield Line(mark, drawn(_often(gap), LOUD), style=NUMBER)
    for wording in gap.wordings[:MOST_WORDINGS]:
        yield Line("     ", drawn(_worded(wording)))
    more = len(gap.wordings) - MOST_WORDINGS
    if more > 0:
        yield Line("     ", drawn(f"and {more} more {'wording' if more == 1 else 'wordings'}", QUIET))
    yield Line("  now       ", drawn(shortened(said_in(gap.said, base)), WARNING), style=QUIET)
    for number, (fact, share) in enumerate(gap.facts):
        name = "  facts" if number == 0 else ""
        yield Line(f"{name:<12}{share:.2f}  ", drawn(shortened(f"{fact.id}: {fact.claim}")), style=QUIET)
    if gap.unsaid is not None:
        unsaid, share = gap.unsaid
        yield Line(f"  unsaid    {share:.2f}  ", drawn(shortened(unsaid.about)), style=QUIET)
    yield from _sentence(gap)


def summary_lines(gaps: Sequence[Gap], hidden: int, settled: int, of_few: int, left_out: int) -> Iterator[Line]:
    """Yield how much there is, and what is not shown."""
    times = sum(gap.times for gap in gaps)
    asked = f", asked for {times} {'time' if times == 1 else 'times'}" if gaps else ""
    yield plain(f"{len(gaps) or 'no'} {'gap' if len(gaps) == 1 else 'gaps'}{asked}", LOUD)
    if hidden:
        yield plain(f"{hidden} of them not shown; --most {len(gaps)} shows them", QUIET)
    if settled:
        yield plain(f"{settled} more answered by now or known to be unsaid; --all shows them", QUIET)
    if of_few:
        yield plain(f"{of_few} more asked for by too few people; --people 1 shows them", QUIET)
    if left_out:
        yield plain(f"{left_out} questions not compared, there are too many; --since DATE narrows them", QUIET)


def said_in(outcome: Outcome, base: KnowledgeBase) -> str:
    """Return what a reader is told first."""
    section = reply_to(outcome, base).sections[0]
    told = (section.lead, *(statement.text for statement in section.statements))
    return " ".join(text for text in told if text) or section.remark


def shortened(text: str) -> str:
    """Return the beginning of a text, whole words, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rsplit(' ', 1)[0]}…"


def _often(gap: Gap) -> str:
    """Return how often, by how many, why and when a gap was asked for."""
    people = [] if gap.people is None else [f"{gap.people} {'person' if gap.people == 1 else 'people'}"]
    reasons = ", ".join(f"{reason.replace('_', ' ')} {count}" for reason, count in gap.reasons.items())
    settled = [f"{state}: {count}" for state, count in gap.states.items() if state is not State.OPEN]
    last = [f"last {gap.last}"] if gap.last else []
    return " · ".join((f"{gap.times}×", *people, reasons, *last, *settled))


def _worded(wording: Wording) -> str:
    times = f"  ({wording.times}×)" if wording.times > 1 else ""
    meant = "" if wording.read_as.casefold().rstrip("?") == wording.text.casefold().rstrip("?. ") else wording.read_as
    return shortened(wording.text) + (f"  = {shortened(meant)}" if meant else "") + times


def _sentence(gap: Gap) -> Iterator[Line]:
    found = gap.sentence
    if found is None:
        yield Line("  sentence  ", drawn(NOTHING_NEAR, QUIET), style=QUIET)
        return
    yield Line(f"  sentence  {found.share:.2f}  ", drawn(shortened(found.citation.quote)), style=QUIET)
    state, style, words = state_of(found.facts, found.skipped)
    place = f"¶{found.citation.paragraph} of {found.citation.document}: {state} {words}".rstrip()
    yield Line("                  ", drawn(shortened(place), style))
