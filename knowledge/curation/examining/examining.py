"""A base looked over as its curator would: beside what keeps it from loading, what is likely wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from knowledge.court.contradicting import contradictions
from knowledge.curation.examining.colliding import Reached, alike_questions, collisions, reached
from knowledge.curation.examining.crediting import dropped_speakers
from knowledge.curation.examining.mentioning import unproven_names
from knowledge.language.lexicon import Lexicon
from knowledge.outcomes import Fact, Outcome
from knowledge.proof.checking import Report, check_base
from knowledge.proof.loading import in_file_order, read_base


def examine(documents: Path, facts: Path, lexicon: Lexicon) -> Report:
    """Find everything that is wrong with a base, and what its curator should look at.

    Args:
        documents: the folder that holds the documents.
        facts: the folder that holds one TOML file for each document, and `names.toml`.
        lexicon: the vocabularies of the language.
    """
    looks = (unproven_names, dropped_speakers, alike_questions, partial(contradictions, lexicon=lexicon))
    return check_base(documents, facts, lexicon.acts(), looks)


def asked_of(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return the facts that their own questions should reach: those that none has replaced."""
    return tuple(fact for fact in facts if not fact.superseded_by)


def reach_of(ask: Callable[[str], Outcome], facts: Sequence[Fact]) -> Iterator[Reached]:
    """Yield what comes of the own questions of each fact that should be reached, in order."""
    yield from reached(ask, asked_of(facts))


def examined_deeply(report: Report, documents: Path, facts: Path, reach: Sequence[Reached]) -> Report:
    """Return a report with what asking has shown: facts that are not reached, and those that are confused."""
    loaded = read_base(documents, facts)
    records = {filed.record.id: (filed.file, filed.label) for file in loaded.files for filed in file.facts}
    found = in_file_order((*report.warnings, *collisions(reach, records)), loaded.files, loaded.named)
    return replace(report, warnings=found)
