"""Fact files and the names file, read record by record: what is well-formed, and what is wrong with the rest.

Nothing here raises for bad input. One broken record does not hide its neighbours: each is validated on its own, so
that a curator sees every problem of a file at once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import ValidationError

from knowledge import models
from knowledge.models import (
    DimensionRecord,
    DocumentRecord,
    FactFile,
    FactRecord,
    NameRecord,
    NamesFile,
    Record,
    SkippedRecord,
    UnsaidRecord,
)
from knowledge.problems import Problem, shown
from knowledge.proof.closest import suggestion
from knowledge.rules import RuleId

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

LARGEST_FILE = 5_000_000
"""Bytes. A thousand facts take about half a megabyte; a file ten times as large is there by mistake."""

_AT = re.compile(r"^(?P<what>.*) \(at (?P<where>line \d+, column \d+|end of document)\)$", re.DOTALL)

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Filed(Generic[R]):
    """A well-formed record, and where it stands.

    Attributes:
        file: path of its file, as it was reached.
        label: its name in messages: `fact "some-id"`, or `fact 7` where it has no id.
    """

    record: R
    file: str
    label: str

    def problem(self, message: str, mend: str, rule: RuleId = RuleId.RECORD_MALFORMED) -> Problem:
        """Return a problem of this record."""
        return Problem(self.file, self.label, message, mend, rule)


@dataclass(frozen=True, slots=True)
class RecordFile:
    """One fact file: its well-formed records, in the order of the file, and the problems of the others.

    Attributes:
        labels: what messages call each of its records, well-formed or not.
    """

    file: str
    labels: tuple[str, ...] = ()
    document: Filed[DocumentRecord] | None = None
    facts: tuple[Filed[FactRecord], ...] = ()
    unsaid: tuple[Filed[UnsaidRecord], ...] = ()
    skipped: tuple[Filed[SkippedRecord], ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class NamesRead:
    """The names file: its well-formed records, in the order of the file, and the problems of the others.

    Attributes:
        labels: what messages call each of its records, well-formed or not.
        is_toml: the file could be read at all; one that is not there has no names.
    """

    file: str
    labels: tuple[str, ...] = ()
    is_toml: bool = True
    names: tuple[Filed[NameRecord], ...] = ()
    dimensions: tuple[Filed[DimensionRecord], ...] = ()
    problems: tuple[Problem, ...] = ()


def read_fact_file(path: Path, text: str | None = None) -> RecordFile:
    """Read one fact file, or a text as if it stood in that file."""
    problems: list[Problem] = []
    tables = _tables(path, text, problems)
    if tables is None:
        return RecordFile(str(path), problems=tuple(problems))
    problems.extend(_unknown_tables(path, tables, FactFile))
    return RecordFile(
        str(path),
        tuple(label for label, _, _ in labels_of(tables, FactFile)),
        document=_document(path, tables, problems),
        facts=_records(path, tables, "fact", FactRecord, problems),
        unsaid=_records(path, tables, "unsaid", UnsaidRecord, problems),
        skipped=_records(path, tables, "skipped", SkippedRecord, problems),
        problems=tuple(problems),
    )


def read_names_file(path: Path, text: str | None = None) -> NamesRead:
    """Read the names file, or a text as if it stood in that file."""
    problems: list[Problem] = []
    tables = _tables(path, text, problems)
    if tables is None:
        return NamesRead(str(path), is_toml=False, problems=tuple(problems))
    problems.extend(_unknown_tables(path, tables, NamesFile))
    return NamesRead(
        str(path),
        tuple(label for label, _, _ in labels_of(tables, NamesFile)),
        names=_records(path, tables, "name", NameRecord, problems),
        dimensions=_records(path, tables, "dimension", DimensionRecord, problems),
        problems=tuple(problems),
    )


def _tables(path: Path, text: str | None, problems: list[Problem]) -> dict[str, object] | None:
    """Return what a TOML file holds, or a text in its place; None, with a problem added, when it cannot be read."""
    text = _text(path, problems) if text is None else text
    if text is None:
        return None
    if not text.strip():
        problems.append(
            Problem(str(path), "", "empty", "write its records, or delete the file", RuleId.FILE_UNREADABLE)
        )
        return None
    return _parsed(path, text, problems)


def _text(path: Path, problems: list[Problem]) -> str | None:
    """Return the text of a file; None, with a problem added, when it cannot be read."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            size = f"{path.stat().st_size / 1_000_000:.1f} MB"
            problems.append(
                Problem(
                    str(path), "", f"too large ({size})", "split it, one file for each document", RuleId.FILE_UNREADABLE
                )
            )
            return None
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        problems.append(
            Problem(
                str(path), "", f"cannot be read ({error.strerror})", "make it a readable file", RuleId.FILE_UNREADABLE
            )
        )
        return None
    except UnicodeDecodeError as error:
        problems.append(
            Problem(str(path), "", f"not UTF-8 text (byte {error.start})", "save it as UTF-8", RuleId.FILE_UNREADABLE)
        )
        return None


def _parsed(path: Path, text: str, problems: list[Problem]) -> dict[str, object] | None:
    """Return the tables of a TOML text; None, with a problem added, when it is not TOML."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        problems.append(
            Problem(
                str(path), "", "not TOML (nested too deeply)", "write records as in the guide", RuleId.FILE_UNREADABLE
            )
        )
    except ValueError as error:  # TOMLDecodeError, and what int() says of numbers of thousands of digits
        found = _AT.match(str(error))
        what, where = (found["what"], found["where"]) if found else (str(error), "")
        problems.append(
            Problem(
                str(path), where, f"not TOML ({what})", "mend the syntax there or just before", RuleId.FILE_UNREADABLE
            )
        )
    return None


def _unknown_tables(path: Path, tables: Mapping[str, object], file: type[Record]) -> Iterator[Problem]:
    """Yield a problem for each key at the top of a file that the format does not have."""
    for key in tables:
        if key not in file.model_fields:
            mend = suggestion(key, file.model_fields, f"known: {', '.join(file.model_fields)}")
            yield Problem(str(path), "", f"unknown key {shown(key)}", mend)


def _document(path: Path, tables: Mapping[str, object], problems: list[Problem]) -> Filed[DocumentRecord] | None:
    """Return the document record of a file; None, with problems added, when there is no sound one."""
    if "document" not in tables:
        problems.append(Problem(str(path), "", "no [document] table", "say which document the facts are drawn from"))
        return None
    return _record(path, "document", tables["document"], DocumentRecord, problems)


def _records(
    path: Path, tables: Mapping[str, object], kind: str, model: type[R], problems: list[Problem]
) -> tuple[Filed[R], ...]:
    """Return the well-formed records of one kind, with problems added for the others."""
    listed = tables.get(kind, [])
    if not isinstance(listed, list):
        problems.append(Problem(str(path), kind, "must be a list of tables", f"write [[{kind}]] above each record"))
        return ()
    labelled = ((_label(kind, table, number), table) for number, table in enumerate(listed, start=1))
    filed = (_record(path, label, table, model, problems) for label, table in labelled)
    return tuple(record for record in filed if record is not None)


def _record(path: Path, label: str, table: object, model: type[R], problems: list[Problem]) -> Filed[R] | None:
    """Return a table as a record; None, with problems added, when it is not well-formed."""
    try:
        return Filed(model.model_validate(table), str(path), label)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=True):
            message, mend = worded(detail, model)
            problems.append(Problem(str(path), label, message, mend))
        return None


def labels_of(tables: Mapping[str, object], file: type[Record]) -> Iterator[tuple[str, str, int]]:
    """Yield what messages call each record of a file, with its kind and its position among its kind, from 1."""
    for kind in file.model_fields:
        several = tables.get(kind)
        if isinstance(several, list):
            yield from ((_label(kind, table, number), kind, number) for number, table in enumerate(several, start=1))
        elif several is not None:
            yield kind, kind, 1


def _label(kind: str, table: object, number: int) -> str:
    """Return how messages name a record: by what it calls itself, else by its position among its kind, from 1."""
    if not isinstance(table, dict):
        return f"{kind} {number}"
    keys = ("dimension", "value") if kind == "dimension" else ("id",)
    own = [table.get(key) for key in keys]
    words = [word for word in own if isinstance(word, str) and word.strip()]
    return f"{kind} {shown(' = '.join(words))}" if len(words) == len(keys) else f"{kind} {number}"


_WRONG_TYPE = {
    "string_type": ("must be text", 'write {key} = "…"'),
    "string_unicode": ("holds half of a character", "write it anew"),
    "bool_type": ("must be true or false", "write {key} = true, without quotation marks"),
    "tuple_type": ("must be a list", 'write {key} = ["…"]'),
    "dict_type": ("must be a table", 'write {key} = {{ kind = "…" }}'),
    "model_type": ("must be a table", "write each key on a line below its [heading]"),
}

_SHAPES = {
    models.ADDRESS: "an address that starts with http:// or https://",
    models.DATE: "a date such as 2024-03-19",
    models.DOCUMENT_ID: "letters, digits, - and _",
    models.DOCUMENT_ID_OR_NOTHING: "letters, digits, - and _",
    models.FILE_NAME: "the plain name of a file in the documents folder",
    models.LANGUAGE: "a language code such as en",
    models.LINE: "one line, free of space at its ends",
    models.SHA256: "64 lower-case hexadecimal digits, as sha256sum prints them",
    models.SHA256_OR_NOTHING: "64 lower-case hexadecimal digits, as sha256sum prints them",
    models.SLUG: "lower-case words joined by hyphens",
    models.SLUG_OR_NOTHING: "lower-case words joined by hyphens",
    models.VERBATIM: "free of space at its ends",
    models.VERBATIM_OR_NOTHING: "free of space at its ends",
}


def worded(error: ErrorDetails, model: type[Record]) -> tuple[str, str]:  # noqa: PLR0911  one return for each kind
    """Return message and mend of what pydantic found, in the words of the file rather than of the library."""
    path = [str(part) for part in error["loc"] if part != "[key]"]
    key = path[0] if path else "record"
    named = ".".join(part for part in path if not part.isdigit()) or "record"
    value = shown(error["input"]) if isinstance(error["input"], str) else ""
    context = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return f'key "{named}" is missing', _added(key, model)
        case "extra_forbidden":
            known = ", ".join(model.model_fields)
            return f"unknown key {shown(named)}", suggestion(key, model.model_fields, f"known: {known}")
        case "literal_error":
            options = re.findall(r"'([^']+)'", context["expected"])
            what = "kind of slot" if key == "slots" else named
            return f"unknown {what} {value}", suggestion(str(error["input"]), options, f"known: {', '.join(options)}")
        case "string_too_long":
            length, most = len(error["input"]), context["max_length"]
            return f"{named} is {length} characters long", f"shorten it to at most {most}"
        case "string_too_short" | "too_short":
            return f"{named} is empty", "write something, or remove the key"
        case "string_pattern_mismatch":
            pattern = context["pattern"]
            return f"{named} {value} is not {_SHAPES[pattern]}", _reshaped(error["input"], pattern)
        case "value_error":
            return f"{named} {value} is not a day of the calendar", f"write {_SHAPES[models.DATE]}, or nothing"
        case kind if kind in _WRONG_TYPE:
            message, mend = _WRONG_TYPE[kind]
            return f"{named} {message}", mend.format(key=named)
        case _:
            return f"{named} is not right ({error['msg']})", "see the guide"


def _added(key: str, model: type[Record]) -> str:
    """Return the mend for a missing key."""
    described = model.model_fields[key].description
    return f"add it: {described}" if described else "add it"


def _reshaped(value: str, pattern: str) -> str:
    """Return the mend for a text of the wrong shape: the text put right where that is certain."""
    if pattern in {models.SLUG, models.SLUG_OR_NOTHING}:
        value = "-".join(re.findall(r"[a-z0-9]+", value.lower()))
    elif pattern in {models.SHA256, models.SHA256_OR_NOTHING}:
        value = value.strip().lower()
    else:
        value = " ".join(value.split())
    return f'write "{value}"' if re.fullmatch(pattern, value) and value else "rewrite it"
