"""What a file that is imported says, row by row, before anything of it has been proven."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FIELDS = (
    *("id", "claim", "quote", "speakers", "attribution", "antecedent", "manner", "agent", "act", "target"),
    *("themes", "dimensions", "slots", "phrasings", "draft", "superseded_by", "supersedes", "since"),
)
"""The fields of a fact in the order in which they are exchanged: first what people read."""

LISTS = frozenset(("speakers", "agent", "target", "themes", "phrasings"))

LARGEST_FILE = 20_000_000
"""Bytes. A thousand facts with all their phrasings take about six megabytes."""


class NotTaken(Exception):  # noqa: N818  it is a reason
    """A row cannot be taken: why, and what to do about it."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(f"{message}; {mend}")
        self.message, self.mend = message, mend


@dataclass(frozen=True, slots=True)
class Subject:
    """Which document a row says that it is about; what is empty it does not say.

    Attributes:
        address: of a page or of a text, as `exchanging.address_of` makes it.
    """

    document: str = ""
    sha256: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One fact as a file has it.

    Attributes:
        place: where it stands there, `line 7` or `annotation 3`.
        said: what it says of a fact, in the types of JSON; a field that it does not speak of is not there.
        source: of a question and its answer, what is named as the source: words of the document, the document, or
            nothing. None for a row that has its quote.
    """

    place: str
    said: Mapping[str, object]
    subject: Subject = Subject()
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is not taken, why, and what to do about it.

    Attributes:
        id: of its fact; empty where it has none.
    """

    place: str
    id: str
    message: str
    mend: str

    def __str__(self) -> str:
        named = f'{self.place}: fact "{self.id}"' if self.id else self.place
        return f"{named}: {self.message}; {self.mend}"


@dataclass(frozen=True)
class Rows:
    """The rows of a file.

    Attributes:
        rows: in its order.
        refused: those that cannot be read.
        notes: what was left out of the file, such as columns that nobody knows.
    """

    rows: tuple[Row, ...] = ()
    refused: tuple[Refused, ...] = ()
    notes: tuple[str, ...] = field(default=())
