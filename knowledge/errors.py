"""What can go wrong while a knowledge base is read.

    VerbatimError
    ├── DocumentError          a document cannot be opened: missing, unreadable, not UTF-8, altered
    └── InvalidBase            the base has problems; carries every one of them

An abstention is not an error: it is an `Outcome`.
"""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.problems import Problem


class VerbatimError(Exception):
    """The root of the errors that a user of this package may meet; the message is fit to be shown."""


class DocumentError(VerbatimError):
    """A document cannot be opened: it is missing, unreadable or not UTF-8."""


class InvalidBase(VerbatimError):  # noqa: N818  it is named for what it says of the base
    """The documents and facts do not make a base that can be trusted.

    Attributes:
        problems: every problem found, in the order of the files and their records.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        listed = "\n".join(f"  {problem}" for problem in self.problems)
        super().__init__(f"the base has {count} problem{'s' if count != 1 else ''}:\n{listed}")
