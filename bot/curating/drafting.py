"""`verbatim draft`: facts proposed for a document, printed or written into its fact file."""

from __future__ import annotations

from pathlib import Path

import typer

from bot.curating.gap_lines import shortened
from bot.messages import printable
from bot.output import DONE, PROBLEMS, stop
from knowledge import VerbatimError
from knowledge.curation import Drafted, draft_files, save_all, toml_of


def propose(document: str, documents: Path, facts: Path, *, printed: bool) -> int:
    """Propose facts for the sentences of a document that are not covered; return the exit code.

    Args:
        document: its id.
        documents: the folder of the documents.
        facts: the folder of the fact files and `names.toml`.
        printed: print what is proposed, and write nothing.
    """
    try:
        made = draft_files(document, documents, facts)
        problems = () if printed else save_all(made.texts, documents, facts)
    except VerbatimError as error:
        stop(str(error), PROBLEMS)
    if printed:
        drafted = made.drafted
        written = (*map(toml_of, drafted.names), *map(toml_of, drafted.facts), *map(toml_of, drafted.skipped))
        for record in written:
            typer.echo(printable(record))
    for problem in problems:
        typer.echo(printable(f"verbatim: {problem}"), err=True)
    if problems:
        stop("nothing was written", PROBLEMS)
    for line in _told(made.drafted, printed=printed):
        typer.echo(printable(line), err=printed)
    return DONE


def _told(drafted: Drafted, *, printed: bool) -> list[str]:
    """Return what has been done, in a few lines."""
    if not (drafted.facts or drafted.skipped or drafted.left):
        return ["every sentence is covered; there is nothing to draft"]
    counts = (
        _counted(len(drafted.facts), "draft", "drafts"),
        _counted(len(drafted.skipped), "skipped passage", "skipped passages"),
        _counted(len(drafted.names), "name", "names"),
    )
    lines = [f"{', '.join(counts)}{'; nothing was written' if printed else ' written'}"]
    lines += [f"no draft could be made of sentence {left.number}: {shortened(left.text)}" for left in drafted.left]
    if drafted.facts and not printed:
        lines.append("nobody has reviewed them: they are answered from with --drafts only")
    return lines


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
