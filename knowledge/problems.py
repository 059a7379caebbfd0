"""One finding about a base: where it is, what is wrong, and how it is mended."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.rules import RULES, RuleId, Severity

LONGEST_SHOWN = 120
"""Characters of a text that a message shows; a problem should stay one readable line."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a base.

    Attributes:
        file: path of the file, or of the folder, as it was reached.
        record: the record in the file, `fact "some-id"` or `fact 7`; empty when the whole file is meant.
        message: what is wrong.
        mend: what to do about it.
        rule: what is broken by it.
        others: other records that it speaks of, each as (file, record).
    """

    file: str
    record: str
    message: str
    mend: str
    rule: RuleId = RuleId.RECORD_MALFORMED
    others: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return RULES[self.rule].severity

    def __str__(self) -> str:
        where = f"{self.file}: {self.record}" if self.record else self.file
        return f"{where}: {self.message}; {self.mend}"


def shown(text: str) -> str:
    """Return a text in quotation marks, on one line and not too long, for a message."""
    line = "".join(character if character.isprintable() else "\N{SYMBOL FOR NEWLINE}" for character in text)
    return f'"{line}"' if len(line) <= LONGEST_SHOWN else f'"{line[:LONGEST_SHOWN]}…"'
