"""What came of a question, reduced to what is judged and compared; just now, or in a run that was kept in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from knowledge.curation.errors import InvalidSet
from knowledge.curation.measuring.question_sets import read_lines
from knowledge.documents import Citation
from knowledge.outcomes import Abstention, Answer, Clarification, Correction, Outcome, citations_of, facts_of
from knowledge.problems import Problem

FORM = '{"id": "…", "outcome": "…", "citations": […], …}, as verbatim ask --batch and verbatim eval --out do'
"""A line of a run, as messages show it."""


class Kind(StrEnum):
    """The four kinds of outcome, as programs name them."""

    ANSWER = "answer"
    CORRECTION = "correction"
    CLARIFY = "clarify"
    ABSTAIN = "abstain"


KINDS: Mapping[type[Outcome], Kind] = {
    Answer: Kind.ANSWER,
    Correction: Kind.CORRECTION,
    Clarification: Kind.CLARIFY,
    Abstention: Kind.ABSTAIN,
}


@dataclass(frozen=True, slots=True)
class Result:
    """The kind of an outcome, and what it cites, in the order of the reply."""

    kind: Kind
    citations: tuple[Citation, ...] = ()

    @property
    def answers(self) -> bool:
        """Whether a reader was told something: a correction is an answer too."""
        return self.kind in {Kind.ANSWER, Kind.CORRECTION}


def result_of(outcome: Outcome) -> Result:
    """Return the result of an outcome, with the citations of all its parts, each once."""
    asked = outcome.parts or (outcome,)
    return Result(KINDS[type(outcome)], tuple(dict.fromkeys(cited for part in asked for cited in citations_of(part))))


def share_of(outcome: Outcome) -> float:
    """Return the best share of the facts that an outcome shows, in [0, 1]; 0 where it shows none."""
    asked = outcome.parts or (outcome,)
    return max((cited.score for part in asked for cited in facts_of(part)), default=0.0)


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run that was kept in a file: the result of each question, by id; None where asking it failed."""

    name: str
    results: Mapping[str, Result | None]


class _Line(BaseModel):
    """One line of a run. The place of a citation in its paragraph is not needed to judge it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str | int
    outcome: Kind | None = None
    error: str | None = None
    citations: tuple[_Cited, ...] = ()


class _Cited(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    document: str
    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""
    paragraph: int = 0


def read_run(path: Path) -> KeptRun:
    """Read a run, as `verbatim eval --out` or `verbatim ask --batch` printed it; of two lines with one id the last.

    Raises:
        InvalidSet: with every problem found.
        OSError: the file cannot be read.
    """
    problems: list[Problem] = []
    results: dict[str, Result | None] = {}
    for number, line in read_lines(path.read_bytes(), path, FORM, _Line.model_validate_json, problems):
        if line.outcome is None and line.error is None:
            problems.append(Problem(str(path), f"line {number}", "outcome: Field required", f"write it as {FORM}"))
        cited = tuple(Citation(**citation.model_dump()) for citation in line.citations)
        results[str(line.id)] = Result(line.outcome, cited) if line.outcome else None
    if problems:
        raise InvalidSet(problems)
    return KeptRun(path.name, results)
