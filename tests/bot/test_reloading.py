"""A changed base is loaded apart from the program that answers; whatever is wrong with it, that is told and no more."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from bot.reloading import Newer, Pace, Refused, Source, Watch
from knowledge import KnowledgeBase, fingerprint
from tests.bot.conftest import HARBOUR

QUICK = Pace(settle_s=0.02, unsettled_s=5, load_s=60)
CLAIM, CHANGED = "The two sides met in Brena on Tuesday.", "Both sides met in Brena on Tuesday."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the harbour that may be changed."""
    shutil.copytree(HARBOUR, tmp_path / "harbour", copy_function=shutil.copyfile)
    return tmp_path / "harbour"


@pytest.fixture
def source(folder: Path, cache: Path) -> Source:
    return Source(folder / "documents", folder / "facts", cache)


@pytest.fixture
def watch(source: Source) -> Watch:
    return Watch(source, QUICK)


def change(folder: Path, old: str = f'claim = "{CLAIM}', new: str = f'claim = "{CHANGED}') -> None:
    path = folder / "facts" / "harbour.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def claims(found: Newer | Refused) -> list[str]:
    assert isinstance(found, Newer), found
    return [fact.claim for fact in found.base.facts]


async def test_untouched_folders_hold_nothing_new(watch: Watch) -> None:
    assert not watch.changed()
    assert await watch.newest() == Refused()


async def test_changed_fact_is_noticed_and_loaded(watch: Watch, source: Source, folder: Path) -> None:
    before = watch.fingerprint
    change(folder)
    noticed = watch.changed()
    found = await watch.newest()

    assert noticed
    assert CHANGED in claims(found)
    assert isinstance(found, Newer)
    assert found.fingerprint == source.fingerprint == fingerprint(source.documents, source.facts) != before
    assert not watch.changed()


async def test_base_that_is_taken_over_is_what_is_served_from_then_on(watch: Watch, folder: Path) -> None:
    change(folder)
    found = await watch.newest()
    assert isinstance(found, Newer)
    since = watch.since
    watch.serves(found)

    assert (watch.fingerprint, watch.problems) == (found.fingerprint, ())
    assert watch.since > since
    assert await watch.newest() == Refused()


async def test_base_with_problems_is_refused_with_each_of_them_and_taken_when_it_is_mended(
    watch: Watch, folder: Path
) -> None:
    change(folder, 'id = "met-in-brena"', 'idd = "met-in-brena"')
    refused = await watch.newest()
    change(folder, 'idd = "met-in-brena"', 'id = "met-in-brena"')
    mended = await watch.newest()

    facts = folder / "facts" / "harbour.toml"
    assert isinstance(refused, Refused)
    assert refused.problems[1:] == (
        f'{facts}: fact 3: key "id" is missing; add it: lower-case words joined by hyphens [error: record-malformed]',
        f'{facts}: fact 3: unknown key "idd"; did you mean "id"? [error: record-malformed]',
    )
    assert mended == Refused()
    assert watch.problems == ()


async def test_folder_that_is_gone_is_a_problem_and_no_failure(watch: Watch, folder: Path) -> None:
    (folder / "facts").rename(folder / "away")
    noticed = watch.changed()
    refused = await watch.newest()

    assert noticed
    assert isinstance(refused, Refused)
    assert len(refused.problems) >= 1


async def test_base_that_takes_too_long_is_refused(source: Source) -> None:
    watch = Watch(source, Pace(settle_s=0.0, load_s=0.01))

    assert await watch.newest() == Refused(("loading takes more than 0.01 seconds; make the base smaller",))


async def test_nothing_is_served_from_a_base_that_is_wholly_in_work(watch: Watch, folder: Path) -> None:
    for name in ("ferry.toml", "harbour.toml"):
        path = folder / "facts" / name
        text = path.read_text("utf-8")
        path.write_text(text[: text.index("[[fact]]")], "utf-8")

    assert await watch.newest() == Refused(
        ("every document is in work still, and nothing would be answered; see verbatim check",)
    )


async def test_base_is_handed_over_where_no_cache_can_be_used(source: Source, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    for cache in (None, tmp_path / "file"):
        watch = Watch(Source(source.documents, source.facts, cache), QUICK)
        change(folder, "Brena on Tuesday.", "Brena on Tuesday.") if cache else change(folder)
        found = await watch.newest()
        assert found == Refused() if cache else CHANGED in claims(found)


async def test_drafts_are_served_after_a_change_as_before(source: Source, folder: Path, cache: Path) -> None:
    change(folder, 'id = "met-in-brena"', 'id = "met-in-brena"\ndraft = true')
    watch = Watch(Source(source.documents, source.facts, cache, drafts=True), QUICK)
    change(folder)

    assert CHANGED in claims(await watch.newest())


def test_base_that_is_changed_while_it_is_made_is_not_kept_for_another(source: Source, folder: Path) -> None:
    from knowledge.compiled import kept

    before = source.fingerprint

    def make() -> KnowledgeBase:
        change(folder)
        return KnowledgeBase.load(source.documents, source.facts, cache=source.cache)

    cache = folder / "cache"
    kept(cache, source.documents, source.facts, make, KnowledgeBase)

    assert KnowledgeBase.restored(cache, before) is None


@pytest.fixture
def terminal(surroundings: dict[str, str], folder: Path, tmp_path: Path) -> Iterator[Callable[[], pexpect.spawn[str]]]:
    """Start a conversation from a base that may be changed."""
    started: list[pexpect.spawn[str]] = []

    def start() -> pexpect.spawn[str]:
        folders = {"VERBATIM_DOCUMENTS": str(folder / "documents"), "VERBATIM_FACTS": str(folder / "facts")}
        environment = {**surroundings, **folders, "NO_COLOR": "1"}
        command = [sys.executable, "-m", "bot", "chat"]
        child = pexpect.spawn(
            command[0],
            command[1:],
            env=environment,
            cwd=str(tmp_path),
            dimensions=(40, 200),
            encoding="utf-8",
            timeout=60,
        )
        started.append(child)
        child.expect_exact("\n> ")
        return child

    yield start
    for child in started:
        child.close(force=True)


def test_conversation_in_a_terminal_goes_on_with_a_changed_base_and_says_so(
    terminal: Callable[[], pexpect.spawn[str]], folder: Path
) -> None:
    child = terminal()
    says(child, "Where did the two sides meet?")
    change(folder, 'id = "met-in-brena"', 'idd = "met-in-brena"')
    refused = says(child, "and when?")
    change(folder, 'idd = "met-in-brena"', 'id = "met-in-brena"')
    change(folder)
    renewed = says(child, "/source 1")

    assert "The base was changed, but the one of before is kept: " in refused
    assert "(and 2 more; verbatim check tells all)" in refused
    assert "The base was changed: answers come from 2 documents now." in renewed
    assert "»The two sides met in Brena on Tuesday.«" in renewed
    assert CHANGED in says(child, "Where did the two sides meet?")


def says(child: pexpect.spawn[str], line: str) -> str:
    """Type a line and return what is shown until the next prompt, on one line."""
    child.sendline(line)
    child.expect_exact("\n> ")
    return " ".join((child.before or "").split())
