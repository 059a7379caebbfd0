"""Labelled questions: JSON lines that say what a right outcome is, as `judging` reads them.

{"id": "q1", "kind": "plain", "turns": ["How many were killed?"], "answerable": true, "gold": [["31,000 Palestinians"]]}
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.curation.errors import InvalidSet
from knowledge.problems import Problem, shown

FORM = '{"id": "…", "kind": "…", "turns": ["…"], "answerable": true, "gold": [["…"]]}'
"""A line of a set, as messages show it."""


class Labelled(BaseModel):
    """One question of a set, and what a right outcome cites.

    Attributes:
        kind: what makes it hard ("typo", "followup", ...).
        turns: the messages of one conversation, the last of which counts.
        answerable: the documents answer it.
        gold: groups of alternative quotes; an answer cites one of each group.
        forbidden: quotes that an answer must not cite first.
        note: free text with the marks [correction_ok] and [abstain_ok].
    """

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)  # sets carry more than is judged

    id: str
    kind: str
    turns: tuple[str, ...] = Field(min_length=1)
    answerable: bool
    gold: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] | None = None
    note: str | None = None

    def marked(self, mark: str) -> bool:
        """Tell whether the note carries a mark, written without its brackets."""
        return f"[{mark}]" in (self.note or "")


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The questions of one file, in its order; `sha256` is that of its bytes."""

    name: str
    sha256: str
    questions: tuple[Labelled, ...]


Line = TypeVar("Line", bound=BaseModel)


def read_set(path: Path, documents: Mapping[str, str]) -> QuestionSet:
    """Read a set and prove its quotes.

    Args:
        path: the file.
        documents: text of every document of the base that is asked, by id; each quote stands in one of them.

    Raises:
        InvalidSet: with every problem found.
        OSError: the file cannot be read.
    """
    raw = path.read_bytes()
    problems: list[Problem] = []
    questions: dict[str, Labelled] = {}
    places: dict[str, int] = {}
    for number, question in read_lines(raw, path, FORM, Labelled.model_validate_json, problems):
        file, record = str(path), f"line {number}"
        if question.id in places:
            taken = f"id {shown(question.id)} is taken by line {places[question.id]}"
            problems.append(Problem(file, record, taken, "give each question an id of its own"))
        problems += [Problem(file, record, message, mend) for message, mend in _faults(question, documents)]
        places.setdefault(question.id, number)
        questions[question.id] = question
    if problems:
        raise InvalidSet(problems)
    if not questions:
        raise InvalidSet([Problem(str(path), "", "holds no question", f"write one on each line: {FORM}")])
    return QuestionSet(path.name, hashlib.sha256(raw).hexdigest(), tuple(questions.values()))


def read_lines(
    raw: bytes, path: Path, form: str, read: Callable[[str], Line], problems: list[Problem]
) -> Iterator[tuple[int, Line]]:
    """Yield the number of each line that is not blank, from 1, with what it holds; add what cannot be read to problems.

    Args:
        raw: the bytes of the file; a byte order mark is no part of them.
        path: its path, as messages name it.
        form: a line as it should be, for the mend.
        read: reads one line; it raises pydantic's ValidationError.
        problems: what is wrong so far, in the order of the lines.
    """
    for number, line in enumerate(raw.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        record = f"line {number}"
        try:
            yield number, read(line.decode("utf-8"))
        except UnicodeDecodeError as error:
            message = f"not UTF-8 text (byte {error.start + 1} of the line)"
            problems.append(Problem(str(path), record, message, "save the file as UTF-8"))
        except ValidationError as error:
            found = "; ".join(f"{'.'.join(map(str, one['loc'])) or 'the line'}: {one['msg']}" for one in error.errors())
            problems.append(Problem(str(path), record, found, f"write it as {form}"))


def _faults(question: Labelled, documents: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the labels of a question, each with its mend."""
    if question.answerable and not all((question.gold, *question.gold)):
        mend = "write the quotes that answer it, or set answerable to false"
        yield "answerable, but a group of gold is missing or empty", mend
    for quote in (*(quote for group in question.gold for quote in group), *(question.forbidden or ())):
        if not quote or not any(quote in text for text in documents.values()):
            mend = "copy the words of the document, or name the base of the set: --documents DIR --facts DIR"
            yield f"quote {shown(quote)} stands in no document of the base", mend
