"""Reading a base: documents and fact files become facts whose quotes have been found in their documents.

Reading never raises for bad input; what is wrong is collected, and what is right is kept. Proven here is everything
that an answer's trust hangs on: the document is the very one (SHA-256), its quotes stand in it once and to the letter,
and names, acts and other records that a fact refers to exist. What takes the sentences of a document apart, and so
more time, is in `knowledge.proof.checking`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from knowledge.documents import Citation, Document, read_text
from knowledge.errors import DocumentError
from knowledge.models import DimensionRecord, DocumentRecord, FactRecord, NameRecord, SkippedRecord
from knowledge.outcomes import Fact, Unsaid
from knowledge.problems import Problem, shown
from knowledge.proof.boundaries import cuts, stands_in
from knowledge.proof.closest import closest_text
from knowledge.proof.records import Filed, NamesRead, RecordFile, read_fact_file, read_names_file
from knowledge.proof.references import reference_problems
from knowledge.rules import RuleId

NAMES_FILE = "names.toml"

_AS_IT_IS: Mapping[Path, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Skipped:
    """A passage that states nothing to be asked about, in its place."""

    citation: Citation
    reason: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a documents folder and a facts folder hold.

    Attributes:
        documents: in the order of the fact files' names.
        facts: document by document, each in the order of its text; `facts[n].number == n`.
        names: by id.
        problems: in the order of the files and their records; with any, the base is not to be trusted.
        files, named: the records as they were read, for checks that go further.
    """

    documents: tuple[Document, ...]
    facts: tuple[Fact, ...]
    unsaid: tuple[Unsaid, ...]
    skipped: tuple[Skipped, ...]
    names: Mapping[str, NameRecord]
    dimensions: tuple[DimensionRecord, ...]
    problems: tuple[Problem, ...]
    files: tuple[RecordFile, ...]
    named: NamesRead


def read_base(
    documents: Path, facts: Path, *, acts: frozenset[str] | None = None, instead: Mapping[Path, str] = _AS_IT_IS
) -> Loaded:
    """Read a base and prove its quotes.

    Args:
        documents: the folder that holds the documents.
        facts: the folder that holds one TOML file for each document, and `names.toml`.
        acts: ids of the acts that the lexicon knows; None leaves acts unchecked.
        instead: texts that are read in place of files of the facts folder, whether those are there or not.
    """
    problems: list[Problem] = []
    files = tuple(read_fact_file(path, instead.get(path)) for path in _fact_files(facts, instead, problems))
    named = _named(facts / NAMES_FILE, instead)
    for read in files:
        problems.extend(read.problems)
    problems.extend(named.problems)
    problems.extend(reference_problems(files, named, acts))
    opened = _opened(documents, files, problems)
    return Loaded(
        documents=tuple(opened.values()),
        facts=_superseded(_facts(files, opened, problems), files),
        unsaid=tuple(
            Unsaid(filed.record.about, filed.record.wordings, filed.record.related, _document_of(file))
            for file in files
            for filed in file.unsaid
        ),
        skipped=tuple(_skipped(files, opened, problems)),
        names=_first_by_id(named),
        dimensions=tuple(filed.record for filed in named.dimensions),
        problems=in_file_order(problems, files, named),
        files=files,
        named=named,
    )


def _document_of(file: RecordFile) -> str:
    return file.document.record.id if file.document else ""


def _superseded(facts: tuple[Fact, ...], files: tuple[RecordFile, ...]) -> tuple[Fact, ...]:
    """Return facts that know what superseded them where only the later one says so; a draft supersedes nothing."""
    later: dict[str, str] = {}
    for filed in (filed for file in files for filed in file.facts):
        if filed.record.supersedes and not filed.record.draft:
            later.setdefault(filed.record.supersedes, filed.record.id)
    return tuple(
        replace(fact, superseded_by=later[fact.id]) if fact.id in later and not fact.superseded_by else fact
        for fact in facts
    )


def without_drafts(loaded: Loaded) -> Loaded:
    """Return what was loaded without the facts that nobody has reviewed; what is unsaid no longer refers to them.

    Names that are drafts go too, so that they change no answer, but for those that a reviewed fact names: with the fact
    somebody has reviewed who it speaks of.
    """
    hidden = {fact.id for fact in loaded.facts if fact.draft}
    kept = [fact for fact in loaded.facts if not fact.draft]
    named = {name for fact in kept for name in (*fact.speakers, *fact.agent, *fact.target)}
    return replace(
        loaded,
        names={
            key: name if name.part_of is None or _is_kept(name.part_of, loaded.names, named) else _alone(name)
            for key, name in loaded.names.items()
            if _is_kept(key, loaded.names, named)
        },
        facts=tuple(replace(fact, number=number) for number, fact in enumerate(kept)),
        unsaid=tuple(
            replace(gap, related=tuple(fact for fact in gap.related if fact not in hidden)) for gap in loaded.unsaid
        ),
    )


def without_documents(loaded: Loaded, left_out: frozenset[str]) -> Loaded:
    """Return what was loaded without some documents and all that is drawn from them.

    Args:
        loaded: a base.
        left_out: ids of documents of which it has no facts.
    """
    kept = [fact for fact in loaded.facts if fact.citation.document not in left_out]
    there = {fact.id for fact in kept}
    return replace(
        loaded,
        documents=tuple(document for document in loaded.documents if document.id not in left_out),
        facts=tuple(
            replace(fact, number=number, superseded_by=fact.superseded_by if fact.superseded_by in there else "")
            for number, fact in enumerate(kept)
        ),
        unsaid=tuple(gap for gap in loaded.unsaid if gap.document not in left_out),
        skipped=tuple(passage for passage in loaded.skipped if passage.citation.document not in left_out),
    )


def _is_kept(name: str, names: Mapping[str, NameRecord], named: set[str]) -> bool:
    return name in named or not names[name].draft


def _alone(name: NameRecord) -> NameRecord:
    return name.model_copy(update={"part_of": None})


def in_file_order(problems: Iterable[Problem], files: tuple[RecordFile, ...], named: NamesRead) -> tuple[Problem, ...]:
    """Return problems in the order of the files and their records; those of folders come first."""
    labels = [(file.file, file.labels) for file in files] + [(named.file, named.labels)]
    file_at = {file: at for at, (file, _) in enumerate(labels)}
    record_at = {(file, label): at for file, several in labels for at, label in enumerate(several)}

    def place(problem: Problem) -> tuple[int, int]:
        return file_at.get(problem.file, -1), record_at.get((problem.file, problem.record), -1)

    return tuple(dict.fromkeys(sorted(problems, key=place)))


def _first_by_id(named: NamesRead) -> dict[str, NameRecord]:
    """Return the names by id; of two with one id, which is a problem, the first."""
    names: dict[str, NameRecord] = {}
    for filed in named.names:
        names.setdefault(filed.record.id, filed.record)
    return names


def _named(path: Path, instead: Mapping[Path, str]) -> NamesRead:
    """Return the names of a base; one without the file has none."""
    return read_names_file(path, instead.get(path)) if path in instead or path.exists() else NamesRead(str(path))


def _fact_files(folder: Path, instead: Mapping[Path, str], problems: list[Problem]) -> list[Path]:
    """Return the fact files of a folder, sorted by name; with a problem added when there are none."""
    try:
        there = {*folder.iterdir(), *(path for path in instead if path.parent == folder)}
        paths = sorted(path for path in there if _is_fact_file(path))
    except OSError as error:
        message = f"cannot be read ({error.strerror})"
        problems.append(Problem(str(folder), "", message, "name the folder of the facts", RuleId.FOLDER_UNREADABLE))
        return []
    if not paths:
        mend = "write one <document-id>.toml for each document"
        problems.append(Problem(str(folder), "", "no fact files", mend, RuleId.FOLDER_UNREADABLE))
    return paths


def _is_fact_file(path: Path) -> bool:
    return path.suffix == ".toml" and path.name != NAMES_FILE and not path.name.startswith(".")


def _opened(folder: Path, files: tuple[RecordFile, ...], problems: list[Problem]) -> dict[str, Document]:
    """Return the documents that the fact files speak of, by id, with problems added for those that are amiss."""
    if not folder.is_dir():
        mend = "name the folder of the documents"
        problems.append(Problem(str(folder), "", "no such folder", mend, RuleId.FOLDER_UNREADABLE))
        return {}
    opened: dict[str, Document] = {}
    for filed in (file.document for file in files if file.document):
        if filed.record.id in opened:
            message = f"{shown(filed.record.id)} has another fact file already"
            mend = "put the facts of one document into one file"
            problems.append(filed.problem(message, mend, RuleId.DOCUMENT_TWICE))
        elif document := _document(folder, filed, problems):
            opened[document.id] = document
    return opened


def _document(folder: Path, filed: Filed[DocumentRecord], problems: list[Problem]) -> Document | None:
    """Return a document; None, with a problem added, when it cannot be opened.

    An altered document is returned all the same, so that the quotes it no longer holds are problems of their own.
    """
    path = folder / (filed.record.file or f"{filed.record.id}.txt")
    try:
        text, sha256 = read_text(path)
    except DocumentError as error:
        message, mend = str(error).rsplit("; ", 1)
        problems.append(filed.problem(message, mend, RuleId.DOCUMENT_UNREADABLE))
        return None
    if sha256 != filed.record.sha256:
        message = f"{path} is not the document that was curated: its sha256 is {sha256}"
        mend = "restore it, or check every quote and then update sha256"
        problems.append(filed.problem(message, mend, RuleId.DOCUMENT_ALTERED))
    if not text.strip():
        problems.append(filed.problem(f"{path} is empty", "put the document there", RuleId.DOCUMENT_UNREADABLE))
    return Document(filed.record, text)


def _facts(files: tuple[RecordFile, ...], opened: Mapping[str, Document], problems: list[Problem]) -> tuple[Fact, ...]:
    """Return the facts whose quotes were found, in the order of the text, with problems added for the others."""
    facts: list[Fact] = []
    known: set[str] = set()
    for file in files:
        document = opened.get(file.document.record.id) if file.document else None
        if document is None:
            continue
        placed = [fact for filed in file.facts if (fact := _fact(filed, document, problems))]
        for fact in sorted(placed, key=lambda fact: fact.citation.start):
            if fact.id not in known:
                known.add(fact.id)
                facts.append(replace(fact, number=len(facts)))
    return tuple(facts)


def placing_problems(filed: Filed[FactRecord], document: Document) -> tuple[Problem, ...]:
    """Return what is wrong with the places of a fact's words in its document."""
    problems: list[Problem] = []
    _fact(filed, document, problems)
    return tuple(problems)


def _fact(filed: Filed[FactRecord], document: Document, problems: list[Problem]) -> Fact | None:
    """Return a fact with its citations, not yet numbered; None, with problems added, when its quote was not found."""
    record = filed.record
    citation = _cited(filed, "quote", record.quote, document, problems)
    attribution = _cited(filed, "attribution", record.attribution, document, problems) if record.attribution else None
    antecedent = _cited(filed, "antecedent", record.antecedent, document, problems) if record.antecedent else None
    if citation is None:
        return None
    problems.extend((*_attribution_problems(filed), *_slot_problems(filed)))
    return Fact(
        id=record.id,
        claim=record.claim,
        speakers=record.speakers,
        attribution=attribution,
        antecedent=antecedent,
        manner=record.manner,
        agent=record.agent,
        act=record.act,
        target=record.target,
        themes=record.themes,
        dimensions=record.dimensions,
        slots={str(kind): words for kind, words in record.slots.items()},
        phrasings=record.phrasings,
        citation=citation,
        number=0,
        draft=record.draft,
        superseded_by=record.superseded_by,
        since=record.since,
    )


def _skipped(
    files: tuple[RecordFile, ...], opened: Mapping[str, Document], problems: list[Problem]
) -> Iterator[Skipped]:
    """Yield the skipped passages that were found, with problems added for the others."""
    for file in files:
        document = opened.get(file.document.record.id) if file.document else None
        if document is None:
            continue
        for filed in file.skipped:
            citation = _cited(filed, "quote", filed.record.quote, document, problems)
            if citation:
                yield Skipped(citation, filed.record.reason)


def _cited(
    filed: Filed[FactRecord] | Filed[SkippedRecord],
    key: str,
    quote: str,
    document: Document,
    problems: list[Problem],
) -> Citation | None:
    """Return the one place of a quote; None, with a problem added, when there is none or more than one."""
    if citation := document.cite_quote(quote):
        problems.extend(filed.problem(*finding, RuleId.QUOTE_CUT) for finding in _cuts(key, document, citation))
        return citation
    if places := document.find(quote):
        mend = "lengthen it until it stands there once"
        problems.append(filed.problem(f"{key} found {len(places)} times", mend, RuleId.QUOTE_AMBIGUOUS))
    else:
        closest = closest_text(quote, document)
        mend = str(closest or "nothing in it is like it")
        problems.append(filed.problem(f"{key} not found in document", mend, RuleId.QUOTE_NOT_FOUND))
    return None


def _cuts(key: str, document: Document, citation: Citation) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the ends of a quote: it must not cut a word or a number, nor leave its paragraph."""
    if citation.end > document.paragraph_at(citation.start).end:
        yield f"{key} spans paragraphs", "quote one sentence of one paragraph"
    for at, end in ((citation.start, "begins"), (citation.end, "ends")):
        if cuts(document.text, at):
            yield f"{key} {end} inside a word or number", "quote whole words"


def _attribution_problems(filed: Filed[FactRecord]) -> Iterator[Problem]:
    """Yield a problem when a fact names who says so without the words that show it, or the reverse."""
    if filed.record.speakers and not filed.record.attribution:
        mend = "quote the words that name them, as attribution"
        yield filed.problem("speakers without attribution", mend, RuleId.SPEAKER_UNPROVEN)
    if filed.record.attribution and not filed.record.speakers:
        mend = "name who is speaking there, as speakers"
        yield filed.problem("attribution without speakers", mend, RuleId.SPEAKER_UNPROVEN)


def _slot_problems(filed: Filed[FactRecord]) -> Iterator[Problem]:
    """Yield a problem for each word of a slot that is not a word of the quote."""
    for kind, several in filed.record.slots.items():
        for words in several:
            if not stands_in(words, filed.record.quote):
                message = f"slot {kind} {shown(words)} is not in the quote"
                yield filed.problem(message, "take words of the quote, or lengthen the quote", RuleId.SLOT_NOT_QUOTED)
