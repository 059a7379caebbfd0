"""Inline mode and guest mode: answers in chats that the bot is no member of."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
)
from telegram.constants import InlineQueryLimit
from telegram.error import BadRequest, TelegramError

from bot.interface import Interface
from bot.messages import cleaned
from bot.replies import Reply, reply_to, shown_in
from bot.store import Thread
from bot.telegram import wording
from bot.telegram.addressing import heard, is_from_nobody, thread_of
from bot.telegram.buttons import below_group_answer
from bot.telegram.delivery.sending import Unsendable
from bot.telegram.delivery.transport import in_brief
from bot.telegram.desk import WORK, Desk, interface_of, key_of
from bot.telegram.linking import FROM_INLINE, payload_of
from bot.telegram.rendering import one_part, plain, render, render_short
from bot.telegram.topics import facts_on, question_of, topics_of
from knowledge import Abstention, Clarification, Conversation, Fact, Outcome, Reason

ON_A_PAGE = 10
"""Results of one answer; more are asked for when somebody reads on. Telegram allows 50."""

MOST_RESULTS = int(InlineQueryLimit.RESULTS)
"""Results in all."""

KEPT_S = 300
"""Seconds for which Telegram may give the same answer to the same person without asking."""

LONGEST_TITLE = 64
LONGEST_DESCRIPTION = 120
"""Characters of a result in the list; apps cut off what is longer."""

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def offer(desk: Desk, query: InlineQuery) -> None:
    """Answer an inline query: with the reply to it first, then with the single facts that come near."""
    opening = await desk.store.opening(Thread(query.from_user.id, query.from_user.id))
    interface = interface_of(query.from_user, opening)
    results = results_for(desk, cleaned(query.query).strip(), interface)
    start = int(query.offset) if query.offset.isdecimal() and len(query.offset) <= 3 else 0
    page = results[start : start + ON_A_PAGE]
    following = start + ON_A_PAGE
    try:
        await query.answer(
            page,
            cache_time=KEPT_S,
            is_personal=True,  # in the language of each
            next_offset=str(following) if following < len(results) else "",
            button=InlineQueryResultsButton(wording.ask_privately(interface), start_parameter=FROM_INLINE),
        )
    except BadRequest as error:  # somebody typed on, or the network was slow: nobody waits for this answer any more
        WORK.get().result = "too late"
        raise Unsendable("too late", in_brief(error)) from None
    except TelegramError as error:
        raise Unsendable("failed", in_brief(error)) from None


def results_for(desk: Desk, text: str, interface: Interface) -> list[InlineQueryResultArticle]:
    """Return the results for a query, best first, each a whole answer with its quotes; topics for an empty one."""
    topics = [_topic(desk, theme, label, interface) for theme, label in topics_of(desk.base)]
    if not text:
        return topics[:MOST_RESULTS]
    outcome = desk.ask(text, Conversation())
    told = [cited.fact for cited in shown_in(outcome)]
    single = told if len(told) > 1 else []
    facts = {fact.id: fact for fact in (*single, *_near(desk, outcome, told))}
    near = [_fact(desk, fact, interface) for fact in facts.values()]
    if near and isinstance(outcome, Clarification):
        return near[:MOST_RESULTS]  # to ask back is of no use where nobody can answer
    return [_answer(desk, outcome, interface), *(near or ([] if told else topics))][:MOST_RESULTS]


async def answer_guest(desk: Desk, message: Message) -> None:
    """Answer a question in a chat that the bot is no member of, where it was mentioned."""
    thread = thread_of(message)
    if is_from_nobody(message, desk.bot_id):
        return
    if not desk.questions.allows(thread.user_id, message.date.timestamp()):
        WORK.get().result = "refused"
        return
    interface = interface_of(message.from_user, await desk.store.opening(thread))
    text = heard(message, desk.username, desk.bot_id).question
    if text:
        outcome = desk.ask(text, Conversation())
        result = _answer(desk, outcome, interface, short=desk.settings.group_answers == "short")
    else:
        told = wording.how_to_ask_in_groups(interface, desk.username)
        content = InputTextMessageContent(plain(told)[0].text, link_preview_options=NO_PREVIEW)
        result = InlineQueryResultArticle("help", wording.inline_ask_title(interface), content)
    try:
        await message.get_bot().answer_guest_query(message.guest_query_id or "", result)
    except TelegramError as error:
        raise Unsendable("failed", in_brief(error)) from None


def _near(desk: Desk, outcome: Outcome, told: Sequence[Fact]) -> list[Fact]:
    """Return the facts that came near without being told, best first; none that a conflict speaks against."""
    near: list[Fact | None] = []
    for part in outcome.parts or (outcome,):
        match part:
            case Clarification():
                near += part.options
            case Abstention():
                near += part.nearest if part.reason is Reason.NOT_STATED else ()
            case _:
                near += (desk.base.fact(one.fact) for one in part.explanation.evidence if not one.vetoes)
    return [fact for fact in near if fact is not None and fact not in told]


def _answer(desk: Desk, outcome: Outcome, interface: Interface, *, short: bool = False) -> InlineQueryResultArticle:
    reply = reply_to(outcome, desk.base, interface)
    title, description = _titles(desk, reply, interface)
    return _result(desk, "answer", title, description, outcome, reply, short=short and bool(shown_in(outcome)))


def _titles(desk: Desk, reply: Reply, interface: Interface) -> tuple[str, str]:
    """Return the title and the description of a reply: what it states, or that and why it states nothing."""
    statements = [statement.text for section in reply.sections for statement in section.statements]
    if statements:
        return _in_two(" · ".join(statements), reply.footnotes[0].source if reply.footnotes else "")
    leads = " ".join(section.lead for section in reply.sections)
    return wording.inline_no_answer(interface), leads or wording.inline_no_answer_description(interface, desk.base)


def _in_two(text: str, source: str) -> tuple[str, str]:
    """Return a text as title and description: what the title has no room for goes on below, else stands the source."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_TITLE:
        return line, source
    cut = line.rfind(" ", 1, LONGEST_TITLE)
    cut = cut if cut > 0 else LONGEST_TITLE - 1
    return f"{line[:cut]}…", f"…{line[cut:].strip()}"


def _fact(desk: Desk, fact: Fact, interface: Interface) -> InlineQueryResultArticle:
    outcome = desk.tell([fact], question_of(fact))
    reply = reply_to(outcome, desk.base, interface)
    title, description = _titles(desk, reply, interface)
    return _result(desk, f"fact-{key_of(fact.id)}", title, description, outcome, reply)


def _topic(desk: Desk, theme: str, label: str, interface: Interface) -> InlineQueryResultArticle:
    """Return all that is known of a topic."""
    outcome = desk.tell(facts_on(theme, desk.base), label)
    reply = reply_to(outcome, desk.base, interface)
    claims = " · ".join(statement.text for section in reply.sections for statement in section.statements)
    return _result(desk, f"topic-{key_of(theme)}", label, claims, outcome, reply)


def _result(  # noqa: PLR0913, PLR0917  what is listed, and what is posted
    desk: Desk, identifier: str, title: str, description: str, outcome: Outcome, reply: Reply, *, short: bool = False
) -> InlineQueryResultArticle:
    """Return a result that posts a reply, as much of it as one message holds, with a link to all of it."""
    part = one_part(render_short(reply) if short else render(reply))
    content = InputTextMessageContent(part.text, entities=part.entities, link_preview_options=NO_PREVIEW)
    label = wording.quotes_and_sources(reply.interface) if short else wording.open_privately(reply.interface)
    return InlineQueryResultArticle(
        identifier,
        _shortened(title, LONGEST_TITLE),
        content,
        reply_markup=below_group_answer(reply, label, payload_of(outcome, desk), (), desk.username),
        description=_shortened(description, LONGEST_DESCRIPTION),
    )


def _shortened(text: str, longest: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
