"""A changed base is noticed, left to settle, loaded in a process of its own, and handed over once it is proven.

The folders of the documents and of the facts are watched, by the metadata of their files. Vocabularies, weights and
code belong to the program: when they were changed, only a restart takes them over, because a base that was made by a
new program does not fit into an old one.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from knowledge import InvalidBase, KnowledgeBase, VerbatimError, fingerprint, program_fingerprint, recalling

if TYPE_CHECKING:
    from asyncio import Event

Glance: TypeAlias = tuple[tuple[str, int, int, int, int], ...]
"""What the metadata of files tell: name, inode, size, and when they were changed, twice; nobody need read them."""

SHOWN_DIGITS = 12
"""Of a fingerprint, where people read it."""

MOST_ATTEMPTS = 5
"""Times that a base is loaded which is changed while it is loaded, before it is left for the next look."""

KINDER = 10
"""By how much the process that loads gives way to the one that answers. Source: `nice(2)`."""

PROGRAM_CHANGED = "the program or its vocabularies were changed, too; restart the bot to take all of it over"
NOTHING_SERVED = "every document is in work still, and nothing would be answered; see verbatim check"
RESTLESS = "the files are changed again and again while they are read; leave them for a moment"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a base comes from.

    Attributes:
        cache: the folder in which bases are kept ready; None where there is none.
        drafts: whether facts that nobody has reviewed are served, too.
    """

    documents: Path
    facts: Path
    cache: Path | None = None
    drafts: bool = False

    def glance(self) -> Glance:
        """Return what the files look like from outside; a file or a folder that cannot be seen is not there."""
        return tuple(sorted(_seen_in(self.documents, "") + _seen_in(self.facts, ".toml")))

    @property
    def fingerprint(self) -> str:
        """That of all that the base depends on, as it is now."""
        return fingerprint(self.documents, self.facts)


def _seen_in(folder: Path, ending: str) -> list[tuple[str, int, int, int, int]]:
    seen = []
    with suppress(OSError), os.scandir(folder) as found:
        for one in found:
            if one.name.endswith(ending):
                with suppress(OSError):  # it has just gone
                    told = one.stat()
                    seen.append((one.path, told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns))
    return seen


@dataclass(frozen=True, slots=True)
class Pace:
    """How long things are waited for, in seconds.

    Attributes:
        settle_s: files are left alone until they are unchanged for so long; people save several of them.
        unsettled_s: after which they are read all the same.
        load_s: in which the base has to be loaded. Source: the shipped base takes 5 s on an idle machine.
    """

    settle_s: float = 1.0
    unsettled_s: float = 60.0
    load_s: float = 300.0


@dataclass(frozen=True, slots=True)
class Newer:
    """Another base than the one that is served, loaded and proven."""

    base: KnowledgeBase
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Why the base is not taken over, a line for each problem; none where it is the one that is served."""

    problems: tuple[str, ...] = ()


class Watch:
    """The folders of a base: what was seen there last, which base of them is served, and why not the newest.

    It is to be made before the base is loaded: what is changed while it loads is noticed then.

    Attributes:
        fingerprint: of the base that is served.
        since: when it was taken over, in seconds since 1970.
        problems: why the newest is not served; empty when it is.
    """

    def __init__(self, source: Source, pace: Pace = Pace()) -> None:
        self._source = source
        self._pace = pace
        self._seen = source.glance()
        self._program = program_fingerprint()
        self.fingerprint = source.fingerprint
        self.since = time.time()
        self.problems: tuple[str, ...] = ()

    @cached_property
    def asked(self) -> Event:
        """Set by whoever wants the folders to be looked at now, whether they look changed or not."""
        from asyncio import Event  # noqa: PLC0415  a terminal starts without it

        return Event()

    def changed(self) -> bool:
        """Tell whether the files look different from what was seen last."""
        return self._source.glance() != self._seen

    def serves(self, newer: Newer) -> None:
        """Note that another base is served from now on."""
        self.fingerprint = newer.fingerprint
        self.since = time.time()
        self.problems = ()

    async def newest(self) -> Newer | Refused:
        """Return the base that the folders hold, when they have settled; or why it cannot be served.

        Whatever goes wrong is a reason to go on with the base that is served, and none to end.
        """
        try:
            found = await self._loaded()
        except Exception as error:  # noqa: BLE001  the bot answers on, whatever is wrong with files and systems
            return self.refuses(error)
        if isinstance(found, Refused):
            self.problems = found.problems
        return found

    def refuses(self, error: Exception) -> Refused:
        """Note that the newest base cannot be used, and return why."""
        self.problems = (_failed(error),)
        return Refused(self.problems)

    async def _loaded(self) -> Newer | Refused:
        from asyncio import to_thread  # noqa: PLC0415  a terminal starts without it

        with _ready_bases(self._source.cache) as folder:
            for _ in range(MOST_ATTEMPTS):
                self._seen = await self._settled()
                told = await self._told(folder)
                if told.get("changed"):
                    continue
                if told["problems"]:
                    return Refused(tuple(told["problems"]))
                mark = told["fingerprint"]
                if mark == self.fingerprint:
                    return Refused()
                base = await to_thread(KnowledgeBase.restored, folder, mark, drafts=self._source.drafts)
                if base is None:
                    return Refused((f"{folder}: the base cannot be kept there; make room, or make it writable",))
                return Newer(base, mark)
        return Refused((RESTLESS,))

    async def _settled(self) -> Glance:
        """Return what the files look like once they are left alone."""
        from asyncio import sleep, to_thread  # noqa: PLC0415  a terminal starts without it

        until = time.monotonic() + self._pace.unsettled_s
        before = await to_thread(self._source.glance)
        while True:
            await sleep(self._pace.settle_s)
            seen = await to_thread(self._source.glance)
            if seen == before or time.monotonic() >= until:
                return seen
            before = seen

    async def _told(self, folder: Path) -> dict[str, Any]:
        """Return what a process of its own tells of the base, which it leaves ready in a folder."""
        from asyncio import create_subprocess_exec, wait_for  # noqa: PLC0415  a terminal starts without it
        from asyncio.subprocess import DEVNULL, PIPE  # noqa: PLC0415  "

        asked = {
            "path": sys.path,
            "documents": str(self._source.documents),
            "facts": str(self._source.facts),
            "cache": str(folder),
            "drafts": self._source.drafts,
            "program": self._program,
        }
        process = await create_subprocess_exec(
            sys.executable, "-c", _APART, json.dumps(asked), stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL
        )
        try:
            output, _ = await wait_for(process.communicate(), self._pace.load_s)
        except TimeoutError:
            return {"problems": [f"loading takes more than {self._pace.load_s:g} seconds; make the base smaller"]}
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        try:
            told = json.loads(output)
        except ValueError:
            return {"problems": [_ended(process.returncode)]}
        return told if isinstance(told, dict) else {"problems": [_ended(process.returncode)]}


_APART = (
    "import json, sys; asked = json.loads(sys.argv[1]); sys.path[:] = asked['path']; "
    "from bot.reloading import load_apart; load_apart(asked)"
)
"""The program of the process that loads: it finds its modules where this one does."""


def load_apart(asked: dict[str, Any]) -> None:
    """Load a base in this process, leave it ready in a folder, and print what is to be told of it as JSON.

    Args:
        asked: as `Watch` writes it.
    """
    if hasattr(os, "nice"):
        os.nice(KINDER)
    sys.stdout.write(json.dumps(_told_of(asked)))


def _told_of(asked: dict[str, Any]) -> dict[str, Any]:
    source = Source(Path(asked["documents"]), Path(asked["facts"]), Path(asked["cache"]), asked["drafts"])
    if program_fingerprint() != asked["program"]:
        return {"problems": [PROGRAM_CHANGED]}
    try:
        mark = source.fingerprint
        problems = _problems_of(source)
        changed = source.fingerprint != mark
    except FileNotFoundError:  # it was there when the folder was listed
        changed = True
    except OSError as error:
        return {"problems": [_failed(error)]}
    return {"changed": True} if changed else {"problems": problems, "fingerprint": mark}


def _problems_of(source: Source) -> list[str]:
    """Load a base and let it answer; return why it cannot be served."""
    try:
        base = KnowledgeBase.load(source.documents, source.facts, cache=source.cache, drafts=source.drafts)
        recalling(base)
    except InvalidBase as error:
        return [f"{problem} [{problem.severity}: {problem.rule}]" for problem in error.problems]
    except VerbatimError as error:
        return [str(error)]
    except MemoryError:
        return ["loading takes more memory than there is; make the base smaller, or give the bot more"]
    except Exception as error:  # noqa: BLE001  the outermost edge of this process
        return [_failed(error)]
    return [] if base.documents else [NOTHING_SERVED]


def _failed(error: BaseException) -> str:
    told = " ".join(f"{type(error).__name__}: {error}".split())
    return f"the base cannot be loaded ({told[:200]}); see verbatim check"


def _ended(code: int | None) -> str:
    how = f"was ended by signal {-code}" if code is not None and code < 0 else f"ended with exit code {code}"
    return f"the process that loads the base {how}; see that there is memory for it, and verbatim check"


@contextmanager
def _ready_bases(cache: Path | None) -> Iterator[Path]:
    """Yield a folder in which a base can be handed over: that of the ready bases, or one that is deleted afterwards."""
    if cache is not None:
        with suppress(OSError):
            cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.access(cache, os.W_OK | os.X_OK):
            yield cache
            return
    with tempfile.TemporaryDirectory(prefix="verbatim-") as folder:
        yield Path(folder)


def short(mark: str) -> str:
    """Return a fingerprint as people read it."""
    return mark[:SHOWN_DIGITS]
