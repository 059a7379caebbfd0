"""What must not be broken off in the middle: it is done to its end, and the cancellation follows."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def finished(work: Coroutine[Any, Any, T]) -> T:
    """Do `work` and return its result.

    Who is cancelled meanwhile is cancelled when the work is done; a second cancellation breaks it off.

    Raises:
        Exception: whatever `work` raises, whether somebody is cancelled or not.
    """
    working = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        try:
            await asyncio.wait((working,))
        finally:
            working.cancel()
        working.result()
        raise
