"""A bot without a mind, for the tests of the server: it calls methods over HTTP, one at a time."""

from __future__ import annotations

import json
from types import TracebackType
from typing import Any, Self

import aiohttp

from tests.bot_api.server import BotApi
from tests.bot_api.world import TOKEN


class Caller:
    """Calls the methods of a server as a bot does."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self._session: aiohttp.ClientSession | None = None
        self._offset = 0

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def answer(self, method: str, /, token: str = TOKEN, **parameters: Any) -> tuple[int, Any]:  # noqa: ANN401
        """Call a method with a form, as most libraries do; return the status and the whole answer."""
        form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in parameters.items()}
        assert self._session is not None
        async with self._session.post(f"{self._api.url}/bot{token}/{method}", data=form) as response:
            return response.status, await response.json()

    async def call(self, method: str, /, token: str = TOKEN, **parameters: Any) -> tuple[int, Any]:  # noqa: ANN401
        """Call a method; return the status and the result, or else the description of the refusal."""
        status, answer = await self.answer(method, token, **parameters)
        return status, answer.get("result", answer.get("description"))

    async def result(self, method: str, /, **parameters: Any) -> Any:  # noqa: ANN401  JSON
        """Call a method that is known to succeed; return the result."""
        status, result = await self.call(method, **parameters)
        assert status == 200, result
        return result

    async def update(self) -> Any:  # noqa: ANN401  "
        """Return the next update, without its id; confirm the one before."""
        updates = await self.result("getUpdates", offset=self._offset, limit=1, timeout=5)
        self._offset = updates[0]["update_id"] + 1
        return {kind: content for kind, content in updates[0].items() if kind != "update_id"}

    async def kind(self, name: str) -> Any:  # noqa: ANN401  "
        """Return the content of the next update of one kind; confirm what came before it."""
        while name not in (update := await self.update()):
            pass
        return update[name]
