"""A document is revised: its quotes are looked for in the revision, and its records are carried over as far as sure.

A fact is carried as it is where its quote stands there to the letter, and what else its sentence says has not changed,
unless another record quotes what has. Everything else that can be found again becomes a draft, with the words of the
revision, which supersedes the old fact once somebody has reviewed it. What has vanished stays with the old document.
Nothing is carried that the proof of loading would refuse.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from knowledge.curation.errors import NotReceived
from knowledge.curation.receiving.aligning import Aligned, Alignment, became, places_of, plain, words_of
from knowledge.curation.receiving.receiving import Addition, Shelf
from knowledge.curation.writing import FactText, FiledRecord, toml_of
from knowledge.documents import Citation, Document, Passage
from knowledge.models import LONGEST_QUOTE, DocumentRecord, FactRecord, SkippedRecord, UnsaidRecord
from knowledge.outcomes import Fact
from knowledge.problems import shown
from knowledge.proof.checking import proof_of
from knowledge.proof.closest import edits, likeness
from knowledge.proof.loading import Loaded, read_base
from knowledge.proof.records import Filed, RecordFile

LEAST_REWORDED = 0.4
"""Likeness of the words in the place of a quote from which they are its rewording, and not something else."""

_VERSION = re.compile(r"(?P<name>.+)-v(?P<number>[0-9]+)")


class QuoteFate(StrEnum):
    """What became of a quote."""

    SAME = "same place"
    MOVED = "moved"
    CHANGED = "changed"
    VANISHED = "vanished"


@dataclass(frozen=True, slots=True)
class Traced:
    """A quote of the old document, and what became of it.

    Attributes:
        record: what messages call its record: `fact "some-id"`.
        key: where it stands in the record: "quote", "attribution" or "antecedent".
        new: its place in the revision; None where it vanished.
        elsewhere: its words stand there to the letter, but in a sentence that came of another.
        note: what a curator should know, such as that it stands twice and was lengthened; else empty.
    """

    record: str
    key: str
    fate: QuoteFate
    old: Citation
    new: Citation | None = None
    elsewhere: bool = False
    note: str = ""

    @property
    def stands(self) -> bool:
        """Whether it stands in the revision to the letter, white space apart."""
        return self.fate in {QuoteFate.SAME, QuoteFate.MOVED}

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        """What differs: the old words and the new ones, in order; empty where nothing does or it vanished."""
        if self.new is None or self.fate is not QuoteFate.CHANGED:
            return ()
        return differing(self.old.quote, self.new.quote)


@dataclass(frozen=True, slots=True)
class Carried:
    """A fact that goes into the file of the revision.

    Attributes:
        earlier: id of the fact that it was made of.
        reasons: why it is a draft; empty where it is none.
    """

    earlier: str
    record: FactRecord
    start: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Left:
    """A record that stays with the old document alone, and why."""

    record: str
    reason: str


@dataclass(frozen=True)
class Revision:
    """What becomes of the records of a document in its revision.

    Attributes:
        old, new: the document and its revision.
        traced: every quote, in the order of the records.
        carried: the facts of the revision, in its order.
        left: records that were not carried.
        added: sentences of the revision that none of the old ones corresponds to.
        uncovered: sentences of the revision that no carried record quotes: they are to be curated.
    """

    old: Document
    new: Document
    traced: tuple[Traced, ...]
    carried: tuple[Carried, ...]
    unsaid: tuple[UnsaidRecord, ...]
    skipped: tuple[SkippedRecord, ...]
    left: tuple[Left, ...]
    added: tuple[Passage, ...]
    uncovered: tuple[Passage, ...]

    @property
    def facts(self) -> tuple[Carried, ...]:
        """The facts that are carried as they are."""
        return tuple(each for each in self.carried if not each.reasons)

    @property
    def drafts(self) -> tuple[Carried, ...]:
        """The facts that are to be reviewed."""
        return tuple(each for each in self.carried if each.reasons)

    @cached_property
    def text(self) -> str:
        """The fact file of the revision."""
        facts = (each.record for each in self.carried)
        records: tuple[FiledRecord, ...] = (*facts, *self.unsaid, *self.skipped)
        return "\n".join((FactText.new(self.new.record).text, *map(toml_of, records)))


def revision_of(added: Addition, shelf: Shelf) -> Revision:
    """Return what becomes of the records of the document that a new one replaces.

    Raises:
        NotReceived: the base has no such document, or it is replaced already.
    """
    return revise(added.record, added.text, read_base(shelf.documents, shelf.facts))


def revise(record: DocumentRecord, text: str, loaded: Loaded) -> Revision:
    """Return what becomes of the records of a document in its revision.

    Args:
        record: of the revision; `replaces` names the document.
        text: of the revision.
        loaded: the base.

    Raises:
        NotReceived: the base has no such document, or it is replaced already.
    """
    old = next((document for document in loaded.documents if document.id == record.replaces), None)
    file = next((file for file in loaded.files if file.document and file.document.record.id == record.replaces), None)
    if old is None or file is None:
        raise NotReceived(f"no document {shown(record.replaces)} to replace; verbatim sources lists them")
    for document in loaded.documents:
        if document.record.replaces == old.id and document.id != record.id:
            raise NotReceived(f"{shown(old.id)} is replaced by {shown(document.id)} already; replace that one")
    return _Reviser(Alignment.of(old, Document(record, text)), file, loaded).revision()


def differing(one: str, other: str) -> tuple[tuple[str, str], ...]:
    """Return the words that differ between two texts: those of the one and those of the other, in order."""
    befores, afters = words_of(one), words_of(other)
    changed = edits([one[a:b] for a, b in befores], [other[a:b] for a, b in afters])
    return tuple((_joined(one, befores, *before), _joined(other, afters, *after)) for before, after in changed)


def swapped(text: str, words: Iterable[tuple[str, str]]) -> str:
    """Return a text with new words in the place of old ones; empty where one of them does not stand in it just once."""
    for old, new in words:
        spans = places_of(old, text) if old and new else []
        if len(spans) != 1:
            return ""
        text = text[: spans[0][0]] + new + text[spans[0][1] :]
    return text


def _joined(text: str, words: list[tuple[int, int]], first: int, last: int) -> str:
    return plain(text[words[first][0] : words[last - 1][1]]) if first < last else ""


@dataclass(frozen=True)
class _Reviser:
    """The records of one document beside the alignment of its revision."""

    alignment: Alignment
    file: RecordFile
    loaded: Loaded

    @property
    def old(self) -> Document:
        return self.alignment.old

    @property
    def new(self) -> Document:
        return self.alignment.new

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        return {fact.id: fact for fact in self.loaded.facts}

    def revision(self) -> Revision:
        taken = {fact.id for fact in self.loaded.facts} | {one.record.id for f in self.loaded.files for one in f.facts}
        traced: list[Traced] = []
        carried: list[Carried] = []
        left: list[Left] = []
        for filed in self.file.facts:
            fact = self.facts.get(filed.record.id)
            if fact is None:
                continue
            found = self._traced_fact(filed, fact)
            traced += found.values()
            made = self._carried(filed, fact, found, taken)
            if isinstance(made, Left):
                left.append(made)
            else:
                taken.add(made.record.id)
                carried.append(made)
        skipped = [self._traced(filed.label, "quote", filed.record.quote) for filed in self.file.skipped]
        kept = tuple(
            filed.record.model_copy(update={"quote": found.new.quote})
            for filed, found in zip(self.file.skipped, skipped, strict=True)
            if found is not None and found.stands and found.new is not None and not found.elsewhere
        )
        traced += [found for found in skipped if found is not None]
        carried.sort(key=lambda each: each.start)
        ids = {each.earlier: each.record.id for each in carried}
        quotes = (*(each.record.quote for each in carried), *(passage.quote for passage in kept))
        spans = [span for quote in quotes for span in self._span(quote)]
        return Revision(
            self.old,
            self.new,
            tuple(traced),
            tuple(carried),
            tuple(
                filed.record.model_copy(
                    update={"related": tuple(ids.get(related, related) for related in filed.record.related)}
                )
                for filed in self.file.unsaid
            ),
            kept,
            tuple(left),
            tuple(each for each in self.alignment.added if not _is_covered(each, spans)),
            tuple(each for each in self.new.sentences if not _is_covered(each, spans)),
        )

    def _span(self, quote: str) -> Iterator[tuple[int, int]]:
        yield from ((start, start + len(quote)) for start in self.new.find(quote))

    def _traced_fact(self, filed: Filed[FactRecord], fact: Fact) -> dict[str, Traced]:
        """Return what became of the words that a fact quotes, by the key under which they stand."""
        quotes = {"quote": fact.citation, "attribution": fact.attribution, "antecedent": fact.antecedent}
        return {key: self._trace(filed.label, key, place) for key, place in quotes.items() if place is not None}

    def _traced(self, label: str, key: str, quote: str) -> Traced | None:
        place = self.old.cite_quote(quote)
        return self._trace(label, key, place) if place is not None else None

    def _trace(self, label: str, key: str, place: Citation) -> Traced:
        """Return what became of one quote: it is looked for where its sentence went, and only then elsewhere."""
        sentences = [each for each in self.old.sentences if each.start < place.end and place.start < each.end]
        pairs = [self.alignment.pairs.get(each.number) for each in sentences]
        ends = [pair for pair in pairs if pair is not None]
        region = self._region(ends) if ends and len(ends) == len(pairs) else None
        if region is not None:
            inside = self._nth(place, ends[0], region)
            if inside is not None:
                fate = QuoteFate.SAME if all(pair.in_place for pair in ends) else QuoteFate.MOVED
                return self._told(label, key, place, inside, fate, region)
        if (other := self._elsewhere(place, sentences)) is not None:
            return Traced(label, key, QuoteFate.MOVED, place, other, elsewhere=True)
        if region is not None:
            start, end = sentences[0].start, sentences[-1].end
            text = self.new.text[slice(*region)]
            span = became(self.old.text[start:end], text, place.start - start, place.end - start)
            if span is not None and likeness(place.quote, text[slice(*span)]) >= LEAST_REWORDED:
                return self._told(
                    label, key, place, (region[0] + span[0], region[0] + span[1]), QuoteFate.CHANGED, region
                )
        return Traced(label, key, QuoteFate.VANISHED, place)

    def _region(self, pairs: list[Aligned]) -> tuple[int, int] | None:
        """Return where the sentences of a quote went, when they stand in one paragraph in their order."""
        start, end = pairs[0].new.start, pairs[-1].new.end
        one = self.new.paragraph_at(start).number == self.new.paragraph_at(max(start, end - 1)).number
        return (start, end) if start < end and one else None

    def _nth(self, place: Citation, pair: Aligned, region: tuple[int, int]) -> tuple[int, int] | None:
        """Return where a quote stands in the sentence that its own became: the place that is as far in as before."""
        text = self.new.text[slice(*region)]
        before = place.start - pair.old.start
        found = sorted(places_of(place.quote, text), key=lambda span: (abs(span[0] - before), span))
        return (region[0] + found[0][0], region[0] + found[0][1]) if found else None

    def _elsewhere(self, place: Citation, sentences: list[Passage]) -> Citation | None:
        """Return where the words of a quote stand once, in a sentence that holds its own or is held by it."""
        found = places_of(place.quote, self.new.text)
        if len(found) != 1 or len(sentences) != 1:
            return None
        start, end = found[0]
        holding = [each for each in self.new.sentences if each.start <= start and end <= each.end]
        if not holding or not self.alignment.came_of(sentences[0], holding[0]):
            return None
        return self.new.cite(start, end)

    def _told(  # noqa: PLR0913, PLR0917  a quote, and all that is known of its place
        self, label: str, key: str, place: Citation, span: tuple[int, int], fate: QuoteFate, region: tuple[int, int]
    ) -> Traced:
        """Return a quote in its place; one that stands there more than once is lengthened until it does not."""
        start, end = span
        many = len(self.new.find(self.new.text[start:end]))
        if many == 1:
            return Traced(label, key, fate, place, self.new.cite(start, end))
        longer = self._lengthened(start, end, region)
        if longer is None or longer[1] - longer[0] > LONGEST_QUOTE:
            note = f"its words stand {many} times now, and nothing in its sentence tells which"
            return Traced(label, key, QuoteFate.VANISHED, place, note=note)
        note = f"its words stand {many} times now: it was lengthened"
        return Traced(label, key, fate, place, self.new.cite(*longer), note=note)

    def _lengthened(self, start: int, end: int, region: tuple[int, int]) -> tuple[int, int] | None:
        """Return a quote with words of its sentence around it, as few as tell it apart; None when none do."""
        base = region[0]
        spans = [(base + a, base + b) for a, b in words_of(self.new.text[slice(*region)])]
        first = next(at for at, (_, last) in enumerate(spans) if last > start)
        last = max(at for at, (begin, _) in enumerate(spans) if begin < end)
        for more in range(1, len(spans)):
            for before in range(min(more, first) + 1):
                behind = last + more - before
                if behind >= len(spans):
                    continue
                span = spans[first - before][0], spans[behind][1]
                if self.new.text[span[1] - 1].isalnum() and len(self.new.find(self.new.text[slice(*span)])) == 1:
                    return span
        whole = self.new.text[slice(*region)]
        return region if len(self.new.find(whole)) == 1 else None

    def _carried(
        self, filed: Filed[FactRecord], fact: Fact, found: Mapping[str, Traced], taken: set[str]
    ) -> Carried | Left:
        """Return a fact as it goes into the file of the revision, or why it does not."""
        quote = found["quote"]
        if fact.superseded_by:
            return Left(filed.label, f'superseded by "{fact.superseded_by}" already')
        if quote.new is None:
            return Left(filed.label, quote.note or "its quote has vanished")
        reasons = tuple(self._doubts(fact, found))
        key = next_id(fact.id, taken)
        if not reasons:
            record = self._record(filed.record, key, found, draft=filed.record.draft)
            why = self._refused(filed, record)
            if why is None:
                was = ("it was a draft already",) if record.draft else ()
                return Carried(fact.id, record, quote.new.start, was)
            reasons = (f"as it is it would not be true: {why}",)
        for record in self._drafts(filed.record, key, found):
            why = self._refused(filed, record)
            if why is None:
                return Carried(fact.id, record, quote.new.start, reasons)
        return Left(filed.label, f"no draft of it can be proven: {why}")

    def _doubts(self, fact: Fact, found: Mapping[str, Traced]) -> Iterator[str]:
        """Yield why a fact may no longer be what the document states."""
        for key, traced in found.items():
            if traced.fate is QuoteFate.VANISHED:
                yield f"its {key} has vanished"
            elif traced.fate is QuoteFate.CHANGED:
                yield f"its {key} has changed"
            elif traced.elsewhere:
                yield f"its {key} stands in another sentence now"
        quote = found["quote"]
        if quote.stands and not quote.elsewhere and self._is_changed_around(fact):
            yield "the rest of its sentence has changed"

    def _is_changed_around(self, fact: Fact) -> bool:
        """Return whether its sentence says something else now beside the quote, that no other record quotes."""
        place = fact.citation
        for sentence in self.old.sentences:
            pair = self.alignment.pairs.get(sentence.number)
            if not (sentence.start < place.end and place.start < sentence.end) or pair is None or pair.is_same:
                continue
            befores, afters = words_of(pair.old.text), words_of(pair.new.text)
            changed = edits([pair.old.text[a:b] for a, b in befores], [pair.new.text[a:b] for a, b in afters])
            for (first, last), _ in changed:
                if first == last:
                    borders = (befores[first - 1][0] if first else 0, befores[min(first, len(befores) - 1)][1])
                else:
                    borders = (befores[first][0], befores[last - 1][1])
                if not self._is_told_elsewhere(sentence.start + borders[0], sentence.start + borders[1], place):
                    return True
        return False

    def _is_told_elsewhere(self, start: int, end: int, place: Citation) -> bool:
        """Return whether another fact quotes these words, and none of those of a quote."""
        return any(
            other.citation.document == self.old.id
            and other.citation.start <= start
            and end <= other.citation.end
            and (other.citation.end <= place.start or place.end <= other.citation.start)
            for other in self.facts.values()
        )

    def _refused(self, filed: Filed[FactRecord], record: FactRecord) -> str | None:
        """Return what the proof of loading finds wrong with a record of the revision; None when it is sound."""
        made = Filed(record, filed.file, filed.label)
        return next((problem.message for problem in proof_of(made, self.new, self.loaded.names)), None)

    def _record(self, record: FactRecord, key: str, found: Mapping[str, Traced], *, draft: bool) -> FactRecord:
        """Return a fact with the words of the revision; slots are kept as far as these hold them."""
        quotes = {name: traced.new.quote if traced.new else "" for name, traced in found.items()}
        values: dict[str, object] = {"id": key, "draft": draft, "supersedes": record.id, "superseded_by": "", **quotes}
        if quotes.get("attribution", "") == "":
            values |= {"speakers": (), "attribution": ""}
        slots: dict[str, tuple[str, ...]] = {}
        for kind, several in record.slots.items():
            reworded = (
                words if places_of(words, quotes["quote"]) else swapped(words, found["quote"].words)
                for words in several
            )
            kept = tuple(
                quotes["quote"][slice(*spans[0])] for words in reworded if (spans := places_of(words, quotes["quote"]))
            )
            if kept:
                slots[kind] = kept
        return FactRecord.model_validate(record.model_dump() | values | {"slots": slots})

    def _drafts(self, record: FactRecord, key: str, found: Mapping[str, Traced]) -> Iterator[FactRecord]:
        """Yield proposals, the nearest to the old fact first, and without speakers where others are named."""
        made = self._record(record, key, found, draft=True).model_copy(update={"since": ""})
        for claim in self._claims(record, found["quote"]):
            yield made.model_copy(update={"claim": claim})
            yield made.model_copy(update={"claim": claim, "speakers": (), "attribution": ""})

    def _claims(self, record: FactRecord, quote: Traced) -> Iterator[str]:
        """Yield claims for a draft: its own, with the new words in the place of the old ones; else the new sentence."""
        if claim := swapped(record.claim, quote.words):
            yield plain(claim)
        if quote.new is not None:
            yield from (
                plain(each.text).strip("#* ") for each in self.new.sentences if each.start <= quote.new.start < each.end
            )


def next_id(fact_id: str, taken: Iterable[str]) -> str:
    """Return the id of the next version of a fact, which is free: "bridge-closed-v2" of "bridge-closed"."""
    found = _VERSION.fullmatch(fact_id)
    name, number = (found["name"], int(found["number"])) if found else (fact_id, 1)
    known = frozenset(taken)
    number += 1
    while f"{name}-v{number}" in known:
        number += 1
    return f"{name}-v{number}"


def _is_covered(sentence: Passage, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < sentence.end and sentence.start < end for start, end in spans)
