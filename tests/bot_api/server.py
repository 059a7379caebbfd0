"""The server: Telegram's Bot API over HTTP on 127.0.0.1, as much of it as the bot uses."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.bot_api.chats import Chat
from tests.bot_api.faults import Fault, refusal, too_many_requests
from tests.bot_api.ledger import Call, Ledger
from tests.bot_api.methods import METHODS
from tests.bot_api.parameters import Parameters, parameters
from tests.bot_api.profile import scope_key
from tests.bot_api.questions import Question, questions
from tests.bot_api.refusals import Refusal
from tests.bot_api.world import BOT, TOKEN, World

EVERYWHERE = 0
"""The chat of a fault that befalls any."""


class BotApi:
    """A Bot API server with its chats; `async with BotApi() as api` runs it on a free port.

    Attributes:
        url: what `VERBATIM_TELEGRAM_API` is set to.
        me: the bot, as messages name it.
        ledger: every call that was made.
        world: all that Telegram knows.
        updates: what waits for the bot.
    """

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.url = ""
        self.me = BOT
        self.ledger = Ledger()
        self.world = World()
        self.updates = self.world.updates
        self._scripts: dict[tuple[str, int], deque[Fault]] = defaultdict(deque)
        self._floods: dict[int, float] = {}
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        application = web.Application(client_max_size=2**24)
        application.router.add_route("*", "/bot{token}/{method}", self._serve)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.world.delivery.stop()
        self.updates.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def private_chat(self, identifier: int = 7, *, language: str | None = None) -> Chat:
        """Return the private chat of a person, which Telegram knows from now on."""
        chat = Chat(self.world, self.world.private_room(identifier), self.world.person(identifier))
        if language is not None:
            chat.speaks(language)
        return chat

    def group(self, identifier: int = 70, *, kind: str = "supergroup") -> Chat:
        """Return a group that the bot is in, as person 1 has it; its id is negative, as Telegram's are."""
        room = self.world.room({"id": -identifier, "type": kind, "title": "Readers"})
        return Chat(self.world, room, self.world.person(1))

    def channel(self, identifier: int = 80) -> Chat:
        """Return a channel that the bot is in; its posts are nobody's but its own."""
        return Chat(self.world, self.world.room({"id": -identifier, "type": "channel", "title": "News"}), None)

    def elsewhere(self, identifier: int = 90) -> Chat:
        """Return a group that the bot is not in, as person 1 has it: for inline queries and calls of a guest."""
        room = self.world.room({"id": -identifier, "type": "supergroup", "title": "Elsewhere"}, known=False)
        return Chat(self.world, room, self.world.person(1))

    def script(self, method: str, *faults: Fault, chat: Chat | None = None) -> None:
        """Let the next calls of a method go wrong, one fault each: all of them, or those about one chat."""
        self._scripts[method, chat.id if chat else EVERYWHERE].extend(faults)

    def flood(self, seconds: float, chat: Chat | None = None) -> None:
        """Refuse with 429 whatever is sent or edited for some time: at all, or in one chat."""
        self._floods[chat.id if chat else EVERYWHERE] = time.monotonic() + seconds

    def commands_for(self, scope: str = "default", language: str = "", **of: int) -> list[dict[str, str]]:
        """Return the commands that the bot set for a scope, such as `all_private_chats`, and a language."""
        return self.world.commands.get((scope_key({"type": scope, **of}), language), [])

    @property
    def commands(self) -> list[dict[str, str]]:
        """The commands that the bot set for everybody."""
        return self.commands_for()

    def questions(self) -> list[Question]:
        """Return what people wrote, oldest first, each with the messages that answered it."""
        return questions(self.world.asked, self.ledger.of("sendMessage"), self.updates.pushed_s)

    async def _serve(self, request: web.Request) -> web.Response:
        """Answer one call, with the fault that befalls it, and enter it in the ledger."""
        arrived_s = time.monotonic()
        method, given, sent = request.match_info["method"], Parameters(), list[int]()

        async def commit() -> web.Response:
            return await self._answer(request.match_info["token"], method, given, sent)

        try:
            given = await parameters(request)
            fault = self._fault(method, given)
            response = await (fault(request, commit) if fault else commit())
        except Refusal as refused:
            response = refusal(refused.status, refused.description, **refused.parameters)
        broken = request.transport is None or request.transport.is_closing()
        status = 0 if broken else response.status
        self.ledger.enter(Call(method, given, status, sent[0] if sent else None, arrived_s))
        return response

    def _fault(self, method: str, given: Parameters) -> Fault | None:
        """Return what befalls this call; what is scripted for its chat goes first."""
        chats = (given.get("chat_id", EVERYWHERE), EVERYWHERE)
        if self._floods and method.startswith(("send", "edit")):
            left_s = max(self._floods.get(chat, 0.0) for chat in chats) - time.monotonic()
            if left_s > 0:
                return too_many_requests(int(left_s) + 1)
        for chat in chats if self._scripts else ():
            if faults := self._scripts.get((method, chat)):
                return faults.popleft()
        return None

    async def _answer(self, token: str, method: str, given: Parameters, sent: list[int]) -> web.Response:
        """Do what is asked, or refuse it with the status and words of Telegram."""
        if token != self.token:
            return refusal(401, "Unauthorized") if ":" in token else refusal(404, "Not Found")
        if method not in METHODS:
            return refusal(404, "Not Found")
        try:
            result: Any = await METHODS[method](self.world, given)
        except Refusal as refused:  # caught here: a fault may do something with the answer
            return refusal(refused.status, refused.description, **refused.parameters)
        if method == "sendMessage":
            sent.append(result["message_id"])
        return web.json_response({"ok": True, "result": result})
