"""Questions that ask for the same thing, however they are worded, fall together.

Two questions are alike by what the engine reads in them: the meanings that they share, by the weights of the base, and
the candidates (facts, and gaps that are known) that they hold near. Average linkage makes clusters of them: the two
that are most alike on the whole are joined, as long as they are alike enough, so that no chain of neighbours runs
through everything that names the same side.

Source: `python -m tests.benchmarks.clustering`. Over questions that labelled sets answer by the same fact the adjusted
Rand index is 0.73 (shipped base; 0.78 on the unread set) and 0.87 (second base), over the wordings of 40 gaps that the
base does not know 0.36 and 0.44. RapidFuzz's `token_sort_ratio` over the same readings has 0.10, 0.08, 0.16, 0.10 and
0.11, each at the threshold that suits it best; joined to the meanings, it changed no figure by as much as 0.01. So
characters have no say here, and `cdist`, which needs NumPy, is not needed.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.court.index import Keys, wording
from knowledge.court.weighing import Scales
from knowledge.message.reading import Question

ALIKE = 0.5
"""Likeness of two clusters on the whole from which they are one, in [0, 1].

Source: `python -m tests.benchmarks.clustering`. Of the pairs that are joined in unknown gaps 0.53 belong together on
both bases, of those that belong together 0.30 and 0.40 are joined; with 0.4 it is 0.41 and 0.46, and 0.38 and 0.48.
What is left apart is only seen twice; what is joined wrongly may be written down wrongly.
"""

FAINT = 0.25
"""Likeness that counts as none: it changes no figure, and three pairs of four need not be kept."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a question is about.

    Attributes:
        terms: what carries a topic, each with its weight by the base.
        meant: key -> its greatest strength in the terms, in (0, 1].
        near: facts and gaps by their names -> the square root of the share that each holds, in (0, 1].
    """

    terms: tuple[tuple[Keys, float], ...]
    meant: Mapping[str, float]
    near: Mapping[str, float]


def profile_of(question: Question, scales: Scales) -> Profile:
    """Return what a question is about."""
    asked = wording(question.terms, question.wanted.kind if question.wanted else "")
    weighing = scales.weigh(question)
    near = {f"fact:{weighed.fact.id}": math.sqrt(weighed.share) for weighed in weighing.facts}
    near |= {f"gap:{weighed.gap.about}": math.sqrt(weighed.share) for weighed in weighing.gaps}
    meant = {key: strength for key, strength in asked.keys().items() if key[0] != "~"}
    return Profile(tuple((term, scales.index.weight(term)) for term in asked.heavy), meant, near)


def alike(one: Profile, other: Profile) -> float:
    """Return how alike two questions are, in [0, 1]; the same whichever comes first.

    Source:
        Half is the harmonic mean of how much of each the other means too, half the Bhattacharyya coefficient of the
        shares that their candidates hold. Measured from 0.4 to 0.7 for the first half; see above.
    """
    return min(1.0, 0.5 * _meaning_alike(one, other) + 0.5 * _near_alike(one, other))


def clustered(profiles: Sequence[Profile], least: float = ALIKE) -> tuple[tuple[int, ...], ...]:
    """Return the numbers of the questions that fall together, each in one cluster.

    Args:
        profiles: what each question is about.
        least: likeness of two clusters on the whole from which they are one, in (0, 1].

    Returns:
        Clusters in the order of their first question, each in rising order.
    """
    sums = _likenesses(profiles)
    members: dict[int, tuple[int, ...]] = {number: (number,) for number in range(len(profiles))}
    waiting = [(-value, one, other) for one, row in enumerate(sums) for other, value in row.items() if one < other]
    heapq.heapify(waiting)
    while waiting:
        value, one, other = heapq.heappop(waiting)
        if -value < least:
            break
        if one not in members or other not in members or _mean(sums, members, one, other) != -value:
            continue  # one of them has been joined to a third since
        members[one] += members.pop(other)
        for third, summed in sums[other].items():
            if third != one:
                sums[one][third] = sums[third][one] = sums[one].get(third, 0.0) + summed
        for third in sums[one].keys() & members.keys():
            heapq.heappush(waiting, (-_mean(sums, members, one, third), min(one, third), max(one, third)))
    return tuple(sorted(tuple(sorted(numbers)) for numbers in members.values()))


def _mean(sums: Sequence[Mapping[int, float]], members: Mapping[int, tuple[int, ...]], one: int, other: int) -> float:
    """Return how alike the questions of two clusters are in the mean."""
    return sums[one].get(other, 0.0) / (len(members[one]) * len(members[other]))


def _likenesses(profiles: Sequence[Profile]) -> list[dict[int, float]]:
    """Return, for each question, those that are more than faintly like it."""
    found: list[dict[int, float]] = [{} for _ in profiles]
    for one, profile in enumerate(profiles):
        for other in range(one + 1, len(profiles)):
            value = alike(profile, profiles[other])
            if value >= FAINT:
                found[one][other] = found[other][one] = value
    return found


def _meaning_alike(one: Profile, other: Profile) -> float:
    if one.meant.keys().isdisjoint(other.meant):
        return 0.0
    forth, back = _coverage(one, other), _coverage(other, one)
    return 2 * forth * back / (forth + back) if forth and back else 0.0


def _coverage(one: Profile, other: Profile) -> float:
    """Return the share of the weight of one question that lies on what another means too, in [0, 1]."""
    meant = other.meant
    shared = whole = 0.0
    for keys, weight in one.terms:
        whole += weight
        shared += weight * max([strength * meant[key] for key, strength in keys.items() if key in meant], default=0.0)
    return shared / whole if whole else 0.0


def _near_alike(one: Profile, other: Profile) -> float:
    few, many = sorted((one.near, other.near), key=len)
    return math.fsum(root * many[name] for name, root in few.items() if name in many)
