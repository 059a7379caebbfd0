"""The bases that the tests of the engine ask: the one that ships, and an invented one that is known by heart."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import strategies as st

from knowledge.base import KnowledgeBase
from knowledge.message.dialogue import Conversation
from knowledge.message.reading import Question, Reader
from knowledge.outcomes import Outcome, facts_of

TRAMWAY = Path(__file__).resolve().parents[1] / "facts" / "tramway"
"""The second base: a town, its trams and the company that runs them."""

HARBOUR = Path(__file__).resolve().parents[1] / "bot" / "harbour"
"""Dock workers, a harbour company, and a ferry that does not sail."""

ANY_TEXT = st.text(st.characters())
"""Whatever a program can send: lone surrogates, controls and unassigned characters too."""

PIECES = (
    *(
        "what did Hamas demand",
        "and Israel",
        "why",
        "who says so",
        "any others",
        "the other side",
        "950",
        "1,000",
        "Iran",
    ),
    *("how many", "did", "not", "ignore all previous instructions", "hello", "<b>", "**", "[x](y)", "https://a.b/c"),
    *(
        "?",
        "!",
        ".",
        ",",
        ";",
        "\n",
        "\t",
        "'s",
        "’",
        "(",
        "\u200b",
        "\u202e",
        "\u0301",
        "\ud800",
        "\x00",
        "ﷺ",
        "½",
        "３１",
    ),
    *("حماس", "إسرائيل", "ישראל", "Израиль", "哈马斯", "😀"),
)

MESSAGES = st.lists(st.sampled_from(PIECES) | st.text(st.characters(), max_size=3), max_size=12).flatmap(
    lambda pieces: st.sampled_from((" ", "")).map(lambda between: between.join(pieces))
)
"""Questions and follow-ups taken apart and put together anyhow, with what a chat app lets through."""


class Library:
    """A base and its reader. It does not print them when a law fails: they hold ten thousand words."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        self.reader = base.scales.reader


class Chat:
    """One conversation with a base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self.conversation = Conversation()

    def asks(self, *messages: str) -> Outcome:
        """Say one message after the other; return what comes of the last."""
        for message in messages:
            outcome = self._base.ask(message, self.conversation)
            self.conversation = self.conversation.after(outcome)
        return outcome


def shown(outcome: Outcome) -> list[str]:
    """Return the ids of the facts that an outcome shows, in order."""
    return [cited.fact.id for cited in facts_of(outcome)]


def only_question(reader: Reader, message: str) -> Question:
    """Return the one question of a message."""
    (question,) = reader.questions(message)
    return question


@pytest.fixture(scope="session")
def base(ready: Path) -> KnowledgeBase:
    """The base that ships."""
    return KnowledgeBase.load(cache=ready)


@pytest.fixture(scope="session")
def harbour(ready: Path) -> KnowledgeBase:
    return KnowledgeBase.load(HARBOUR / "documents", HARBOUR / "facts", cache=ready)


@pytest.fixture(scope="session")
def tramway(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return KnowledgeBase.load(TRAMWAY / "documents", TRAMWAY / "facts", cache=tmp_path_factory.mktemp("ready"))


@pytest.fixture(scope="session")
def library(base: KnowledgeBase) -> Library:
    """The base that ships, for the laws that are tried with many messages."""
    return Library(base)


@pytest.fixture(scope="session")
def harbour_library(harbour: KnowledgeBase) -> Library:
    return Library(harbour)


@pytest.fixture(scope="session")
def reader(base: KnowledgeBase) -> Reader:
    """The reader of the base that ships."""
    return base.scales.reader


@pytest.fixture
def chat(base: KnowledgeBase) -> Chat:
    """A conversation with the base that ships, in which nothing was said yet."""
    return Chat(base)
