"""Whether a result is right: the rules by which question sets are scored.

- An answerable question is *correct* when it is answered or corrected, every gold group is cited, at least half of the
  citations touch gold, and the first citation is not a forbidden quote that is no gold. Answered otherwise it is
  *wrong*, not answered *missed*; with the mark [abstain_ok] not answering it is *held*.
- An unanswerable question is *held* when it is not answered, *false* when it is; with the mark [correction_ok] a
  correction is held too.
- A citation counts where its place in the document holds its quote and the quote is not too long; one that does not
  spoils the answer. It touches a quote when they share at least half of the shorter one. Quotes of a set are looked for
  in all documents of the base.

Source: `score.py`, which comes with the question sets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from knowledge.curation.measuring.question_sets import Labelled
from knowledge.curation.measuring.results import Kind, Result
from knowledge.documents import Citation
from knowledge.problems import shown

LONGEST_QUOTE = 450
"""Characters of a quote that counts. Source: the rules of the question sets."""

Place = tuple[str, int, int]
"""Id of a document, start and end."""


class Verdict(StrEnum):
    """What a result is worth."""

    CORRECT = "correct"
    WRONG = "wrong"
    MISSED = "missed"
    HELD = "held"
    FALSE = "false"

    @property
    def worth(self) -> int:
        """2 for what a reader should get; 1 for an answer that is kept from him; 0 for one that misleads him."""
        return {Verdict.CORRECT: 2, Verdict.HELD: 2, Verdict.MISSED: 1}.get(self, 0)


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with its result, the verdict on it, and why it fell short; "" where it did not."""

    question: Labelled
    result: Result
    verdict: Verdict
    why: str


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges results on the questions of some documents, given as their texts by id."""

    documents: Mapping[str, str]

    def verdict(self, question: Labelled, result: Result) -> tuple[Verdict, str]:
        """Return what a result is worth, and why it fell short."""
        if not result.answers:
            verdict = declined(question)
            asked_back = "asked back instead of answered" if result.kind is Kind.CLARIFY else "not answered"
            return verdict, asked_back if verdict is Verdict.MISSED else ""
        if not question.answerable:
            spared = result.kind is Kind.CORRECTION and question.marked("correction_ok")
            told = "corrected" if result.kind is Kind.CORRECTION else "answered"
            return (Verdict.HELD, "") if spared else (Verdict.FALSE, f"{told}, though the documents do not say")
        why = self._fault(question, result.citations)
        return Verdict.WRONG if why else Verdict.CORRECT, why

    def gold(self, question: Labelled) -> list[list[Place]]:
        """Return where the quotes of each gold group stand."""
        return [self._places(group) for group in question.gold]

    def is_cited_by(self, citation: Citation, places: Iterable[Place]) -> bool:
        """Tell whether a citation that counts touches any of some places."""
        cited = (citation.document, citation.start, citation.end)
        return self._counts(citation) and any(_touch(cited, place) for place in places)

    def _fault(self, question: Labelled, citations: tuple[Citation, ...]) -> str:
        """Return what is wrong with the citations of an answer; "" when nothing is."""
        if not citations:
            return "cites nothing"
        if not all(map(self._counts, citations)):
            return "cites what is not the document's own text, or is too long"
        gold = self.gold(question)
        missing = [
            group[0]
            for group, places in zip(question.gold, gold, strict=True)
            if not any(self.is_cited_by(citation, places) for citation in citations)
        ]
        if missing:
            return f"does not cite {', '.join(map(shown, missing))}"
        places = [place for group in gold for place in group]
        good = [citation for citation in citations if self.is_cited_by(citation, places)]
        if 2 * len(good) < len(citations):
            return f"only {len(good)} of {len(citations)} citations bear on the question"
        misled = self.is_cited_by(citations[0], self._places(question.forbidden or ()))
        return "cites first what it must not" if misled and citations[0] not in good else ""

    def _counts(self, citation: Citation) -> bool:
        text = self.documents.get(citation.document, "")
        stands = text[citation.start : citation.end] == citation.quote
        return stands and 0 < citation.end - citation.start <= LONGEST_QUOTE

    def _places(self, quotes: Iterable[str]) -> list[Place]:
        return [
            (document, found.start(), found.start() + len(quote))
            for quote in quotes
            for document, text in self.documents.items()
            for found in re.finditer(f"(?={re.escape(quote)})", text)
        ]


def declined(question: Labelled) -> Verdict:
    """Return what it is worth not to answer a question."""
    return Verdict.MISSED if question.answerable and not question.marked("abstain_ok") else Verdict.HELD


def _touch(one: Place, other: Place) -> bool:
    shared = min(one[2], other[2]) - max(one[1], other[1])
    return one[0] == other[0] and shared > 0 and 2 * shared >= min(one[2] - one[1], other[2] - other[1])
