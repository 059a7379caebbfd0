"""What the bot says for an outcome: the one module that words what users see.

A `Reply` is plain structure, without markup: the terminal, Telegram and the batch output each draw it in their way.
"""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.base import KnowledgeBase
from knowledge.documents import Citation
from knowledge.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Footnote:
    """A numbered source of a reply.

    Attributes:
        number: from 1, in the order in which the statements refer to it.
        source: the document, its publisher and date or that they are unknown, as one line.
        speaker: who says so, as one line; empty where the document speaks in its own voice.
    """

    number: int
    citation: Citation
    source: str
    speaker: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A curated claim, with the numbers of the footnotes that carry it."""

    text: str
    footnotes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to press or to read next: what it says, and the fact it leads to."""

    text: str
    fact: str


@dataclass(frozen=True, slots=True)
class Section:
    """The reply to one question of a message.

    Attributes:
        question: shown above the section when a message asked several, or was read otherwise than written; else empty.
        lead: a sentence before the statements, such as the word that a premise is corrected; may be empty.
        statements: claims, each with its footnotes.
        remark: a sentence after them, such as a word on completeness; may be empty.
        suggestions: choices of a clarification, or related facts of an abstention (then `lead` says so).
    """

    question: str
    lead: str
    statements: tuple[Statement, ...]
    remark: str
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot shows for one message."""

    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]


def reply_to(outcome: Outcome, base: KnowledgeBase) -> Reply:
    """Return the words for an outcome."""
    raise NotImplementedError


def as_plain_text(reply: Reply) -> str:
    """Return a reply as lines of plain text: statements with [n], then the sources with their quotes."""
    raise NotImplementedError
