"""The desk: moving between sentences and facts, and what each key does to them."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import termios
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from rich.console import Group, RenderableType
from textual import work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from bot.curating.reviewing.asking import Line, Page
from bot.curating.reviewing.editor import Editor
from bot.curating.reviewing.keeping import Kept, kept_of
from bot.curating.reviewing.sheets import astray_row, head, help_sheet, problem_lines, sentence_row, sheet
from bot.screens import QUIET, QUOTED, WARNING, WRONG, drawn
from knowledge import VerbatimError, load_lexicon
from knowledge.curation import (
    Amendment,
    ChangedMeanwhile,
    Held,
    NotWritten,
    Review,
    SentenceCoverage,
    accepted,
    amended,
    begun_fact,
    carry_out,
    discarded,
    examine,
    merged_facts,
    open_review,
    skipped,
    split_fact,
    text_to_edit,
    unskipped,
)

LEAST_WIDTH, LEAST_HEIGHT = 60, 16
"""Columns and lines that the desk needs."""

GONE_AFTER = 1.0
"""Seconds between two looks whether the terminal is still there."""

Proven = tuple[str, ...]
"""What is wrong with something that was to be saved; empty when it was saved."""


class Desk(App[int]):
    """A document on the desk; every save is proven with the whole base, and at once on the disk."""

    TITLE = "verbatim review"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (LEAST_WIDTH, "-wide-enough")]  # noqa: RUF012  as textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-low"), (LEAST_HEIGHT, "-high-enough")]  # noqa: RUF012  "
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,ctrl+q", "leave", "Leave", show=False, priority=True),
    ]
    CSS = """
    Screen { background: ansi_default; }
    #head { height: 1; text-style: none; }
    #desk { height: 1fr; border-top: solid ansi_bright_black; border-bottom: solid ansi_bright_black; }
    #sentences {
        width: 1fr; height: 100%; border: none; padding: 0; background: ansi_default;
        scrollbar-size-vertical: 1; border-right: solid ansi_bright_black;
    }
    #sentences > .option-list--option-highlighted { background: ansi_default; color: ansi_default; text-style: bold; }
    #beside { width: 1fr; height: 100%; padding: 0 0 0 1; scrollbar-size-vertical: 1; }
    #told { height: auto; max-height: 5; }
    Footer { background: ansi_default; }
    .small { display: none; }
    .-narrow > *, .-low > * { display: none; }
    .-narrow > .small, .-low > .small { display: block; }
    .title { text-style: bold; height: 1; }
    .quiet { text-style: dim; height: auto; }
    .sentence { height: auto; max-height: 4; color: ansi_default; text-style: dim; scrollbar-size-vertical: 1; }
    TextArea { height: 1fr; border: solid ansi_bright_black; background: ansi_default; padding: 0; }
    TextArea:focus { border: solid ansi_blue; }
    #problems { height: auto; max-height: 7; scrollbar-size-vertical: 1; }
    ModalScreen { align: center middle; background: transparent; }
    .box { width: 90%; max-width: 76; height: auto; border: round ansi_blue; padding: 0 1; background: ansi_default; }
    .page { width: 100%; height: 100%; padding: 0; background: ansi_default; }
    .page VerticalScroll { height: 1fr; }
    Input { border: none; height: 1; background: ansi_default; text-style: underline; margin: 1 0; }
    """

    def __init__(self, review: Review, documents: Path, facts: Path) -> None:
        super().__init__(ansi_color=True)
        self.theme = "ansi-dark"
        self.review = review
        self.documents, self.facts = documents, facts
        self.saved: list[Amendment] = []
        self.done: Counter[str] = Counter()
        self.left_by = 0

    def get_default_screen(self) -> Screen[None]:
        return Overview()

    def on_mount(self) -> None:
        if self.is_headless:
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            loop.add_signal_handler(number, self._leave_by, number)
        self.set_interval(GONE_AFTER, self._look_for_the_terminal)

    def action_leave(self) -> None:
        """Leave at once; what is being edited is kept."""
        self._keep()
        self.exit(0)

    async def save(self, amendment: Amendment, done: str) -> Proven:
        """Prove and save what was decided, and read the files again; return what is wrong with it."""
        try:
            problems = await asyncio.to_thread(carry_out, amendment, self.documents, self.facts)
        except ChangedMeanwhile as error:
            wrong = await self.reload()
            told = f"{str(error).partition(';')[0]}; nothing of it was overwritten"
            return wrong or (f"{told}, and it has been read again: look, and do it once more",)
        except NotWritten as error:
            return (str(error),)
        if problems:
            return problem_lines(problems, self.review)
        self.saved.append(amendment)
        self.done[done] += 1
        await self.reload()
        return ()

    async def reload(self) -> Proven:
        """Read the files again; return why that cannot be done."""
        try:
            self.review = await asyncio.to_thread(open_review, self.review.document.id, self.documents, self.facts)
        except VerbatimError as error:
            return (f"the files cannot be read now, and nothing can be saved until they can: {error}",)
        return ()

    async def save_edited(self, kept: Kept) -> tuple[Kept, Proven]:
        """Save what was edited in the place of what it was made of, if that is still what it was."""
        held = [_again(self.review, label, text) for label, text in zip(kept.labels, kept.texts, strict=True)]
        gone = [label for label, found in zip(kept.labels, held, strict=True) if found is None]
        if gone:
            told = f"{gone[0]} is no longer in the file; saved again, the text becomes a new fact of the sentence"
            return kept.model_copy(update={"labels": (), "texts": ()}), (told,)
        there = [found for found in held if found is not None]
        texts = tuple(found.text for found in there)
        if texts != kept.texts:
            told = "it was changed by another program; saved again, your text replaces what stands there now:"
            return kept.model_copy(update={"texts": texts}), (told, *texts)
        sentences = self.review.sentences
        sentence = next((each.sentence for each in sentences if each.sentence.number == kept.sentence), None)
        try:
            amendment = amended(self.review, there, kept.text, None if there else sentence)
        except NotWritten as error:
            return kept, (str(error),)
        return kept, await self.save(amendment, "edited" if there else "written")

    def _keep(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, Editor):
                screen.keep()

    def _leave_by(self, number: int) -> None:
        """Leave because somebody, or the terminal that is closed, says so."""
        self._keep()
        self.left_by = number
        asyncio.get_running_loop().call_later(2, os._exit, 128 + number)
        self.exit(128 + number)

    def _look_for_the_terminal(self) -> None:
        """Leave when the terminal has gone without a word."""
        try:
            termios.tcgetattr(sys.__stdin__.fileno() if sys.__stdin__ else 0)
        except (termios.error, ValueError, OSError):
            self._leave_by(signal.SIGHUP)


class Sentences(OptionList):
    """The sentences; keys that scroll a page are for the facts beside."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "screen.scroll_beside(1)", show=False),
        Binding("pageup", "screen.scroll_beside(-1)", show=False),
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
    ]


class Overview(Screen[None]):
    """The document on the one side, the facts and drafts of a sentence on the other."""

    AUTO_FOCUS = "#sentences"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "accept", "accept"),
        Binding("A", "accept_all", show=False),
        Binding("e", "edit", "edit"),
        Binding("s", "split", "split"),
        Binding("m", "merge", "merge"),
        Binding("w", "write", "new"),
        Binding("x", "skip", "skip"),
        Binding("d", "discard", "drop"),
        Binding("u", "undo", "undo"),
        Binding("n", "next", "next"),
        Binding("p", "previous", show=False),
        Binding("right,l", "choose(1)", show=False),
        Binding("left,h", "choose(-1)", show=False),
        Binding("r", "reload", show=False),
        Binding("v", "problems", show=False),
        Binding("question_mark", "help", "help", key_display="?"),
        Binding("q", "app.leave", "quit"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._at = self._chosen = 0
        self._drawn_at = -1

    @property
    def desk(self) -> Desk:
        assert isinstance(self.app, Desk)  # noqa: S101  there is no other program around this screen
        return self.app

    @property
    def review(self) -> Review:
        return self.desk.review

    @property
    def here(self) -> SentenceCoverage | None:
        """The sentence that is looked at; None for the facts that no sentence has."""
        return self.review.sentences[self._at] if self._at < len(self.review.sentences) else None

    @property
    def held(self) -> tuple[Held, ...]:
        """The facts and drafts that are shown beside."""
        return self.review.of(self.here.sentence) if self.here else self.review.astray

    @property
    def chosen(self) -> Held | None:
        """The fact or draft that is shown whole."""
        return self.held[self._chosen] if self._chosen < len(self.held) else None

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        with Horizontal(id="desk"):
            yield Sentences(id="sentences", markup=False)
            with VerticalScroll(id="beside", can_focus=False):
                yield Static(id="sheet", markup=False)
        yield Static(id="told", markup=False)
        yield Footer(show_command_palette=False, compact=True)
        yield Static(classes="small", markup=False)

    def on_mount(self) -> None:
        self._fill()
        waiting = self._waiting_from(0, 1)
        self._drawn_at = self._at
        self._go(waiting if waiting is not None else 0)
        if self.review.problems:
            many = len(self.review.problems)
            self._tell(f"The base has {many} problem{'' if many == 1 else 's'}: v shows what, and the mends.", WRONG)
        else:
            self._tell("? shows every key and sign.", QUIET)
        self._take_up()

    def on_resize(self, event: Resize) -> None:
        self.query_one("#head", Static).update(head(self.review, event.size.width))
        told = f"The terminal has {event.size.width}x{event.size.height}; the desk needs {LEAST_WIDTH}x{LEAST_HEIGHT}."
        for small in self.query(".small").results(Static):
            small.update(f"{told} Make it larger. Ctrl-C leaves; nothing is lost.")

    def on_option_list_option_highlighted(self, highlighted: OptionList.OptionHighlighted) -> None:
        if highlighted.option_index != self._at:
            self._at, self._chosen = highlighted.option_index, 0
            self._draw()

    # Moving

    def action_next(self) -> None:
        self._go_waiting(1)

    def action_previous(self) -> None:
        self._go_waiting(-1)

    def action_choose(self, step: int) -> None:
        """Show another fact of the sentence."""
        if self.held:
            self._chosen = (self._chosen + step) % len(self.held)
            self._draw()

    def action_scroll_beside(self, direction: int) -> None:
        beside = self.query_one("#beside")
        beside.scroll_relative(y=direction * max(beside.size.height - 2, 1), animate=False)

    # What is done to facts

    async def action_accept(self) -> None:
        await self._accept([self.chosen] if self.chosen else [])

    async def action_accept_all(self) -> None:
        await self._accept([held for held in self.held if held.is_draft])

    async def action_discard(self) -> None:
        chosen = self.chosen
        if chosen is None:
            self._tell("there is no draft here", WARNING)
        elif await self._save(lambda: discarded(self.review, chosen, self._number), "discarded") and not self.held:
            self._tell(f"discarded {chosen.name}; the sentence is open: w writes a fact, x skips it", WARNING)

    @work
    async def action_skip(self) -> None:
        """Skip the sentence, or open it again."""
        here = self.here
        if here is None:
            self._tell("this is no sentence", WARNING)
        elif here.skipped is not None:
            await self._save(lambda: unskipped(self.review, here.sentence), "opened")
        elif any(not held.is_draft for held in self.held):
            self._tell("a reviewed fact quotes from it: a sentence is quoted or skipped", WARNING)
        else:
            drafts = len(self.held)
            gone = f" Its {drafts} draft{'' if drafts == 1 else 's'} will go." if drafts else ""
            asked = f"Why is nothing in sentence {here.sentence.number} to be asked about?{gone}"
            reason = await self.app.push_screen_wait(Line(asked, "heading, caption, by-line ..."))
            if reason is not None and await self._save(lambda: skipped(self.review, here.sentence, reason), "skipped"):
                self._go_on()

    def action_edit(self) -> None:
        chosen = self.chosen
        if chosen is None:
            self._tell("there is no fact here; w writes one", WARNING)
        else:
            self._edit(f"edit {chosen.label}", [chosen], lambda: text_to_edit(self.review, [chosen]))

    def action_split(self) -> None:
        chosen = self.chosen
        if chosen is None:
            self._tell("there is no fact here to split", WARNING)
        else:
            self._edit(f"split {chosen.label}", [chosen], lambda: split_fact(self.review, chosen), is_proposal=True)

    def action_merge(self) -> None:
        """Merge the fact with the next of its sentence."""
        chosen = self.chosen
        if chosen is None or len(self.held) < 2:
            self._tell("there are no two facts here to merge", WARNING)
            return
        other = self.held[(self._chosen + 1) % len(self.held)]
        title = f"merge {chosen.label} with {other.label}"
        self._edit(title, [chosen, other], lambda: merged_facts(self.review, chosen, other), is_proposal=True)

    def action_write(self) -> None:
        here = self.here
        if here is None:
            self._tell("this is no sentence", WARNING)
        elif here.skipped is not None:
            self._tell("the sentence is skipped; x opens it again", WARNING)
        else:
            title = f"a new fact of sentence {here.sentence.number}"
            self._edit(title, [], lambda: begun_fact(self.review, here.sentence), is_proposal=True)

    async def action_undo(self) -> None:
        """Take back what was saved last."""
        if not self.desk.saved:
            self._tell("nothing was saved since the desk was opened", WARNING)
            return
        last = self.desk.saved[-1]
        if await self._save(last.undone, "undone"):
            del self.desk.saved[-2:]
            if last.sentence:
                self._go(last.sentence - 1)

    async def action_reload(self) -> None:
        if wrong := await self.desk.reload():
            self._tell("\n".join(wrong), WRONG)
            return
        self._fill()
        self._draw()
        self._tell("the files have been read again", QUIET)

    async def action_problems(self) -> None:
        """Show what is wrong with the base, and what a curator should look at in this document."""
        self._tell("looking …", QUIET)
        wrong = problem_lines(self.review.problems, self.review)
        report = await asyncio.to_thread(examine, self.desk.documents, self.desk.facts, load_lexicon())
        here = [found for found in report.warnings if found.file == str(self.review.path)]
        lines = [drawn(f"{line}\n", WRONG) for line in wrong]
        lines += [drawn(f"{line}\n", WARNING) for line in problem_lines(here, self.review)]
        self._tell("", QUIET)
        shown = Group(*lines) if lines else drawn("nothing is wrong, and nothing looks as if it were", QUOTED)
        self.app.push_screen(Page("What is wrong with the base, and what to look at here", shown))

    def action_help(self) -> None:
        self.app.push_screen(Page("Keys and signs", help_sheet()))

    # How that is done

    @property
    def _number(self) -> int:
        return self.here.sentence.number if self.here else 0

    async def _accept(self, drafts: list[Held]) -> None:
        if await self._save(lambda: accepted(self.review, drafts, self._number), "accepted", len(drafts)):
            self._go_on()

    async def _save(self, decide: Callable[[], Amendment], done: str, times: int = 1) -> bool:
        """Save what is decided, and show what came of it; return whether it was saved."""
        self._tell("proving …", QUIET)
        try:
            amendment = decide()
        except NotWritten as error:
            self._tell(str(error), WARNING)
            return False
        wrong = await self.desk.save(amendment, done)
        self._fill()
        self._draw()
        if wrong:
            self._tell("not saved: " + "\n".join(wrong), WRONG)
            return False
        self.desk.done[done] += times - 1
        self._tell(amendment.told, QUOTED)
        return True

    @work
    async def _edit(
        self, title: str, held: list[Held], propose: Callable[[], str], *, is_proposal: bool = False
    ) -> None:
        """Edit the text of facts; a proposal counts as typed, so that leaving asks what becomes of it."""
        try:
            text = propose()
        except NotWritten as error:
            self._tell(str(error), WARNING)
            return
        kept = Kept(
            labels=tuple(one.label for one in held),
            texts=tuple(one.text for one in held),
            sentence=self._number,
            begun="" if is_proposal and held else text,
            text=text,
        )
        await self._open_editor(title, kept)

    @work
    async def _take_up(self) -> None:
        """Open again what was being edited when a desk was left."""
        try:
            kept = kept_of(self.review.path)
        except NotWritten as error:
            self._tell(str(error), WRONG)
            return
        if kept is not None:
            self._go(min(max(kept.sentence, 1), len(self.review.sentences)) - 1)
            title = f"edit {', '.join(kept.labels)}" if kept.labels else f"a new fact of sentence {kept.sentence}"
            await self._open_editor(title, kept, "This was being edited when the desk was left. It is not saved yet.")

    async def _open_editor(self, title: str, kept: Kept, told: str = "") -> None:
        sentences = self.review.sentences
        sentence = next((each.sentence.text for each in sentences if each.sentence.number == kept.sentence), "")
        editor = Editor(title, sentence, self.review.path, kept, self.desk.save_edited, told=told)
        was_saved = await self.app.push_screen_wait(editor)
        self._fill()
        self._draw()
        if not was_saved:
            self._tell("nothing was changed", QUIET)
            return
        accepts = "; a accepts it" if self.chosen and self.chosen.is_draft else ""
        self._tell(f"{self.desk.saved[-1].told}{accepts}", QUOTED)

    def _go_on(self) -> None:
        """Go to the next draft of the sentence, or to the next sentence that needs work."""
        drafts = [number for number, held in enumerate(self.held) if held.is_draft]
        if drafts:
            self._chosen = next((number for number in drafts if number >= self._chosen), drafts[0])
            self._draw()
            return
        waiting = self._waiting_from(self._at + 1, 1)
        if waiting is not None:
            self._go(waiting)
        elif self.here is not None:
            told = "" if self.review.astray else " Every sentence is reviewed."
            self._tell(f"{self.desk.saved[-1].told}.{told}", QUOTED)

    def _go_waiting(self, step: int) -> None:
        waiting = self._waiting_from(self._at + step, step)
        if waiting is None:
            self._tell("no sentence needs work", QUOTED)
        else:
            self._go(waiting)

    def _waiting_from(self, start: int, step: int) -> int | None:
        """Return the next sentence that needs work, around the end; None when none does."""
        count = len(self.review.sentences)
        waiting = {each.sentence.number - 1 for each in self.review.to_review}
        return next((at % count for at in range(start, start + step * count, step) if at % count in waiting), None)

    def _go(self, at: int) -> None:
        self._at, self._chosen = at, 0
        drafts = [number for number, held in enumerate(self.held) if held.is_draft]
        self._chosen = drafts[0] if drafts else 0
        self._draw()
        self.query_one(Sentences).highlighted = at

    def _fill(self) -> None:
        """Draw every sentence anew, with the facts that it has by now."""
        rows = self.query_one(Sentences)
        count = len(self.review.sentences) + bool(self.review.astray)
        self._at = min(self._at, count - 1)
        self._chosen = min(self._chosen, max(len(self.held) - 1, 0))
        options = [Option(self._row(at)) for at in range(count)]
        with self.prevent(OptionList.OptionHighlighted):
            if rows.option_count == count:
                for at, option in enumerate(options):
                    rows.replace_option_prompt_at_index(at, option.prompt)
            else:
                rows.clear_options()
                rows.add_options(options)
                rows.highlighted = self._at
        self.query_one("#head", Static).update(head(self.review, self.size.width))

    def _row(self, at: int) -> RenderableType:
        here = at == self._at
        if at >= len(self.review.sentences):
            return astray_row(self.review, here=here)
        each = self.review.sentences[at]
        return sentence_row(
            each,
            self.review.of(each.sentence),
            self.chosen if here else None,
            here=here,
            width=len(str(len(self.review.sentences))),
        )

    def _draw(self) -> None:
        """Draw what has changed by moving: the two sentences, and what stands beside."""
        rows = self.query_one(Sentences)
        for at in {self._drawn_at, self._at}:
            if 0 <= at < rows.option_count:
                rows.replace_option_prompt_at_index(at, self._row(at))
        self._drawn_at = self._at
        self.query_one("#sheet", Static).update(sheet(self.review, self.here, self.held, self._chosen))
        self.query_one("#beside").scroll_home(animate=False)

    def _tell(self, told: str, style: str) -> None:
        self.query_one("#told", Static).update(drawn(told, style))


def _again(review: Review, label: str, text: str) -> Held | None:
    """Return a fact that was looked at earlier; None when the file has it no more."""
    same = (held for held in review.held if (held.label, held.text) == (label, text))
    return next(same, None) or review.named(label)


def opened(document: str, documents: Path, facts: Path) -> Desk:
    """Return a desk with a document on it.

    Raises:
        VerbatimError: it cannot be opened.
    """
    return Desk(open_review(document, documents, facts), documents, facts)


def result_of(desk: Desk, code: int | None) -> tuple[int, list[str]]:
    """Return the exit code of a desk that was left, and what is said of it."""
    lines: list[str] = []
    with suppress(VerbatimError):
        review = open_review(desk.review.document.id, desk.documents, desk.facts)
        done = [f"{times} {what}" for what, times in desk.done.items()]
        lines.append(
            f"{', '.join(done) or 'nothing was changed'}; {len(review.to_review)} of "
            f"{len(review.sentences)} sentences to review"
        )
        if kept_of(review.path) is not None:
            lines.append("a text that was being edited is kept; the same command opens it again")
    return code or 0, lines
