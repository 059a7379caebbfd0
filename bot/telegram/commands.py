"""What each command does."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from types import MappingProxyType
from typing import Any

from telegram import Message

from bot.interface import Interface
from bot.store import Opening, Thread
from bot.telegram import wording
from bot.telegram.addressing import Heard, in_private, thread_of
from bot.telegram.buttons import below_sources, below_topics, languages
from bot.telegram.desk import Desk, interface_of
from bot.telegram.explaining import explanation
from bot.telegram.linking import FROM_INLINE, keys_in, question_in
from bot.telegram.questions import answer_question, answer_with
from bot.telegram.reading import first_page
from bot.telegram.speaking import send_parts, send_text
from bot.telegram.topics import question_of, topics_of
from knowledge import Conversation


async def obey(desk: Desk, message: Message, said: Heard) -> None:
    """Do what a command says; in groups, where many bots listen, an unknown one is ours only when it names the bot."""
    if said.command is None:
        return
    private, command = in_private(message), said.command
    known = COMMANDS if private else {name: COMMANDS[name] for name in wording.IN_GROUPS}
    act = known.get(command.name)
    opening = await desk.store.opening(thread_of(message))
    interface = interface_of(message.from_user, opening)
    if act is not None:
        await act(desk, message, said.question or command.rest, opening, interface)
    elif private:
        told = wording.help_text(interface, desk.examples)
        await send_text(desk, message, f"{wording.unknown_command(interface)}\n\n{told}")
    elif said.addressed:
        await send_text(desk, message, wording.how_to_ask_in_groups(interface, desk.username))


Act = Callable[[Desk, Message, str, Opening, Interface], Coroutine[Any, Any, None]]


async def _start(desk: Desk, message: Message, rest: str, opening: Opening, interface: Interface) -> None:
    """Welcome somebody, or show what the link that brought them leads to."""
    kind, _, what = rest.partition("-")
    if kind == "q" and (question := question_in(what)):
        await answer_question(desk, message, question)
        return
    if kind == "f" and (facts := [fact for key in keys_in(what) if (fact := desk.fact(key)) is not None]):
        chosen = " ".join(dict.fromkeys(fact.claim for fact in facts)) if len(facts) > 1 else question_of(facts[0])
        begun = Opening(Conversation(), opening.language)
        await answer_with(desk, message, begun, interface, chosen, [fact.id for fact in facts])
        return
    if kind == "d" and (document := desk.document(what)) is not None:
        await send_parts(desk, message, *first_page(document, interface))
        return
    greeting = wording.welcome(interface, desk.base, desk.examples)
    leads_nowhere = rest not in {"", FROM_INLINE}
    await send_text(desk, message, f"{wording.link_gone(interface)}\n\n{greeting}" if leads_nowhere else greeting)


async def _help(desk: Desk, message: Message, rest: str, opening: Opening, interface: Interface) -> None:  # noqa: ARG001
    if in_private(message):
        await send_text(desk, message, wording.help_text(interface, desk.examples))
        return
    told = wording.help_text(interface, desk.examples, group=True)
    await send_text(desk, message, f"{wording.how_to_ask_in_groups(interface, desk.username)}\n\n{told}")


async def _ask(desk: Desk, message: Message, rest: str, opening: Opening, interface: Interface) -> None:  # noqa: ARG001
    if rest:
        await answer_question(desk, message, rest)
    else:
        await send_text(desk, message, wording.ask_what(interface))


async def _sources(desk: Desk, message: Message, rest: str, opening: Opening, interface: Interface) -> None:  # noqa: ARG001
    buttons = below_sources(desk.base, interface, "" if in_private(message) else desk.username)
    await send_text(desk, message, wording.sources_of(interface, desk.base), buttons)


async def _source(desk: Desk, message: Message, rest: str, opening: Opening, interface: Interface) -> None:
    """Show a document from its first page: the one with a number, or the only one."""
    number = int(rest) if rest.isdecimal() and len(rest) <= 6 else 0 if rest else 1
    if not 1 <= number <= len(desk.base.documents):
        await send_text(desk, message, wording.which_source(interface, desk.base))
    elif not rest and len(desk.base.documents) > 1:
        await _sources(desk, message, rest, opening, interface)
    else:
        await send_parts(desk, message, *first_page(desk.base.documents[number - 1], interface))


async def _topics(desk: Desk, message: Message, rest: str, opening: Opening, interface: Interface) -> None:  # noqa: ARG001
    await send_text(desk, message, wording.topics_text(interface), below_topics(topics_of(desk.base)))


async def _why(desk: Desk, message: Message, rest: str, opening: Opening, interface: Interface) -> None:  # noqa: ARG001
    found = await desk.store.last_answer(thread_of(message))
    outcome = desk.again(found[1]) if found else None
    if outcome is None:
        await send_text(desk, message, wording.why_nothing(interface))
    else:
        told = f"{wording.why_heading(interface)}\n\n{explanation(outcome, desk.base)}"
        await send_text(desk, message, told)


async def _language(desk: Desk, message: Message, rest: str, opening: Opening, interface: Interface) -> None:  # noqa: ARG001
    await send_text(desk, message, wording.choose_language(interface), languages(interface))


async def _privacy(desk: Desk, message: Message, rest: str, opening: Opening, interface: Interface) -> None:  # noqa: ARG001
    await send_text(desk, message, wording.privacy(interface, desk.settings.keep_days))


async def _forget(desk: Desk, message: Message, rest: str, opening: Opening, interface: Interface) -> None:  # noqa: ARG001
    """Delete what is kept: in private all of somebody, in a group what they said there."""
    thread = thread_of(message)
    kept = await desk.store.forget(thread.user_id, None if in_private(message) else thread.chat_id)
    told = wording.forgotten(
        interface,
        answers=kept.answers,
        ratings=kept.ratings,
        conversation=kept.conversations > 0,
        settings=kept.settings > 0,
    )
    await send_text(desk, message, told)


async def _cancel(desk: Desk, message: Message, rest: str, opening: Opening, interface: Interface) -> None:  # noqa: ARG001
    """Let the next question stand alone."""
    thread: Thread = thread_of(message)
    if opening.conversation.turns:
        await desk.store.converse(thread, Conversation())
        await send_text(desk, message, wording.cancelled(interface))
    else:
        await send_text(desk, message, wording.nothing_to_cancel(interface))


COMMANDS: Mapping[str, Act] = MappingProxyType(
    {
        "start": _start,
        "help": _help,
        "ask": _ask,
        "sources": _sources,
        "source": _source,
        "topics": _topics,
        "why": _why,
        "language": _language,
        "privacy": _privacy,
        "forget": _forget,
        "cancel": _cancel,
    }
)
