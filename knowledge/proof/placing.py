"""Where the records of fact files and names files begin: lines and columns, for whoever wants to open them there."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.models import FactFile, NamesFile
from knowledge.problems import Problem
from knowledge.proof.records import labels_of

_PARTS = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*'
    r"|^[ \t]*(?P<header>\[\[?[ \t]*(?P<kind>[A-Za-z]+)[ \t]*\]\]?)",
    re.DOTALL | re.MULTILINE,
)
"""Strings and comments, which hide what they hold, and the headers of tables between them."""

_SAID = re.compile(r"line (\d+), column (\d+)")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text file; both count from 1, the column in characters."""

    line: int
    column: int


TOP = Place(1, 1)


def places_in(text: str) -> dict[str, Place]:
    """Return where each record of a fact file or names file begins, by what messages call it.

    Of two records that are called alike it is the later one, which is the one at fault. A text that is not TOML, and a
    record that is written without a heading of its own, has no place.
    """
    headers: dict[str, Place] = {}
    several: Counter[str] = Counter()
    for match in _PARTS.finditer(text):
        if kind := match["kind"]:
            at = match.start("header")
            place = Place(text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1)
            several[kind] += 1
            headers[f"{kind} {several[kind]}"] = place
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError):
        return {}
    places: dict[str, Place] = {}
    for file in (FactFile, NamesFile):
        for label, kind, number in labels_of(tables, file):
            if f"{kind} {number}" in headers:
                places[label] = headers[f"{kind} {number}"]
    return places


@dataclass(frozen=True)
class Places:
    """The places of records, each file read once, when it is first asked for."""

    _read: dict[str, dict[str, Place]] = field(default_factory=dict)

    def of(self, problem: Problem) -> Place:
        """Return where to look for a problem; the top of the file where its record has no place."""
        if said := _SAID.fullmatch(problem.record):
            return Place(int(said[1]), int(said[2]))
        return self.at(problem.file, problem.record)

    def at(self, file: str, record: str) -> Place:
        """Return where a record begins; the top of the file where it has no place."""
        if file not in self._read:
            self._read[file] = _places_of(Path(file))
        return self._read[file].get(record, TOP)


def _places_of(path: Path) -> dict[str, Place]:
    """Return the places in a file; none in a folder, and in a file that cannot be read."""
    try:
        return places_in(path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")) if path.suffix == ".toml" else {}
    except (OSError, UnicodeDecodeError):
        return {}
