"""Questions: asked, edited, chosen from what was suggested; each is answered, and the answer kept."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup, Message

from bot.interface import Interface
from bot.replies import Reply, Suggestion, reply_to, shown_in
from bot.store import Answered, Opening, Thread
from bot.telegram import wording
from bot.telegram.addressing import in_private, thread_of
from bot.telegram.buttons import below_answer, below_group_answer
from bot.telegram.desk import WORK, Desk, interface_of
from bot.telegram.linking import payload_of
from bot.telegram.rendering import Part, render, render_short
from bot.telegram.speaking import replaced, send_parts, send_text, take_away, typing
from knowledge import Abstention, Conversation, Outcome

EDITABLE_S = 48 * 3600.0
"""Seconds for which people can edit what they sent. Source: Telegram's FAQ on editing messages."""


async def answer_question(desk: Desk, message: Message, text: str) -> None:
    """Answer a question, unless its writer asks more than is allowed."""
    thread = thread_of(message)
    opening = await desk.store.opening(thread)
    interface = interface_of(message.from_user, opening)
    asked_at = message.date.timestamp()
    if not desk.questions.allows(thread.user_id, asked_at):
        await refuse(desk, message, interface)
        return
    chosen = await _chosen_by_number(desk, message, thread, text)
    async with typing(message):
        if chosen is not None:
            await answer_with(desk, message, opening, interface, chosen.text, [chosen.fact])
        else:
            await answer_with(desk, message, opening, interface, text)


async def refuse(desk: Desk, message: Message, interface: Interface) -> None:
    """Say, once in a while, that somebody asks too much; leave it unsaid otherwise."""
    work = WORK.get()
    work.result = "refused"
    if desk.notices.allows(message.from_user.id if message.from_user else 0, message.date.timestamp()):
        await send_text(desk, message, wording.too_many_questions(interface, 60))


async def answer_with(  # noqa: PLR0913, PLR0917  what is said, where, to whom, and what it is about
    desk: Desk,
    message: Message,
    opening: Opening,
    interface: Interface,
    text: str,
    chosen: Sequence[str] = (),
    thread: Thread | None = None,
) -> None:
    """Answer a question, or tell facts that were chosen by their ids, and keep the answer.

    Args:
        desk: what is worked with.
        message: where it was asked.
        opening: the conversation it was asked in.
        interface: the language to speak.
        text: the question, or the words of the choice.
        chosen: ids of the facts that were chosen; empty for a question.
        thread: who asks, where it is not the writer of the message.
    """
    thread = thread or thread_of(message)
    question_id = 0 if chosen else message.message_id
    asked = answered_as(thread, question_id, text, opening.conversation, chosen)
    outcome = desk.again(asked)
    if outcome is None:
        await send_text(desk, message, wording.choice_gone(interface))
        return
    reply = reply_to(outcome, desk.base, interface)
    parts, buttons = shown_as(desk, reply, outcome, interface, private=in_private(message))
    sent = await send_parts(desk, message, parts, buttons)
    work = WORK.get()
    kept = answered_as(thread, question_id, text, opening.conversation, chosen, outcome, sent)
    await desk.store.answered(work.update_id, kept, opening.conversation.after(outcome))
    work.noted = True


async def answer_anew(desk: Desk, message: Message, text: str, *, addressed: bool) -> None:
    """Let the answer to a message that was edited be that to its new text.

    What had no answer gets one, as long as people can edit: later, Telegram itself changed something about it.

    Args:
        desk: what is worked with.
        message: as it is now.
        text: the question that it is now.
        addressed: whether it is asked of the bot; it may have an answer all the same, from before.
    """
    found = await desk.store.answer_to(message.chat_id, message.message_id)
    if found is None:
        edited_at = message.edit_date or message.date
        if addressed and (edited_at - message.date).total_seconds() <= EDITABLE_S:
            await answer_question(desk, message, text)
        return
    answer_id, before = found
    if before.message == text:
        return  # something else about it was edited
    thread = thread_of(message)
    opening = await desk.store.opening(thread)
    interface = interface_of(message.from_user, opening)
    if not desk.questions.allows(thread.user_id, (message.edit_date or message.date).timestamp()):
        await refuse(desk, message, interface)
        return
    outcome = desk.ask(text, before.before)
    reply = reply_to(outcome, desk.base, interface)
    parts, buttons = shown_as(desk, reply, outcome, interface, private=in_private(message))
    shown = await _changed(desk, message, before.shown, parts, buttons)
    last = await desk.store.last_answer(thread)
    after = before.before.after(outcome) if last is not None and last[0] == answer_id else None
    work = WORK.get()
    kept = answered_as(thread, message.message_id, text, before.before, (), outcome, shown)
    await desk.store.answered(work.update_id, kept, after, instead_of=answer_id)
    work.noted = True


def shown_as(
    desk: Desk, reply: Reply, outcome: Outcome, interface: Interface, *, private: bool
) -> tuple[list[Part], InlineKeyboardMarkup | None]:
    """Return the messages that show a reply, and the buttons below the last."""
    if private:
        return render(reply), below_answer(reply, interface)
    short = desk.settings.group_answers == "short" and bool(shown_in(outcome))
    label = wording.quotes_and_sources(interface) if short else wording.open_privately(interface)
    suggested = [fact for suggestion in reply.suggestions if (fact := desk.base.fact(suggestion.fact)) is not None]
    buttons = below_group_answer(reply, label, payload_of(outcome, desk), suggested, desk.username)
    return render_short(reply) if short else render(reply), buttons


def answered_as(  # noqa: PLR0913, PLR0917  the fields of what is kept
    thread: Thread,
    question_id: int,
    text: str,
    before: Conversation,
    chosen: Sequence[str],
    outcome: Outcome | None = None,
    shown: Sequence[int] = (),
) -> Answered:
    """Return what is kept of an answer."""
    kind = type(outcome).__name__.lower() if outcome else ""
    reason = str(outcome.reason) if isinstance(outcome, Abstention) else ""
    return Answered(thread, question_id, tuple(shown), text, before, " ".join(chosen), kind, reason)


async def _chosen_by_number(desk: Desk, message: Message, thread: Thread, text: str) -> Suggestion | None:
    """Return the suggestion whose number a message is: '2', '2.' or '2)'.

    It is one of the answer that the message replies to, whoever asked, or else of the last answer in the thread.
    """
    number = text.strip().rstrip(".)")
    if not number.isdecimal() or len(number) > 2:
        return None
    earlier = message.reply_to_message
    replied = await desk.store.answer_in(message.chat_id, earlier.message_id) if earlier is not None else None
    found = replied or await desk.store.last_answer(thread)
    outcome = desk.again(found[1]) if found else None
    suggestions = reply_to(outcome, desk.base).suggestions if outcome else ()
    return suggestions[int(number) - 1] if 1 <= int(number) <= len(suggestions) else None


async def _changed(
    desk: Desk, message: Message, shown: Sequence[int], parts: Sequence[Part], buttons: InlineKeyboardMarkup | None
) -> list[int]:
    """Let the messages of an answer show another one; return the ids of those that show it now.

    Where one is no longer there, it and all that follow it are sent anew, so that they stand in order.
    """
    kept: list[int] = []
    for message_id, part in zip(shown, parts, strict=False):
        if not await replaced(desk, message, part, buttons if part is parts[-1] else None, message_id):
            break
        kept.append(message_id)
    for message_id in shown[len(kept) :]:
        await take_away(desk, message, message_id)
    return kept + await send_parts(desk, message, parts[len(kept) :], buttons)
