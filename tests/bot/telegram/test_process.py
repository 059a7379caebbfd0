"""The program as an operator runs it: a process of its own, with the environment and signals."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from tests.bot_api import TOKEN, BotApi, failing, page

ROOT = Path(__file__).resolve().parents[3]
QUESTION = "How many Palestinians have been killed in Gaza?"
QUOTE = "Gaza, where over 31,000 Palestinians have been killed"


REFUSED = "Telegram refuses the token; set VERBATIM_TELEGRAM_TOKEN to the one that @BotFather shows for your bot"


@asynccontextmanager
async def started(*arguments: str, folder: Path, **variables: str) -> AsyncIterator[Process]:
    """Run Python with arguments in an empty folder; at the end nothing of it is left."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("VERBATIM_")}
    environment = {**inherited, "PYTHONPATH": str(ROOT), **variables}
    command = (sys.executable, "-W", "error", *arguments)
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, env=environment, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


def bot(api: BotApi, folder: Path, **more: str) -> AbstractAsyncContextManager[Process]:
    """Run `verbatim telegram` for the server of a test."""
    variables = {"VERBATIM_TELEGRAM_TOKEN": TOKEN, "VERBATIM_TELEGRAM_API": api.url, **more}
    return started("-m", "bot", "telegram", folder=folder, **variables)


async def ended(process: Process) -> tuple[int | None, str, str]:
    """Return the exit code, standard output and standard error of a process, which is to end soon."""
    output, errors = await asyncio.wait_for(process.communicate(), 20)
    return process.returncode, output.decode(), errors.decode()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
async def test_process_answers_until_a_signal_and_leaves_quietly(
    api: BotApi, tmp_path: Path, number: signal.Signals
) -> None:
    async with bot(api, tmp_path) as process:
        answer = await api.private_chat().says(QUESTION)
        process.send_signal(number)

        assert answer.marked("expandable_blockquote") == [QUOTE]
        assert await ended(process) == (0, "", "verbatim: answering as @verbatim_test_bot; Ctrl-C stops\n")


async def test_process_that_is_told_to_stop_before_it_could_start_leaves_quietly(api: BotApi, tmp_path: Path) -> None:
    api.script("getMe", *[page(502)] * 9)
    async with bot(api, tmp_path, VERBATIM_LOG_LEVEL="ERROR") as process:
        await api.ledger.until(lambda: len(api.ledger.of("getMe")) == 1)
        process.terminate()

        assert await ended(process) == (0, "", "")


async def test_wrong_token_ends_the_process_with_a_message_and_exit_code_1(api: BotApi, tmp_path: Path) -> None:
    async with bot(api, tmp_path, VERBATIM_TELEGRAM_TOKEN="110201543:another") as process:  # noqa: S106  nobody's
        assert await ended(process) == (1, "", f"verbatim: {REFUSED}\n")


async def test_token_is_never_in_the_output_whatever_is_logged_and_goes_wrong(api: BotApi, tmp_path: Path) -> None:
    api.script("getMe", page(502))
    api.script("getUpdates", page(200), failing(401))
    api.script("sendMessage", failing(401), failing(400))
    reader = api.private_chat()
    async with bot(api, tmp_path, VERBATIM_LOG_LEVEL="DEBUG") as process:
        reader.writes(QUESTION)
        reader.writes(QUESTION)
        await reader.says(QUESTION)
        api.token = "110201543:renewed"  # noqa: S105  nobody's
        api.updates.close()
        code, output, errors = await ended(process)

    assert (code, output) == (1, "")
    assert "HTTP Request: POST" in errors
    assert TOKEN not in errors
    assert TOKEN.partition(":")[2] not in errors


async def test_terminal_without_telegram_passes_lines_on_and_shows_the_answers(tmp_path: Path) -> None:
    async with started("-m", "tests.bot_api", "--bot", "--minutes", "0.5", folder=tmp_path) as process:
        output, _ = await asyncio.wait_for(process.communicate(QUESTION.encode()), 40)

    assert process.returncode == 0
    assert f"  │ {QUOTE}\n" in output.decode()


async def test_command_line_does_not_import_telegram(tmp_path: Path) -> None:
    code = "import sys, bot.cli, bot.terminal; print({'telegram', 'httpx'} & sys.modules.keys())"
    async with started("-c", code, folder=tmp_path) as process:
        assert await ended(process) == (0, "set()\n", "")
