"""A small terminal in which a person talks to the bot: each line is a message, and lines with a colon do more."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from tests.bot_api.asking import InlineAnswer
from tests.bot_api.chats import Chat
from tests.bot_api.drawing import drawn, drawn_results
from tests.bot_api.rooms import Room
from tests.bot_api.server import BotApi
from tests.bot_api.shown import Seen

HELP = """\
A line is a message. A line that begins with a colon does something else:
:press 1             press a button of the last message that has some
:reply words         reply to the bot's last message
:edit words          change your last message
:photo caption       send a photo
:inline words        type the bot's name and words in any chat, and see its results
:choose 1            send one of these results into this chat
:guest words         call the bot in a group that it is not in
:group, :private     go to a group, or back to your private chat
:as 2                be another person
:language ar         set the language of your app
:screen              show what stands of the bot in this chat
:help                show this"""

ANSWER_S = 15
"""How long a line may wait for an answer before the next one that depends on it goes ahead."""


class Terminal:
    """A person at a keyboard, and what they see.

    Attributes:
        chat: where they are.
    """

    def __init__(self, api: BotApi, show: Callable[[str], None]) -> None:
        self.chat = api.private_chat()
        self._api = api
        self._show = show
        self._offered: tuple[Room, Seen] | None = None
        self._last: Seen | None = None
        self._written = 0
        self._results: InlineAnswer | None = None
        self._due = 0
        self._came = asyncio.Event()
        self._watch()

    async def line(self, line: str) -> None:
        """Do what a line says; what is wrong with it is shown."""
        name, _, words = line[1:].partition(" ") if line.startswith(":") else ("", "", line)
        commands: dict[str, Callable[[str], Awaitable[None]]] = {
            "": self._write,
            "as": self._become,
            "choose": self._choose,
            "edit": self._edit,
            "group": self._go_to_group,
            "guest": self._call_guest,
            "help": self._help,
            "inline": self._ask_inline,
            "language": self._speak,
            "photo": self._send_photo,
            "press": self._press,
            "private": self._go_to_private,
            "reply": self._reply,
            "screen": self._show_screen,
        }
        try:
            await commands.get(name, self._help)(words.strip())
        except (LookupError, ValueError) as error:
            self._show(f"({error})")
        except TimeoutError:
            self._show("(no answer)")

    async def settled(self) -> None:
        """Wait until every line has its answer, for some time."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(ANSWER_S):
                while self._due > 0:
                    self._came.clear()
                    await self._came.wait()
        self._due = 0

    def _watch(self) -> None:
        self.chat.room.watch = self._seen

    def _seen(self, room: Room, number: int) -> None:
        """Show what became of a message of the bot."""
        message = room.screen.get(number)
        self._due = max(0, self._due - 1)
        self._came.set()
        if message is None:
            self._show("(deleted)\n")
            return
        self._last = message
        if message.buttons:
            self._offered = (room, message)
        self._show(f"\n{'(edited) ' if message.edited else ''}{drawn(message)}\n")

    def _expect(self, number: int) -> None:
        """Count a message that is sure to be answered: one in a private chat."""
        self._written = number
        self._due += self.chat.room.kind == "private"

    async def _write(self, words: str) -> None:
        self._expect(self.chat.writes(words))

    async def _reply(self, words: str) -> None:
        self._expect(self.chat.writes(words, reply_to=self._last))

    async def _send_photo(self, words: str) -> None:
        self._expect(self.chat.sends_photo(words))

    async def _edit(self, words: str) -> None:
        self.chat.edits(self._written, words)
        self._due += self.chat.room.kind == "private"

    async def _press(self, words: str) -> None:
        if self._offered is None:
            raise LookupError("there are no buttons")
        room, message = self._offered
        chat = Chat(self._api.world, room, self.chat.person)
        if not 0 < int(words) <= len(message.buttons):
            raise LookupError(f"there is no button {words}")
        button = message.buttons[int(words) - 1]
        if button.url is not None:
            self._open(chat, message, button.label)
            return
        pressed = await chat.presses(message, button.label)
        if notice := pressed.text or pressed.url:
            self._show(f"({notice})")

    def _open(self, chat: Chat, message: Seen, label: str) -> None:
        """Follow a link to the private chat; show any other."""
        try:
            self.chat = chat.opens(message, label)
        except LookupError:
            self._show(f"({message.button(label).url})")
        else:
            self._watch()
            self._due += 1

    async def _ask_inline(self, words: str) -> None:
        self._results = await self.chat.inline(words)
        self._show(drawn_results(self._results))

    async def _choose(self, words: str) -> None:
        results = self._results.results if self._results else []
        if not 0 < int(words) <= len(results):
            raise LookupError("there is no such result")
        message = self.chat.chooses(results[int(words) - 1])
        self._seen(self.chat.room, message.message_id)

    async def _call_guest(self, words: str) -> None:
        elsewhere = self._api.elsewhere().member(self.chat.acting()["id"])
        answer = await elsewhere.summons(f"@{self._api.me['username']} {words}")
        self._show(f"\n{drawn(answer)}\n")

    async def _go_to_group(self, _: str) -> None:
        self.chat = self._api.group().member(self.chat.acting()["id"])
        self._watch()

    async def _go_to_private(self, _: str) -> None:
        self.chat = self.chat.private()
        self._watch()

    async def _become(self, words: str) -> None:
        """Go to the private chat of another person, or be that person in the group."""
        is_private = self.chat.room.kind == "private"
        self.chat = self._api.private_chat(int(words)) if is_private else self.chat.member(int(words))
        self._watch()

    async def _speak(self, words: str) -> None:
        self.chat.speaks(words)

    async def _show_screen(self, _: str) -> None:
        for message in self.chat.screen():
            self._show(f"\n{drawn(message)}")

    async def _help(self, _: str) -> None:
        self._show(HELP)
