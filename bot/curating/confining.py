"""Files of strangers are read in a process of its own, with limits: one that never ends harms that process only.

The process is started once for many files and answers in JSON. It may use so much memory, so much time for one file,
and may write no file; when it overruns, it is ended, and another one reads the next file.
"""

from __future__ import annotations

import json
import logging
import multiprocessing
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import TYPE_CHECKING, Self

from knowledge.curation import Described, Extracted, NotExtracted, extract

if TYPE_CHECKING:
    from typing import Any

SECONDS = 60
"""For one file. Source: a PDF of 300 pages takes 1.5 s, a page of 5 MB 1.7 s, nested brackets of 0.5 MB 2.9 s."""

MEMORY = 1_000_000_000
"""Bytes of address space. Source: none of these takes more than 0.2 GB of memory."""

START_S = 60
"""For the start of the process, in seconds; it takes one on an idle machine."""


class Extractor:
    """Takes the text out of files, one after the other, in a process with limits.

    Args:
        seconds: for one file.
        memory: bytes of address space of the process; where the system cannot limit it, only time is limited.
    """

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds = seconds
        self._memory = memory
        self._process: BaseProcess | None = None
        self._line: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._end()

    def extract(self, content: bytes, name: str, encoding: str = "") -> Extracted:
        """Return the text of a file, as `knowledge.curation.extract` does.

        Raises:
            NotExtracted: there is no text to be had of it, or not within the limits.
        """
        line = self._line or self._start()
        try:
            line.send_bytes(json.dumps({"name": name, "encoding": encoding}).encode())
            line.send_bytes(content)
            if not line.poll(self._seconds):
                self._end()
                raise NotExtracted(f"takes more than {self._seconds:g} seconds to read; save it anew, or as text")
            told = json.loads(line.recv_bytes())
        except (EOFError, OSError) as error:
            self._end()
            raise NotExtracted(
                "cannot be read: it breaks the program that reads it; save it anew, or as text"
            ) from error
        if "refused" in told:
            raise NotExtracted(told["refused"])
        return Extracted(told["kind"], told["text"], Described(**told["described"]), tuple(told["notes"]))

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")  # nothing of this process may be seen in the other
        here, there = context.Pipe()
        process = context.Process(target=_serve, args=(there, self._seconds, self._memory), daemon=True)
        process.start()
        there.close()
        self._process, self._line = process, here
        if not here.poll(START_S) or here.recv_bytes() != b"ready":
            self._end()
            raise NotExtracted("cannot be read: the program that reads files does not start; try again")
        return here

    def _end(self) -> None:
        """End the process, whatever it does."""
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process = self._line = None


def _serve(line: Connection, seconds: float, memory: int) -> None:
    """Read files and answer, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started this process ends it
    logging.disable()
    sys.dont_write_bytecode = True
    _limit(memory)
    with suppress(EOFError, OSError, MemoryError):
        line.send_bytes(b"ready")
        while True:
            asked, content = json.loads(line.recv_bytes()), line.recv_bytes()
            _limit_time(seconds)
            line.send_bytes(json.dumps(_told(content, asked["name"], asked["encoding"])).encode())


def _told(content: bytes, name: str, encoding: str) -> dict[str, Any]:
    """Return the text of a file, or why there is none, in the types of JSON."""
    try:
        extracted = extract(content, name, encoding)
    except NotExtracted as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": "takes too much memory to read; split it, or save it as text"}
    except Exception as error:  # noqa: BLE001  the outermost edge of this process; files of strangers find every hole
        kind = type(error).__name__
        return {
            "refused": f"cannot be read ({kind}): it is damaged, or uses what is not known; save it anew, or as text"
        }
    described = {name: getattr(extracted.described, name) for name in Described.__slots__}
    return {"kind": extracted.kind, "text": extracted.text, "described": described, "notes": extracted.notes}


def _limit(memory: int) -> None:
    """Limit what this process may take and make, where the system can."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415  not on every system

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _limit_time(seconds: float) -> None:
    """End this process when it works on longer than it may, although nobody is left who waits for it."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415  not on every system

        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 5, hard))
