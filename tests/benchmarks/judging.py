"""Whether an outcome is right: the rules by which question sets are scored.

- An answerable question is *correct* when it is answered or corrected, every gold group is cited, at least half of the
  citations touch gold, and the first citation is not a forbidden quote that is no gold. Answered otherwise it is
  *wrong*, not answered *missed*; with the mark [abstain_ok] not answering it is *held*.
- An unanswerable question is *held* when it is not answered, *false* when it is; with the mark [correction_ok] a
  correction is held too.
- A citation counts where its place in the document holds its quote and the quote is not too long; one that does not
  spoils the answer. It touches a quote when they share at least half of the shorter one.

Source: `score.py`, which comes with the question sets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.replies import cited_in
from knowledge import Answer, Citation, Correction, Outcome
from tests.benchmarks.question_sets import Labelled

LONGEST_QUOTE = 450
"""Characters of a quote that counts."""

Span = tuple[int, int]


class Verdict(StrEnum):
    """What an outcome is worth."""

    CORRECT = "correct"
    WRONG = "wrong"
    MISSED = "missed"
    HELD = "held"
    FALSE = "false"


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges outcomes on the questions of one document, given as its text."""

    document: str

    def verdict(self, question: Labelled, outcome: Outcome) -> Verdict:
        """Return what an outcome of a question is worth."""
        if not isinstance(outcome, Answer | Correction):
            return declined(question)
        if not question.answerable:
            spared = isinstance(outcome, Correction) and question.marked("correction_ok")
            return Verdict.HELD if spared else Verdict.FALSE
        return Verdict.CORRECT if self._is_right(question, cited_in(outcome)) else Verdict.WRONG

    def gold(self, question: Labelled) -> list[list[Span]]:
        """Return where the quotes of each gold group stand."""
        return [self._places(group) for group in question.gold]

    def is_cited_by(self, citation: Citation, places: Iterable[Span]) -> bool:
        """Tell whether a citation that counts touches any of some places."""
        return self._counts(citation) and any(_touch((citation.start, citation.end), place) for place in places)

    def _is_right(self, question: Labelled, citations: tuple[Citation, ...]) -> bool:
        if not citations or not all(map(self._counts, citations)):
            return False
        gold = self.gold(question)
        if not all(any(self.is_cited_by(citation, group) for citation in citations) for group in gold):
            return False
        places = [place for group in gold for place in group]
        good = [citation for citation in citations if self.is_cited_by(citation, places)]
        misled = self.is_cited_by(citations[0], self._places(question.forbidden or ()))
        return 2 * len(good) >= len(citations) and (citations[0] in good or not misled)

    def _counts(self, citation: Citation) -> bool:
        stands = self.document[citation.start : citation.end] == citation.quote
        return stands and 0 < citation.end - citation.start <= LONGEST_QUOTE

    def _places(self, quotes: Iterable[str]) -> list[Span]:
        return [
            (found.start(), found.start() + len(quote))
            for quote in quotes
            for found in re.finditer(f"(?={re.escape(quote)})", self.document)
        ]


def declined(question: Labelled) -> Verdict:
    """Return what it is worth not to answer a question."""
    return Verdict.MISSED if question.answerable and not question.marked("abstain_ok") else Verdict.HELD


def _touch(one: Span, other: Span) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > 0 and 2 * shared >= min(one[1] - one[0], other[1] - other[0])


@dataclass(frozen=True)
class Figures:
    """What a row of verdicts comes to; each figure in [0, 1], and 1 where there was nothing to get wrong."""

    counts: Counter[Verdict]

    @classmethod
    def of(cls, verdicts: Iterable[Verdict]) -> Figures:
        """Count verdicts."""
        return cls(Counter(verdicts))

    @property
    def answered(self) -> float:
        """Share of the answerable questions that are answered right."""
        return self._share(Verdict.CORRECT, Verdict.WRONG, Verdict.MISSED)

    @property
    def held(self) -> float:
        """Share of the unanswerable questions that are not answered."""
        return self._share(Verdict.HELD, Verdict.FALSE)

    @property
    def precision(self) -> float:
        """Share of the answers that are right."""
        return self._share(Verdict.CORRECT, Verdict.WRONG, Verdict.FALSE)

    @property
    def score(self) -> float:
        """The harmonic mean of `answered` and `held`."""
        total = self.answered + self.held
        return 2 * self.answered * self.held / total if total else 0.0

    def as_json(self) -> dict[str, float]:
        """Return the figures, rounded to four places, in the order in which they are read."""
        figures = {"answered": self.answered, "held": self.held, "precision": self.precision, "score": self.score}
        return {name: round(value, 4) for name, value in figures.items()}

    def _share(self, part: Verdict, *others: Verdict) -> float:
        whole = sum(self.counts[verdict] for verdict in (part, *others))
        return self.counts[part] / whole if whole else 1.0
