"""Facts that no question reaches, and facts that cannot be told apart.

Questions that are alike are found by reading them. For the rest every phrasing of a fact, and its claim, is put to the
engine, which takes time. What is answered with another fact and without this one
counts against the two; what is declined counts against this one alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from knowledge.language.text import without_determiners, words
from knowledge.models import FactRecord, UnsaidRecord
from knowledge.outcomes import Fact, Outcome, facts_of
from knowledge.problems import Problem, shown
from knowledge.proof.loading import Loaded
from knowledge.proof.records import Filed
from knowledge.rules import RuleId

MOST_LOST = 0.2
"""Share of a fact's own questions that another fact may take before the two count as confused.

Source: the largest share was 0.024 on the 42 facts of the shipped base and 0.049 on the 41 of tests/facts/tramway.
"""

MOST_SHARED = 0.5
"""Share of the own questions of each of two facts that may be answered with both before they count as confused.

Source: the largest share was 0.023 and 0.049 on the same facts.
"""

LEAST_LOST = 2
"""Questions that another fact has to take: of very few, one tells nothing."""


_TELL_APART = "give each a dimension or slots that tell them apart, reword its phrasings, or make one fact of them"


@dataclass(frozen=True, slots=True)
class Reached:
    """What came of a fact's own questions.

    Attributes:
        asked: how many there are.
        found: how many were answered with the fact, alone or among others.
        taken: id of another fact -> the questions that were answered with it first and without this one.
        shared: id of another fact -> how many were answered with both.
    """

    fact: Fact
    asked: int
    found: int
    taken: dict[str, tuple[str, ...]]
    shared: dict[str, int]


def alike_questions(loaded: Loaded) -> Iterator[Problem]:
    """Yield a problem for each question that a fact shares with another record but for articles and marks.

    The very same question, which is an error, is left to loading; two gaps may be asked for alike.
    """
    first: dict[tuple[str, ...], tuple[str, tuple[str, str]]] = {}
    facts = [(filed, filed.record.phrasings) for file in loaded.files for filed in file.facts]
    gaps = [(filed, filed.record.wordings) for file in loaded.files for filed in file.unsaid]
    for filed, question in ((filed, question) for filed, questions in facts for question in questions):
        known, where = first.setdefault(_bare(question), (question, (filed.file, filed.label)))
        if where != (filed.file, filed.label) and not _same_text(known, question):
            yield _alike(filed, question, known, where)
    for gap, question in ((gap, question) for gap, questions in gaps for question in questions):
        if (asked := first.get(_bare(question))) and not _same_text(asked[0], question):
            yield _alike(gap, question, *asked)


def _alike(
    filed: Filed[FactRecord] | Filed[UnsaidRecord], question: str, known: str, where: tuple[str, str]
) -> Problem:
    message = f"question {shown(question)} is {shown(known)} of {where[1]}"
    mend = "reword it, or keep it where it is answered best"
    return Problem(filed.file, filed.label, message, mend, RuleId.QUESTION_ALIKE, (where,))


def _bare(question: str) -> tuple[str, ...]:
    """Return the words of a question without articles."""
    return tuple(word.text for word in without_determiners(words(question)))


def _same_text(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()).rstrip("?!. ") == " ".join(other.casefold().split()).rstrip("?!. ")


def own_questions(fact: Fact) -> tuple[str, ...]:
    """Return what a fact is asked by: its phrasings, and its claim."""
    return (*fact.phrasings, fact.claim)


def reached(ask: Callable[[str], Outcome], facts: Sequence[Fact]) -> Iterator[Reached]:
    """Yield what comes of the own questions of each fact, in order."""
    for fact in facts:
        found = 0
        taken: dict[str, list[str]] = {}
        shared: Counter[str] = Counter()
        for question in own_questions(fact):
            outcome = ask(question)
            answered = [cited.fact.id for cited in facts_of(outcome)]
            found += fact.id in answered
            meant = {one.id for pair in outcome.disagreements for one in pair}  # shown together because they disagree
            shared.update(other for other in answered if fact.id in answered and other not in {fact.id, *meant})
            if answered and fact.id not in answered:
                taken.setdefault(answered[0], []).append(question)
        yield Reached(
            fact, len(own_questions(fact)), found, {other: tuple(lost) for other, lost in taken.items()}, dict(shared)
        )


def collisions(reach: Sequence[Reached], records: Mapping[str, tuple[str, str]]) -> Iterator[Problem]:
    """Yield a problem for each fact that is not reached, and for each two that are confused, at the later of the two.

    Args:
        reach: what came of the facts' own questions, in the order of the facts.
        records: id of a fact -> its file and record.
    """
    for one in reach:
        if not one.found:
            message = f"none of its {one.asked} own questions is answered with it"
            mend = "write phrasings as people ask for it, and a claim in the words of its quote"
            yield Problem(*records[one.fact.id], message, mend, RuleId.UNREACHABLE)
        for other, lost in one.taken.items():
            if len(lost) >= LEAST_LOST and len(lost) >= MOST_LOST * one.asked:
                message = (
                    f"{len(lost)} of its {one.asked} own questions are answered with fact {shown(other)} instead, "
                    f"such as {shown(lost[0])}"
                )
                yield Problem(*records[one.fact.id], message, _TELL_APART, RuleId.CONFUSED, (records[other],))
    for earlier, later in combinations(reach, 2):
        if _always_together(earlier, later) and _always_together(later, earlier):
            message = (
                f"hardly any question tells it from fact {shown(earlier.fact.id)}: "
                f"{later.shared[earlier.fact.id]} of its {later.asked} own are answered with both"
            )
            others = (records[earlier.fact.id],)
            yield Problem(*records[later.fact.id], message, _TELL_APART, RuleId.CONFUSED, others)


def _always_together(one: Reached, other: Reached) -> bool:
    """Return whether nearly all questions of one fact are answered with another, too."""
    shared = one.shared.get(other.fact.id, 0)
    return shared >= LEAST_LOST and shared >= MOST_SHARED * one.asked


def largest_shares(reach: Sequence[Reached]) -> tuple[float, float]:
    """Return how near facts come to being confused: what the bars above are set by, both in [0, 1].

    Returns:
        The largest share of a fact's own questions that one other takes, and the largest share of the own questions of
        each of two that are answered with both.
    """
    taken = max((len(lost) / one.asked for one in reach for lost in one.taken.values()), default=0.0)
    together = max(
        (
            min(one.shared.get(other.fact.id, 0) / one.asked, other.shared.get(one.fact.id, 0) / other.asked)
            for one, other in combinations(reach, 2)
        ),
        default=0.0,
    )
    return taken, together
