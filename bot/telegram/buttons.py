"""The buttons below messages: what they say, and the few characters that come back when one is pressed.

A button names no answer: which one it belongs to follows from the message that it stands below, so that nobody can
press a button of somebody else's answer by making up what comes back.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit

from bot.interface import LANGUAGES, Interface
from bot.replies import Reply, title_of
from bot.telegram import wording
from bot.telegram.desk import key_of
from knowledge import Document, Fact, KnowledgeBase

LONGEST_LABEL = 60
"""Characters of a label; phones cut off what is much longer."""

MOST_QUOTES = 8
"""Quotes of an answer that have a button in the view of its context. Source: Telegram's width of a row of buttons."""

MOST_SUGGESTED = 10
"""Suggestions of a reply that have a button."""

LONGEST_CODE = int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA)
"""Bytes that a button may send back."""

LONGEST_PAYLOAD = 64
"""Characters of `A-Za-z0-9_-` after /start in a link. Source: the Bot API on deep linking."""


class Verdict(StrEnum):
    """What somebody thinks of an answer."""

    HELPFUL = "helpful"
    WRONG = "wrong"
    UNCLEAR = "unclear"


class Press(StrEnum):
    """What a button does, as the first part of what it sends back."""

    CONTEXT = "c"  # quote, paragraph: both from 1
    ANSWER = "a"
    SUGGESTION = "s"  # its number, from 1
    RATE = "r"  # a verdict
    PAGE = "d"  # key of a document, page from 1
    TOPIC = "t"  # key of a topic
    TOPICS = "o"
    FACT = "f"  # key of a fact
    LANGUAGE = "l"  # a code; nothing for that of the app


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button that was pressed, with what it sent back."""

    what: Press
    values: tuple[str, ...]

    def number(self, place: int) -> int:
        """Return a value as a number; 0 where it is none."""
        value = self.values[place] if place < len(self.values) else ""
        return int(value) if value.isdecimal() and len(value) <= 6 else 0

    def word(self, place: int) -> str:
        """Return a value; empty where there is none."""
        return self.values[place] if place < len(self.values) else ""


def code(what: Press, *values: object) -> str:
    """Return what a button sends back, at most `LONGEST_CODE` bytes."""
    return ":".join((what, *map(str, values)))


def pressed(data: object) -> Pressed | None:
    """Return what a button sent back; None where no button of ours sends that."""
    if not isinstance(data, str) or len(data) > LONGEST_CODE:
        return None
    what, *values = data.split(":")
    return Pressed(Press(what), tuple(values)) if what in set(Press) else None


Rows = list[list[InlineKeyboardButton]]


def below_answer(reply: Reply, interface: Interface, verdict: str = "") -> InlineKeyboardMarkup | None:
    """Return the buttons below an answer in a private chat: its suggestions, its context, and what one thinks of it."""
    rows: Rows = [
        [_button(f"{number}. {suggestion.text}", code(Press.SUGGESTION, number))]
        for number, suggestion in enumerate(reply.suggestions[:MOST_SUGGESTED], start=1)
    ]
    if reply.footnotes:
        rows.append([_button(wording.in_context(interface), code(Press.CONTEXT, 1))])
    if reply.footnotes or reply.suggestions:
        rows.append(_ratings(interface, verdict))
    return InlineKeyboardMarkup(rows) if rows else None


def below_group_answer(label: str, facts: Sequence[Fact], username: str) -> InlineKeyboardMarkup | None:
    """Return the one button below an answer in a group: a link to a private chat, which nobody can misuse."""
    if not facts:
        return None
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, url=link(username, payload_of_facts(facts)))]])


def below_context(
    reply: Reply, quote: int, paragraph: int, document: Document, interface: Interface
) -> InlineKeyboardMarkup:
    """Return the buttons below a paragraph: those around it, the other quotes, the document, and the way back."""
    around = []
    if paragraph > 1:
        around.append(_button(wording.earlier(interface), code(Press.CONTEXT, quote, paragraph - 1)))
    if paragraph < len(document.paragraphs):
        around.append(_button(wording.later(interface), code(Press.CONTEXT, quote, paragraph + 1)))
    quotes = [
        _button(f"• {note.number} •" if note.number == quote else f"[{note.number}]", code(Press.CONTEXT, note.number))
        for note in reply.footnotes[:MOST_QUOTES]
    ]
    rows: Rows = [_in_reading_order(around, interface), quotes if len(quotes) > 1 else []]
    rows.append([_button(wording.back_to_answer(interface), code(Press.ANSWER))])
    return InlineKeyboardMarkup([row for row in rows if row])


def below_page(document: Document, page: int, pages: int, interface: Interface) -> InlineKeyboardMarkup | None:
    """Return the buttons below a page of a document; pages are counted from 1."""
    key = key_of(document.id)
    row = []
    if page > 1:
        row.append(_button(wording.earlier(interface), code(Press.PAGE, key, page - 1)))
    if page < pages:
        row.append(_button(wording.later(interface), code(Press.PAGE, key, page + 1)))
    return InlineKeyboardMarkup([_in_reading_order(row, interface)]) if row else None


def below_sources(base: KnowledgeBase, interface: Interface, most: int = 50) -> InlineKeyboardMarkup:
    """Return a button for each document, to read it."""
    rows = [
        [_button(f"{number}. {title_of(document, interface)}", code(Press.PAGE, key_of(document.id), 1))]
        for number, document in enumerate(base.documents[:most], start=1)
    ]
    return InlineKeyboardMarkup(rows)


def below_topics(topics: Sequence[tuple[str, str]]) -> InlineKeyboardMarkup:
    """Return a button for each topic, given as (id, label)."""
    buttons = [_button(label, code(Press.TOPIC, key_of(topic))) for topic, label in topics]
    return InlineKeyboardMarkup([buttons[at : at + 2] for at in range(0, len(buttons), 2)])


def below_topic(questions: Sequence[tuple[Fact, str]], interface: Interface) -> InlineKeyboardMarkup:
    """Return a button for each question of a topic, and the way back to the topics."""
    rows = [[_button(question, code(Press.FACT, key_of(fact.id)))] for fact, question in questions]
    return InlineKeyboardMarkup([*rows, [_button(wording.all_topics(interface), code(Press.TOPICS))]])


def languages(interface: Interface) -> InlineKeyboardMarkup:
    """Return a button for each language of the interface, and one to follow the app."""
    buttons = [_button(name, code(Press.LANGUAGE, language)) for language, name in LANGUAGES.items()]
    rows = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    rows.append([_button(wording.language_of_telegram(interface), code(Press.LANGUAGE, ""))])
    return InlineKeyboardMarkup(rows)


def link(username: str, payload: str) -> str:
    """Return a link that opens a private chat with the bot and sends `/start` with a payload."""
    return f"https://t.me/{username}?start={payload}"


def payload_of_facts(facts: Sequence[Fact]) -> str:
    """Return the payload that shows facts: as many of the first as it has room for."""
    payload = "f"
    for fact in facts:
        longer = f"{payload}-{key_of(fact.id)}"
        if len(longer) > LONGEST_PAYLOAD:
            break
        payload = longer
    return payload


def payload_of_question(question: str) -> str:
    """Return the payload that asks a question; empty where the question is too long for a link."""
    payload = f"q-{base64.urlsafe_b64encode(question.encode()).decode().rstrip('=')}"
    return payload if len(payload) <= LONGEST_PAYLOAD else ""


def question_in(payload: str) -> str:
    """Return the question of a payload without its `q-`; empty where it holds none."""
    try:
        return base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)).decode().strip()
    except (binascii.Error, ValueError):
        return ""


def _ratings(interface: Interface, verdict: str) -> list[InlineKeyboardButton]:
    labels = {
        Verdict.HELPFUL: wording.helpful(interface),
        Verdict.WRONG: wording.wrong(interface),
        Verdict.UNCLEAR: wording.unclear(interface),
    }
    return [
        _button(f"✓ {label}" if verdict == name else label, code(Press.RATE, name)) for name, label in labels.items()
    ]


def _in_reading_order(row: list[InlineKeyboardButton], interface: Interface) -> list[InlineKeyboardButton]:
    """Return a row of "earlier" and "later" with what comes earlier on the side where reading begins."""
    return row[::-1] if interface.right_to_left else row


def _button(label: str, data: str) -> InlineKeyboardButton:
    shown = " ".join(label.split())
    if len(shown) > LONGEST_LABEL:
        shown = f"{shown[: LONGEST_LABEL - 1].rstrip()}…"
    return InlineKeyboardButton(shown, callback_data=data)
