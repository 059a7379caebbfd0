"""What every handler works with: the base, the store, the way out, and what is known of whoever wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2s

from telegram import User

from bot.interface import Interface, interface_for
from bot.replies import example_questions
from bot.settings import Settings
from bot.store import Answered, Opening, Store
from bot.telegram.delivery.limits import Limit, Window
from bot.telegram.delivery.sending import Post, Work
from knowledge import Conversation, Document, Fact, KnowledgeBase, Outcome, recalling

WORK: ContextVar[Work] = ContextVar("work")
"""The update that is being handled."""

HANDFUL_S = 3.0
"""Seconds within which things count as sent in one go: the photos of an album, a few messages that are forwarded."""

KEY_BYTES = 4
"""Bytes of a key that stands for an id in a button or a link, both of which Telegram keeps short."""


_OPENED: ContextVar[Shelf] = ContextVar("opened")
"""The shelf from which the update that is being handled is answered, wholly, whatever is put in its place meanwhile."""


@dataclass(frozen=True)
class Shelf:
    """A base, and what is looked up in it by id or by key."""

    base: KnowledgeBase
    facts: Mapping[str, Fact]
    facts_by_key: Mapping[str, Fact]
    documents_by_key: Mapping[str, Document]

    @classmethod
    def of(cls, base: KnowledgeBase) -> Shelf:
        """Return a shelf with a base that recalls what it works out; it takes half a second."""
        base = recalling(base)
        return cls(
            base,
            {fact.id: fact for fact in base.every_fact},
            {key_of(fact.id): fact for fact in base.every_fact},
            {key_of(document.id): document for document in base.documents},
        )

    @cached_property
    def examples(self) -> tuple[str, ...]:
        """Questions that the base answers."""
        return example_questions(self.base)


@dataclass
class Desk:
    """What every handler works with.

    Attributes:
        shelf: what is answered from; another one may be put in its place at any time.
        username: of the bot, without @; what people mention.
        bot_id: of the bot, as a user.
        questions: how often each person may ask.
        notices: how often they are told when they ask more.
        handfuls: how often a chat is told what is not read: once for all that is sent in one go.
    """

    shelf: Shelf
    store: Store
    post: Post
    settings: Settings
    username: str
    bot_id: int
    notices: Window = field(default_factory=lambda: Window(Limit(1, 60.0)))
    handfuls: Window = field(default_factory=lambda: Window(Limit(1, HANDFUL_S)))

    def __post_init__(self) -> None:
        self.questions = Window(Limit(self.settings.questions_per_minute, 60.0))

    def open(self) -> None:
        """Answer the update of this task from the shelf as it is now, to the end."""
        _OPENED.set(self.shelf)

    @property
    def _opened(self) -> Shelf:
        return _OPENED.get(self.shelf)

    @property
    def base(self) -> KnowledgeBase:
        """What the update that is being handled is answered from."""
        return self._opened.base

    @property
    def examples(self) -> tuple[str, ...]:
        """Questions that the base answers."""
        return self._opened.examples

    def ask(self, message: str, conversation: Conversation) -> Outcome:
        """Return what comes of a message in a conversation."""
        return self.base.ask(message, conversation)

    def tell(self, facts: Sequence[Fact], chosen: str) -> Outcome:
        """Return the outcome of choosing facts; `chosen` are the words of the choice."""
        return self.base.tell(facts, chosen)

    def again(self, answered: Answered) -> Outcome | None:
        """Return the outcome of what was answered before; None where the base no longer holds it."""
        if not answered.chosen:
            return self.ask(answered.message, answered.before)
        known = self._opened.facts
        facts = [known[fact] for fact in answered.chosen.split() if fact in known]
        return self.tell(facts, answered.message) if facts else None

    def fact(self, key: str) -> Fact | None:
        """Return the fact that a key stands for; None when there is none."""
        return self._opened.facts_by_key.get(key)

    def document(self, key: str) -> Document | None:
        """Return the document that a key stands for; None when there is none."""
        return self._opened.documents_by_key.get(key)


def key_of(identifier: str) -> str:
    """Return the key that stands for the id of a fact, a document or a topic: 8 characters."""
    return blake2s(identifier.encode(), digest_size=KEY_BYTES).hexdigest()


def interface_of(user: User | None, opening: Opening) -> Interface:
    """Return the interface for somebody: in the language that they chose, else in that of their app."""
    return interface_for(opening.language or (user.language_code if user else None))
