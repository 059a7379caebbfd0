"""The program as an operator runs it: a process of its own, with the environment and signals."""

from __future__ import annotations

import asyncio
import os
import random
import resource
import shutil
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from bot.store import look
from tests.bot.telegram import running
from tests.bot_api import TOKEN, BotApi, Call, Chat, failing, page, slow
from tests.bot_api.faults import Commit

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
    told = {"VERBATIM_TELEGRAM_TOKEN": TOKEN, "VERBATIM_TELEGRAM_API": api.url}
    variables = {**told, "VERBATIM_STORE": str(folder / "store.db"), **more}
    return started("-m", "bot", "telegram", folder=folder, **variables)


async def ended(process: Process) -> tuple[int | None, str, str]:
    """Return the exit code, standard output and standard error of a process, which is to end soon."""
    output, errors = await asyncio.wait_for(process.communicate(), 20)
    return process.returncode, output.decode(), errors.decode()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
async def test_process_answers_until_a_signal_and_leaves_quietly(
    api: BotApi, tmp_path: Path, cache: Path, number: signal.Signals
) -> None:
    async with bot(api, tmp_path, XDG_CACHE_HOME=str(cache)) as process:
        answer = await api.private_chat().says(QUESTION)
        process.send_signal(number)

        assert answer.marked("expandable_blockquote") == [QUOTE]
        assert await ended(process) == (0, "", "verbatim: answering as @verbatim_test_bot; Ctrl-C stops\n")


async def test_process_that_is_told_to_stop_before_it_could_start_leaves_quietly(
    api: BotApi, tmp_path: Path, cache: Path
) -> None:
    api.script("getMe", *[page(502)] * 9)
    async with bot(api, tmp_path, VERBATIM_LOG_LEVEL="ERROR", XDG_CACHE_HOME=str(cache)) as process:
        await api.ledger.until(lambda: len(api.ledger.of("getMe")) == 1)
        process.terminate()

        assert await ended(process) == (0, "", "")


async def test_wrong_token_ends_the_process_with_a_message_and_exit_code_1(api: BotApi, tmp_path: Path) -> None:
    async with bot(api, tmp_path, VERBATIM_TELEGRAM_TOKEN="110201543:another") as process:  # noqa: S106  nobody's
        assert await ended(process) == (1, "", f"verbatim: {REFUSED}\n")


async def test_token_is_never_in_the_output_whatever_is_logged_and_goes_wrong(
    api: BotApi, tmp_path: Path, cache: Path
) -> None:
    api.script("getMe", page(502))
    api.script("getUpdates", page(200), failing(401))
    api.script("sendMessage", failing(401), failing(400))
    reader = api.private_chat()
    async with bot(api, tmp_path, VERBATIM_LOG_LEVEL="DEBUG", XDG_CACHE_HOME=str(cache)) as process:
        for _ in range(3):
            reader.writes(QUESTION)
        await reader.sees(timeout_s=30)
        api.token = "110201543:renewed"  # noqa: S105  nobody's
        api.updates.close()
        code, output, errors = await ended(process)

    assert (code, output) == (1, "")
    assert "Calling Bot API endpoint" in errors
    assert TOKEN not in errors
    assert TOKEN.partition(":")[2] not in errors


async def test_terminal_without_telegram_passes_lines_on_and_shows_the_answers(tmp_path: Path) -> None:
    async with started("-m", "tests.bot_api", "--bot", "--minutes", "0.5", folder=tmp_path) as process:
        output, _ = await asyncio.wait_for(process.communicate(QUESTION.encode()), 40)

    assert process.returncode == 0
    assert f"  │ {QUOTE}\n" in output.decode()


async def test_command_line_does_not_import_telegram(tmp_path: Path) -> None:
    code = "import sys, bot.cli, bot.terminal; print({'telegram', 'aiohttp'} & sys.modules.keys())"
    async with started("-c", code, folder=tmp_path) as process:
        assert await ended(process) == (0, "set()\n", "")


HARBOUR = {
    "VERBATIM_DOCUMENTS": str(running.HARBOUR / "documents"),
    "VERBATIM_FACTS": str(running.HARBOUR / "facts"),
    "VERBATIM_LOG_LEVEL": "ERROR",
    "VERBATIM_QUESTIONS_PER_MINUTE": "0",
    "VERBATIM_TELEGRAM_PER_SECOND": "0",
    "VERBATIM_TELEGRAM_CHAT_PER_SECOND": "0",
    "VERBATIM_TELEGRAM_GROUP_PER_MINUTE": "0",
}
"""The small base, and no limits: whatever comes is answered at once."""


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="there is no SIGHUP")
async def test_process_takes_a_changed_base_over_at_sighup_and_no_number_of_them_harms_it(
    api: BotApi, tmp_path: Path, cache: Path
) -> None:
    folder = tmp_path / "harbour"
    shutil.copytree(running.HARBOUR, folder, copy_function=shutil.copyfile)
    facts, log = folder / "facts" / "harbour.toml", b""
    mine = {"VERBATIM_DOCUMENTS": str(folder / "documents"), "VERBATIM_FACTS": str(folder / "facts")}
    more = {**HARBOUR, **mine, "VERBATIM_RELOAD_SECONDS": "0", "VERBATIM_LOG_LEVEL": "INFO"}
    reader = api.private_chat()
    api.script("getMe", slow(1))
    async with bot(api, tmp_path, **more, XDG_CACHE_HOME=str(cache)) as process:
        await api.ledger.until(lambda: len(api.ledger.of("getMe")) == 1, timeout_s=30)
        process.send_signal(signal.SIGHUP)  # before it is ready
        before = await reader.says(running.QUESTIONS[0])
        facts.write_text(
            facts.read_text("utf-8").replace("demanded a pay rise of 7 percent.", "demanded 7 percent more.")
        )
        process.send_signal(signal.SIGHUP)
        process.send_signal(signal.SIGHUP)
        assert process.stderr is not None
        while b"is taken over" not in log:
            line = await asyncio.wait_for(process.stderr.readline(), 60)
            assert line
            log += line
            if b"answering" in line:
                process.send_signal(signal.SIGHUP)
        after = await reader.says(running.QUESTIONS[0])
        process.terminate()
        process.send_signal(signal.SIGHUP)
        code, output, errors = await ended(process)

    assert (code, output) == (0, "")
    assert "demanded a pay rise of 7 percent." in before.text
    assert "demanded 7 percent more." in after.text
    assert (log + errors.encode()).count(b"is taken over: ") == 1


@pytest.mark.parametrize(("webhook", "kills"), [(False, 14), (True, 6)], ids=["polling", "webhook"])
async def test_kill_at_any_moment_loses_nothing_and_repeats_only_what_was_on_its_way(
    api: BotApi, tmp_path: Path, cache: Path, webhook: bool, kills: int
) -> None:
    chance = random.Random(7)  # noqa: S311  moments, and no secrets
    groups = [api.group(number) for number in range(101, 131)]
    more = {**HARBOUR, "XDG_CACHE_HOME": str(cache), **(_webhook() if webhook else {})}
    for kill in range(kills):
        async with bot(api, tmp_path, **more) as process:
            await _ask_for_a_while(api, groups, chance, kill)
            process.kill()
            await process.wait()
    async with bot(api, tmp_path, **more) as process:
        await api.ledger.until(lambda: all(question.replies for question in api.questions()), timeout_s=30)
        process.terminate()
        assert await ended(process) == (0, "", "verbatim: answering as @verbatim_test_bot; Ctrl-C stops\n")

    asked = api.questions()
    counted = look(tmp_path / "store.db")
    twice = sum(len(question.replies) - 1 for question in asked)
    assert counted is not None
    assert len(asked) == kills * len(groups)
    assert twice <= counted.perhaps_twice < len(asked)
    assert counted.waiting == 0
    for group in groups:
        in_turn = [question.message_id for question in asked if question.chat_id == group.id]
        calls = [call for call in api.ledger.of("sendMessage") if call.parameters["chat_id"] == group.id]
        assert list(dict.fromkeys(_replied_to(call) for call in calls if call.message_id)) == in_turn


async def _ask_for_a_while(api: BotApi, groups: list[Chat], chance: random.Random, round_: int) -> None:
    """Let every group ask once, at any time while the bot starts and works; return at any moment of that."""
    before = len(api.ledger.of("sendMessage"))
    for group in groups[:10]:
        group.writes(f"/ask {running.QUESTIONS[round_ % 4]}")
    if chance.random() < 0.2:  # while it starts
        await api.ledger.until(lambda: len(api.ledger.of("getMe")) > round_, timeout_s=30)
    else:
        first = before + chance.randint(1, 8)
        await api.ledger.until(lambda: len(api.ledger.of("sendMessage")) >= first, timeout_s=30)
    for group in groups[10:]:
        group.writes(f"/ask {running.QUESTIONS[round_ % 4]}")
    await asyncio.sleep(chance.random() * 0.08)  # the moment is what is tested: it is any


def _webhook() -> dict[str, str]:
    port = running.free_port()
    return {"VERBATIM_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram", "VERBATIM_LISTEN": f"127.0.0.1:{port}"}


def _replied_to(call: Call) -> int:
    return int(call.parameters["reply_parameters"]["message_id"])


LONG = """What did Hamas demand?
What is the biggest gap between the two sides?
What have Israel and Hamas begun negotiating?
Does Hamas want a permanent ceasefire?
Who revealed that detailed negotiations have begun?
What effect did Hamas's answer last week have?"""
"""What takes more than one message to answer."""


async def test_kill_in_the_middle_of_a_long_reply_does_not_repeat_the_parts_that_arrived(
    api: BotApi, tmp_path: Path, cache: Path
) -> None:
    reader, other = api.private_chat(7), api.private_chat(8)
    on_its_way = asyncio.Event()

    async def arrives(_: web.Request, commit: Commit) -> web.Response:
        return await commit()

    async def is_lost(_: web.Request, __: Commit) -> web.Response:
        on_its_way.set()
        await asyncio.sleep(60)
        return web.Response(status=500)

    api.script("sendMessage", arrives, is_lost, chat=reader)
    async with bot(api, tmp_path, XDG_CACHE_HOME=str(cache)) as process:
        reader.writes(LONG)
        await asyncio.wait_for(on_its_way.wait(), 20)
        process.kill()
        await process.wait()
    async with bot(api, tmp_path, XDG_CACHE_HOME=str(cache)) as process:
        other.writes(LONG)
        whole = [await other.sees(), await other.sees()]
        parts = [await reader.sees(), await reader.sees()]
        process.terminate()
        await ended(process)

    assert [part.text for part in parts] == [part.text for part in whole]
    assert len(running.texts(api, reader)) == len(whole)


async def test_full_disk_ends_the_process_with_a_message_and_exit_code_1_and_nothing_is_lost(
    api: BotApi, tmp_path: Path, cache: Path
) -> None:
    reader = api.private_chat()
    more = {**HARBOUR, "XDG_CACHE_HOME": str(cache)}
    async with bot(api, tmp_path, **more) as process:
        await reader.says(running.QUESTIONS[0])
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        reader.writes(running.QUESTIONS[1])
        code, output, errors = await ended(process)
    async with bot(api, tmp_path, **more) as process:
        await api.ledger.until(lambda: 1 in running.answered(running.texts(api, reader)), timeout_s=30)
        process.terminate()
        await ended(process)

    assert (code, output) == (1, "")
    assert "store.db: cannot be written (" in errors
    assert errors.endswith("; make room for it\n")
    assert list(dict.fromkeys(running.answered(running.texts(api, reader)))) == [0, 1]


async def test_second_process_with_the_same_store_is_refused(api: BotApi, tmp_path: Path, cache: Path) -> None:
    more = {**HARBOUR, "XDG_CACHE_HOME": str(cache)}
    async with bot(api, tmp_path, **more):
        await api.private_chat().says(running.QUESTIONS[0])
        async with bot(api, tmp_path, **more) as second:
            code, output, errors = await ended(second)

    assert (code, output) == (1, "")
    refusal = "another bot uses this store; stop it, or name another file by VERBATIM_STORE"
    assert errors == f"verbatim: {tmp_path / 'store.db'}: {refusal}\n"


async def test_what_is_being_answered_at_the_signal_is_answered_before_the_process_leaves(
    api: BotApi, tmp_path: Path, cache: Path
) -> None:
    chats = [api.private_chat(number) for number in range(1, 21)]
    api.script("sendMessage", *[slow(0.3)] * 20)
    async with bot(api, tmp_path, **HARBOUR, XDG_CACHE_HOME=str(cache)) as process:
        for chat in chats:
            chat.writes(running.QUESTIONS[0])
            chat.writes(running.QUESTIONS[1])
        await api.ledger.until(lambda: api.updates.waiting == 0)
        process.terminate()
        code, _, _ = await ended(process)

    assert code == 0
    assert [running.answered(running.texts(api, chat)) for chat in chats] == [[0, 1]] * 20
