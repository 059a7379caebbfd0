"""What the desk draws: the sentences of a document, the facts and drafts of one of them, and the help.

Whatever colours say is said by a sign, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.screens import LOUD, NUMBER, QUIET, QUOTED, WARNING, WRONG, drawn
from knowledge import NameRecord, Problem
from knowledge.curation import Held, Review, SentenceCoverage, SentenceState, used_names

SIGNS = {
    SentenceState.REVIEWED: ("✓", "green"),
    SentenceState.DRAFTED: ("~", WARNING),
    SentenceState.SKIPPED: ("-", QUIET),
    SentenceState.OPEN: ("?", "red"),
}
DRAFT, WRONG_SIGN, POINTER = "~", "!", "›"

KEYS = (
    ("up down", "the sentence before, the next one"),
    ("left right", "the fact or draft before, the next one, of this sentence"),
    ("n  p", "the next sentence that needs work, the one before"),
    ("a  A", "accept the draft; all drafts of the sentence. Names that it uses are accepted with it"),
    ("e", "edit it, as it stands in the file; Ctrl-S proves and saves, Esc leaves"),
    ("s", "split it into two, which you then edit"),
    ("m", "merge it with the next of the sentence; you edit what comes of it"),
    ("w", "write a new fact of the sentence"),
    ("x", "skip the sentence with a reason; its drafts go. Again: no longer skipped"),
    ("d", "discard the draft"),
    ("u", "undo what was saved last, back to when the desk was opened"),
    ("r", "read the files again"),
    ("v", "view what is wrong with the base, and what to look at in this document"),
    ("PgUp PgDn", "scroll the facts"),
    ("q  Ctrl-C", "leave. All that was saved stays; a text that is being edited is kept, and opened next time"),
)


def head(review: Review, width: int) -> RenderableType:
    """Return the title, and how much is left to do."""
    left = len(review.to_review)
    opened = sum(each.state is SentenceState.OPEN for each in review.sentences)
    counted = f"{left} of {len(review.sentences)} sentences to review" if left else "every sentence is reviewed"
    counted += f", {opened} open" if opened else ""
    counted += f"  {WRONG_SIGN}{len(review.problems)}" if review.problems else ""
    title = drawn(review.document.record.title, LOUD)
    title.truncate(max(width - len(counted) - 3, 8), overflow="ellipsis")
    row = Table.grid(expand=True)
    row.add_column()
    row.add_column(justify="right")
    row.add_row(title, drawn(counted, WARNING if left else QUOTED))
    return row


def sentence_row(
    each: SentenceCoverage, held: Sequence[Held], chosen: Held | None, *, here: bool, width: int
) -> RenderableType:
    """Return a sentence in the colour of its state, with its sign; the quote of the fact shown beside is underlined.

    Args:
        each: the sentence.
        held: its facts and drafts.
        chosen: the one that is shown whole; None where it has none.
        here: it is the one that is looked at.
        width: columns of its number.
    """
    sign, style = SIGNS[each.state]
    beside = DRAFT if each.state is SentenceState.REVIEWED and each.drafts else " "
    beside = WRONG_SIGN if any(one.problems for one in held) else beside
    sentence = each.sentence
    text = drawn(sentence.text.replace("\n", " "), style)
    if here and chosen is not None and chosen.citation is not None and len(text) == len(sentence.text):
        start, end = chosen.citation.start - sentence.start, chosen.citation.end - sentence.start
        text.stylize("underline", max(start, 0), max(end, 0))
    mark = Text.assemble((POINTER if here else " ", LOUD), (sign, style), (beside, WARNING))
    row = Table.grid(padding=(0, 1, 0, 0))
    row.add_column(width=3)
    row.add_column(width=width, justify="right")
    row.add_column(ratio=1, overflow="fold")
    row.expand = True
    row.add_row(mark, drawn(str(sentence.number), QUIET), text)
    return row


def astray_row(review: Review, *, here: bool) -> RenderableType:
    """Return the row of the facts whose quotes do not stand in the document."""
    count = len(review.astray)
    told = f"{count} fact{'' if count == 1 else 's'} whose quote does not stand in the document just once"
    row = Table.grid(padding=(0, 1, 0, 0))
    row.add_column(width=3)
    row.add_column(ratio=1)
    row.add_row(drawn(f"{POINTER if here else ' '}{WRONG_SIGN}", WRONG), drawn(told, WRONG))
    return row


def sheet(review: Review, each: SentenceCoverage | None, held: Sequence[Held], chosen: int) -> RenderableType:
    """Return what stands beside a sentence: its facts and drafts, and one of them whole.

    Args:
        review: the document.
        each: the sentence; None for the facts that no sentence has.
        held: its facts and drafts.
        chosen: which of them is shown whole.
    """
    lines: list[RenderableType] = []
    if each is None:
        lines.append(drawn("without a place in the document", LOUD))
    else:
        where = f"sentence {each.sentence.number} of {len(review.sentences)}  ¶{each.paragraph}  "
        lines.append(Text.assemble((where, QUIET), (str(each.state), SIGNS[each.state][1])))
        if each.skipped is not None:
            lines.append(drawn(f"skipped: {each.skipped}"))
            lines.append(drawn("x opens it again", QUIET))
        elif not held:
            lines.append(drawn("Nothing quotes it yet."))
            lines.append(drawn("w writes a fact, x skips it with a reason.", QUIET))
    lines += [_record_line(one, here=number == chosen and len(held) > 1) for number, one in enumerate(held)]
    if held:
        lines += [Text(""), *_whole(held[chosen], review)]
    return Group(*lines)


def problem_lines(problems: Iterable[Problem], review: Review) -> tuple[str, ...]:
    """Return problems with their mends, without the name of the file where it is the one on the desk."""
    return tuple(str(problem).removeprefix(f"{review.path}: ") for problem in problems)


def help_sheet() -> RenderableType:
    """Return the keys and the signs."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style=NUMBER, no_wrap=True)
    table.add_column(overflow="fold")
    for keys, meaning in KEYS:
        table.add_row(keys, meaning)
    signs = Text.assemble(
        *((f"{sign} {state}   ", style) for state, (sign, style) in SIGNS.items()),
        (f"✓{DRAFT} a draft beside   ", WARNING),
        (f"{WRONG_SIGN} wrong", WRONG),
    )
    return Group(signs, Text(""), table)


def _record_line(held: Held, *, here: bool) -> Text:
    sign, style = (DRAFT, WARNING) if held.is_draft else ("✓", "green")
    sign, style = (WRONG_SIGN, WRONG) if held.problems else (sign, style)
    line = Text.assemble((POINTER if here else " ", LOUD), (sign, style), " ", drawn(held.name, LOUD if here else ""))
    if held.is_draft:
        line.append("  draft", WARNING)
    line.no_wrap, line.overflow = True, "ellipsis"
    return line


def _whole(held: Held, review: Review) -> Iterator[RenderableType]:
    """Yield all that a fact or draft says, and what is wrong with it."""
    for problem in problem_lines(held.problems, review):
        yield drawn(problem.removeprefix(f"{held.label}: "), WRONG)
    record = held.record
    if record is None:
        yield drawn(held.text)
        return
    yield drawn(record.claim, LOUD)
    yield drawn(f"“{record.quote}”", QUOTED)
    if record.antecedent:
        yield drawn(f"(“{record.antecedent}”)", QUOTED)
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(style=QUIET, width=8)
    table.add_column(overflow="fold", ratio=1)
    table.expand = True
    named = {name.id: name for name in review.draft_names(used_names([record]))}
    spoken = f"{', '.join(record.speakers)} “{record.attribution}”" if record.speakers else "the document"
    table.add_row("speaker", drawn(f"{spoken}, {record.manner}"))
    table.add_row("agent", drawn(", ".join(record.agent) or "-"))
    table.add_row("act", drawn(record.act))
    table.add_row("target", drawn(", ".join(record.target) or "-"))
    table.add_row("themes", drawn(", ".join(record.themes) or "-"))
    for dimension, value in record.dimensions.items():
        table.add_row(dimension, drawn(value))
    for kind, several in record.slots.items():
        table.add_row("slot", drawn(f"{kind}: {'; '.join(several)}"))
    for phrasing in record.phrasings:
        table.add_row("asked", drawn(phrasing))
    if record.since:
        table.add_row("since", drawn(record.since))
    if record.superseded_by:
        table.add_row("replaced", drawn(f"by {record.superseded_by}"))
    for name in named.values():
        table.add_row(Text("name", WARNING), drawn(_described(name), WARNING))
    yield table


def _described(name: NameRecord) -> str:
    return f"{name.id}, a draft: {name.label}, {name.kind}, called {'; '.join(name.forms)}"
