"""A Bot API server that does nothing but hand out messages and note what comes back: a process of its own.

    python -m tests.benchmarks.telegram.server < PLAN

It reads a plan, one JSON object, and prints JSON objects, one a line: `{"url": ...}` when it listens, `{"begun": true}`
when it is about to hand out the first messages, and `{"asked": ..., "arrived": ...}` when all answers have arrived or
the time is over. It knows no limits of Telegram and checks nothing: what is measured is the bot.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from dataclasses import dataclass
from urllib.parse import parse_qs

FIRST_UPDATE = 1000
FIRST_MESSAGE = 500_000
MOST_AT_A_TIME = 100

START_S = 30.0
"""Seconds in which a bot has to come for the first messages."""

LINGER_S = 20.0
"""Seconds for which a bot that is told to stop still finds its server."""

GET_ME = {
    "id": 110201543,
    "is_bot": True,
    "first_name": "Measured",
    "username": "measured_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
}

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_NOW = re.compile(rb"(?:^|[?&])timeout=0(?:&|$)")
_OFFSET = re.compile(rb"(?:^|[?&])offset=(\d+)")
_CHAT = re.compile(rb'(?:(?:^|&)chat_id=|"chat_id": ?)(-?\d+)')


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked, and when.

    Attributes:
        messages: (chat, text) in the order of asking.
        replies: messages of the bot after which it is over.
        per_second: messages pushed in a second; 0 to have all of them wait at the beginning.
        limit_s: seconds after which it is over at the latest, from the first messages handed out.
    """

    messages: list[tuple[int, str]]
    replies: int
    per_second: float
    limit_s: float


class Measured:
    """The messages, and what came back; times in seconds of `time.perf_counter`."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.over = asyncio.Event()
        self.begun_s = self.before_s = 0.0
        self.pushed_s: list[float] = []
        self.arrived: list[tuple[float, bytes]] = []
        now = int(time.time())
        self._updates = [_update(number, chat, text, now) for number, (chat, text) in enumerate(plan.messages)]
        self._confirmed = 0
        self._poll: Call | None = None
        if not plan.per_second:
            self.pushed_s = [0.0] * len(self._updates)

    def sent(self, body: bytes) -> bytes:
        """Note a message of the bot; return the answer to its call."""
        self.arrived.append((time.perf_counter(), body))
        if len(self.arrived) == self.plan.replies:
            self.over.set()
        found = _CHAT.search(body)
        chat = found[1] if found else b"1"
        number = b"%d" % (FIRST_MESSAGE + len(self.arrived))
        message = b'{"ok":true,"result":{"message_id":%s,"date":1,"text":"-","chat":{"id":%s,"type":"private"}}}'
        return message % (number, chat)

    def polled(self, call: Call, request: bytes) -> None:
        """Hand out what waits, or keep the call until something does."""
        if self._poll is not None:
            self._poll.answer(b'{"ok":true,"result":[]}')
            self._poll = None
        found = _OFFSET.search(request)
        if found:
            self._confirmed = max(self._confirmed, int(found[1]) - FIRST_UPDATE)
        self._poll = call
        if not self.begun_s and self.plan.per_second:
            self._begin()
            self._pushing = asyncio.create_task(self._push())
        self._hand_out()
        if self._poll is not None and (_NOW.search(request) or b"timeout=" not in request):
            self._poll.answer(b'{"ok":true,"result":[]}')
            self._poll = None

    def too_late(self) -> None:
        """End it if no bot has come."""
        if not self.begun_s:
            self.over.set()

    def forget(self, call: Call) -> None:
        """Forget a connection that is gone."""
        if self._poll is call:
            self._poll = None

    def _begin(self) -> None:
        print(json.dumps({"begun": True}), flush=True)
        self.begun_s, self.before_s = time.perf_counter(), time.process_time()
        asyncio.get_running_loop().call_later(self.plan.limit_s, self.over.set)

    def _hand_out(self) -> None:
        first, end = self._confirmed, min(len(self.pushed_s), self._confirmed + MOST_AT_A_TIME)
        if self._poll is None or first >= end:
            return
        if not self.begun_s:
            self._begin()
        self._poll.answer(b'{"ok":true,"result":[' + b",".join(self._updates[first:end]) + b"]}")
        self._poll = None

    async def _push(self) -> None:
        """Let messages come at an even pace."""
        for number in range(len(self._updates)):
            await asyncio.sleep(self.begun_s + number / self.plan.per_second - time.perf_counter())
            self.pushed_s.append(time.perf_counter())
            self._hand_out()


class Call(asyncio.Protocol):
    """A connection: HTTP/1.1, one request after another, bodies with a Content-Length."""

    def __init__(self, measured: Measured) -> None:
        self._measured = measured
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, error: Exception | None) -> None:  # noqa: ARG002  as asyncio calls it
        self._measured.forget(self)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end]
            length = _LENGTH.search(head)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self._buffer) < whole:
                return
            body, self._buffer = self._buffer[end + 4 : whole], self._buffer[whole:]
            self._called(head.split(b" ", 2)[1], body)

    def answer(self, content: bytes) -> None:
        """Answer the request."""
        if self._transport is not None:
            head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(content)
            self._transport.write(head + content)

    def _called(self, path: bytes, body: bytes) -> None:
        address, _, query = path.partition(b"?")
        match address.rpartition(b"/")[2]:
            case b"sendMessage":
                self.answer(self._measured.sent(body))
            case b"getUpdates":
                self._measured.polled(self, query + b"&" + body)
            case b"getMe":
                self.answer(json.dumps({"ok": True, "result": GET_ME}).encode())
            case _:
                self.answer(b'{"ok":true,"result":true}')


async def measure(plan: Plan) -> None:
    """Serve until the plan is done, and tell what was asked and what arrived, in seconds from the beginning."""
    loop = asyncio.get_running_loop()
    measured = Measured(plan)
    server = await loop.create_server(lambda: Call(measured), "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()[:2]
    print(json.dumps({"url": f"http://{host}:{port}"}), flush=True)
    loop.call_later(START_S, measured.too_late)
    await measured.over.wait()
    told = {
        "asked": [pushed and pushed - measured.begun_s for pushed in measured.pushed_s],
        "arrived": [_arrival(at - measured.begun_s, body) for at, body in measured.arrived],
        "cpu_s": time.process_time() - measured.before_s,
    }
    print(json.dumps(told), flush=True)
    await asyncio.sleep(LINGER_S)
    server.close()


def _arrival(at_s: float, body: bytes) -> tuple[float, int, str]:
    """Return when a message arrived, in which chat, and its text."""
    if body.startswith(b"{"):
        sent = json.loads(body)
        return at_s, int(sent["chat_id"]), str(sent["text"])
    fields = parse_qs(body.decode())
    return at_s, int(fields["chat_id"][0]), fields["text"][0]


def _update(number: int, chat: int, text: str, now: int) -> bytes:
    person = {"id": chat, "first_name": f"Reader {chat}"}
    message = {
        "message_id": number + 1,
        "from": {**person, "is_bot": False, "language_code": "en"},
        "chat": {**person, "type": "private"},
        "date": now,
        "text": text,
    }
    return json.dumps({"update_id": FIRST_UPDATE + number, "message": message}).encode()


def main() -> None:
    """Serve one plan."""
    given = json.load(sys.stdin)
    plan = Plan([(chat, text) for chat, text in given.pop("messages")], **given)
    asyncio.run(measure(plan))


if __name__ == "__main__":
    main()
