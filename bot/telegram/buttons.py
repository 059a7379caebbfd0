"""The buttons below messages: what they say, and the few characters that come back when one is pressed.

A button names no answer: which one it belongs to follows from the message that it stands below, so that nobody can
press a button of somebody else's answer by making up what comes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit

from bot.interface import LANGUAGES, Interface
from bot.replies import Reply, title_of
from bot.telegram import wording
from bot.telegram.desk import key_of
from bot.telegram.linking import link, payload_of_document, payload_of_facts
from knowledge import Document, Fact, KnowledgeBase

LONGEST_LABEL = 60
"""Characters of a label; phones cut off what is much longer."""

MOST_QUOTES = 36
"""Quotes of an answer that have a button in the view of its context."""

QUOTES_IN_A_ROW = 6
"""Buttons with a number that a phone shows side by side without cutting them off."""

MOST_SUGGESTED = 10
"""Suggestions of a reply that have a button."""

MOST_DOCUMENTS = 50
"""Documents that have a button below their list; all have a number for /source."""

LONGEST_CODE = int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA)
"""Bytes that a button may send back."""

FROM_ANSWER = 1
"""What the button of a page sends back, too, where the way back leads to an answer."""


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
    PAGE = "d"  # key of a document, page from 1; `FROM_ANSWER`, or nothing
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


def below_group_answer(
    reply: Reply, label: str, payload: str, suggested: Sequence[Fact], username: str
) -> InlineKeyboardMarkup | None:
    """Return the buttons below an answer in a group: links to a private chat, which nobody can misuse.

    Args:
        reply: with its suggestions.
        label: of the link to the answer.
        payload: of the link to the answer; empty for none.
        suggested: the facts of the suggestions, in order.
        username: of the bot, without @.
    """
    rows: Rows = [
        [_link(f"{number}. {suggestion.text}", username, payload_of_facts([fact]))]
        for number, (suggestion, fact) in enumerate(zip(reply.suggestions, suggested, strict=False), start=1)
    ][:MOST_SUGGESTED]
    if payload:
        rows.append([_link(label, username, payload)])
    return InlineKeyboardMarkup(rows) if rows else None


def below_context(  # noqa: PLR0913, PLR0917  what is shown, and what is around it
    reply: Reply, quote: int, paragraph: int, document: Document, page: int, interface: Interface
) -> InlineKeyboardMarkup:
    """Return the buttons below a paragraph: those around it, the other quotes, the document, and the way back.

    Args:
        reply: the answer whose quotes are looked at.
        quote: number of the footnote.
        paragraph: which is shown, from 1.
        document: that it is of.
        page: of the document on which it begins, from 1.
        interface: the language.
    """
    around = []
    if paragraph > 1:
        around.append(_button(wording.earlier(interface), code(Press.CONTEXT, quote, paragraph - 1)))
    if paragraph < len(document.paragraphs):
        around.append(_button(wording.later(interface), code(Press.CONTEXT, quote, paragraph + 1)))
    quotes = [
        _button(f"• {note.number} •" if note.number == quote else f"[{note.number}]", code(Press.CONTEXT, note.number))
        for note in reply.footnotes[:MOST_QUOTES]
    ]
    rows: Rows = [_in_reading_order(around, interface)]
    if len(quotes) > 1:
        rows += (quotes[at : at + QUOTES_IN_A_ROW] for at in range(0, len(quotes), QUOTES_IN_A_ROW))
    rows.append([_button(wording.read_document(interface), code(Press.PAGE, key_of(document.id), page, FROM_ANSWER))])
    rows.append(_way_back(interface))
    return InlineKeyboardMarkup([row for row in rows if row])


def below_page(
    document: Document, page: int, pages: int, interface: Interface, *, from_answer: bool = False
) -> InlineKeyboardMarkup | None:
    """Return the buttons below a page of a document: those around it, and the way back to an answer if one led here.

    Pages are counted from 1.
    """
    key, origin = key_of(document.id), [FROM_ANSWER] if from_answer else []
    row = []
    if page > 1:
        row.append(_button(wording.earlier(interface), code(Press.PAGE, key, page - 1, *origin)))
    if page < pages:
        row.append(_button(wording.later(interface), code(Press.PAGE, key, page + 1, *origin)))
    rows = [_in_reading_order(row, interface), _way_back(interface) if from_answer else []]
    return InlineKeyboardMarkup([row for row in rows if row]) if any(rows) else None


def below_sources(base: KnowledgeBase, interface: Interface, group_username: str = "") -> InlineKeyboardMarkup:
    """Return a button for each document, to read it.

    Args:
        base: with the documents.
        interface: the language.
        group_username: of the bot, in a group, where the buttons are links to a private chat; empty elsewhere.
    """
    rows: Rows = []
    for number, document in enumerate(base.documents[:MOST_DOCUMENTS], start=1):
        label = f"{number}. {title_of(document, interface)}"
        if group_username:
            rows.append([_link(label, group_username, payload_of_document(document))])
        else:
            rows.append([_button(label, code(Press.PAGE, key_of(document.id), 1))])
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


def _way_back(interface: Interface) -> list[InlineKeyboardButton]:
    return [_button(wording.back_to_answer(interface), code(Press.ANSWER))]


def _button(label: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(_shown(label), callback_data=data)


def _link(label: str, username: str, payload: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(_shown(label), url=link(username, payload))


def _shown(label: str) -> str:
    """Return a label as phones show it: on one line, and no longer than they show."""
    line = " ".join(label.split())
    return line if len(line) <= LONGEST_LABEL else f"{line[: LONGEST_LABEL - 1].rstrip()}…"
