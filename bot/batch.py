"""Many questions at once: JSON lines in, one JSON line out for each, in the same order, whatever the input."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from bot.contract import JsonObject, as_object
from bot.messages import LONGEST_INPUT, TOO_LONG, cleaned
from knowledge import Conversation, KnowledgeBase

READ_AT_ONCE = 4_000_000
"""Bytes of a line that are kept at the most, to find the id of a line that is too long to be answered."""


class BadLineError(Exception):
    """A line that cannot be answered; the message says why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A line that can be answered: its id, and the messages of one conversation, the last of which counts."""

    id: str | int
    turns: tuple[str, ...]


def answers(lines: BinaryIO, base: KnowledgeBase, *, explain: bool = False) -> Iterator[JsonObject]:
    """Yield one JSON object for each line that is not blank; for a bad one an object with `error` and `line`."""
    for number, line in enumerate(_lines(lines), start=1):
        raw = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if raw.strip():
            yield _answer(raw, number, base, explain=explain)


def _answer(raw: bytes, number: int, base: KnowledgeBase, *, explain: bool) -> JsonObject:
    """Return the JSON object for one line."""
    record: object = None
    try:
        record = _parsed(raw)
        asked = _asked(raw, record)
        return {"id": asked.id, **_outcome(asked, base, explain=explain)}
    except BadLineError as bad:
        reason = str(bad)
    except Exception as error:  # noqa: BLE001  an edge: one line that fails must not take the others with it
        reason = f"internal error: {type(error).__name__}: {error}"
    return {"id": _id(record), "line": number, "error": cleaned(reason)}


def _outcome(asked: Asked, base: KnowledgeBase, *, explain: bool) -> JsonObject:
    """Return the outcome of the last turn, after the earlier ones."""
    conversation = Conversation()
    for turn in asked.turns[:-1]:
        conversation = conversation.after(base.ask(turn, conversation))
    start = time.perf_counter()
    outcome = base.ask(asked.turns[-1], conversation)
    ms = (time.perf_counter() - start) * 1000
    return as_object(outcome, base, ms, explain=explain)


def _parsed(raw: bytes) -> object:
    """Return what a line holds."""
    try:
        return json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        reason = f"not UTF-8 text (byte {error.start})"
    except json.JSONDecodeError as error:
        reason = f"not JSON ({error.msg}, character {error.pos + 1})"
    except (RecursionError, ValueError):
        reason = "not JSON that can be read (nested too deeply, or a number too long)"
    raise BadLineError(TOO_LONG if len(raw) > LONGEST_INPUT else reason)


def _asked(raw: bytes, record: object) -> Asked:
    """Return what a line asks."""
    if len(raw) > LONGEST_INPUT:
        raise BadLineError(TOO_LONG)
    if not isinstance(record, dict):
        raise BadLineError('not an object; write {"id": "…", "turns": ["…"]}')
    known = _id(record)
    if known is None:
        raise BadLineError('no "id"; it must be a string or a whole number')
    turns = record.get("turns")
    if not isinstance(turns, list) or not turns or not all(isinstance(turn, str) for turn in turns):
        raise BadLineError('no "turns"; they must be a list of one or more strings')
    return Asked(known, tuple(cleaned(turn) for turn in turns))


def _id(record: object) -> str | int | None:
    """Return the id of a line; None where there is none that can be used."""
    found = record.get("id") if isinstance(record, dict) else None
    if isinstance(found, str):
        return cleaned(found)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a stream; of one that is far too long, only the beginning is kept."""
    while line := stream.readline(READ_AT_ONCE):
        rest = line
        while not rest.endswith(b"\n") and (rest := stream.readline(READ_AT_ONCE)):
            pass
        yield line
