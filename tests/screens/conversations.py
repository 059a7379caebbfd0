"""Short conversations with the running bot: what stands on the screen at the end of each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.bot_api import BotApi, Chat, InlineAnswer
from tests.bot_api.world import USERNAME

Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Screen:
    """What a phone shows.

    Attributes:
        name: of the screen, fit for a file.
        caption: what it is an example of.
        messages: as Telegram keeps them, oldest first.
        me: id of the person who holds the phone.
        group: title of the group; empty in a private chat.
        opened: numbers of the quotations that were tapped, from 1, counted over the screen.
        notice: what pops up over the messages when a button was pressed.
        query: what is being typed for inline mode, without the name of the bot.
        offered: what the bot offers for it.
    """

    name: str
    caption: str
    messages: Sequence[Message]
    me: int
    group: str = ""
    opened: frozenset[int] = frozenset()
    notice: str = ""
    query: str = ""
    offered: InlineAnswer | None = None


@dataclass
class Telling:
    """A reader in a private chat, and what they do; every screen has another reader."""

    api: BotApi
    number: int
    language: str | None = None
    chat: Chat = field(init=False)

    def __post_init__(self) -> None:
        self.chat = self.api.private_chat(self.number, language=self.language)

    def screen(self, name: str, caption: str, **more: Any) -> Screen:  # noqa: ANN401  fields of the screen
        """Return the screen as it is now."""
        return Screen(
            name, caption, [self.chat.messages[one] for one in sorted(self.chat.messages)], self.number, **more
        )


async def one_source(api: BotApi) -> Screen:
    telling = Telling(api, 101)
    await telling.chat.says("How many Palestinians have been killed in Gaza?")
    return telling.screen("one-source", "An answer from one source")


async def several_quotes(api: BotApi) -> Screen:
    telling = Telling(api, 102)
    await telling.chat.says("what did hamas demand?")
    return telling.screen(
        "several-quotes", "A list, each line with its quote; the last is opened", opened=frozenset((7,))
    )


async def who_says_so(api: BotApi) -> Screen:
    telling = Telling(api, 103)
    await telling.chat.says("Did Hamas ask for the names of lifers above all?")
    return telling.screen("who-says-so", "Officials say so, and the answer says it")


async def correction(api: BotApi) -> Screen:
    telling = Telling(api, 104)
    await telling.chat.says("Did Israel accept that Hamas selects the names?")
    return telling.screen("correction", "The question supposes what the document denies")


async def not_stated(api: BotApi) -> Screen:
    telling = Telling(api, 105)
    await telling.chat.says("and how many israelis were killed")
    return telling.screen("not-stated", "Not in the document; what is near can be pressed")


async def several_questions(api: BotApi) -> Screen:
    telling = Telling(api, 106)
    await telling.chat.says(
        "Who leads the Israeli team? And how long could the talks take? How many hostages are there?"
    )
    return telling.screen("several-questions", "Several questions in one message")


async def in_context(api: BotApi) -> Screen:
    telling = Telling(api, 107)
    answer = await telling.chat.says("what did Israel reject")
    await (await telling.chat.presses(answer, "In context")).change()
    return telling.screen("in-context", "The quote in its paragraph, after “In context”")


async def arabic(api: BotApi) -> Screen:
    telling = Telling(api, 108, "ar")
    await telling.chat.says("بماذا طالبت حماس؟")
    return telling.screen("arabic", "Arabic: right to left, quotes as they stand")


async def hebrew(api: BotApi) -> Screen:
    telling = Telling(api, 109, "he")
    await telling.chat.says("כמה ישראלים נהרגו?")
    await telling.chat.says("כמה פלסטינים נהרגו?")
    return telling.screen("hebrew", "Hebrew: not stated, and an answer")


async def in_a_group(api: BotApi) -> Screen:
    group = api.group(70)
    api.world.person(1)["first_name"] = "Dana"
    api.world.person(2)["first_name"] = "Omar"
    group.member(2).writes("They said something about the hostages yesterday")
    await group.says(f"@{USERNAME} who leads the Israeli team?")
    messages = [group.messages[one] for one in sorted(group.messages)]
    return Screen("group", "In a group: a reply to whoever asked, one button", messages, 1, group="Readers")


async def inline(api: BotApi) -> Screen:
    telling = Telling(api, 110)
    query = "what did hamas demand"
    offered = await telling.chat.inline(query)
    return telling.screen("inline", "Inline, in any chat", query=query, offered=offered)


async def rated(api: BotApi) -> Screen:
    telling = Telling(api, 111)
    answer = await telling.chat.says("where did they meet")
    pressed = await telling.chat.presses(answer, "👍 Helpful")
    await pressed.change()
    return telling.screen("rated", "A rating, which can be changed", notice=pressed.text)


async def page_of_document(api: BotApi) -> Screen:
    telling = Telling(api, 112)
    await telling.chat.says("/source")
    return telling.screen("document", "The whole document, page by page")


async def topics(api: BotApi) -> Screen:
    telling = Telling(api, 113)
    await telling.chat.says("/topics")
    return telling.screen("topics", "What can be asked about")


async def languages(api: BotApi) -> Screen:
    telling = Telling(api, 114, "fr")
    await telling.chat.says("/language")
    await telling.chat.says("qui a rencontré les médiateurs ?")
    return telling.screen("languages", "Another language of the interface")


Held = Callable[[BotApi], Awaitable[Screen]]

SHEETS: Sequence[Sequence[Sequence[Held]]] = (
    ((one_source, not_stated), (who_says_so, in_context), (correction, rated)),
    ((several_quotes,), (several_questions,), (in_a_group, topics)),
    ((arabic,), (hebrew,), (inline,)),
    ((page_of_document,), (languages,)),
)
"""What is shown on one page: columns side by side, in each one screen above another."""
