"""Talk to the bot without Telegram: the Bot API server of the tests with a small terminal in front.

    python -m tests.bot_api --bot                  start the server and the bot, and talk
    python -m tests.bot_api                        start the server only; it prints how to start a bot for it
    echo "what did Hamas demand?" | python -m tests.bot_api --bot

Each line that is typed is a message of one person in a private chat; what the bot sends is printed, with quotations
behind a bar, *bold* and _italic_, and buttons as `1 [label]`. `:press 1` presses one; `:help` lists what else there is:
edits, replies, inline queries, a group, other people. It listens on 127.0.0.1 only, on a free port, and stops at the
end of the input (when every line is answered, or after 15 seconds), on Ctrl-C, when its bot stops, or after half an
hour.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import sys
import tempfile
import threading
from collections.abc import AsyncIterator
from pathlib import Path

from tests.bot_api.server import BotApi
from tests.bot_api.terminal import Terminal


async def talk(*, with_bot: bool, minutes: float) -> int:
    """Run the server and the terminal; return the exit code."""
    with tempfile.TemporaryDirectory() as folder:  # what is said here is kept nowhere
        async with BotApi() as api:
            return await _serve(api, Path(folder) / "store.db", with_bot=with_bot, minutes=minutes)


async def _serve(api: BotApi, store: Path, *, with_bot: bool, minutes: float) -> int:
    """Run the terminal before a server; return the exit code."""
    own = {"TELEGRAM_TOKEN": api.token, "TELEGRAM_API": api.url, "STORE": str(store)}
    variables = {f"VERBATIM_{name}": value for name, value in own.items()}
    if not with_bot:
        settings = " ".join(f"{name}={value}" for name, value in variables.items())
        print(f"Start a bot in another terminal:\n\n    {settings} verbatim telegram\n", flush=True)
    print("Type a message and press Enter; :help lists more, Ctrl-D ends.", flush=True)
    async with _bot(variables) if with_bot else contextlib.nullcontext() as bot:
        talking = asyncio.create_task(_talk(Terminal(api, lambda text: print(text, flush=True))))
        ends = [talking, *([asyncio.create_task(bot.wait())] if bot else [])]
        await asyncio.wait(ends, timeout=60 * minutes, return_when=asyncio.FIRST_COMPLETED)
        for end in ends:
            end.cancel()
        return bot.returncode or 0 if bot else 0


async def _talk(terminal: Terminal) -> None:
    """Do what the lines say, until the input ends and every line is answered.

    A person sees an answer before the line that follows from it; lines from elsewhere wait for it.
    """
    is_person = sys.stdin.isatty()
    async for line in _lines():
        if not is_person and line.startswith(":"):
            await terminal.settled()
        if line.strip():
            await terminal.line(line.strip())
    await terminal.settled()


async def _lines() -> AsyncIterator[str]:
    """Yield the lines of standard input. A thread reads them: a terminal, a pipe and a file are all alike to it."""
    loop = asyncio.get_running_loop()
    lines = asyncio.Queue[str]()

    def read() -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody listens any more
            for line in sys.stdin:
                loop.call_soon_threadsafe(lines.put_nowait, line)
            loop.call_soon_threadsafe(lines.put_nowait, "")

    threading.Thread(target=read, daemon=True).start()
    while line := await lines.get():
        yield line


@contextlib.asynccontextmanager
async def _bot(variables: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run the bot as a process of its own, and stop it in the end."""
    command = (sys.executable, "-m", "bot", "telegram")
    bot = await asyncio.create_subprocess_exec(
        *command, env={**os.environ, **variables}, stdin=asyncio.subprocess.DEVNULL
    )
    try:
        yield bot
    finally:
        with contextlib.suppress(ProcessLookupError):
            bot.terminate()
        await bot.wait()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bot_api", description="Talk to the bot without Telegram.")
    parser.add_argument("--bot", action="store_true", help="start `verbatim telegram` for this server, too")
    parser.add_argument("--minutes", type=float, default=30, help="stop after this time (default: %(default)s)")
    arguments = parser.parse_args()
    try:
        return asyncio.run(talk(with_bot=arguments.bot, minutes=arguments.minutes))
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
