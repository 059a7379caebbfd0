"""The files of the public sets, read; one that cannot be used ends the program with its mend."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")  # sets carry more than is measured


class SquadAnswer(_Part):
    """Words of a paragraph that answer, and where they begin, in code points."""

    text: str
    answer_start: int = Field(ge=0)


class SquadQuestion(_Part):
    """A question with what annotators took for its answer; none when it is impossible."""

    id: str
    question: str
    answers: tuple[SquadAnswer, ...] = ()
    is_impossible: bool = False


class SquadParagraph(_Part):
    """A paragraph with the questions on it."""

    context: str
    qas: tuple[SquadQuestion, ...]


class SquadArticle(_Part):
    """An article of Wikipedia."""

    title: str
    paragraphs: tuple[SquadParagraph, ...] = Field(min_length=1)


class _Squad(_Part):
    data: tuple[SquadArticle, ...] = Field(min_length=1)


Phrase = tuple[str, str]
"""What somebody typed, and the id of the intent."""


class Clinc(_Part):
    """CLINC150 without its test keys."""

    train: tuple[Phrase, ...] = Field(min_length=1)
    val: tuple[Phrase, ...] = Field(min_length=1)
    oos_train: tuple[Phrase, ...] = Field(min_length=1)
    oos_val: tuple[Phrase, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class SquadFile:
    """The articles of one file, in its order; `sha256` is that of its bytes."""

    name: str
    sha256: str
    articles: tuple[SquadArticle, ...]


Model = TypeVar("Model", bound=BaseModel)


def read_squad(path: Path) -> SquadFile:
    """Read a file in the format of SQuAD 2.0."""
    raw = _bytes(path)
    read = _read(path, raw, _Squad, 'SQuAD 2.0: {"data": [{"title", "paragraphs": [{"context", "qas"}]}]}')
    for article in read.data:
        for paragraph in article.paragraphs:
            for question in paragraph.qas:
                for answer in question.answers:
                    if not paragraph.context.startswith(answer.text, answer.answer_start):
                        raise SystemExit(f'{path}: question "{question.id}": its answer does not stand at answer_start')
    if not any(question.answers for article in read.data for part in article.paragraphs for question in part.qas):
        raise SystemExit(f"{path}: holds no question with an answer; name a file of SQuAD 2.0 that has answers")
    return SquadFile(path.name, hashlib.sha256(raw).hexdigest(), read.data)


def read_clinc(path: Path) -> Clinc:
    """Read a file in the format of CLINC150."""
    return _read(path, _bytes(path), Clinc, 'CLINC150: {"train", "val", "oos_train", "oos_val": [["text", "intent"]]}')


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SystemExit(f"{path}: cannot be read ({error.strerror}); name a file of the set") from None


def _read(path: Path, raw: bytes, model: type[Model], form: str) -> Model:
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "file"
        raise SystemExit(f"{path}: {place}: {first['msg']}; the file must be in the format of {form}") from None
