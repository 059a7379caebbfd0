"""What each button does when it is pressed."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from telegram import CallbackQuery, InlineKeyboardMarkup, Message
from telegram.constants import CallbackQueryLimit

from bot.interface import LANGUAGES, Interface, interface_for
from bot.replies import Reply, reply_to
from bot.store import Answered, Opening, Thread
from bot.telegram import wording
from bot.telegram.addressing import in_private, topic_of
from bot.telegram.buttons import (
    FROM_ANSWER,
    Press,
    Pressed,
    Verdict,
    below_answer,
    below_topic,
    below_topics,
    pressed,
)
from bot.telegram.desk import WORK, Desk, interface_of, key_of
from bot.telegram.questions import answer_with
from bot.telegram.reading import page_of, quote_in_context
from bot.telegram.rendering import Part, plain, render
from bot.telegram.speaking import acknowledge, show_instead
from bot.telegram.topics import question_of, questions_on, topics_of

LONGEST_NOTICE = int(CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH)
"""Characters that an app shows when a button is acknowledged."""


@dataclass(frozen=True, slots=True)
class _Pressing:
    """A button that was pressed, and all that is known of it.

    Attributes:
        message: below which it stands.
        thread: of whoever pressed it.
    """

    desk: Desk
    query: CallbackQuery
    message: Message
    given: Pressed
    thread: Thread
    opening: Opening
    interface: Interface

    async def refuse(self, notice: str) -> None:
        """Say why nothing happens."""
        await acknowledge(self.query, notice[:LONGEST_NOTICE], alert=True)

    async def answer(self) -> tuple[int, Answered, Reply] | None:
        """Return the answer below which the button stands, and its id; say so where it is no longer kept."""
        found = await self.desk.store.answer_in(self.message.chat_id, self.message.message_id)
        outcome = self.desk.again(found[1]) if found else None
        if found is None or outcome is None:
            await self.refuse(wording.expired(self.interface))
            return None
        return *found, reply_to(outcome, self.desk.base, self.interface)

    async def show(self, shown: tuple[Part, InlineKeyboardMarkup | None] | None, notice: str = "") -> None:
        """Let the message of the button show something else; say so where that is no longer there."""
        if shown is None:
            await self.refuse(wording.expired(self.interface))
            return
        await acknowledge(self.query, notice)
        part, buttons = shown
        await show_instead(self.desk, self.message, part, buttons)


async def press(desk: Desk, query: CallbackQuery) -> None:
    """Do what a button does.

    One that nobody knows, or whose message is gone, only gets a word. So does one in a group: there the bot leaves
    links alone, and whatever comes back was made up.
    """
    message, given = query.message, pressed(query.data)
    user = query.from_user
    if not isinstance(message, Message) or not in_private(message) or given is None:
        opening = await desk.store.opening(Thread(user.id, user.id))
        await acknowledge(query, wording.expired(interface_of(user, opening)), alert=True)
        return
    thread = Thread(message.chat_id, user.id, topic_of(message) or 0)
    opening = await desk.store.opening(thread)
    await _ACTS[given.what](_Pressing(desk, query, message, given, thread, opening, interface_of(user, opening)))


async def _context(pressing: _Pressing) -> None:
    if (found := await pressing.answer()) is not None:
        quote, paragraph = pressing.given.number(0), pressing.given.number(1)
        desk = pressing.desk
        await pressing.show(quote_in_context(found[2], quote, paragraph, desk.base, pressing.interface))


async def _answer(pressing: _Pressing) -> None:
    if (found := await pressing.answer()) is not None:
        answer_id, _, reply = found
        verdict = await pressing.desk.store.rating(answer_id, pressing.thread.user_id)
        await pressing.show((render(reply)[-1], below_answer(reply, pressing.interface, verdict)))


async def _suggestion(pressing: _Pressing) -> None:
    if (found := await pressing.answer()) is None:
        return
    number, suggestions = pressing.given.number(0), found[2].suggestions
    if not 1 <= number <= len(suggestions) or _says_otherwise(pressing, found[2]):
        await pressing.refuse(wording.choice_gone(pressing.interface))
        return
    chosen = suggestions[number - 1]
    await _tell(pressing, chosen.text, chosen.fact)


def _says_otherwise(pressing: _Pressing, reply: Reply) -> bool:
    """Tell whether the button that was pressed had another label than it would have now: the base was changed."""
    data = pressing.query.data
    shown, now = _labels(pressing.message.reply_markup), _labels(below_answer(reply, pressing.interface))
    return data in shown and shown[data] != now.get(data)


def _labels(buttons: InlineKeyboardMarkup | None) -> dict[object, str]:
    return {button.callback_data: button.text for row in buttons.inline_keyboard for button in row} if buttons else {}


async def _fact(pressing: _Pressing) -> None:
    fact = pressing.desk.fact(pressing.given.word(0))
    if fact is None:
        await pressing.refuse(wording.choice_gone(pressing.interface))
        return
    await _tell(pressing, question_of(fact), fact.id)


async def _tell(pressing: _Pressing, text: str, fact: str) -> None:
    """Answer with the fact that was chosen, in a new message; not again where it was the last one."""
    desk, message = pressing.desk, pressing.message
    last = await desk.store.last_answer(pressing.thread)
    if last is not None and last[1].chosen == fact:
        await acknowledge(pressing.query, wording.answered_already(pressing.interface)[:LONGEST_NOTICE])
        return
    if not desk.questions.allows(pressing.thread.user_id, time.time()):
        WORK.get().result = "refused"
        await pressing.refuse(wording.too_many_questions(pressing.interface, 60))
        return
    await acknowledge(pressing.query)
    await answer_with(desk, message, pressing.opening, pressing.interface, text, [fact], pressing.thread)


async def _rate(pressing: _Pressing) -> None:
    verdict = pressing.given.word(0)
    found = await pressing.answer()
    if found is None:
        return
    if verdict not in set(Verdict):
        await pressing.refuse(wording.expired(pressing.interface))
        return
    answer_id, _, reply = found
    before = await pressing.desk.store.rate(answer_id, pressing.thread.user_id, verdict)
    told = wording.rating_changed if before not in {"", verdict} else wording.thanks
    shown = render(reply)[-1], below_answer(reply, pressing.interface, verdict)
    await pressing.show(shown, told(pressing.interface)[:LONGEST_NOTICE])


async def _page(pressing: _Pressing) -> None:
    document = pressing.desk.document(pressing.given.word(0))
    page, from_answer = pressing.given.number(1), pressing.given.number(2) == FROM_ANSWER
    await pressing.show(page_of(document, page, pressing.interface, from_answer=from_answer) if document else None)


async def _topics(pressing: _Pressing) -> None:
    topics = below_topics(topics_of(pressing.desk.base))
    await pressing.show((plain(wording.topics_text(pressing.interface))[0], topics))


async def _topic(pressing: _Pressing) -> None:
    base, key = pressing.desk.base, pressing.given.word(0)
    found = next(((theme, label) for theme, label in topics_of(base) if key_of(theme) == key), None)
    if found is None:
        await pressing.refuse(wording.choice_gone(pressing.interface))
        return
    theme, label = found
    heading = plain(wording.topic_heading(pressing.interface, label))[0]
    await pressing.show((heading, below_topic(questions_on(theme, base), pressing.interface)))


async def _language(pressing: _Pressing) -> None:
    """Keep the language that somebody chose, and say so in that language."""
    language = pressing.given.word(0)
    if language and language not in LANGUAGES:
        await pressing.refuse(wording.choice_gone(pressing.interface))
        return
    await pressing.desk.store.prefer(pressing.thread.user_id, language)
    chosen = interface_for(language or pressing.query.from_user.language_code)
    await pressing.show((plain(wording.language_set(chosen))[0], None))


_ACTS: Mapping[Press, Callable[[_Pressing], Coroutine[Any, Any, None]]] = MappingProxyType(
    {
        Press.CONTEXT: _context,
        Press.ANSWER: _answer,
        Press.SUGGESTION: _suggestion,
        Press.RATE: _rate,
        Press.PAGE: _page,
        Press.TOPIC: _topic,
        Press.TOPICS: _topics,
        Press.FACT: _fact,
        Press.LANGUAGE: _language,
    }
)
