"""The server: Telegram's Bot API over HTTP on 127.0.0.1, as much of it as the bot uses."""

from __future__ import annotations

import json
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.bot_api.chats import Chat, group, private_chat, seen
from tests.bot_api.faults import Fault, refusal
from tests.bot_api.ledger import Call, Ledger
from tests.bot_api.refusals import Refusal, check_commands, check_text
from tests.bot_api.updates import Updates

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"  # noqa: S105  the example token of Telegram's documentation
USERNAME = "verbatim_test_bot"

Parameters = dict[str, Any]
Method = Callable[[Parameters], Awaitable[object]]

_JSON_PARAMETERS = {
    "allowed_updates",
    "commands",
    "drop_pending_updates",
    "entities",
    "link_preview_options",
    "reply_parameters",
    "scope",
}


class BotApi:
    """A Bot API server with its chats; `async with BotApi() as api` runs it on a free port.

    Attributes:
        url: what `VERBATIM_TELEGRAM_API` is set to.
        ledger: every call that was made.
        updates: what waits for the bot.
    """

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.url = ""
        self.ledger = Ledger()
        self.updates = Updates()
        self.commands: list[dict[str, str]] = []
        self._chats: dict[int, Chat] = {}
        self._scripts: dict[str, deque[Fault]] = defaultdict(deque)
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        application = web.Application()
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
        self.updates.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def private_chat(self, identifier: int = 7) -> Chat:
        """Return the private chat of a person, which Telegram knows from now on."""
        return self._chats.setdefault(identifier, private_chat(self.updates, identifier))

    def group(self, identifier: int = 70) -> Chat:
        """Return a group that the bot is in."""
        return self._chats.setdefault(-identifier, group(self.updates, identifier))

    def script(self, method: str, *faults: Fault) -> None:
        """Let the next calls of a method go wrong, one fault each."""
        self._scripts[method].extend(faults)

    async def _serve(self, request: web.Request) -> web.Response:
        """Answer one call, with the fault that is scripted for it, and enter it in the ledger."""
        method = request.match_info["method"]
        parameters = await _parameters(request)

        async def commit() -> web.Response:
            return await self._answer(request.match_info["token"], method, parameters)

        faults = self._scripts[method]
        response = await (faults.popleft()(request, commit) if faults else commit())
        broken = request.transport is None or request.transport.is_closing()
        await self.ledger.enter(Call(method, parameters, 0 if broken else response.status))
        return response

    async def _answer(self, token: str, method: str, parameters: Parameters) -> web.Response:
        """Do what is asked, or refuse it with the status and words of Telegram."""
        if token != self.token:
            return refusal(401, "Unauthorized") if ":" in token else refusal(404, "Not Found")
        methods: dict[str, Method] = {
            "getMe": self._get_me,
            "getUpdates": self._get_updates,
            "sendMessage": self._send_message,
            "setMyCommands": self._set_my_commands,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._get_webhook_info,
            "sendChatAction": self._send_chat_action,
        }
        if method not in methods:
            return refusal(404, "Not Found")
        try:
            return web.json_response({"ok": True, "result": await methods[method](parameters)})
        except Refusal as refused:
            return refusal(refused.status, refused.description, **refused.parameters)

    async def _get_me(self, _: Parameters) -> Parameters:
        may = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
        return {**_bot_user(), **may}

    async def _get_updates(self, parameters: Parameters) -> list[Parameters]:
        return await self.updates.fetch(
            offset=int(parameters.get("offset", 0)),
            limit=int(parameters.get("limit", 100)),
            timeout_s=int(parameters.get("timeout", 0)),
            allowed=parameters.get("allowed_updates"),
        )

    async def _send_message(self, parameters: Parameters) -> Parameters:
        chat = self._reachable(parameters)
        check_text(parameters.get("text", ""), parameters.get("entities", []))
        target: Parameters = parameters.get("reply_parameters", {})
        if target and target["message_id"] not in chat.messages and not target.get("allow_sending_without_reply"):
            raise Refusal(400, "Bad Request: message to be replied not found")
        number = next(chat.numbers)
        chat.messages.add(number)
        chat.unread.put_nowait(seen(number, parameters))
        shown = {"text": parameters["text"], "entities": parameters.get("entities", [])}
        return {"message_id": number, "date": int(time.time()), "chat": chat.chat, "from": _bot_user(), **shown}

    async def _set_my_commands(self, parameters: Parameters) -> bool:
        check_commands(parameters.get("commands", []))
        self.commands = parameters.get("commands", [])
        return True

    async def _delete_webhook(self, parameters: Parameters) -> bool:
        if parameters.get("drop_pending_updates"):
            self.updates.drop()
        return True

    async def _get_webhook_info(self, _: Parameters) -> Parameters:
        return {"url": "", "has_custom_certificate": False, "pending_update_count": self.updates.waiting}

    async def _send_chat_action(self, parameters: Parameters) -> bool:
        self._reachable(parameters)
        return True

    def _reachable(self, parameters: Parameters) -> Chat:
        """Return the chat that a call is about.

        Raises:
            Refusal: there is no such chat, or the bot may not write there.
        """
        chat = self._chats.get(int(parameters.get("chat_id", 0)))
        if chat is None:
            raise Refusal(400, "Bad Request: chat not found")
        if chat.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        return chat


def _bot_user() -> Parameters:
    return {"id": int(TOKEN.split(":", maxsplit=1)[0]), "is_bot": True, "first_name": "Verbatim", "username": USERNAME}


async def _parameters(request: web.Request) -> Parameters:
    """Return what a call carries; as Telegram does, take it from the query, a form, multipart or JSON."""
    if request.content_type == "application/json":
        return {**request.query, **(await request.json())}
    given = {**request.query, **(await request.post())}
    return {name: json.loads(str(value)) if name in _JSON_PARAMETERS else value for name, value in given.items()}
