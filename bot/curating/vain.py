"""Questions that were asked in vain, from the store of a bot or from a file of JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from bot.asking import opened
from bot.messages import LONGEST_INPUT, TOO_LONG, cleaned
from bot.output import PROBLEMS, WRONG_USE, stop
from bot.store import StoreError, unanswered
from knowledge import Abstention, Conversation, KnowledgeBase, Problem
from knowledge.curation import Asking

FORMS = (
    'write {"turns": ["…"]}, as in a batch or a set of questions, or a line that verbatim ask --batch or '
    "verbatim eval --out wrote"
)


class UnreadableError(Exception):
    """A line that cannot be used; the message says why."""


def from_store(path: Path, since: str) -> list[Asking]:
    """Return what a bot was asked in vain; leave when it has kept nothing yet."""
    try:
        found = unanswered(path, since)
    except StoreError as error:
        stop(str(error), PROBLEMS)
    if found is None:
        stop(f"{path}: no bot has kept anything here yet; name its store by --store, or a file by --from", WRONG_USE)
    return [Asking(cleaned(one.message), one.before, one.declined, one.ratings, one.person, one.on) for one in found]


def from_file(file: str, base: KnowledgeBase) -> list[Asking]:
    """Return what the lines of a file ask in vain; leave with every problem that they have."""
    askings: list[Asking] = []
    problems: list[Problem] = []
    with opened(file) as lines:
        for number, line in enumerate(lines, start=1):
            try:
                askings += _asked_in_vain(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, base)
            except UnreadableError as error:
                problems.append(Problem(file, f"line {number}", str(error), FORMS))
    if problems:
        stop("\nverbatim: ".join(map(str, problems)), PROBLEMS)
    return askings


def _asked_in_vain(line: bytes, base: KnowledgeBase) -> Iterator[Asking]:
    """Yield what one line asks and is not answered."""
    if not line.strip():
        return
    if len(line) > LONGEST_INPUT:
        raise UnreadableError(TOO_LONG)
    record = _object(line)
    if "error" in record:
        return  # a line of a batch that could not be answered: nothing was asked
    if isinstance(record.get("outcome"), str):
        yield from _of_run(record)
    else:
        yield from _of_turns(record.get("turns"), base)


def _object(line: bytes) -> dict[str, object]:
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UnreadableError(f"not UTF-8 text (byte {error.start + 1} of the line)") from None
    except (ValueError, RecursionError):
        raise UnreadableError("not JSON") from None
    if not isinstance(record, dict):
        raise UnreadableError("not an object")
    return record


def _of_run(record: dict[str, object]) -> Iterator[Asking]:
    """Yield what was declined of a line that `verbatim ask --batch` printed; its reading needs no earlier turns."""
    parts = record.get("parts")
    for part in parts if isinstance(parts, list) and parts else [record]:
        question, read_as = (part.get(key) if isinstance(part, dict) else None for key in ("question", "read_as"))
        if not isinstance(question, str):
            raise UnreadableError('no "question"')
        if part.get("outcome") == "abstain":
            message = read_as if isinstance(read_as, str) and read_as else question
            yield Asking(cleaned(message), declined=str(part.get("reason")))


def _of_turns(turns: object, base: KnowledgeBase) -> Iterator[Asking]:
    """Yield the last of some turns if it is declined now."""
    if not isinstance(turns, list) or not turns or not all(isinstance(turn, str) for turn in turns):
        raise UnreadableError('no "turns", a list of one or more strings, and no "outcome"')
    conversation = Conversation()
    *earlier, last = map(cleaned, turns)
    for turn in earlier:
        conversation = conversation.after(base.ask(turn, conversation))
    outcome = base.ask(last, conversation)
    declined = [part for part in outcome.parts or (outcome,) if isinstance(part, Abstention)]
    if declined:
        yield Asking(last, conversation, declined=declined[0].reason.value)
