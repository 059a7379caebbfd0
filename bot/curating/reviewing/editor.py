"""Where a fact is edited as it stands in the file: proven when it is saved, and lost neither when refused nor left."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Footer, Static, TextArea

from bot.curating.reviewing.asking import Choice
from bot.curating.reviewing.keeping import Kept, forget, keep
from bot.screens import QUIET, WARNING, WRONG, drawn
from knowledge.curation import NotWritten

KEPT_AFTER = 0.3
"""Seconds without a key after which what was typed is kept on the disk."""

Save = Callable[[Kept], Awaitable[tuple[Kept, tuple[str, ...]]]]
"""Saves what is edited; gives what is edited now, and what is wrong with it: nothing when it was saved."""


class Editor(Screen[bool]):
    """Edits the text of facts; dismissed with whether they were saved."""

    AUTO_FOCUS = "TextArea"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "save", "Prove and save", key_display="^S", priority=True),
        Binding("escape", "leave", "Leave", key_display="Esc", priority=True),
        Binding("ctrl+z", "nothing", "Undo typing", key_display="^Z"),
        Binding("f6", "scroll", "Scroll below"),
    ]

    def __init__(  # noqa: PLR0913  what is edited, where it is kept, and how it is saved
        self, title: str, sentence: str, path: Path, kept: Kept, save: Save, *, told: str = ""
    ) -> None:
        super().__init__()
        self._title, self._sentence, self._path = title, sentence, path
        self.kept, self._save, self._told = kept, save, told
        self._waiting: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Static(self._title, classes="title", markup=False)
        with VerticalScroll(classes="sentence", can_focus=False):
            yield Static(drawn(self._sentence), markup=False)
        yield TextArea(self.kept.text, soft_wrap=True, show_line_numbers=True, compact=True, tab_behavior="indent")
        with VerticalScroll(id="problems", can_focus=False):
            yield Static(id="wrong", markup=False)
        yield Footer(show_command_palette=False, compact=True)
        yield Static(classes="small")

    def on_mount(self) -> None:
        self._tell((self._told,) if self._told else (), WARNING)

    @property
    def now(self) -> Kept:
        """What is edited, as it is typed by now."""
        return self.kept.model_copy(update={"text": self.query_one(TextArea).text})

    def on_text_area_changed(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(KEPT_AFTER, self.keep)

    def keep(self) -> None:
        """Keep what was typed on the disk."""
        if not self.now.is_changed:
            return
        try:
            keep(self._path, self.now)
        except NotWritten as error:
            self._tell((f"{error} (the text is here, and nowhere else: save it, or copy it)",), WRONG)

    @work
    async def action_save(self) -> None:
        """Prove the text with the whole base, and save it; leave when that is done."""
        if not self.now.text.strip():
            self._tell(("there is nothing to save; Esc leaves",), WRONG)
            return
        self._tell(("proving …",), QUIET)
        self.kept, wrong = await self._save(self.now)
        if wrong:
            self.keep()
            self._tell(("not saved:", *wrong), WRONG)
            return
        self._forget()
        self.dismiss(True)

    @work
    async def action_leave(self) -> None:
        """Leave; what was typed is asked for first."""
        if self.now.is_changed:
            keys = {"s": "prove and save it", "d": "drop it", "escape": "go on editing"}
            chosen = await self.app.push_screen_wait(Choice("What you typed is not saved.", keys))
            if chosen == "s":
                self.action_save()
            if chosen != "d":
                return
        self._forget()
        self.dismiss(False)

    def action_nothing(self) -> None:
        """Stand for a key that the text takes itself: it is shown below."""

    def action_scroll(self) -> None:
        """Scroll what is wrong by a page; from its end back to its beginning."""
        below = self.query_one("#problems")
        if below.scroll_y >= below.max_scroll_y:
            below.scroll_home(animate=False)
        else:
            below.scroll_page_down(animate=False)

    def _forget(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
        forget(self._path)

    def _tell(self, lines: tuple[str, ...], style: str) -> None:
        """Show what is wrong, or what is going on."""
        self.query_one("#problems").display = bool(lines)
        self.query_one("#wrong", Static).update(Text("\n").join(drawn(line, style) for line in lines))
        self.query_one("#problems").scroll_home(animate=False)
