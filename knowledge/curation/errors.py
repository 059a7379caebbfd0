"""What can go wrong while a base is measured, below the root of `knowledge.errors`.

VerbatimError
├── InvalidSet             a file of labelled questions, or of a run, has problems; carries every one of them
├── AskingFailed           the engine failed at a question: the program is at fault, and nothing is counted
├── NotExtracted           no text can be taken out of a file that was received
├── NotReceived            a document cannot become part of a base
├── NotWritten             a fact file cannot be read, edited or written
│   └── ChangedMeanwhile   another program has changed it since it was read
├── NotReviewed            a document cannot be reviewed: it is unknown, or its files cannot be read
├── NotDrafted             no facts can be proposed for a document: it is unknown, or in a language without rules
├── NotExchanged           a file cannot be imported, or a document cannot be exported
├── NotSettled             no weights came of a fit
└── MissingExtra           fitting needs scipy, which is not installed
"""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.errors import VerbatimError
from knowledge.problems import Problem

LONGEST_TOLD = 120
"""Characters of what a library says that are passed on."""


class InvalidSet(VerbatimError):  # noqa: N818  it is named for what it says of the set
    """A file of JSON lines cannot be used.

    Attributes:
        problems: every problem found, in the order of the lines.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class AskingFailed(VerbatimError):  # noqa: N818  "
    """The engine failed at a question; the message names it."""


class NotExtracted(VerbatimError):  # noqa: N818  "
    """No text can be taken out of a file; the message says why, and after a semicolon what to do about it."""


class NotReceived(VerbatimError):  # noqa: N818  "
    """A document cannot become part of a base; nothing of it was kept, and the message says why and what to do."""


class NotWritten(VerbatimError):  # noqa: N818  "
    """A fact file cannot be read, edited or written; the message names it and the mend."""


class ChangedMeanwhile(NotWritten):
    """A file holds something else than was read; nothing of it was overwritten."""


class NotReviewed(VerbatimError):  # noqa: N818  "
    """A document cannot be opened for review; the message tells why, and the mend."""


class NotDrafted(VerbatimError):  # noqa: N818  "
    """No facts can be proposed for a document; the message tells why, and the mend."""


class NotSettled(VerbatimError):  # noqa: N818  "
    """The weights cannot be fitted."""


class MissingExtra(VerbatimError):  # noqa: N818  "
    """A package is missing that only fitting needs; the message tells how it is installed."""


class NotExchanged(VerbatimError):  # noqa: N818  "
    """A file cannot be imported, or a document cannot be exported; the message tells why, and the mend."""


def told_of(error: Exception) -> str:
    """Return what a library says of a file that it cannot read, as a short line that can be shown anywhere."""
    told = " ".join(str(error).split())[:LONGEST_TOLD] or type(error).__name__
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in told)
