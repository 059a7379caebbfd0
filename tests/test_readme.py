"""What the pages of the project say is so: commands are run, the conversation is held, paths and links exist."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.settings import PREFIX, Settings
from knowledge.models import (
    DimensionRecord,
    DocumentRecord,
    FactRecord,
    NameRecord,
    Record,
    SkippedRecord,
    UnsaidRecord,
)

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
CURATOR = ROOT / "knowledge" / "README.md"
OPERATOR = ROOT / "bot" / "README.md"
PAGES = (README, ROOT / "CHANGELOG.md", CURATOR, OPERATOR)

MEASURED_ANEW = {"ms", "score"}
"""Keys of the JSON object whose values depend on the machine, and on weights that are fitted now and then."""

Shell = Callable[[str, str], subprocess.CompletedProcess[str]]

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Run:
    """A command of a console block, and what the page says that it prints."""

    command: str
    printed: str


def name_of(value: Path | Run | type[Record]) -> str:
    """Return how a test is told apart: by the page, the command or the record that it is about."""
    match value:
        case Path():
            return value.relative_to(ROOT).as_posix()
        case Run():
            return value.command
        case _:
            return value.__name__


def blocks(page: Path, language: str) -> list[str]:
    """Return the fenced blocks of a page that are in one language, in order."""
    return [block for named, block in _BLOCK.findall(page.read_text("utf-8")) if named == language]


def runs(page: Path) -> Iterator[Run]:
    """Yield the commands of the console blocks of a page with their output."""
    for block in blocks(page, "console"):
        for one in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            yield Run(*one.split("\n", 1))


def conversation() -> tuple[list[str], str]:
    """Return what is typed in the README's conversation, and all that is replied."""
    (block,) = (block for block in blocks(README, "text") if block.startswith("> "))
    parts = re.split(r"^> (.*)\n", block, flags=re.MULTILINE)
    return parts[1::2], "".join(parts[2::2])


def rooms() -> Iterator[Path]:
    """Yield every path of the README's map of the rooms."""
    (block,) = (block for block in blocks(README, "text") if block.startswith("seeds/"))
    folder = ROOT
    for line in block.splitlines():
        names = line.strip().split("  ")[0].split()
        room = folder if line.startswith(" ") else ROOT
        yield from (room / name for name in names)
        folder = ROOT / names[0] if room is ROOT else folder


def commands() -> set[str]:
    """Return the commands of `verbatim` that any page names in code."""
    pages = "\n".join(page.read_text("utf-8") for page in PAGES)
    return set(re.findall(r"(?:^ {4}|`|\| |\$ )verbatim ([a-z]+)", pages, re.MULTILINE))


def targets() -> set[str]:
    """Return the targets of make that any page names in code."""
    pages = "\n".join(page.read_text("utf-8") for page in PAGES)
    return set(re.findall(r"(?:^ {4}(?:\w+=\S+ )?|`)make ([a-z]+)", pages, re.MULTILINE))


def comparable(printed: str) -> object:
    """Return an output as it is compared: a JSON object without what is measured anew each time."""
    if not printed.startswith("{"):
        return printed.rstrip("\n")
    return json.loads(printed, object_hook=lambda made: {key: made[key] for key in made.keys() - MEASURED_ANEW})


def told(shown: str) -> re.Pattern[str]:
    """Return the pattern of a message in which an ellipsis stands for anything."""
    return re.compile(".*".join(map(re.escape, shown.split("…"))))


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which bases are kept ready from one start of the program to the next."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the curator's guide, with the base that it writes step by step."""
    folder = tmp_path_factory.mktemp("bridge")
    facts, names, *_ = blocks(CURATOR, "toml")
    files = {"documents/old-bridge.txt": blocks(CURATOR, "text")[0], "facts/old-bridge.toml": facts}
    for name, content in (files | {"facts/names.toml": names}).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8", newline="\n")
    return folder


@pytest.fixture
def shell(tmp_path: Path, cache: Path, bridge: Path) -> Shell:
    """Run a line of shell in the folder of the guide, where nothing is set and `verbatim` is the program."""
    program = tmp_path / "verbatim"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m bot "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    surroundings = {
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "PATH": os.pathsep.join([str(tmp_path), os.environ["PATH"]]),
        "PYTHONPATH": str(ROOT),
        "XDG_CACHE_HOME": str(cache),
    }

    def run(command: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "-c", command],
            input=given,
            cwd=bridge,
            env=surroundings,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return run


# What is typed and printed --------------------------------------------------------------------------------------------


def test_sample_conversation_goes_as_the_readme_shows_it(shell: Shell) -> None:
    typed, replied = conversation()

    done = shell("verbatim chat", "\n".join(typed))

    assert (done.stdout.rstrip("\n"), done.stderr) == (replied.rstrip("\n"), "")


def test_sample_conversation_holds_an_answer_an_abstention_a_correction_and_a_follow_up(shell: Shell) -> None:
    typed, _ = conversation()
    lines = [json.dumps({"id": number, "turns": typed[:number]}) for number in range(1, len(typed) + 1)]

    outcomes = [json.loads(line) for line in shell("verbatim ask --batch -", "\n".join(lines)).stdout.splitlines()]

    assert {outcome["outcome"] for outcome in outcomes} >= {"answer", "abstain", "correction"}
    assert any(outcome["read_as"] != outcome["question"] for outcome in outcomes)


@pytest.mark.parametrize("run", [*runs(README), *runs(CURATOR)], ids=name_of)
def test_command_prints_what_the_page_shows(run: Run, shell: Shell) -> None:
    done = shell(run.command, "")

    assert (comparable(done.stdout), done.stderr) == (comparable(run.printed), "")


@pytest.mark.parametrize("command", sorted(commands()))
def test_command_that_a_page_names_is_there(command: str, shell: Shell) -> None:
    assert shell(f"verbatim {command} --help", "").returncode == 0


@pytest.mark.parametrize("target", sorted(targets()))
def test_target_of_make_that_a_page_names_is_there(target: str) -> None:
    outside = {name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}}

    done = subprocess.run(["make", "-n", target], cwd=ROOT, env=outside, capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Nothing to be done" not in done.stdout  # a folder of that name is no target


def test_newcomers_two_commands_are_on_the_first_screen() -> None:
    first = README.read_text("utf-8").splitlines()[:24]

    assert [line.split()[:2] for line in first if line.startswith("    make ")] == [["make", "chat"], ["make", "test"]]


def test_number_of_facts_is_that_of_the_shipped_base(shell: Shell) -> None:
    (number,) = re.findall(r"one document, (\d+) facts", README.read_text("utf-8"))

    assert shell("verbatim sources", "").stdout.endswith(f"  {number} facts\n")


def test_later_start_reads_the_base_that_the_first_one_kept(shell: Shell, cache: Path) -> None:
    shell("verbatim sources", "")
    first = {path: path.stat().st_ino for path in cache.glob("verbatim/*.base")}
    shell("verbatim sources", "")

    assert first != {}
    assert {path: path.stat().st_ino for path in cache.glob("verbatim/*.base")} == first


# What is named --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("room", [*rooms()], ids=name_of)
def test_room_of_the_map_is_there(room: Path) -> None:
    assert room.exists()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_link_leads_to_a_file(page: Path) -> None:
    linked = [target for target in _LINK.findall(page.read_text("utf-8")) if not target.startswith("https://")]

    assert [target for target in linked if not (page.parent / target).exists()] == []


def test_operators_guide_names_every_setting_and_no_other() -> None:
    named = set(re.findall(rf"{PREFIX}[A-Z_]+", OPERATOR.read_text("utf-8")))

    assert named == {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_variable_that_a_page_names_is_a_setting(page: Path) -> None:
    named = set(re.findall(rf"{PREFIX}([A-Z_]+)", page.read_text("utf-8")))

    assert {name.lower() for name in named} <= set(Settings.model_fields)


def test_no_figure_is_left_open() -> None:
    assert re.findall(r"FIGURE:[\w-]+", README.read_text("utf-8")) == []


# The curator's guide --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "record", [DocumentRecord, FactRecord, UnsaidRecord, SkippedRecord, NameRecord, DimensionRecord], ids=name_of
)
def test_guide_explains_every_field(record: type[Record]) -> None:
    rows = re.findall(r"^\| (`.*?) \| ", CURATOR.read_text("utf-8"), re.MULTILINE)

    assert record.model_fields.keys() <= {field for row in rows for field in re.findall(r"`(\w+)`", row)}


@pytest.mark.parametrize(("record", "field"), [(FactRecord, "slots"), (NameRecord, "kind")])
def test_guide_lists_every_kind(record: type[Record], field: str) -> None:
    schema = record.model_json_schema()["properties"][field]
    kinds: Sequence[str] = schema.get("enum") or schema["propertyNames"]["enum"]

    assert [kind for kind in kinds if f"`{kind}`" not in CURATOR.read_text("utf-8")] == []


def test_every_problem_of_the_guide_is_told_by_the_checker() -> None:
    expected = "".join(path.read_text("utf-8") for path in (ROOT / "tests" / "cases").glob("invalid/*/expected.txt"))
    table = CURATOR.read_text("utf-8").partition("| problem |")[2].partition("\n\n")[0]
    shown = [message for line in table.splitlines() for message in re.findall(r"`([^`]+)`", line.split(" | ")[0])]

    assert len(shown) > 30
    assert [message for message in shown if not told(message).search(expected)] == []


def test_vocabularies_of_the_guide_are_all_there_are() -> None:
    files = {path.name for path in (ROOT / "knowledge" / "lexicon" / "en").glob("*.toml")}
    table = CURATOR.read_text("utf-8").partition("| file | what it holds |")[2].partition("\n\n")[0]

    assert set(re.findall(r"`(\w+\.toml)`", table)) == files


def test_concept_of_the_guide_has_the_keys_that_concepts_have() -> None:
    concept = tomllib.loads(blocks(CURATOR, "toml")[2])["reject"]
    shipped = tomllib.loads((ROOT / "knowledge" / "lexicon" / "en" / "acts.toml").read_text("utf-8"))["reject"]

    assert concept.keys() == shipped.keys()
    assert [key for key, words in concept.items() if key != "gloss" and not set(words) <= set(shipped[key])] == []
