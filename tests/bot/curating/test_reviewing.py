"""`verbatim review`: the desk by its keys, and the real program in a pseudo-terminal, whose screen is looked at."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pexpect
import pyte
import pytest
from textual.pilot import Pilot
from textual.widgets import Static, TextArea

from bot.curating.reviewing.desk import Desk, Overview, opened
from bot.curating.reviewing.editor import Editor
from bot.curating.reviewing.keeping import place_of
from knowledge.proof.records import read_fact_file
from tests.bridge import bridge

SIGNS_OF_WAITING = 30
"""Seconds after which a screen that does not come has failed to come."""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return bridge(tmp_path / "case")


def facts_of(case: Path) -> dict[str, bool]:
    """Return which facts the file holds, and whether each is a draft."""
    return {filed.record.id: filed.record.draft for filed in read_fact_file(case / "facts" / "bridge.toml").facts}


def skipped_in(case: Path) -> list[tuple[str, str]]:
    read = read_fact_file(case / "facts" / "bridge.toml")
    return [(filed.record.quote, filed.record.reason) for filed in read.skipped]


class Screen:
    """A terminal with the program in it, and what somebody sees there."""

    def __init__(self, child: pexpect.spawn[bytes], columns: int, lines: int) -> None:
        self.child = child
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)

    @property
    def lines(self) -> list[str]:
        return [str(line).rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def until(self, *words: str) -> str:
        """Wait until all of some words stand on the screen, and return it."""
        waited = 0.0
        while not all(word in self.text for word in words):
            assert waited < SIGNS_OF_WAITING, f"{words} did not come:\n{self.text}"
            waited += self._fed()
        return self.text

    def type(self, keys: str, *words: str) -> str:
        """Type keys, and wait for words."""
        self.child.send(keys.encode())
        return self.until(*words)

    def move(self, keys: str, place: tuple[int, int]) -> None:
        """Type keys that move the cursor, and wait until it stands at a line and column, from 0."""
        self.child.send(keys.encode())
        waited = 0.0
        while (self._screen.cursor.y, self._screen.cursor.x) != place:
            assert waited < SIGNS_OF_WAITING, f"the cursor is at {self._screen.cursor.y}, {self._screen.cursor.x}"
            waited += self._fed()

    def _fed(self) -> float:
        """Take up what the program has drawn; return how many seconds nothing came."""
        try:
            self._stream.feed(self.child.read_nonblocking(65536, timeout=0.2))
        except pexpect.TIMEOUT:
            return 0.2
        return 0.0

    def leave(self, keys: str = "") -> tuple[int | None, str]:
        """Type keys and wait until the program has ended; return its exit code and its last words."""
        self.child.send(keys.encode())
        rest = b""
        with suppress(pexpect.EOF):
            while True:
                rest += self.child.read_nonblocking(65536, timeout=SIGNS_OF_WAITING)
        self.child.close()
        said = rest.decode("utf-8", "replace").rpartition("\x1b[")[2]
        return self.child.exitstatus, "\n".join(said.split("l", 1)[-1].split("\r\n")).strip()


Start = Callable[..., Screen]


@pytest.fixture
def start(surroundings: dict[str, str], case: Path, tmp_path: Path) -> Iterator[Start]:
    started: list[pexpect.spawn[bytes]] = []

    def run(columns: int = 80, lines: int = 24, **variables: str) -> Screen:
        child: pexpect.spawn[bytes] = pexpect.spawn(
            sys.executable,
            [*("-m", "bot", "review", "bridge"), "--documents", f"{case}/documents", "--facts", f"{case}/facts"],
            env={**surroundings, **variables},
            cwd=str(tmp_path),
            dimensions=(lines, columns),
            timeout=60,
        )
        started.append(child)
        return Screen(child, columns, lines)

    yield run
    for child in started:
        child.close(force=True)


def test_document_is_drafted_accepted_mended_skipped_left_and_taken_up(start: Start, case: Path) -> None:
    desk = start()
    desk.until("3 of 4 sentences to review, 1 open", "council-closed-bridge", "quit")
    assert all(len(line) <= 80 for line in desk.lines)

    desk.type("a", "accepted council-closed-bridge, and with it council")
    assert facts_of(case) == {"council-closed-bridge": False, "cracks-in-arches": True, "repair-cost": True}

    desk.type("e", "Prove and save", "[[fact]]", "quote =")
    desk.move("\x1b[B\x1b[B\x1b[B\x1b[F\x1b[D", (7, 50))
    desk.type(" 99", "arches. 99")
    desk.type("\x13", "not saved:", 'claim says "99"')
    assert facts_of(case)["cracks-in-arches"] is True
    desk.type("\x7f\x7f\x7f", 'arches."')
    desk.move("\x1b[A", (6, 30))
    desk.type("\x15", "two arches")
    desk.type("\x13", "saved cracks-in-arches")
    assert facts_of(case)["cracks-in-arches"] is False

    desk.type("nn", "sentence 4 of 4")
    desk.type("x", "Why is nothing in sentence 4")
    desk.type("caption\r", "skipped: caption", "1 of 4 sentences to review")
    assert skipped_in(case) == [("# The Old Bridge", "heading"), ("Photo: the town archive.", "caption")]

    desk.type("e", 'edit fact "repair-cost"')
    desk.type("# half a thought", "half a thought")
    assert desk.leave("\x03") == (
        0,
        (
            "1 accepted, 1 edited, 1 skipped; 1 of 4 sentences to review\n"
            "a text that was being edited is kept; the same command opens it again"
        ),
    )
    assert facts_of(case)["repair-cost"] is True

    again = start()
    again.until("half a thought", "It is not saved yet.")
    again.type("\x1b", "What you typed is not saved.")
    again.type("d", "nothing was changed", "repair-cost")
    again.type("a", "Every sentence is reviewed.")
    assert again.leave("q") == (0, "1 accepted; 0 of 4 sentences to review")
    assert set(facts_of(case).values()) == {False}
    assert not place_of(case / "facts" / "bridge.toml").exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda number: number.name)
def test_desk_that_is_ended_keeps_what_is_being_edited(start: Start, case: Path, number: signal.Signals) -> None:
    desk = start()
    desk.until("quit", "council-closed-bridge")
    desk.type("e", "Prove and save")
    desk.type("# half a thought", "half a thought")
    assert desk.child.pid is not None
    os.kill(desk.child.pid, number)

    assert desk.leave()[0] == 128 + number
    assert "half a thought" in place_of(case / "facts" / "bridge.toml").read_text("utf-8")


def test_desk_ends_when_its_terminal_goes_without_a_signal(surroundings: dict[str, str], case: Path) -> None:
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    options = ["--documents", f"{case}/documents", "--facts", f"{case}/facts"]
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "review", "bridge", *options],
        env=surroundings,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as desk:
        os.close(theirs)
        seen = b""
        for keys, words in ((b"e", b"every key"), (b"# half a thought", b"quote"), (b"", b"half a thought")):
            while words not in seen:
                assert select.select([ours], [], [], SIGNS_OF_WAITING)[0], seen
                seen += os.read(ours, 65536)
            os.write(ours, keys)
        os.close(ours)

        assert desk.wait(timeout=SIGNS_OF_WAITING) != 0
    assert "half a thought" in place_of(case / "facts" / "bridge.toml").read_text("utf-8")


def test_terminal_that_is_too_small_is_told_so(start: Start) -> None:
    desk = start(50, 12)

    desk.until("The terminal has 50x12; the desk needs 60x16.")
    assert desk.leave("q") == (0, "nothing was changed; 3 of 4 sentences to review")


@pytest.mark.parametrize(("columns", "lines"), [(60, 16), (132, 50)])
def test_desk_fits_other_terminals(start: Start, columns: int, lines: int) -> None:
    shown = start(columns, lines).until("3 of 4 sentences to review", "council-closed-bridge", "? shows every key")

    assert "~" in shown


def test_without_colours_signs_and_letters_say_everything(start: Start) -> None:
    desk = start(NO_COLOR="1")
    desk.until("quit", "council-closed-bridge")

    drawn = {(cell.fg, cell.bg) for line in desk._screen.buffer.values() for cell in line.values()}  # noqa: SLF001
    assert drawn == {("default", "default")}
    signs = [line[:4].rstrip() for line in desk.lines[2:-3] if line[4:5].isdigit() or line[3:5].strip().isdigit()]
    assert signs == [" -", "›~", " ~", " ?"]


@pytest.mark.parametrize(("arguments", "said"), [(("bridge",), "review is a desk in a terminal, and here is none")])
def test_without_a_terminal_it_is_said_what_to_do(
    surroundings: dict[str, str], case: Path, arguments: tuple[str, ...], said: str
) -> None:
    options = ["--documents", f"{case}/documents", "--facts", f"{case}/facts"]
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "review", *arguments, *options],
        env=surroundings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert (ended.returncode, ended.stdout) == (2, b"")
    assert said in ended.stderr.decode()


def test_unknown_document_is_refused_with_the_one_that_is_meant(start: Start, case: Path) -> None:
    path = case / "facts" / "bridge.toml"
    path.write_text(path.read_text("utf-8").replace('id = "bridge"', 'id = "bridges"'), "utf-8")

    code, said = start().leave()

    assert (code, said) == (1, 'verbatim: no document "bridge"; did you mean "bridges"?')


# By the keys, without a terminal around


def desk_of(case: Path) -> Desk:
    return opened("bridge", case / "documents", case / "facts")


def told(pilot: Pilot[int]) -> str:
    """Return the line that says what came of the last key."""
    return str(pilot.app.screen.query_one("#told", Static).visual)


async def settled(pilot: Pilot[int]) -> None:
    """Wait until what the keys have begun is done."""
    await pilot.pause()
    saving = [worker for worker in pilot.app.workers if worker.name == "action_save"]
    if saving:
        await pilot.app.workers.wait_for_complete(saving)
    await pilot.pause()


def at(pilot: Pilot[int]) -> tuple[int, str]:
    """Return the sentence that is looked at, and the fact that is shown whole."""
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, Overview)
    return (screen.here.sentence.number if screen.here else 0), (screen.chosen.name if screen.chosen else "")


async def test_keys_move_between_sentences_and_facts(case: Path) -> None:
    async with desk_of(case).run_test(size=(80, 24)) as pilot:
        seen = [at(pilot)]
        for key in ("right", "right", "down", "n", "n", "up", "p", "home"):
            await pilot.press(key)
            seen.append(at(pilot))

    assert seen == [
        (2, "council-closed-bridge"),
        (2, "cracks-in-arches"),
        (2, "council-closed-bridge"),
        (3, "repair-cost"),
        (4, ""),
        (2, "council-closed-bridge"),
        (1, ""),
        (4, ""),
        (1, ""),
    ]


async def test_accepting_goes_on_to_what_needs_work_next(case: Path) -> None:
    async with desk_of(case).run_test(size=(80, 24)) as pilot:
        await pilot.press("A")
        assert at(pilot) == (3, "repair-cost")
        await pilot.press("a")
        assert at(pilot) == (4, "")
        await pilot.press("a")
        assert told(pilot) == "there is no draft to accept"

    assert set(facts_of(case).values()) == {False}


async def test_undo_takes_back_one_save_after_the_other(case: Path) -> None:
    before = (case / "facts" / "bridge.toml").read_bytes()
    async with desk_of(case).run_test(size=(80, 24)) as pilot:
        await pilot.press("a", "d", "u")
        assert facts_of(case) == {"council-closed-bridge": False, "cracks-in-arches": True, "repair-cost": True}
        await pilot.press("u", "u")
        assert told(pilot) == "nothing was saved since the desk was opened"

    assert (case / "facts" / "bridge.toml").read_bytes() == before


async def test_what_another_program_has_changed_is_read_again_and_not_overwritten(case: Path) -> None:
    path = case / "facts" / "bridge.toml"
    async with desk_of(case).run_test(size=(80, 24)) as pilot:
        path.write_text(path.read_text("utf-8").replace("draft = true  # count them\n", ""), "utf-8")
        await pilot.press("a")
        assert "another program has changed it" in told(pilot)
        assert facts_of(case) == {"council-closed-bridge": True, "cracks-in-arches": False, "repair-cost": True}
        await pilot.press("a")

    assert facts_of(case) == {"council-closed-bridge": False, "cracks-in-arches": False, "repair-cost": True}


async def test_fact_that_was_changed_while_it_is_edited_is_shown_before_it_is_replaced(case: Path) -> None:
    path = case / "facts" / "bridge.toml"
    async with desk_of(case).run_test(size=(80, 24)) as pilot:
        await pilot.press("e")
        await pilot.pause()
        path.write_text(
            path.read_text("utf-8").replace("closed the Old Bridge in March.", "shut it in March."), "utf-8"
        )
        editor = pilot.app.screen
        assert isinstance(editor, Editor)
        area = editor.query_one(TextArea)
        area.text = area.text.replace("draft = true\n", "", 1)
        problems = []
        for _ in range(3):
            await pilot.press("ctrl+s")
            await settled(pilot)
            if pilot.app.screen is editor:
                problems.append(str(editor.query_one("#wrong", Static).visual))

    assert "another program has changed it" in problems[0]
    assert "shut it in March." in problems[1]
    assert facts_of(case)["council-closed-bridge"] is False
    assert "shut it" not in path.read_text("utf-8")


async def test_split_merged_and_new_facts_are_edited_before_they_are_saved(case: Path) -> None:
    async with desk_of(case).run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        for keys, count in (("s", 2), ("m", 1), ("w", 2)):
            await pilot.press(keys)
            await pilot.pause()
            assert isinstance(pilot.app.screen, Editor)
            await pilot.press("ctrl+s")
            await settled(pilot)
            screen = pilot.app.screen
            assert isinstance(screen, Overview), str(screen.query_one("#wrong", Static).visual)
            assert len(screen.held) == count


async def test_what_should_be_looked_at_is_shown_beside_what_is_wrong(case: Path) -> None:
    path = case / "facts" / "bridge.toml"
    text = path.read_text("utf-8").replace('speakers = "brandt"\nattribution = "Mayor Ilse Brandt said"\n', "")
    path.write_text(text, "utf-8")
    async with desk_of(case).run_test(size=(80, 24)) as pilot:
        await pilot.press("v")
        await pilot.pause()
        shown = pilot.app.screen.query("VerticalScroll Static").only_one(Static)
        lines = [str(line) for line in getattr(shown.content, "renderables", [])]
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, Overview)

    assert [line.partition(":")[0] for line in lines] == ['fact "repair-cost"']


async def test_file_with_errors_is_opened_with_them_shown(case: Path) -> None:
    path = case / "facts" / "bridge.toml"
    path.write_text(
        path.read_text("utf-8").replace('found cracks in two arches"\n', 'found crags in two arches"\n'), "utf-8"
    )
    async with desk_of(case).run_test(size=(80, 24)) as pilot:
        assert told(pilot) == "The base has 1 problem: v shows what, and the mends."
        await pilot.press("end")
        assert at(pilot) == (0, "cracks-in-arches")
        await pilot.press("e")
        await pilot.pause()
        editor = pilot.app.screen
        area = editor.query_one(TextArea)
        area.text = area.text.replace("crags", "cracks")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Overview)
        await pilot.press("r")
        assert told(pilot) == "the files have been read again"

    assert [problem.message for problem in read_fact_file(path).problems] == []
    assert "crags" not in path.read_text("utf-8")
