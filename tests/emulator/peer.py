"""The emulator, as far as it has to be helped."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from types import TracebackType
from typing import Any, Self

from aiohttp import web
from lo_bot_api_emulator import LoBotApiEmulator
from lo_bot_api_emulator.updates import ALLOWED_UPDATE_TYPES, UpdateQueues

Fields = dict[str, Any]

OF_TELEGRAM_ALONE = frozenset(("button", "link_preview_options"))
"""Parameters of Telegram that the bot sends and the emulator refuses, since its platform has not got them."""

LONGEST_WAIT_S = 10


class Queues(UpdateQueues):  # type: ignore[misc]  # the package ships no types
    """Updates, of one kind more than the emulator lets tests put in: it delivers edited messages, but takes none."""

    async def enqueue(self, token: str, update: Fields) -> int:
        if "edited_message" not in update:
            return int(await super().enqueue(token, update))
        state = self._state(token)
        async with state.condition:
            identifier = int(state.next_id)
            state.next_id += 1
            state.updates.append({"update_id": identifier, **update})
            state.condition.notify_all()
        await self.deliver(token)
        return identifier


class Emulator(LoBotApiEmulator):  # type: ignore[misc]  # the package ships no types
    """The emulator on a free port of 127.0.0.1; `async with Emulator() as emulator` runs it.

    It differs from the one of the package in what the platform behind it has not got: the bot has a username, without
    which python-telegram-bot reads no command; parameters and kinds of updates that only Telegram has are left out
    instead of refused; an edited message can be put into the queue. What the bot called is kept with all that it sent.

    Attributes:
        url: what `VERBATIM_TELEGRAM_API` is set to.
    """

    def __init__(self) -> None:
        super().__init__(allow_insecure_loopback_webhooks=True)
        self._update_queues = Queues(record=lambda _: None, insecure_webhooks=True)
        self._taken: dict[str, asyncio.Queue[tuple[Fields, Any]]] = defaultdict(asyncio.Queue)
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def __aenter__(self) -> Self:
        self._runner = web.AppRunner(self.app(), access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def validate(self, method: str, fields: Fields, uploads: Fields) -> Any:  # noqa: ANN401  of any method
        for name in OF_TELEGRAM_ALONE & fields.keys():
            del fields[name]
        if "allowed_updates" in fields:
            asked = self.decoded(fields["allowed_updates"])
            fields["allowed_updates"] = json.dumps([kind for kind in asked if kind in ALLOWED_UPDATE_TYPES])
        result = super().validate(method, fields, uploads)
        if method == "getMe":
            result["username"] = "verbatim_test_bot"
        self._taken[method].put_nowait((dict(fields), result))
        return result

    async def call(self, method: str) -> tuple[Fields, Any]:
        """Return what the next call of a method that was taken sent, decoded, and its result; wait until it comes.

        Raises:
            TimeoutError: none came in time.
        """
        async with asyncio.timeout(LONGEST_WAIT_S):
            fields, result = await self._taken[method].get()
        return {name: _decoded(value) for name, value in fields.items()}, result


def _decoded(value: object) -> Any:  # noqa: ANN401  whatever was sent
    if isinstance(value, str) and value[:1] in {"{", "["}:
        return json.loads(value)
    return value
