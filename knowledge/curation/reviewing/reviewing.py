"""A document as a curator reviews it: what has become of each sentence, and the facts and drafts beside it.

What is read is one moment of the files. Whatever is made of it names what it was made of, so that nothing is written
over what another program has written since.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from knowledge.curation.errors import NotReviewed
from knowledge.curation.writing import FactText
from knowledge.documents import Citation, Document, Passage
from knowledge.language.lexicon import load_lexicon
from knowledge.models import FactFile, FactRecord, NameRecord
from knowledge.problems import Problem, shown
from knowledge.proof.checking import SentenceCoverage, SentenceState, coverage_of, untrue
from knowledge.proof.closest import suggestion
from knowledge.proof.loading import NAMES_FILE, Loaded, Skipped, read_base
from knowledge.proof.records import Filed, RecordFile, labels_of
from knowledge.rules import RuleId


@dataclass(frozen=True, slots=True)
class Held:
    """One fact or draft of the file, as it is written there, well-formed or not.

    Attributes:
        at: its position among the facts of the file.
        label: its name in messages: `fact "some-id"`, or `fact 7` where it has no id.
        text: its table, with its heading.
        record: None where it is not well-formed.
        citation: where its quote stands; None where it does not stand in the document just once.
        is_draft: nobody has reviewed it.
        problems: what is wrong with it.
    """

    at: int
    label: str
    text: str
    record: FactRecord | None
    citation: Citation | None
    is_draft: bool
    problems: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        """Its id, or what messages call it where it has none."""
        return self.record.id if self.record else self.label.removeprefix("fact ").strip('"')


@dataclass(frozen=True)
class Review:
    """A document with its sentences, and the facts and drafts that quote them, as the files hold them at one moment.

    Attributes:
        path: the fact file.
        text: what it holds.
        names: the names file, and what it holds; empty where there is none.
        sentences: what has become of each, in the order of the document.
        held: every fact and draft, in the order of the file.
        skipped: the passages that are skipped.
        people: the names of the base by id.
        problems: all that is wrong with the records of the whole base.
    """

    document: Document
    path: Path
    text: FactText
    names: tuple[Path, FactText]
    sentences: tuple[SentenceCoverage, ...]
    held: tuple[Held, ...]
    skipped: tuple[Skipped, ...]
    people: Mapping[str, NameRecord]
    problems: tuple[Problem, ...]

    @property
    def seen(self) -> dict[Path, str]:
        """What the files held, for `writing.save_all`; an empty text where there was none."""
        return {self.path: self.text.text, self.names[0]: self.names[1].text}

    @cached_property
    def to_review(self) -> tuple[SentenceCoverage, ...]:
        """The sentences that need work: those that are open or drafted, and those that have a draft beside a fact."""
        return tuple(each for each in self.sentences if each.drafts or each.state is SentenceState.OPEN)

    @cached_property
    def astray(self) -> tuple[Held, ...]:
        """The facts and drafts whose quotes do not stand in the document just once; no sentence has them."""
        return tuple(held for held in self.held if held.citation is None)

    def of(self, sentence: Passage) -> tuple[Held, ...]:
        """Return the facts and drafts that quote from a sentence, in the order of the text."""
        there = [held for held in self.held if held.citation and _overlap(held.citation, sentence)]
        return tuple(sorted(there, key=lambda held: (held.citation.start if held.citation else 0, held.at)))

    def named(self, label: str) -> Held | None:
        """Return the fact or draft that messages call by a label; None when there is none by now."""
        return next((held for held in self.held if held.label == label), None)

    def draft_names(self, names: Iterable[str]) -> tuple[NameRecord, ...]:
        """Return those of some names that nobody has reviewed, and those that they belong to or speak for."""
        found: dict[str, NameRecord] = {}
        waiting = list(names)
        while waiting:
            name = self.people.get(waiting.pop(0))
            if name is not None and name.id not in found:
                found[name.id] = name
                waiting += [name.part_of] if name.part_of else []
        return tuple(name for name in found.values() if name.draft)


def open_review(document_id: str, documents: Path, facts: Path) -> Review:
    """Return a document as it is to be reviewed.

    Args:
        document_id: its id.
        documents: the folder of the documents.
        facts: the folder of the fact files and `names.toml`.

    Raises:
        NotReviewed: there is no such document, or it cannot be opened; the message holds every problem in the way.
        NotWritten: a file cannot be read, or its tables cannot be told apart.
    """
    acts = load_lexicon().acts()
    path = _file_of(document_id, read_base(documents, facts))
    text = FactText.read(path)
    names = facts / NAMES_FILE
    named = FactText.read(names) if names.exists() else FactText("")
    instead = {path: text.text, **({names: named.text} if named.text else {})}
    loaded = read_base(documents, facts, acts=acts, instead=instead)
    document = next((known for known in loaded.documents if known.id == document_id), None)
    if document is None:
        raise NotReviewed(_in_the_way(document_id, loaded))
    problems = untrue(documents, facts, acts, instead)
    file = next(file for file in loaded.files if file.file == str(path))
    return Review(
        document=document,
        path=path,
        text=text,
        names=(names, named),
        sentences=coverage_of(document, loaded.facts, loaded.skipped).sentences,
        held=_held(text, file, document, problems),
        skipped=tuple(passage for passage in loaded.skipped if passage.citation.document == document_id),
        people=loaded.names,
        problems=problems,
    )


def used_names(records: Iterable[FactRecord]) -> tuple[str, ...]:
    """Return the ids of the names that facts speak of, each once."""
    return tuple(dict.fromkeys(name for each in records for name in (*each.speakers, *each.agent, *each.target)))


def _file_of(document_id: str, loaded: Loaded) -> Path:
    """Return the fact file of a document, whether the document can be opened or not."""
    known = {file.document.record.id: Path(file.file) for file in loaded.files if file.document}
    if document_id in known:
        return known[document_id]
    unread = [problem for problem in loaded.problems if problem.rule is RuleId.FILE_UNREADABLE]
    unread += [problem for file in loaded.files if file.document is None for problem in file.problems]
    mend = suggestion(document_id, known, "verbatim check lists the documents")
    lines = [f"no document {shown(document_id)}; {mend}", *map(str, dict.fromkeys(unread))]
    raise NotReviewed("\n".join(lines))


def _in_the_way(document_id: str, loaded: Loaded) -> str:
    """Return why a document cannot be opened."""
    files = {file.file for file in loaded.files if file.document and file.document.record.id == document_id}
    found = [str(problem) for problem in loaded.problems if problem.file in files and problem.record == "document"]
    return "\n".join(found) or f"document {shown(document_id)} cannot be opened; verbatim check tells why"


def _held(text: FactText, file: RecordFile, document: Document, problems: Sequence[Problem]) -> tuple[Held, ...]:
    """Return every fact and draft of a file."""
    labels = [label for label, kind, _ in labels_of(tomllib.loads(text.text), FactFile) if kind == "fact"]
    formed: dict[str, Filed[FactRecord]] = {filed.label: filed for filed in file.facts}
    return tuple(
        Held(
            at,
            label,
            written,
            formed[label].record if label in formed else None,
            document.cite_quote(quote) if isinstance(quote := table.get("quote"), str) else None,
            table.get("draft") is True,
            tuple(problem for problem in problems if (problem.file, problem.record) == (file.file, label)),
        )
        for at, (label, table, written) in enumerate(zip(labels, text.tables(), text.written(), strict=True))
    )


def _overlap(one: Citation | Passage, other: Citation | Passage) -> bool:
    """Return whether two places of one document have a character in common."""
    return one.start < other.end and other.start < one.end
