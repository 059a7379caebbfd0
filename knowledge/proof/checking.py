"""Checking a base as a curator does: every problem at once, each with its mend, and every sentence accounted for.

Checking goes further than loading: it takes documents apart into sentences, and compares claims with them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from knowledge.documents import Citation, Document, Passage
from knowledge.models import FactRecord, NameRecord, UnsaidRecord
from knowledge.outcomes import Fact
from knowledge.problems import Problem, shown
from knowledge.proof.boundaries import stands_in
from knowledge.proof.claims import negation_added, negation_lost, unsupported_numbers
from knowledge.proof.loading import Loaded, Skipped, in_file_order, placing_problems, read_base
from knowledge.proof.placing import Places
from knowledge.proof.records import Filed, RecordFile
from knowledge.rules import RuleId, Severity

__all__ = [
    "DocumentCoverage",
    "Look",
    "Problem",
    "Report",
    "SentenceCoverage",
    "SentenceState",
    "check_base",
    "coverage_of",
    "untrue",
]


class SentenceState(StrEnum):
    """What has become of a sentence, as one word.

    REVIEWED: a fact that somebody has reviewed quotes it. DRAFTED: only drafts do, so that it is still to be reviewed.
    SKIPPED: nothing in it is to be asked about. OPEN: nobody has accounted for it.
    """

    REVIEWED = "reviewed"
    DRAFTED = "drafted"
    SKIPPED = "skipped"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class SentenceCoverage:
    """What has become of one sentence of a document.

    Attributes:
        facts: ids of the facts that quote from it, in the order of the text.
        skipped: why nothing of it is to be asked about; None when nobody said so.
        drafts: those of the facts that nobody has reviewed.
    """

    sentence: Passage
    paragraph: int
    facts: tuple[str, ...]
    skipped: str | None
    drafts: tuple[str, ...] = ()

    @property
    def state(self) -> SentenceState:
        """Which of the four it is; a reviewed fact counts for more than the drafts beside it."""
        if self.facts:
            return SentenceState.DRAFTED if len(self.drafts) == len(self.facts) else SentenceState.REVIEWED
        return SentenceState.OPEN if self.skipped is None else SentenceState.SKIPPED


@dataclass(frozen=True, slots=True)
class DocumentCoverage:
    """What has become of every sentence of a document, in its order.

    Attributes:
        document: its id.
        title: its title.
        sentences: in the order of the text.
        replaces: id of the document that it is a revision of; empty where it is none.
    """

    document: str
    title: str
    sentences: tuple[SentenceCoverage, ...]
    replaces: str = ""

    @property
    def uncovered(self) -> tuple[SentenceCoverage, ...]:
        """The sentences that no fact or draft quotes and nobody has skipped."""
        return self._that_are(SentenceState.OPEN)

    @property
    def drafted(self) -> tuple[SentenceCoverage, ...]:
        """The sentences that only drafts quote: work that is left, and no problem."""
        return self._that_are(SentenceState.DRAFTED)

    def _that_are(self, state: SentenceState) -> tuple[SentenceCoverage, ...]:
        return tuple(sentence for sentence in self.sentences if sentence.state is state)


@dataclass(frozen=True, slots=True)
class Report:
    """All that is wrong with a base, and how far its facts cover its documents.

    Attributes:
        problems: errors, in the order of the files and their records; with any, the base does not load.
        coverage: document by document.
        warnings: what a curator should look at although the base loads: warnings and notes, in the same order.
        in_work: ids of the documents of which nothing is written yet, or drafts alone, and of revisions that have
            sentences left to be covered. A base is loaded without them; one that is loaded with drafts has those of
            which there are drafts.
    """

    problems: tuple[Problem, ...]
    coverage: tuple[DocumentCoverage, ...]
    warnings: tuple[Problem, ...] = ()
    in_work: frozenset[str] = frozenset()

    def as_grave_as(self, severity: Severity) -> tuple[Problem, ...]:
        """Return what is at least as grave as this, errors first."""
        return tuple(found for found in (*self.problems, *self.warnings) if found.severity.is_as_grave_as(severity))

    def as_json(self) -> dict[str, object]:
        """Return the report in the types of JSON; the files are read again for the lines of the records."""
        places = Places()
        return {
            "problems": [_problem_as_json(found, places) for found in self.problems],
            "warnings": [_problem_as_json(found, places) for found in self.warnings],
            "documents": [
                {
                    "id": covered.document,
                    "title": covered.title,
                    "in_work": covered.document in self.in_work,
                    "uncovered": len(covered.uncovered),
                    "drafted": len(covered.drafted),
                    "sentences": [_sentence_as_json(sentence) for sentence in covered.sentences],
                }
                for covered in self.coverage
            ],
        }


Look = Callable[[Loaded], Iterable[Problem]]
"""Finds what a curator should look at in a base that was read."""


def check_base(documents: Path, facts: Path, acts: frozenset[str] | None = None, looks: Sequence[Look] = ()) -> Report:
    """Find everything that is wrong with a base.

    Args:
        documents: the folder that holds the documents.
        facts: the folder that holds one TOML file for each document, and `names.toml`.
        acts: ids of the acts that the lexicon knows; None leaves acts unchecked.
        looks: what finds the warnings; loading does without. `knowledge.curation.examining.examining` has them.
    """
    loaded = read_base(documents, facts, acts=acts)
    coverage = tuple(coverage_of(document, loaded.facts, loaded.skipped) for document in loaded.documents)
    in_work = _in_work(loaded, coverage)
    unsound = (
        *_unspoken_documents(documents, loaded),
        *_uncovered_sentences((document for document in coverage if document.document not in in_work), loaded),
        *_unproven(documents, loaded),
    )
    return Report(
        in_file_order((*loaded.problems, *unsound), loaded.files, loaded.named),
        coverage,
        in_file_order((found for look in looks for found in look(loaded)), loaded.files, loaded.named),
        in_work,
    )


def untrue(
    documents: Path, facts: Path, acts: frozenset[str] | None, instead: Mapping[Path, str]
) -> tuple[Problem, ...]:
    """Return what would be wrong with the records of a base if texts stood in place of some of its files.

    Everything counts that `check_base` finds, but for what is still to be done: sentences that are not covered and
    documents that no fact file speaks of. Work may be left in the middle; a wrong record may not be left at all.

    Args:
        documents: the folder that holds the documents.
        facts: the folder of the fact files and `names.toml`.
        acts: ids of the acts that the lexicon knows; None leaves acts unchecked.
        instead: the texts, by the path of the file in whose place each stands.
    """
    loaded = read_base(documents, facts, acts=acts, instead=instead)
    return in_file_order((*loaded.problems, *_unproven(documents, loaded)), loaded.files, loaded.named)


def _unproven(documents: Path, loaded: Loaded) -> Iterator[Problem]:
    """Yield what is wrong with records that were found in their places."""
    yield from _originals(documents, loaded)
    yield from _fact_problems(loaded)
    yield from _skipped_problems(loaded)
    yield from _repeated_questions(loaded)


def coverage_of(document: Document, facts: Iterable[Fact], skipped: Iterable[Skipped]) -> DocumentCoverage:
    """Return what has become of every sentence of a document, by the facts and skipped passages of a base."""
    quoted = [fact for fact in facts if fact.citation.document == document.id]
    passed = [passage for passage in skipped if passage.citation.document == document.id]
    return DocumentCoverage(
        document.id,
        document.record.title,
        tuple(
            SentenceCoverage(
                sentence,
                document.paragraph_at(sentence.start).number,
                tuple(fact.id for fact in quoted if _overlap(fact.citation, sentence)),
                next((passage.reason for passage in passed if _overlap(passage.citation, sentence)), None),
                tuple(fact.id for fact in quoted if fact.draft and _overlap(fact.citation, sentence)),
            )
            for sentence in document.sentences
        ),
        document.record.replaces,
    )


def _in_work(loaded: Loaded, coverage: Iterable[DocumentCoverage]) -> frozenset[str]:
    """Return the ids of documents that are still to be read.

    Their fact files hold no record, or no fact but drafts. A revision is in work until each of its sentences is
    accounted for by what somebody has reviewed: until then the version that it replaces is answered from.
    """
    waiting = {document.document for document in coverage if document.uncovered or document.drafted}
    return frozenset(
        file.document.record.id
        for file in loaded.files
        if file.document
        and (
            file.labels == ("document",)
            or (file.facts and all(filed.record.draft for filed in file.facts))
            or (file.document.record.replaces and file.document.record.id in waiting)
        )
    )


def _overlap(one: Citation | Passage, other: Citation | Passage) -> bool:
    """Return whether two places of one document have a character in common."""
    return one.start < other.end and other.start < one.end


def _problem_as_json(found: Problem, places: Places) -> dict[str, object]:
    place = places.of(found)
    return {
        "file": found.file,
        "record": found.record,
        "message": found.message,
        "mend": found.mend,
        "rule": str(found.rule),
        "severity": str(found.severity),
        "line": place.line,
        "column": place.column,
        "others": [
            {"file": file, "record": record, "line": places.at(file, record).line} for file, record in found.others
        ],
    }


def _sentence_as_json(covered: SentenceCoverage) -> dict[str, object]:
    sentence = covered.sentence
    return {
        "number": sentence.number,
        "paragraph": covered.paragraph,
        "start": sentence.start,
        "end": sentence.end,
        "text": sentence.text,
        "state": str(covered.state),
        "facts": list(covered.facts),
        "drafts": list(covered.drafts),
        "skipped": covered.skipped,
    }


def _unspoken_documents(folder: Path, loaded: Loaded) -> Iterator[Problem]:
    """Yield a problem for each file of the documents folder that no fact file speaks of.

    While a fact file does not even say which document it means, nobody knows.
    """
    records = [file.document.record for file in loaded.files if file.document]
    if not records or len(records) < len(loaded.files):
        return
    spoken = {name for record in records for name in (record.file or f"{record.id}.txt", record.original)}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_file() and not path.name.startswith(".") and path.name not in spoken:
            message, mend = "no fact file speaks of this document", "write one, or take the document away"
            yield Problem(str(path), "", message, mend, RuleId.DOCUMENT_UNSPOKEN)


def _originals(folder: Path, loaded: Loaded) -> Iterator[Problem]:
    """Yield a problem for each document whose original is missing or not the one that its text was taken from."""
    for filed in (file.document for file in loaded.files if file.document and file.document.record.original):
        path = folder / filed.record.original
        try:
            with path.open("rb") as original:
                sha256 = hashlib.file_digest(original, "sha256").hexdigest()
        except OSError as error:
            message = f"original {path} cannot be read ({error.strerror})"
            mend = "put it there, or remove original and original_sha256"
            yield filed.problem(message, mend, RuleId.ORIGINAL_ALTERED)
            continue
        if sha256 != filed.record.original_sha256:
            message = f"original {path} is not the one that the text was taken from: its sha256 is {sha256}"
            mend = "restore it, or check the text against it and then update original_sha256"
            yield filed.problem(message, mend, RuleId.ORIGINAL_ALTERED)


def _uncovered_sentences(coverage: Iterable[DocumentCoverage], loaded: Loaded) -> Iterator[Problem]:
    """Yield a problem for each sentence that no fact quotes and nobody has skipped."""
    files = {file.document.record.id: file.file for file in reversed(loaded.files) if file.document}
    for document in coverage:
        for covered in document.uncovered:
            sentence = covered.sentence
            message = f"sentence {sentence.number} (¶{covered.paragraph}) is not covered: {shown(sentence.text)}"
            mend = "quote from it in a fact, or skip it with a reason"
            yield Problem(files[document.document], "document", message, mend, RuleId.SENTENCE_UNCOVERED)


def proof_of(filed: Filed[FactRecord], document: Document, names: Mapping[str, NameRecord]) -> tuple[Problem, ...]:
    """Return what is wrong with one fact beside its document: its words and their places, its claim, its speakers."""
    return (*placing_problems(filed, document), *_sentence_problems(filed, document, names))


def _fact_problems(loaded: Loaded) -> Iterator[Problem]:
    """Yield what is wrong between facts and the sentences that they quote."""
    for file, document in _opened_files(loaded):
        for filed in file.facts:
            yield from _sentence_problems(filed, document, loaded.names)


def _sentence_problems(
    filed: Filed[FactRecord], document: Document, names: Mapping[str, NameRecord]
) -> Iterator[Problem]:
    """Yield what is wrong between a fact and the sentence that it quotes."""
    citation = document.cite_quote(filed.record.quote)
    if citation is None:
        return  # a problem already
    sentences = [sentence for sentence in document.sentences if _overlap(sentence, citation)]
    if len({document.paragraph_at(sentence.start) for sentence in sentences}) < len(sentences):
        message = f"quote spans {len(sentences)} sentences"
        yield filed.problem(message, "quote one sentence, or make a fact of each", RuleId.QUOTE_CUT)
    yield from _claim_problems(filed, " ".join(sentence.text for sentence in sentences), document)
    yield from _unnamed_speakers(filed, names)


def _claim_problems(filed: Filed[FactRecord], sentence: str, document: Document) -> Iterator[Problem]:
    """Yield what a claim says beyond the sentence of its quote and its attribution."""
    record = filed.record
    is_english = document.record.language == "en"
    source = f"{sentence}\n{record.attribution}" if document.find(record.attribution) else sentence
    for number in unsupported_numbers(record.claim, source, words=is_english):
        mend = "take it out, or quote where it stands"
        yield filed.problem(f'claim says "{number}", which its sentence does not', mend, RuleId.CLAIM_NUMBER)
    if not is_english:
        return
    if word := negation_added(record.claim, source):
        message = f'claim says "{word}", but its sentence denies nothing'
        yield filed.problem(message, "say what the quote says", RuleId.CLAIM_NEGATION)
    if word := negation_lost(record.claim, record.quote):
        message = f'quote says "{word}", but the claim denies nothing'
        yield filed.problem(message, "say what the quote says", RuleId.CLAIM_NEGATION)


def _unnamed_speakers(filed: Filed[FactRecord], names: Mapping[str, NameRecord]) -> Iterator[Problem]:
    """Yield a problem for each speaker whom the attribution does not name by any of the forms."""
    attribution = filed.record.attribution.casefold()
    for speaker in filed.record.speakers if attribution else ():
        if name := names.get(speaker):
            forms = (name.label, *name.forms)
            if not any(stands_in(form.casefold(), attribution) for form in forms):
                mend = "quote the words that name the speaker, or add that form to names.toml"
                yield filed.problem(f'attribution carries no form of "{speaker}"', mend, RuleId.SPEAKER_UNPROVEN)


def _skipped_problems(loaded: Loaded) -> Iterator[Problem]:
    """Yield a problem for each fact that quotes from a skipped passage."""
    for file, document in _opened_files(loaded):
        facts = [fact for fact in loaded.facts if fact.citation.document == document.id]
        for filed in file.skipped:
            passage = document.cite_quote(filed.record.quote)
            for fact in facts if passage else ():
                if passage and _overlap(fact.citation, passage):
                    message = f'fact "{fact.id}" quotes from it'
                    yield filed.problem(message, "remove the one or the other", RuleId.SKIPPED_QUOTED)


def _opened_files(loaded: Loaded) -> Iterator[tuple[RecordFile, Document]]:
    """Yield each fact file with its document, where that could be opened."""
    documents = {document.id: document for document in loaded.documents}
    for file in loaded.files:
        if file.document and file.document.record.id in documents:
            yield file, documents[file.document.record.id]


def _repeated_questions(loaded: Loaded) -> Iterator[Problem]:
    """Yield a problem for each question that is written down twice: it could not say what answers it.

    A fact may be asked for as the one that it supersedes is, because the newer one answers; and what an earlier version
    of a document did not say counts no more.
    """
    first: dict[str, tuple[str, str]] = {}
    replaced = {file.document.record.replaces for file in loaded.files if file.document}
    gaps = [file.unsaid for file in loaded.files if not (file.document and file.document.record.id in replaced)]
    root = _oldest(filed.record for file in loaded.files for filed in file.facts)
    records: list[tuple[Filed[FactRecord] | Filed[UnsaidRecord], str, Sequence[str]]] = [
        *((filed, root[filed.record.id], filed.record.phrasings) for file in loaded.files for filed in file.facts),
        *((filed, filed.label, filed.record.wordings) for several in gaps for filed in several),
    ]
    for filed, line, questions in records:
        own: set[str] = set()
        for question in questions:
            asked = " ".join(question.casefold().split()).rstrip("?!. ")
            there, other = first.setdefault(asked, (filed.label, line))
            if asked in own or line != other:
                where = "here" if there == filed.label else f"at {there}"
                yield filed.problem(
                    f"question {shown(question)} stands {where} already", "keep it once", RuleId.QUESTION_TWICE
                )
            own.add(asked)


def _oldest(records: Iterable[FactRecord]) -> dict[str, str]:
    """Return the id of the oldest fact in the succession of each."""
    earlier: dict[str, str] = {}
    known = list(records)
    for record in known:
        earlier |= {record.id: record.supersedes} if record.supersedes else {}
    for record in known:
        if record.superseded_by:
            earlier.setdefault(record.superseded_by, record.id)
    roots: dict[str, str] = {}
    for record in known:
        root, passed = record.id, {record.id}
        while (before := earlier.get(root, "")) and before not in passed:
            passed.add(before)
            root = before
        roots[record.id] = root
    return roots
