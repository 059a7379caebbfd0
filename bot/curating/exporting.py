"""`verbatim export`: facts for other programs, as annotations, as a table or as claims."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.contract import as_page
from bot.measuring.saving import proven, save
from bot.messages import printable
from bot.output import DONE, PROBLEMS, stop
from knowledge import VerbatimError
from knowledge.curation import Exchanged, gathered, to_annotations, to_claims, to_table

MARK = "\ufeff"
"""By which some spreadsheets see that a file is UTF-8."""


class Format(StrEnum):
    """In which form facts are handed over."""

    ANNOTATIONS = "annotations"
    CSV = "csv"
    CLAIMS = "claims"


@dataclass(frozen=True, slots=True)
class ExportWishes:
    """What is exported, and how.

    Attributes:
        out: the file; None for the standard output.
        drafts: drafts too.
        mark: begin a table with a byte order mark.
    """

    format: Format
    out: Path | None = None
    drafts: bool = False
    mark: bool = False


def export(wanted: Sequence[str], documents: Path, facts: Path, wishes: ExportWishes) -> int:
    """Hand over the facts of some documents, or of all; return the exit code.

    Args:
        wanted: ids of the documents; empty for all.
        documents: the folder of the documents.
        facts: the folder of the fact files and `names.toml`.
        wishes: what is exported, and how.
    """
    if wishes.out is not None:
        proven(wishes.out)
    try:
        made = written(gathered(documents, facts, wanted, drafts=wishes.drafts), wishes)
    except VerbatimError as error:
        stop(str(error), PROBLEMS)
    if wishes.out is not None:
        save(wishes.out, made)
        return DONE
    shown = printable(made) if sys.stdout.isatty() else made  # a terminal obeys what documents may hold
    sys.stdout.flush()
    sys.stdout.buffer.write(shown.encode())
    sys.stdout.buffer.flush()
    return DONE


def written(exchanged: Exchanged, wishes: ExportWishes) -> str:
    """Return facts as a text."""
    if wishes.format is Format.CSV:
        return f"{MARK if wishes.mark else ''}{to_table(exchanged)}"
    return as_page(to_annotations(exchanged) if wishes.format is Format.ANNOTATIONS else to_claims(exchanged)) + "\n"
