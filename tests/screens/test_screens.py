"""What the screens show is what the bot sent: every word, every style, every button. No browser is needed for it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest

from knowledge import KnowledgeBase
from tests.bot_api.shown import seen
from tests.screens.conversations import Screen
from tests.screens.drawn import Block, Run, blocks_of
from tests.screens.page import page
from tests.screens.telling import Sheet, all_sheets

NAMES = (
    *("one-source", "not-stated", "who-says-so", "in-context", "correction", "rated"),
    *("several-quotes", "several-questions", "group", "topics"),
    *("arabic", "hebrew", "inline", "document", "languages"),
)

NO_END = frozenset(("meta", "br", "img"))


@dataclass
class Turn:
    """A message as the page has it.

    Attributes:
        lines: of its text.
        styled: the words of each style, with what separates lines left out.
        quotes: (whether it is expandable, text) of each quotation.
        labels: of its buttons.
    """

    lines: list[str] = field(default_factory=list)
    styled: dict[str, str] = field(default_factory=dict)
    quotes: list[tuple[bool, list[str]]] = field(default_factory=list)
    labels: list[list[str]] = field(default_factory=list)


class Reading(HTMLParser):
    """The messages of each screen, read from the page as a browser reads it."""

    def __init__(self) -> None:
        super().__init__()
        self.turns: dict[str, list[Turn]] = {}
        self.others: dict[str, list[str]] = {}
        self.without_direction = 0
        self._open: list[tuple[str, set[str]]] = []
        self._figure = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        classes = set(given.get("class", "").split())
        if tag not in NO_END:
            self._open.append((tag, classes))
        if tag == "figure":
            self._figure = given["id"]
            self.turns[self._figure], self.others[self._figure] = [], []
        if "turn" in classes:
            self._turns.append(Turn())
        if tag == "blockquote":
            self._turns[-1].quotes.append(("expandable" in classes, []))
        if "line" in classes:
            self.without_direction += given.get("dir") != "auto"
            self._turns[-1].lines.append("")
            if self._inside("blockquote"):
                self._turns[-1].quotes[-1][1].append("")
        if "row" in classes:
            self._turns[-1].labels.append([])
        if "key" in classes:
            self._turns[-1].labels[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, text: str) -> None:
        classes = set().union(*(one for _, one in self._open)) if self._open else set()
        if "line" in classes:
            turn = self._turns[-1]
            turn.lines[-1] += text
            if self._inside("blockquote"):
                turn.quotes[-1][1][-1] += text
            for style in {"bold", "italic"} & classes:
                turn.styled[style] = turn.styled.get(style, "") + text
        elif "key" in classes:
            self._turns[-1].labels[-1][-1] += text.strip()
        elif self._figure and text.strip():
            self.others[self._figure].append(text.strip())

    @property
    def _turns(self) -> list[Turn]:
        return self.turns[self._figure]

    def _inside(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._open)


def reading(sheets: list[Sheet]) -> Reading:
    read = Reading()
    for columns in sheets:
        read.feed(page(columns))
    return read


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    return KnowledgeBase.load()


@pytest.fixture(scope="module")
def sheets(base: KnowledgeBase) -> list[Sheet]:
    """What stands on the screens after the conversations with the running bot."""
    return asyncio.run(all_sheets(base))


@pytest.fixture(scope="module")
def drawn(sheets: list[Sheet]) -> Reading:
    return reading(sheets)


@pytest.fixture(scope="module")
def screens(sheets: list[Sheet]) -> dict[str, Screen]:
    return {screen.name: screen for columns in sheets for column in columns for screen in column}


def test_every_screen_is_on_a_page(drawn: Reading) -> None:
    assert sorted(drawn.turns) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_message_is_drawn_word_for_word(name: str, drawn: Reading, screens: dict[str, Screen]) -> None:
    assert ["\n".join(turn.lines) for turn in drawn.turns[name]] == [one["text"] for one in screens[name].messages]


@pytest.mark.parametrize("name", NAMES)
def test_every_style_is_drawn_on_the_words_that_it_marks(name: str, drawn: Reading, screens: dict[str, Screen]) -> None:
    for turn, message in zip(drawn.turns[name], screens[name].messages, strict=True):
        shown = seen(message, {})
        styled = {kind: "".join(shown.marked(kind)).replace("\n", "") for kind in ("bold", "italic")}
        assert turn.styled == {kind: text for kind, text in styled.items() if text}
        assert turn.quotes == [(True, text.split("\n")) for text in shown.marked("expandable_blockquote")]
        assert {kind for kind, _ in shown.entities} <= {"bold", "italic", "expandable_blockquote", *FOUND}


FOUND = ("bot_command", "mention")
"""Entities of what people write."""


@pytest.mark.parametrize("name", NAMES)
def test_every_button_is_drawn_in_its_row(name: str, drawn: Reading, screens: dict[str, Screen]) -> None:
    labels = [seen(message, {}).labels for message in screens[name].messages]

    assert [turn.labels for turn in drawn.turns[name]] == labels


def test_every_line_finds_its_own_direction(drawn: Reading) -> None:
    assert drawn.without_direction == 0


def test_screens_hold_what_they_are_examples_of(drawn: Reading) -> None:
    quotes = {name: sum(len(turn.quotes) for turn in turns) for name, turns in drawn.turns.items()}
    buttons = {name: sum(map(len, turns[-1].labels)) for name, turns in drawn.turns.items() if turns}

    assert (quotes["one-source"], quotes["correction"], quotes["not-stated"]) == (1, 2, 0)
    assert quotes["several-quotes"] == quotes["arabic"] > 4
    assert buttons["group"] == 1
    assert drawn.turns["in-context"][-1].styled["bold"] == "Tel Aviv rejected this"
    assert drawn.turns["rated"][-1].labels[-1][0] == "✓ 👍 Helpful"
    assert "Thank you. You can change this at any time." in drawn.others["rated"]


def test_inline_results_are_drawn_with_title_and_description(drawn: Reading, screens: dict[str, Screen]) -> None:
    offered = screens["inline"].offered
    assert offered is not None

    assert len(offered.results) > 4
    assert {text for one in offered.results for text in (one.title, one.description)} <= set(drawn.others["inline"])


def test_reply_shows_what_it_replies_to(drawn: Reading) -> None:
    assert "@verbatim_test_bot who leads the Israeli team?" in drawn.others["group"]


def test_same_conversations_make_the_same_pages(base: KnowledgeBase, sheets: list[Sheet]) -> None:
    assert [page(columns) for columns in asyncio.run(all_sheets(base))] == [page(columns) for columns in sheets]


def test_markup_in_a_message_stays_text() -> None:
    hostile = "<b>bold</b> &lt; <script>alert(1)</script>"
    screen = Screen("one", "One", [{"text": hostile, "from": {"id": 1, "first_name": "<i>"}}], 1)

    read = reading([[[screen]]])

    assert read.turns["one"] == [Turn([hostile])]


def test_entities_count_in_utf_16_units() -> None:
    entities: list[dict[str, Any]] = [
        {"type": "bold", "offset": 3, "length": 4},
        {"type": "italic", "offset": 5, "length": 5},
        {"type": "expandable_blockquote", "offset": 11, "length": 3},
    ]

    assert blocks_of("😀 abcd ef\n😀g\nh", entities) == (
        Block("text", ((Run("😀 "), Run("ab", ("bold",)), Run("cd", ("bold", "italic")), Run(" ef", ("italic",))),)),
        Block("expandable_blockquote", ((Run("😀g"),),)),
        Block("text", ((Run("h"),),)),
    )
