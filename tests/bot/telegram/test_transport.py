"""The way to Telegram, over real HTTP: what of a fault the library sees, and whether a message may have arrived."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.telegram.delivery.transport import (
    MOST_CONNECTIONS,
    REFUSED_S,
    Broken,
    Connection,
    NotSent,
    certainly_unsent,
    in_brief,
    pause_of,
)

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
GOOD = b'{"ok": true, "result": true}'


def answer(status: int = 200, content: bytes = GOOD) -> Answer:
    async def give(_: web.Request) -> web.Response:
        return web.Response(status=status, body=content)

    return give


async def drop(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def never(_: web.Request) -> web.Response:
    await asyncio.sleep(60)
    return web.Response()


async def begin_and_stop(request: web.Request) -> web.StreamResponse:
    """Send a part of an answer, and nothing more."""
    response = web.StreamResponse(headers={"Content-Length": "100"})
    await response.prepare(request)
    await response.write(b'{"ok": true, ')
    await asyncio.sleep(60)
    return response


class Server:
    """Answers calls one after another as a test wants, and the rest well.

    Attributes:
        answers: the next ones.
        full: set when every connection for messages was used.
        url: of the bot on it.
    """

    def __init__(self, url: str) -> None:
        self.answers: list[Answer] = []
        self.url = url
        self.calls = 0
        self.full = asyncio.Event()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.calls += 1
        if self.calls == MOST_CONNECTIONS:
            self.full.set()
        return await (self.answers.pop(0) if self.answers else answer())(request)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    application = web.Application()
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    server = Server("")
    application.router.add_route("*", "/{path:.*}", server.answer)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/bot1:secret"
    yield server
    await runner.cleanup()


@asynccontextmanager
async def connected(
    give_up: Callable[[], None] = lambda: None, clock: Callable[[], float] = lambda: 0.0
) -> AsyncIterator[Connection]:
    connection = Connection(give_up, read_timeout_s=0.2, clock=clock)
    await connection.initialize()
    yield connection
    await connection.shutdown()


async def fault(server: Server, given: Answer, method: str = "sendMessage") -> TelegramError:
    """Return what a token that was good before meets."""
    async with connected() as connection:
        await connection.post(f"{server.url}/getMe")
        server.answers.append(given)
        with pytest.raises(TelegramError) as met:
            await connection.post(f"{server.url}/{method}")
    return met.value


PAGE = b"<html><h1>Bad Gateway</h1></html>"

FAULTS: dict[str, tuple[Answer, type[TelegramError], bool]] = {
    "400": (answer(400, b'{"ok": false, "description": "Bad Request: chat not found"}'), BadRequest, True),
    "403": (answer(403, b'{"ok": false, "description": "Forbidden: blocked"}'), Forbidden, True),
    "429": (answer(429, b'{"ok": false, "parameters": {"retry_after": 7}}'), RetryAfter, True),
    "500": (answer(500, b'{"ok": false, "description": "Internal"}'), NetworkError, True),
    "401 of a good token": (answer(401, b'{"ok": false}'), NetworkError, True),
    "404 of a good token": (answer(404, b'{"ok": false}'), NetworkError, True),
    "502 page": (answer(502, PAGE), NetworkError, True),
    "404 page": (answer(404, PAGE), NetworkError, True),
    "403 page": (answer(403, PAGE), NetworkError, True),
    "200 page": (answer(200, PAGE), NetworkError, True),
    "200 without a result": (answer(200, b'{"ok": false}'), NetworkError, True),
    "504 page": (answer(504, PAGE), TimedOut, False),
    "dropped": (drop, Broken, False),
    "never": (never, TimedOut, False),
    "half": (begin_and_stop, TimedOut, False),
}


@pytest.mark.parametrize(("given", "kind", "unsent"), FAULTS.values(), ids=FAULTS)
async def test_fault_is_told_by_its_kind_and_by_whether_a_message_may_have_arrived(
    server: Server, given: Answer, kind: type[TelegramError], unsent: bool
) -> None:
    met = await fault(server, given)

    assert type(met) is kind
    assert certainly_unsent(met) is unsent
    assert "secret" not in str(met)


async def test_method_that_a_server_does_not_have_is_not_about_the_token(server: Server) -> None:
    assert type(await fault(server, answer(404, b'{"ok": false}'), "setMyDescription")) is InvalidToken


async def test_server_that_is_not_there_has_certainly_got_nothing() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        async with connected() as connection:
            with pytest.raises(NotSent) as met:
                await connection.post(f"http://127.0.0.1:{closed.getsockname()[1]}/bot1:secret/sendMessage")

    assert certainly_unsent(met.value)


async def test_connection_that_is_closed_sends_nothing() -> None:
    connection = Connection()
    with pytest.raises(NotSent):
        await connection.post("http://127.0.0.1:9/bot1:secret/sendMessage")


async def test_token_that_was_never_good_is_refused_at_once(server: Server) -> None:
    server.answers.append(answer(401, b'{"ok": false}'))
    async with connected() as connection:
        with pytest.raises(InvalidToken):
            await connection.post(f"{server.url}/getMe")


@pytest.mark.parametrize(
    ("answers", "given_up"),
    [
        ([401, 401], False),
        ([401, 404, 401], True),
        ([401, 401, 200, 401, 401], False),
        ([401, 401, 500, 401], True),
        ([401, 401, 401, 200], True),
    ],
)
async def test_good_token_counts_as_wrong_after_three_refusals_in_a_row(
    server: Server, answers: list[int], given_up: bool
) -> None:
    told, now = list[str](), [0.0]
    async with connected(lambda: told.append("wrong"), lambda: now[0]) as connection:
        await connection.post(f"{server.url}/getMe")
        server.answers += [answer(status, GOOD if status == 200 else b'{"ok": false}') for status in answers]
        while server.answers:
            now[0] += REFUSED_S / 2
            await asyncio.gather(connection.post(f"{server.url}/getUpdates"), return_exceptions=True)

    assert bool(told) is given_up


async def test_many_refusals_in_one_moment_are_one_bad_moment(server: Server) -> None:
    told = list[str]()
    async with connected(lambda: told.append("wrong")) as connection:
        await connection.post(f"{server.url}/getMe")
        server.answers += [answer(401, b'{"ok": false}')] * 20
        calls = [connection.post(f"{server.url}/sendMessage") for _ in range(20)]
        await asyncio.gather(*calls, return_exceptions=True)

    assert told == []


async def test_poll_does_not_wait_behind_messages(server: Server) -> None:
    async with connected() as connection:
        server.answers += [never] * MOST_CONNECTIONS
        slow = [asyncio.create_task(connection.post(f"{server.url}/sendMessage")) for _ in range(300)]
        await server.full.wait()
        result = await asyncio.wait_for(connection.post(f"{server.url}/getUpdates", read_timeout=5), 5)
        for call in slow:
            call.cancel()
        await asyncio.gather(*slow, return_exceptions=True)

    assert result is True


def test_error_is_told_in_brief() -> None:
    assert in_brief(NetworkError("a " * 500)).endswith("[...]")
    assert len(in_brief(NetworkError("a " * 500))) <= 200
    assert in_brief(ValueError()) == "ValueError"
    assert pause_of(RetryAfter(7)) == 7.0
