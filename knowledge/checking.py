"""Checking a base as a curator does: every problem at once, each with its mend, and every sentence accounted for.

Checking goes further than loading: it takes documents apart into sentences, and compares claims with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.boundaries import stands_in
from knowledge.claims import negation_added, negation_lost, unsupported_numbers
from knowledge.documents import Citation, Document, Passage
from knowledge.loading import Loaded, Skipped, in_file_order, read_base
from knowledge.models import FactRecord, NameRecord, UnsaidRecord
from knowledge.outcomes import Fact
from knowledge.problems import Problem, shown
from knowledge.records import Filed, RecordFile
from knowledge.rules import RuleId

__all__ = ["DocumentCoverage", "Problem", "Report", "SentenceCoverage", "check_base", "coverage_of"]


@dataclass(frozen=True, slots=True)
class SentenceCoverage:
    """What has become of one sentence of a document.

    Attributes:
        facts: ids of the facts that quote from it, in the order of the text.
        skipped: why nothing of it is to be asked about; None when nobody said so.
    """

    sentence: Passage
    paragraph: int
    facts: tuple[str, ...]
    skipped: str | None

    @property
    def is_covered(self) -> bool:
        return bool(self.facts) or self.skipped is not None


@dataclass(frozen=True, slots=True)
class DocumentCoverage:
    """What has become of every sentence of a document, in its order."""

    document: str
    title: str
    sentences: tuple[SentenceCoverage, ...]

    @property
    def uncovered(self) -> tuple[SentenceCoverage, ...]:
        """The sentences that no fact quotes and nobody has skipped."""
        return tuple(sentence for sentence in self.sentences if not sentence.is_covered)


@dataclass(frozen=True, slots=True)
class Report:
    """All that is wrong with a base, and how far its facts cover its documents.

    Attributes:
        problems: in the order of the files and their records.
        coverage: document by document.
    """

    problems: tuple[Problem, ...]
    coverage: tuple[DocumentCoverage, ...]

    def as_json(self) -> dict[str, object]:
        """Return the report in the types of JSON."""
        return {
            "problems": [
                {"file": found.file, "record": found.record, "message": found.message, "mend": found.mend}
                for found in self.problems
            ],
            "documents": [
                {
                    "id": covered.document,
                    "title": covered.title,
                    "uncovered": len(covered.uncovered),
                    "sentences": [_sentence_as_json(sentence) for sentence in covered.sentences],
                }
                for covered in self.coverage
            ],
        }


def check_base(documents: Path, facts: Path, acts: frozenset[str] | None = None) -> Report:
    """Find everything that is wrong with a base.

    Args:
        documents: the folder that holds the documents.
        facts: the folder that holds one TOML file for each document, and `names.toml`.
        acts: ids of the acts that the lexicon knows; None leaves acts unchecked.
    """
    loaded = read_base(documents, facts, acts=acts)
    coverage = tuple(coverage_of(document, loaded.facts, loaded.skipped) for document in loaded.documents)
    further = (
        *_unspoken_documents(documents, loaded),
        *_uncovered_sentences(coverage, loaded),
        *_fact_problems(loaded),
        *_skipped_problems(loaded),
        *_repeated_questions(loaded),
    )
    return Report(in_file_order((*loaded.problems, *further), loaded.files, loaded.named), coverage)


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
            )
            for sentence in document.sentences
        ),
    )


def _overlap(one: Citation | Passage, other: Citation | Passage) -> bool:
    """Return whether two places of one document have a character in common."""
    return one.start < other.end and other.start < one.end


def _sentence_as_json(covered: SentenceCoverage) -> dict[str, object]:
    sentence = covered.sentence
    return {
        "number": sentence.number,
        "paragraph": covered.paragraph,
        "start": sentence.start,
        "end": sentence.end,
        "text": sentence.text,
        "facts": list(covered.facts),
        "skipped": covered.skipped,
    }


def _unspoken_documents(folder: Path, loaded: Loaded) -> Iterator[Problem]:
    """Yield a problem for each file of the documents folder that no fact file speaks of.

    While a fact file does not even say which document it means, nobody knows.
    """
    records = [file.document.record for file in loaded.files if file.document]
    if not records or len(records) < len(loaded.files):
        return
    spoken = {record.file or f"{record.id}.txt" for record in records}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_file() and not path.name.startswith(".") and path.name not in spoken:
            message, mend = "no fact file speaks of this document", "write one, or take the document away"
            yield Problem(str(path), "", message, mend, RuleId.DOCUMENT_UNSPOKEN)


def _uncovered_sentences(coverage: Iterable[DocumentCoverage], loaded: Loaded) -> Iterator[Problem]:
    """Yield a problem for each sentence that no fact quotes and nobody has skipped."""
    files = {file.document.record.id: file.file for file in reversed(loaded.files) if file.document}
    for document in coverage:
        for covered in document.uncovered:
            sentence = covered.sentence
            message = f"sentence {sentence.number} (¶{covered.paragraph}) is not covered: {shown(sentence.text)}"
            mend = "quote from it in a fact, or skip it with a reason"
            yield Problem(files[document.document], "document", message, mend, RuleId.SENTENCE_UNCOVERED)


def _fact_problems(loaded: Loaded) -> Iterator[Problem]:
    """Yield what is wrong between facts and the sentences that they quote."""
    for file, document in _opened_files(loaded):
        for filed in file.facts:
            citation = document.cite_quote(filed.record.quote)
            if citation is None:
                continue  # a problem already
            sentences = [sentence for sentence in document.sentences if _overlap(sentence, citation)]
            if len({document.paragraph_at(sentence.start) for sentence in sentences}) < len(sentences):
                message = f"quote spans {len(sentences)} sentences"
                yield filed.problem(message, "quote one sentence, or make a fact of each", RuleId.QUOTE_CUT)
            yield from _claim_problems(filed, " ".join(sentence.text for sentence in sentences), document)
            yield from _unnamed_speakers(filed, loaded.names)


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
    """Yield a problem for each question that is written down twice: it could not say what answers it."""
    first: dict[str, str] = {}
    records: list[tuple[Filed[FactRecord] | Filed[UnsaidRecord], Sequence[str]]] = [
        *((filed, filed.record.phrasings) for file in loaded.files for filed in file.facts),
        *((filed, filed.record.wordings) for file in loaded.files for filed in file.unsaid),
    ]
    for filed, questions in records:
        for question in questions:
            asked = " ".join(question.casefold().split()).rstrip("?!. ")
            if asked in first:
                there = "here" if first[asked] == filed.label else f"at {first[asked]}"
                message = f"question {shown(question)} stands {there} already"
                yield filed.problem(message, "keep it once", RuleId.QUESTION_TWICE)
            first.setdefault(asked, filed.label)
