"""`verbatim import`: facts of a file taken over into a document, each proven as if it had been typed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from bot.messages import cleaned, printable
from bot.output import DONE, PROBLEMS, WRONG_USE, print_json, show, stop
from bot.screens import LOUD, QUIET, QUOTED, WARNING, WRONG, Line, drawn, plain
from knowledge import VerbatimError
from knowledge.curation import LARGEST_FILE, Fate, ImportWishes, Plan, plan_import, read_rows, save_all

STANDARD_INPUT = "-"


def import_facts(  # noqa: PLR0913  what is imported, into what, and how
    file: str,
    document: str,
    documents: Path,
    facts: Path,
    wishes: ImportWishes,
    *,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Take facts over, tell what came of each row, and return the exit code.

    Args:
        file: its path, or `-` for the standard input.
        document: the id of the document into whose fact file they go.
        documents: the folder of the documents.
        facts: the folder of the fact files and `names.toml`.
        wishes: how it is done.
        dry_run: everything but writing.
        as_json: print one JSON object.
    """
    name = "standard input" if file == STANDARD_INPUT else cleaned(file)
    try:
        rows = read_rows(received(file))
    except VerbatimError as error:
        stop(f"{name}: {error}", PROBLEMS)
    try:
        plan = plan_import(rows, document, documents, facts, wishes)
        problems = () if dry_run or not plan.texts else save_all(plan.texts, documents, facts)
    except VerbatimError as error:
        stop(str(error), PROBLEMS)
    if problems:
        stop("\n".join(("nothing was written", *map(str, problems))), PROBLEMS)
    written = bool(plan.texts) and not dry_run
    if as_json:
        print_json({"dry_run": dry_run, "written": written, **as_object(plan)})
    else:
        show(lines(plan, name, document, wishes, dry_run=dry_run))
    return PROBLEMS if plan.refused else DONE


def received(file: str) -> bytes:
    """Return the bytes of a file, or of the standard input, and of one that is too large a byte more than is taken."""
    if file == STANDARD_INPUT:
        return sys.stdin.buffer.read(LARGEST_FILE + 1)
    try:
        with Path(file).open("rb") as opened:
            return opened.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        stop(f"{cleaned(file)}: cannot be read ({why}); name a file that you may read", WRONG_USE)


def as_object(plan: Plan) -> dict[str, object]:
    """Return what became of a file in the types of JSON."""
    return {
        "taken": [
            {"place": one.place, "id": one.id, "fate": str(one.fate), "draft": one.draft, "notes": list(one.notes)}
            for one in plan.taken
        ],
        "refused": [
            {"place": one.place, "id": one.id, "message": one.message, "mend": one.mend} for one in plan.refused
        ],
        "names": [name.id for name in plan.names],
        "notes": list(plan.notes),
        "uncovered": plan.uncovered,
    }


def lines(plan: Plan, name: str, document: str, wishes: ImportWishes, *, dry_run: bool) -> Iterator[Line]:
    """Yield what became of each row, then how many there were of each."""
    written = bool(plan.texts) and not dry_run
    for note in plan.notes:
        yield plain(printable(f"{name}: {note}"), WARNING)
    for one in plan.taken:
        if one.fate is Fate.SAME:
            continue
        draft = ", draft" if one.draft else ""
        yield plain(f"{one.place}: {one.id}  {'' if written else 'would be '}{one.fate}{draft}", QUOTED)
        yield from (Line("  ", drawn(printable(note), WARNING)) for note in one.notes)
    for refused in plan.refused:
        yield plain(printable(f"{name}: {refused}"), WRONG)
    yield plain("")
    yield plain(_counted(plan, written=written), WRONG if plan.refused else LOUD)
    if plan.refused and not wishes.skip_bad:
        yield plain("nothing was written; mend the refused rows, or leave them out with --skip-bad", WRONG)
    elif not written:
        yield plain("nothing was written", QUIET)
    if written and any(one.draft and one.fate is not Fate.SAME for one in plan.taken):
        yield plain("drafts answer nothing until somebody has reviewed them and taken draft = true away", QUIET)
    if plan.texts and plan.uncovered:
        told = f"{plan.uncovered} sentences of {document} are not accounted for yet, and until then the base does not"
        yield plain(f"{told} start; verbatim draft {document} proposes facts for them", WARNING)


def _counted(plan: Plan, *, written: bool) -> str:
    """Return how many rows there were of each kind."""
    fates = [one.fate for one in plan.taken]
    would = "" if written else "would be "
    counts = {
        f"{would}added": fates.count(Fate.ADDED),
        f"{would}changed": fates.count(Fate.CHANGED),
        f"{would}joined to another": fates.count(Fate.JOINED),
        "there already": fates.count(Fate.SAME),
        "refused": len({one.place for one in plan.refused}),
        "new to names.toml": len(plan.names),
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count) or "no rows"
