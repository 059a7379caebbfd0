"""Fact files as texts that can be edited: one record is changed, and all that a curator wrote around it stays.

A file is cut where its tables begin. Only the table that changes is written anew, by tomlkit; every other byte, with
comments, order and empty lines, is carried over as it stands. What is written has been proven first, together with the
whole base, by the proof that loading and checking use, and a file on the disk is at any moment the old one or the new
one.
"""

from __future__ import annotations

import os
import re
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import tomlkit
from tomlkit.items import AoT, Table

from knowledge.curation.errors import ChangedMeanwhile, NotWritten
from knowledge.language.lexicon import load_lexicon
from knowledge.models import DocumentRecord, FactRecord, NameRecord, Record, SkippedRecord, UnsaidRecord
from knowledge.problems import Problem, shown
from knowledge.proof.checking import untrue

WIDTH = 120
"""Characters of a line. A list that is longer is written with one member on each line."""

SCHEMA_LINE = "#:schema ../fact.schema.json"
"""By which an editor completes and checks; it stands where the folder of the facts lies beside the schema."""

NAMES_SCHEMA_LINE = "#:schema ../names.schema.json"

NOTHING_SEEN: Mapping[Path, str] = MappingProxyType({})

Kind = Literal["fact", "unsaid", "skipped", "name"]
FiledRecord = FactRecord | UnsaidRecord | SkippedRecord | NameRecord

_KINDS: dict[type[Record], Kind] = {
    FactRecord: "fact",
    UnsaidRecord: "unsaid",
    SkippedRecord: "skipped",
    NameRecord: "name",
}
_KEYS: dict[Kind, str] = {"fact": "id", "unsaid": "about", "skipped": "quote", "name": "id"}
"""The field by which the records of a kind are told apart."""

_TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|\#[^\n]*|[\[\]]|\n', re.DOTALL
)
_HEADER = re.compile(r"[ \t]*(?P<brackets>\[\[?)[ \t]*(?P<name>[A-Za-z]+)[ \t]*(?P<below>\.)?")


@dataclass(frozen=True, slots=True)
class _Block:
    """One table of a file: `text[start:end]`, from its heading to the end of its last value.

    Attributes:
        kind: the name in its heading, such as `fact` or `document`.
        table: its keys and values.
    """

    kind: str
    start: int
    end: int
    table: Mapping[str, object]


@dataclass(frozen=True)
class FactText:
    """A fact file, or the names file, as a text in which single records are added, replaced and removed.

    A value: each change returns another text. Records that are not spoken of keep every byte.
    """

    text: str

    @classmethod
    def read(cls, path: Path) -> FactText:
        """Return the text of a file.

        Raises:
            NotWritten: it cannot be read, or its tables cannot be told apart.
        """
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except OSError as error:
            raise NotWritten(f"{path}: cannot be read ({error.strerror}); make it a readable file") from error
        except UnicodeDecodeError as error:
            raise NotWritten(f"{path}: not UTF-8 text (byte {error.start}); save it as UTF-8") from error
        read = cls(text)
        try:
            _ = read._blocks
        except NotWritten as error:
            raise NotWritten(f"{path}: {error}") from None
        return read

    @classmethod
    def new(cls, document: DocumentRecord) -> FactText:
        """Return the text of a file that says which document it is about, and holds no record yet."""
        return cls(f"{SCHEMA_LINE}\n\n{_rendered('[document]', document)}")

    def add(self, record: FiledRecord, *, after: str = "") -> FactText:
        """Return the text with a record more.

        Args:
            record: what is added.
            after: key of the record of the same kind behind which it goes: the id of a fact or name, the quote of a
                skipped passage, what an unsaid one is about. Behind the last of its kind when it is empty or unknown;
                the first of its kind goes to the end, but facts before what is unsaid and skipped.
        """
        return self.add_all([(record, after)])

    def add_all(self, records: Sequence[tuple[FiledRecord, str]]) -> FactText:
        """Return the text with records more, each with what `add` calls `after`; those of one place in their order."""
        kinds = [_KINDS[type(record)] for record, _ in records]
        return self._added(
            [
                (_rendered(f"[[{kind}]]", record), self._found(kind, after) or self._last_before(kind))
                for kind, (record, after) in zip(kinds, records, strict=True)
            ]
        )

    def _added(self, tables: Sequence[tuple[str, _Block | None]]) -> FactText:
        """Return the text with tables more, each behind a record or at the end; those of one place in their order."""
        newline = self._broken_alike("\n")
        behind: dict[int, list[str]] = {}
        for written, place in tables:
            end = place.end if place else len(self.text.rstrip())
            behind.setdefault(end, []).append(self._broken_alike(written).rstrip())
        text = self.text
        for end in sorted(behind, reverse=True):
            head, tail = text[:end], text[end:]
            parts = [head, *behind[end]] if head.strip() else behind[end]
            text = (newline * 2).join(parts) + (tail or newline)
        return replace(self, text=text)

    def _broken_alike(self, written: str) -> str:
        """Return a text with the line ends of this one."""
        written = written.replace("\r\n", "\n")
        return written.replace("\n", "\r\n") if "\r\n" in self.text else written

    def replace(self, key: str, record: FiledRecord) -> FactText:
        """Return the text with another record in the place of the one of its kind that has a key.

        Values that stay the same keep their formatting and comments.

        Raises:
            NotWritten: no record of its kind has the key.
        """
        return self.replace_all({key: record})

    def replace_all(self, records: Mapping[str, FiledRecord]) -> FactText:
        """Return the text with other records in the places of those of their kinds that have some keys, as `replace`.

        Raises:
            NotWritten: no record of its kind has one of the keys.
        """
        blocks = [(self._block(_KINDS[type(record)], key), record) for key, record in records.items()]
        changed = self
        for block, record in sorted(blocks, key=lambda pair: pair[0].start, reverse=True):
            changed = changed._with(block, _edited(self.text[block.start : block.end], record))
        return changed

    def remove(self, key: str, kind: Kind = "fact") -> FactText:
        """Return the text without a record. Comments between records stay.

        Raises:
            NotWritten: no record of the kind has the key.
        """
        block = self._block(kind, key)
        return self._without(block)

    def _without(self, block: _Block) -> FactText:
        head, tail = self.text[: block.start], self.text[block.end :]
        return replace(self, text=head + tail.lstrip("\r\n") if tail.strip() else head.rstrip() + "\n")

    def set_document(self, record: DocumentRecord) -> FactText:
        """Return the text with another document table.

        Raises:
            NotWritten: it has none.
        """
        block = next((block for block in self._blocks if block.kind == "document"), None)
        if block is None:
            raise NotWritten("no [document] table; say which document the facts are drawn from")
        return self._with(block, _edited(self.text[block.start : block.end], record))

    def tables(self, kind: Kind = "fact") -> tuple[Mapping[str, object], ...]:
        """Return the keys and values of each record of a kind, well-formed or not, in the order of the file."""
        return tuple(block.table for block in self._blocks if block.kind == kind)

    def written(self, kind: Kind = "fact") -> tuple[str, ...]:
        """Return each record of a kind as it is written, with its heading and the comments in it."""
        return tuple(
            self.text[block.start : block.end].replace("\r\n", "\n") for block in self._blocks if block.kind == kind
        )

    def put(self, typed: str, at: Sequence[int], after: int | None = None) -> FactText:
        """Return the text with facts as somebody typed them in the place of others, to the byte.

        Args:
            typed: tables with their headings, and comments; empty to take the others away.
            at: which facts go, by their position among the facts of the file. The typed ones stand where the first was.
            after: the position of the fact behind which they go where none goes; None for behind the last.
        """
        facts = [block for block in self._blocks if block.kind == "fact"]
        if not at:
            return self._added([(typed, self._last_before("fact") if after is None else facts[after])])
        text = self
        for gone in sorted(at, reverse=True):
            block = [known for known in text._blocks if known.kind == "fact"][gone]
            kept = gone == min(at) and typed.strip()
            text = text._with(block, self._broken_alike(typed).strip()) if kept else text._without(block)
        return text

    def parted(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Return a text parted before its tables: what stands before the first, and each as (kind, text).

        What stands behind a table, such as a comment, goes with it.
        """
        starts = [block.start for block in self._blocks]
        ends = [*starts[1:], len(self.text)]
        parts = (
            (block.kind, self.text[start:end])
            for block, start, end in zip(self._blocks, starts, ends[: len(starts)], strict=True)
        )
        return self.text[: starts[0]] if starts else self.text, tuple(parts)

    def keys(self, kind: Kind = "fact") -> tuple[str, ...]:
        """Return what the records of a kind are told apart by, in the order of the file."""
        return tuple(str(block.table.get(_KEYS[kind], "")) for block in self._blocks if block.kind == kind)

    def _with(self, block: _Block, written: str) -> FactText:
        return replace(self, text=self.text[: block.start] + written + self.text[block.end :])

    def _found(self, kind: Kind, key: str) -> _Block | None:
        """Return the first record of a kind with a key; None when there is none."""
        of_kind = (block for block in self._blocks if block.kind == kind)
        return next((block for block in of_kind if block.table.get(_KEYS[kind]) == key), None)

    def _block(self, kind: Kind, key: str) -> _Block:
        block = self._found(kind, key)
        if block is None:
            raise NotWritten(f"no {kind} {shown(key)}; name one that the file holds")
        return block

    def _last_before(self, kind: Kind) -> _Block | None:
        """Return the record behind which a new one of a kind goes; None for the end of the text."""
        kinds = ("fact", "document") if kind == "fact" else (kind,)
        for known in kinds:
            of_kind = [block for block in self._blocks if block.kind == known]
            if of_kind:
                return of_kind[-1]
        return None

    @cached_property
    def _blocks(self) -> tuple[_Block, ...]:
        """The tables of the text in their order; what stands below `[fact.slots]` belongs to its fact."""
        starts = list(_headers(self.text))
        ends = [*(start for start, _ in starts[1:]), len(self.text)][: len(starts)]
        try:
            whole = tomllib.loads(self.text)
            spans = [
                (kind, start, _end(self.text, start, end)) for (start, kind), end in zip(starts, ends, strict=True)
            ]
            parsed = [(kind, start, end, tomllib.loads(self.text[start:end])[kind]) for kind, start, end in spans]
        except (ValueError, KeyError, RecursionError) as error:
            raise NotWritten(f"not TOML ({error}); mend the syntax there") from error
        blocks = tuple(
            _Block(kind, start, end, table[0] if isinstance(table, list) else table)
            for kind, start, end, table in parsed
        )
        _as_tables(whole, blocks)
        return blocks


def toml_of(record: FiledRecord) -> str:
    """Return a record as it is written into a file, with its heading."""
    return _rendered(f"[[{_KINDS[type(record)]}]]", record)


def save(path: Path, text: str, documents: Path, facts: Path) -> tuple[Problem, ...]:
    """Write a file of a base if the base is as sound with it as without.

    Args:
        path: the file; it need not be there yet.
        text: what it is to hold.
        documents: the folder of the documents.
        facts: the folder of the fact files and `names.toml`.

    Returns:
        What would be wrong that is not wrong now, and then nothing was written; empty when it was written.

    Raises:
        NotWritten: the file cannot be written.
    """
    return save_all({path: text}, documents, facts)


def save_all(
    texts: Mapping[Path, str], documents: Path, facts: Path, seen: Mapping[Path, str] = NOTHING_SEEN
) -> tuple[Problem, ...]:
    """Write several files of a base that are sound together only, such as facts and the names that they need.

    Each file is replaced at once; should the machine fail in between, the earlier ones of `texts` are the new ones.

    Args:
        texts: what each file is to hold.
        documents: the folder of the documents.
        facts: the folder of the fact files and `names.toml`.
        seen: what files held when the texts were made of them; empty for one that was not there.

    Returns:
        What would be wrong that is not wrong now, and then nothing was written; empty when all was written.

    Raises:
        ChangedMeanwhile: a file holds something else than was seen; none of them was replaced.
        NotWritten: a file cannot be written; none of them was replaced.
    """
    _unchanged(seen)
    acts = load_lexicon().acts()
    found = untrue(documents, facts, acts, instead=texts)
    if found:
        before = set(untrue(documents, facts, acts, instead={}))
        found = tuple(problem for problem in found if problem not in before)
    if not found:
        _unchanged(seen)
        write(texts)
    return found


def _unchanged(seen: Mapping[Path, str]) -> None:
    """Refuse to go on where a file holds something else than was seen."""
    for path, text in seen.items():
        if (FactText.read(path).text if path.exists() else "") != text:
            raise ChangedMeanwhile(f"{path}: another program has changed it; nothing was saved: read it again")


def write(texts: Mapping[Path, str]) -> None:
    """Write texts, unproven, so that each file is at any moment the old one or the new one.

    Raises:
        NotWritten: a file cannot be written; none of them was replaced.
    """
    ready: list[tuple[Path, Path]] = []
    try:
        for path, text in texts.items():
            ready.append((_beside(path, text), path))
        for temporary, path in ready:
            temporary.replace(path)
        for folder in {path.parent for path in texts}:
            settle(folder)
    except OSError as error:
        raise NotWritten(
            f"{error.filename or path}: cannot be written ({error.strerror}); nothing was saved"
        ) from error
    finally:
        for temporary, _ in ready:
            temporary.unlink(missing_ok=True)


def _beside(path: Path, text: str) -> Path:
    """Return a file in the same folder that holds a text, on the disk and not only on its way there."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).chmod(mode)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    return Path(file.name)


def settle(folder: Path) -> None:
    """Bring the names of a folder to the disk, where the system can."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _headers(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each table begins, and its kind; brackets in strings, comments and lists are none."""
    depth, position, at_line = 0, 0, True
    while position < len(text):
        if at_line and depth == 0:
            at_line = False
            header = _HEADER.match(text, position)
            if header:
                if not header["below"]:
                    yield position, header["name"]
                newline = text.find("\n", position)
                position = len(text) if newline < 0 else newline
                continue
        token = _TOKEN.search(text, position)
        if token is None:
            return
        depth += {"[": 1, "]": -1}.get(token.group(), 0)
        at_line = token.group() == "\n"
        position = token.end()


def _end(text: str, start: int, end: int) -> int:
    """Return the end of the last line of a table that is neither empty nor a comment."""
    lines = text[start:end].split("\n")
    while len(lines) > 1 and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    return start + len("\n".join(lines).rstrip())


def _as_tables(whole: Mapping[str, object], blocks: tuple[_Block, ...]) -> None:
    """Refuse a text whose records are not written as tables of their own."""
    for kind, value in whole.items():
        count = sum(block.kind == kind for block in blocks)
        if count != (len(value) if isinstance(value, list) else 1):
            heading = "[document]" if kind == "document" else f"[[{kind}]]"
            raise NotWritten(f"{kind} is not written as tables; write {heading} above each record")


def _fields(record: Record) -> dict[str, Any]:
    """Return what is to be written of a record, in the order of its fields: all that is not left empty."""
    values = record.model_dump(mode="json", exclude_defaults=True)
    return {key: value[0] if _stands_alone(key, value) else value for key, value in values.items()}


def _stands_alone(key: str, value: object) -> bool:
    """Return whether a list is written as its one member, as curators do with actors."""
    return key in {"speakers", "agent", "target"} and isinstance(value, list) and len(value) == 1


def _rendered(heading: str, record: Record) -> str:
    """Return a record as a table of its own."""
    lines = [f"{key} = {_written(key, value)}" for key, value in _fields(record).items()]
    return "\n".join([heading, *lines]) + "\n"


def _written(key: str, value: object) -> str:
    """Return a value in TOML, on one line where that is not too long."""
    if isinstance(value, dict):
        inner = ", ".join(f"{name} = {_written('', several)}" for name, several in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list):
        members = [_written("", member) for member in value]
        line = f"[{', '.join(members)}]"
        if not key or len(f"{key} = {line}") <= WIDTH:
            return line
        return "\n".join(["[", *(f"    {member}," for member in members), "]"])
    return tomlkit.item(value).as_string()


def _edited(text: str, record: Record) -> str:
    """Return the table of a record with the values of another; what stays the same keeps its formatting."""
    opened = tomlkit.parse(text)
    (outer,) = opened.values()
    table: Any = outer[0] if isinstance(outer, AoT) else outer
    wanted = _fields(record)
    # What a curator wrote out although it is the default stays, as long as it is still so.
    whole = record.model_dump(mode="json")
    for key in [key for key in table if key not in wanted]:
        if _plain(table[key]) != whole.get(key):
            del table[key]
    for key, value in wanted.items():
        if key not in table:
            _put(table, key, value, list(type(record).model_fields))
        elif _plain(table[key]) not in (value, whole[key]):
            table[key] = tomlkit.value(_written(key, value))
    return tomlkit.dumps(opened).rstrip()


def _plain(value: object) -> object:
    return value.unwrap() if hasattr(value, "unwrap") else value


def _put(table: Table, key: str, value: object, order: list[str]) -> None:
    """Put a new key behind the last of those that come before it in a record."""
    before = sorted((known for known in table if known in order[: order.index(key)]), key=order.index)
    item = tomlkit.value(_written(key, value))
    if before:
        table.value._insert_after(before[-1], key, item)  # noqa: SLF001  tomlkit has no public way to keep an order
    else:
        table.append(key, item)
