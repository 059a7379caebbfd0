"""SIGHUP, by which a daemon is told to look at its files anew; there is none on Windows.

Whoever does not know it is ended by it. The event loop is not asked to handle it: a loop that is closed would let it.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def spare_hangups() -> None:
    """Let SIGHUP do nothing."""
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)


@contextmanager
def at_each_hangup(act: Callable[[], None]) -> Iterator[None]:
    """Do something in the running event loop at each SIGHUP; afterwards SIGHUP does nothing."""
    if hasattr(signal, "SIGHUP"):
        loop = asyncio.get_running_loop()
        signal.signal(signal.SIGHUP, lambda *_: loop.call_soon_threadsafe(act))
    try:
        yield
    finally:
        spare_hangups()
