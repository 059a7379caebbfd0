"""Labelled questions: JSON lines that say what a right outcome is, as `judging` reads them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge import KnowledgeBase


class Labelled(BaseModel):
    """One question of a set, and what a right outcome cites.

    Attributes:
        kind: what makes it hard ("typo", "followup", ...).
        turns: the messages of one conversation, the last of which counts.
        answerable: the document answers it.
        gold: groups of alternative quotes; an answer cites one of each group.
        forbidden: quotes that an answer must not cite first.
        note: free text with the marks [correction_ok] and [abstain_ok].
    """

    model_config = ConfigDict(frozen=True, extra="ignore")  # sets carry more than is judged

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


def read_set(path: Path) -> QuestionSet:
    """Read a set; a file that cannot be used ends the program with its mend."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise SystemExit(f"{path}: cannot be read ({error.strerror}); name a file of labelled questions") from None
    lines = enumerate(raw.decode("utf-8").split("\n"), start=1)
    questions = tuple(_labelled(line, f"{path}:{number}") for number, line in lines if line.strip())
    if not questions:
        raise SystemExit(f"{path}: holds no question; name a file of labelled questions")
    return QuestionSet(path.name, hashlib.sha256(raw).hexdigest(), questions)


def document_text(base: KnowledgeBase, file: Path | None) -> str:
    """Return the text that the quotes of a set are found in: that of a file, else of the base's only document."""
    if file is not None:
        try:
            return file.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise SystemExit(f"{file}: cannot be read ({error}); name the document of the set") from None
    if len(base.documents) != 1:
        raise SystemExit(f"the base has {len(base.documents)} documents; name that of the set: --document FILE")
    return base.documents[0].text


def _labelled(line: str, place: str) -> Labelled:
    try:
        return Labelled.model_validate_json(line)
    except ValidationError as error:
        found = "; ".join(f"{'.'.join(map(str, one['loc'])) or 'line'}: {one['msg']}" for one in error.errors())
        raise SystemExit(f"{place}: not a labelled question ({found}); see Labelled in {__name__}") from None
