"""Screens as HTML: one page for several that stand side by side. It needs no other file and no network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from tests.bot_api.world import BOT, USERNAME
from tests.screens.conversations import Screen
from tests.screens.drawn import blocks_of

TEMPLATE = Path(__file__).with_name("screens.html")

WIDTH = 390
"""CSS pixels of a phone. Source: the usual phone of 2020 to 2026."""


def page(columns: Sequence[Sequence[Screen]]) -> str:
    """Return a page that shows columns of screens side by side; whatever stands in a message is text to it."""
    surroundings = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = surroundings.from_string(TEMPLATE.read_text("utf-8"))
    return template.render(
        columns=columns, width=WIDTH, blocks_of=blocks_of, bot=BOT["id"], bot_name=BOT["first_name"], username=USERNAME
    )
