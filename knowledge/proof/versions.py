"""What has replaced what: facts of today and those before them, documents and their revisions, and who disagrees.

Made once with a base. Facts that another supersedes are not weighed and do not answer; how they are asked for leads to
the newest of their succession, and what they said is told beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from knowledge.outcomes import Fact, Succession
from knowledge.proof.loading import Loaded


@dataclass(frozen=True)
class Versions:
    """The successions of a base, and its disagreements; empty where nothing was replaced and all agree.

    Attributes:
        facts: id -> fact, of all that superseded another or were superseded.
        earlier: id -> ids of the facts that it superseded itself, in the order of the base.
        published: id of a document -> ISO date; empty where unknown.
        replaced_by: id of a document -> id of the newest of its revisions.
        rivals: id of a fact -> the facts of other documents that do not agree with it, in the order of the base.
    """

    facts: Mapping[str, Fact] = field(default_factory=dict)
    earlier: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    published: Mapping[str, str] = field(default_factory=dict)
    replaced_by: Mapping[str, str] = field(default_factory=dict)
    rivals: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.facts or self.replaced_by or self.rivals)

    @property
    def superseded(self) -> tuple[Fact, ...]:
        """The facts that others have superseded, in the order of the base."""
        return tuple(fact for fact in self.facts.values() if fact.superseded_by)

    def newest(self, fact: Fact) -> Fact:
        """Return the fact that is true now instead of this one: the end of its succession."""
        while fact.superseded_by in self.facts:
            fact = self.facts[fact.superseded_by]
        return fact

    def every_earlier(self, fact: Fact) -> Iterator[Fact]:
        """Yield all that a fact replaced, directly or not, the latest first."""
        for before in self.earlier.get(fact.id, ()):
            yield self.facts[before]
            yield from self.every_earlier(self.facts[before])

    def before(self, fact: Fact) -> tuple[Fact, ...]:
        """Return what was said before a fact: the last that was different, or else the one before it."""
        told = [succession.earlier for succession in self.replaced(fact)]
        return tuple(told) or tuple(self.facts[before] for before in self.earlier.get(fact.id, ()))

    def replaced(self, fact: Fact) -> Iterator[Succession]:
        """Yield what a fact replaced that was different: one for each succession that ends in it."""
        yield from self._replaced(fact, fact, "")

    def _replaced(self, later: Fact, fact: Fact, since: str) -> Iterator[Succession]:
        """Yield what was said before `fact`, which says what `later` says, as replaced by `later`."""
        since = fact.since or since
        for earlier in (self.facts[before] for before in self.earlier.get(fact.id, ())):
            if _says_the_same(earlier, later):
                yield from self._replaced(later, earlier, since)
            else:
                yield Succession(earlier, later, since or self.published.get(fact.citation.document, ""))

    def succession_of(self, earlier: Fact) -> Succession | None:
        """Return what replaced a fact; None where it is the newest.

        It is the next one that says something else, or else the newest.
        """
        later = since = None
        fact = earlier
        while fact.superseded_by in self.facts:
            later = self.facts[fact.superseded_by]
            if not _says_the_same(earlier, later):
                since = later.since or self.published.get(later.citation.document, "")
                return Succession(earlier, later, since)
            fact = later
        return Succession(earlier, later, later.since, changed=False) if later is not None else None

    def is_withdrawn(self, fact: Fact) -> bool:
        """Return whether a fact stands in an earlier version of its document and nothing has superseded it."""
        return not fact.superseded_by and fact.citation.document in self.replaced_by


UNREVISED = Versions()
"""Those of a base in which nothing was replaced and all agree."""


def _says_the_same(one: Fact, other: Fact) -> bool:
    return _plain(one.claim) == _plain(other.claim)


def _plain(claim: str) -> str:
    return " ".join(claim.casefold().split()).rstrip(".")


def settled(loaded: Loaded) -> tuple[Loaded, tuple[Fact, ...]]:
    """Return a base without the facts that others supersede, and these.

    Facts are numbered anew, those that were superseded behind the others. What an earlier version of a document did not
    say counts no more: its revision has its own. Gaps refer to the newest facts.
    """
    revised = {document.record.replaces for document in loaded.documents} - {""}
    now = [fact for fact in loaded.facts if not fact.superseded_by]
    past = [fact for fact in loaded.facts if fact.superseded_by]
    if not revised and not past:
        return loaded, ()
    numbered = tuple(replace(fact, number=number) for number, fact in enumerate((*now, *past)))
    known = {fact.id: fact for fact in numbered}

    def newest(fact_id: str) -> str:
        while fact_id in known and known[fact_id].superseded_by in known:
            fact_id = known[fact_id].superseded_by
        return fact_id

    gaps = tuple(
        replace(gap, related=tuple(dict.fromkeys(map(newest, gap.related))))
        for gap in loaded.unsaid
        if gap.document not in revised
    )
    return replace(loaded, facts=numbered[: len(now)], unsaid=gaps), numbered[len(now) :]


def versions_of(loaded: Loaded, superseded: Sequence[Fact], disagreeing: Iterable[tuple[str, str]]) -> Versions:
    """Return the versions of a base.

    Args:
        loaded: the base as it is settled.
        superseded: the facts that others supersede.
        disagreeing: ids of facts, two and two, that contradict each other.
    """
    records = {document.id: document.record for document in loaded.documents}
    later = {record.replaces: record.id for record in records.values() if record.replaces}
    known = {fact.id: fact for fact in (*loaded.facts, *superseded)}
    earlier: dict[str, tuple[str, ...]] = {}
    for fact in superseded:
        earlier[fact.superseded_by] = (*earlier.get(fact.superseded_by, ()), fact.id)
    rivals: dict[str, list[Fact]] = {}
    for one, other in disagreeing:
        first, second = known[one], known[other]
        apart = _newest(first.citation.document, later) != _newest(second.citation.document, later)
        if apart and not (first.draft or second.draft or first.superseded_by or second.superseded_by):
            rivals.setdefault(one, []).append(second)
            rivals.setdefault(other, []).append(first)
    return Versions(
        facts={key: known[key] for key in dict.fromkeys((*(fact.id for fact in superseded), *earlier))},
        earlier=earlier,
        published={key: record.published for key, record in records.items()},
        replaced_by={key: _newest(key, later) for key in later if key in records},
        rivals={key: tuple(sorted(several, key=lambda fact: fact.number)) for key, several in rivals.items()},
    )


def _newest(document: str, later: Mapping[str, str]) -> str:
    """Return the id of the newest revision of a document, or its own; a document replaces one that is there."""
    while document in later:
        document = later[document]
    return document
