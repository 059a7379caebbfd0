"""What the desk asks for in between: a line, or one of a few keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.console import RenderableType
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Input, Static


class Line(ModalScreen[str | None]):
    """Asks for a line; None when somebody thought better of it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Cancel")]

    def __init__(self, question: str, hint: str, given: str = "") -> None:
        super().__init__()
        self._question, self._hint, self._given = question, hint, given

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(self._question, markup=False)
            yield Input(self._given, placeholder=self._hint, compact=True, max_length=500)
            yield Static("Enter: do it   Esc: leave it", classes="quiet", markup=False)

    def on_input_submitted(self, submitted: Input.Submitted) -> None:
        if submitted.value.strip():
            self.dismiss(submitted.value)

    def action_cancel(self) -> None:
        self.dismiss(None)


class Choice(ModalScreen[str]):
    """Asks for one of a few keys; Esc is one of them always."""

    def __init__(self, question: str, keys: Mapping[str, str]) -> None:
        super().__init__()
        self._question, self._keys = question, keys

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(self._question, markup=False)
            for key, meaning in self._keys.items():
                yield Static(f"  {'Esc' if key == 'escape' else key}  {meaning}", markup=False)

    def on_key(self, pressed: Key) -> None:
        pressed.stop()
        if pressed.key in self._keys:
            self.dismiss(pressed.key)


class Page(ModalScreen[None]):
    """Shows something to be read; any of the usual keys leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,question_mark,v", "leave", "Back"),
    ]

    def __init__(self, title: str, shown: RenderableType) -> None:
        super().__init__()
        self._title, self._shown = title, shown

    def compose(self) -> ComposeResult:
        with Vertical(classes="page"):
            yield Static(self._title, classes="title", markup=False)
            with VerticalScroll():
                yield Static(self._shown)
            yield Static("Esc: back   arrows, PgUp, PgDn: scroll", classes="quiet", markup=False)

    def action_leave(self) -> None:
        self.dismiss(None)
