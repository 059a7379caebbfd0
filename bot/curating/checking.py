"""`verbatim check`: everything that is wrong with a base, as lines, as JSON, or as SARIF for other programs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.output import DONE, PROBLEMS, print_json, show
from bot.settings import Settings, cache_folder
from knowledge import KnowledgeBase, Report, Severity, load_lexicon
from knowledge.curation import asked_of, examine, examined_deeply, reach_of

STANDARD_OUTPUT = Path("-")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is wanted beside the report.

    Attributes:
        as_json: one JSON object is printed instead of lines.
        deep: the engine is asked each question of each fact.
        sarif: file for SARIF; "-" for the standard output instead of lines; None for none.
        fail_on: how grave a problem has to be for exit code 1.
    """

    as_json: bool
    deep: bool
    sarif: Path | None
    fail_on: Severity


def check(settings: Settings, wishes: Wishes) -> int:
    """Check a base and show what was found; return the exit code."""
    if wishes.sarif not in {None, STANDARD_OUTPUT}:
        from bot.measuring.saving import proven  # noqa: PLC0415  only for this

        proven(wishes.sarif)
    report = examine(settings.documents, settings.facts, load_lexicon())
    if wishes.deep and not report.problems:
        report = _deeply(report, settings)
    _show(report, wishes)
    return PROBLEMS if report.as_grave_as(wishes.fail_on) else DONE


def _deeply(report: Report, settings: Settings) -> Report:
    """Return a report with what asking each fact its own questions shows."""
    from bot.measuring.progress import progress, stepping  # noqa: PLC0415  only for this

    base = KnowledgeBase.load(settings.documents, settings.facts, cache=cache_folder())
    with progress(len(asked_of(base.facts))) as step:
        reach = tuple(stepping(reach_of(base.ask, base.facts), "asking", step))
    return examined_deeply(report, settings.documents, settings.facts, reach)


def _show(report: Report, wishes: Wishes) -> None:
    if wishes.sarif is not None:
        from bot.curating.sarif import as_sarif  # noqa: PLC0415  only for this

        made = as_sarif(report, Path.cwd())
        if wishes.sarif == STANDARD_OUTPUT:
            print_json(made)
            return
        from bot.contract import as_line  # noqa: PLC0415  only for this
        from bot.measuring.saving import save  # noqa: PLC0415  "

        save(wishes.sarif, f"{as_line(made)}\n")
    if wishes.as_json:
        print_json(report.as_json())
        return
    from bot.library import report_lines  # noqa: PLC0415  rich, which JSON does without

    show(report_lines(report))
