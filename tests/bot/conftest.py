"""A small base that is known by heart, and the real program, started as a person would start it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from knowledge import Fact, KnowledgeBase

HARBOUR = Path(__file__).parent / "harbour"
"""An invented world: dock workers, a harbour company, and a ferry that does not sail."""

Program = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="session")
def base(ready: Path) -> KnowledgeBase:
    return KnowledgeBase.load(HARBOUR / "documents", HARBOUR / "facts", cache=ready)


@pytest.fixture(scope="session")
def facts(base: KnowledgeBase) -> Mapping[str, Fact]:
    """The facts of the harbour, by id."""
    return {fact.id: fact for fact in base.facts}


@pytest.fixture
def cache(tmp_path_factory: pytest.TempPathFactory, ready: Path) -> Path:
    """A folder of its own for each test, in which the bases are ready as after a first start of the program.

    The program keeps few bases: those that one test changes would drive out what the next one needs.
    """
    folder = tmp_path_factory.mktemp("cache")
    shutil.copytree(ready, folder / "verbatim")
    return folder


@pytest.fixture
def surroundings(tmp_path: Path, cache: Path) -> dict[str, str]:
    """An environment in which nothing is set, with the harbour as the base and a home of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    return {
        **kept,
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "XDG_CACHE_HOME": str(cache),
        "VERBATIM_DOCUMENTS": str(HARBOUR / "documents"),
        "VERBATIM_FACTS": str(HARBOUR / "facts"),
    }


@pytest.fixture
def verbatim(surroundings: dict[str, str], tmp_path: Path) -> Program:
    """Run `verbatim` in an empty folder, with arguments, input and further variables."""

    def run(*arguments: str | bytes, given: bytes = b"", **variables: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            input=given,
            env={**surroundings, **variables},
            cwd=tmp_path,
            capture_output=True,
            timeout=60,
            check=False,
        )

    return run
