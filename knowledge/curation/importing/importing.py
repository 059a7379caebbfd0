"""Facts taken over from a file: what each row becomes, proven by the proof of loading, and the files with all of it.

A row that says all that a fact needs is a fact, as if a curator had typed it. What rules have filled in is a draft.
What is not proven is refused, with its place and the mend.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from pydantic import ValidationError

from knowledge.curation.drafting.drafting import ID_WORDS
from knowledge.curation.drafting.naming import slug, unique_id
from knowledge.curation.errors import NotExchanged
from knowledge.curation.exchanging.rows import NotTaken, Refused, Row, Rows
from knowledge.curation.importing.filling import Filler, resolved, sentence_of
from knowledge.curation.importing.sources import Sources, folded, joined
from knowledge.curation.importing.subjects import prove_subject
from knowledge.curation.writing import NAMES_SCHEMA_LINE, FactText
from knowledge.documents import Document
from knowledge.language.lexicon import Lexicon, load_lexicon
from knowledge.language.text import words
from knowledge.models import SLUG, FactRecord, NameRecord
from knowledge.problems import Problem, shown
from knowledge.proof.checking import coverage_of, untrue
from knowledge.proof.closest import suggestion
from knowledge.proof.loading import NAMES_FILE, Loaded, read_base
from knowledge.proof.records import worded
from knowledge.rules import RuleId

OF_NAMES = ("speakers", "agent", "target")


class Fate(StrEnum):
    """What becomes of a row: a new fact, a changed one, nothing, or another question of a fact that is new."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"
    JOINED = "joined"


@dataclass(frozen=True, slots=True)
class Taken:
    """A row that is taken.

    Attributes:
        id: of its fact.
        draft: the fact is one, and answers nothing until somebody has reviewed it.
        notes: what a curator should know of it, such as what was filled in.
    """

    place: str
    id: str
    fate: Fate
    draft: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What becomes of a file.

    Attributes:
        taken, refused: its rows, in its order.
        names: that the base does not know and facts need, each marked as a draft.
        notes: what was left out of the file as a whole.
        texts: path of each file of the base that changes -> its text; to be saved together by `writing.save_all`.
        uncovered: how many sentences of the document nobody has accounted for afterwards: with any, the base does not
            start.
    """

    taken: tuple[Taken, ...]
    refused: tuple[Refused, ...]
    names: tuple[NameRecord, ...]
    notes: tuple[str, ...]
    texts: Mapping[Path, str]
    uncovered: int


@dataclass(frozen=True, slots=True)
class ImportWishes:
    """How a file is imported.

    Attributes:
        update: facts that are there are changed, where a row says otherwise.
        as_drafts: whatever is new is a draft.
        skip_bad: rows that are refused leave the others alone; else nothing is changed as long as there are any.
    """

    update: bool = False
    as_drafts: bool = False
    skip_bad: bool = False


def plan_import(rows: Rows, document: str, documents: Path, facts: Path, wishes: ImportWishes) -> Plan:
    """Return what becomes of the rows of a file in the fact file of a document, and write nothing.

    Args:
        rows: of the file.
        document: the id of the document.
        documents: the folder of the documents.
        facts: the folder of the fact files and `names.toml`.
        wishes: how it is done.

    Raises:
        NotExchanged: the document is unknown or altered, or the rows break something else in the base.
        NotWritten: a file of the base cannot be edited.
    """
    desk = _Desk.opened(document, documents, facts, wishes)
    desk.prepare(rows.rows)
    for row in rows.rows:
        try:
            desk.take(row)
        except NotTaken as reason:
            desk.refuse(row, reason.message, reason.mend)
    texts = desk.proven()
    refused = (*rows.refused, *desk.refused)
    order = {row.place: at for at, row in enumerate(rows.rows)}
    return Plan(
        taken=tuple(sorted(desk.taken(), key=lambda one: order[one.place])),
        refused=tuple(sorted(refused, key=lambda one: int(one.place.split()[-1]))),
        names=desk.new_names(),
        notes=rows.notes,
        texts=texts if wishes.skip_bad or not refused else {},
        uncovered=desk.uncovered(texts),
    )


@dataclass
class _Proposal:
    """A fact that rows make.

    Attributes:
        rows: the first makes it, the others add questions to it.
    """

    record: FactRecord
    fate: Fate
    rows: list[Row]
    names: tuple[NameRecord, ...]
    notes: tuple[str, ...]


@dataclass
class _Desk:
    """One document into which rows are taken, one after the other."""

    document: Document
    path: Path
    documents: Path
    facts: Path
    wishes: ImportWishes
    loaded: Loaded
    lexicon: Lexicon
    filler: Filler
    refused: list[Refused] = field(default_factory=list)
    _proposals: dict[str, _Proposal] = field(default_factory=dict)
    _same: list[Taken] = field(default_factory=list)

    @classmethod
    def opened(cls, document: str, documents: Path, facts: Path, wishes: ImportWishes) -> _Desk:
        """Return a document ready to take rows."""
        lexicon = load_lexicon()
        loaded = read_base(documents, facts)
        known = {one.id: one for one in loaded.documents}
        if document not in known:
            mend = suggestion(document, known, "verbatim check lists the documents, and verbatim add adds one")
            raise NotExchanged(f"no document {shown(document)}; {mend}")
        path = next(Path(file.file) for file in loaded.files if file.document and file.document.record.id == document)
        for problem in loaded.problems:
            if problem.rule is RuleId.DOCUMENT_ALTERED and problem.file == str(path):
                raise NotExchanged(str(problem))
        filler = Filler(known[document], loaded, lexicon)
        return cls(known[document], path, documents, facts, wishes, loaded, lexicon, filler)

    def __post_init__(self) -> None:
        own = (file for file in self.loaded.files if Path(file.file) == self.path)
        self._own = {filed.record.id: filed.record for file in own for filed in file.facts}
        self._homes = {filed.record.id: file.file for file in self.loaded.files for filed in file.facts}
        self._asked = dict(self._questions())
        others = tuple(one for one in self.loaded.documents if one.id != self.document.id)
        self._sources = Sources(self.document, tuple(self._own.values()), others)

    def _questions(self) -> Iterator[tuple[str, str]]:
        """Yield each question of the base, as it is compared, with the record at which it stands."""
        for file in self.loaded.files:
            yield from (
                (folded(one), f'fact "{fact.record.id}"') for fact in file.facts for one in fact.record.phrasings
            )
            yield from ((folded(one), "something unsaid") for gap in file.unsaid for one in gap.record.wordings)

    # What a row becomes

    def prepare(self, rows: Sequence[Row]) -> None:
        """Let the rules look at the sentences of rows that do not say all that a fact needs.

        Questions of facts that are changed are free: another row may have taken one over.
        """
        numbers = set()
        for row in rows:
            if self.wishes.update and (known := self._known(row.said)):
                self._free(known)
            quote = row.said.get("quote") if row.source is None else self._quote_for(row)
            if "act" not in row.said and isinstance(quote, str) and (sentence := sentence_of(quote, self.document)):
                numbers.add(sentence.number)
        self.filler.sentences = frozenset(numbers)

    def _quote_for(self, row: Row) -> str:
        """Return the quote of an answer, found or proposed; "" where there is none, which is told later."""
        try:
            return self._sources.quote_of(row) or self._sources.nearest(row, self.filler)[0]
        except NotTaken:
            return ""

    def take(self, row: Row) -> None:
        """Make a fact of a row.

        Raises:
            NotTaken: it cannot be made, or must not.
        """
        prove_subject(row.subject, self.document, self.loaded.documents)
        said, notes = dict(row.said), []
        if row.source is not None:
            said["quote"] = self._sources.quote_of(row)
            if not said["quote"]:
                said["quote"], told = self._sources.nearest(row, self.filler)
                notes.append(told)
        known = self._known(said)
        if known is not None and row.source is not None:
            said["phrasings"] = joined(known.phrasings, said["phrasings"])
        added = {} if known or "act" in said else self._filled(said)
        if added:
            notes.append(f"filled in by rules: {', '.join(key for key, value in added.items() if value)}")
        values = (known.model_dump(mode="json") if known else {}) | added | said
        names = self._with_names(values)
        notes += [f'name "{name.id}" is new, and a draft' for name in names]
        if known is None:
            values["id"] = values.get("id") or self._new_id(str(values.get("claim", "")))
        if names or (known is None and (notes or self.wishes.as_drafts)):
            values["draft"] = True
        self._put(row, _record(values), known, names, tuple(notes))

    def _put(
        self,
        row: Row,
        record: FactRecord,
        known: FactRecord | None,
        names: tuple[NameRecord, ...],
        notes: tuple[str, ...],
    ) -> None:
        """Keep a fact beside those of earlier rows."""
        if record == known:
            self._prove_questions(record, record.phrasings)
            self._same.append(Taken(row.place, record.id, Fate.SAME, record.draft))
            return
        if known is not None and not self.wishes.update:
            fields = [key for key in FactRecord.model_fields if getattr(known, key) != getattr(record, key)]
            message = f"is there and says otherwise in {', '.join(fields)}"
            raise NotTaken(message, "--update takes the row, or choose another id")
        if earlier := self._proposals.get(record.id):
            self._join(row, record, earlier)
            return
        if known is None and record.id in self._homes:
            message = f"id is taken by a fact in {self._homes[record.id]}"
            raise NotTaken(message, "choose another id, or import into its document")
        self._prove_questions(record, record.phrasings)
        fate = Fate.ADDED if known is None else Fate.CHANGED
        self._proposals[record.id] = _Proposal(record, fate, [row], names, notes)

    def _join(self, row: Row, record: FactRecord, earlier: _Proposal) -> None:
        """Add the question of a row to the fact of an earlier one that says the same."""
        if row.source is None or (record.claim, record.quote) != (earlier.record.claim, earlier.record.quote):
            if record == earlier.record:
                self._same.append(Taken(row.place, record.id, Fate.SAME, record.draft))
                return
            raise NotTaken(f"id is taken by {earlier.rows[0].place}", "give each row an id of its own")
        asked = row.said["phrasings"]
        self._prove_questions(record, asked if isinstance(asked, list) else [])
        phrasings = tuple(joined(earlier.record.phrasings, asked))
        earlier.record = earlier.record.model_copy(update={"phrasings": phrasings})
        earlier.rows.append(row)

    def refuse(self, row: Row, message: str, mend: str) -> None:
        """Note that a row is not taken."""
        said = row.said.get("id")
        known = said if isinstance(said, str) and re.fullmatch(SLUG, said) else ""
        self.refused.append(Refused(row.place, known, message, mend))

    def _known(self, said: Mapping[str, object]) -> FactRecord | None:
        """Return the fact of the document that a row is about: by its id, or else by its claim and quote."""
        if said.get("id"):
            return self._own.get(str(said["id"]))
        same = (one for one in self._own.values() if one.claim == said.get("claim") and one.quote == said.get("quote"))
        return next(same, None)

    def _filled(self, said: dict[str, object]) -> dict[str, object]:
        """Return what rules add to a row that does not say what is done; what it leaves empty it does not say."""
        quote = str(said.get("quote", ""))
        if sentence_of(quote, self.document) is None:
            return {"act": "describe"}  # the proof tells what is wrong with the quote
        for key in [key for key, value in said.items() if not value]:
            del said[key]
        added = self.filler.filled(said, quote)
        if not added:
            message = "no act, and rules could propose none"
            raise NotTaken(message, "write an act: a heading of lexicon/en/acts.toml, such as say")
        return added

    def _with_names(self, values: dict[str, object]) -> tuple[NameRecord, ...]:
        """Put ids in the place of names, and return those that are new."""
        known = tuple(self.loaded.names.values())
        new: dict[str, NameRecord] = {}
        for key in OF_NAMES:
            values[key], unknown = resolved(values.get(key, []), known)
            if not unknown:
                continue
            proposed = tuple(self.filler.names.values())
            values[key], lost = resolved(values[key], (*known, *proposed))
            if lost:
                mend = suggestion(lost[0], [name.id for name in known], "add it to names.toml")
                raise NotTaken(f"{key} {shown(lost[0])} is unknown", mend)
            found = values[key]
            new |= {name.id: name for name in proposed if isinstance(found, list) and name.id in found}
        return tuple(new.values())

    def _new_id(self, claim: str) -> str:
        telling = [word.text for word in words(claim) if word.text not in self.lexicon.function_words]
        key = slug(" ".join(telling[:ID_WORDS]), "fact")
        earlier = self._proposals.get(key)
        if earlier is not None and earlier.record.claim == claim:
            return key
        return unique_id(key, {*self._homes, *self._proposals})

    def _free(self, record: FactRecord) -> None:
        """Forget the questions of a fact."""
        for question in map(folded, record.phrasings):
            if self._asked.get(question) == f'fact "{record.id}"':
                del self._asked[question]

    def _prove_questions(self, record: FactRecord, questions: Iterable[str]) -> None:
        """Refuse questions that stand at another record, and note those of this one."""
        for question in questions:
            there = self._asked.get(folded(question), "")
            if there and there != f'fact "{record.id}"':
                raise NotTaken(f"question {shown(question)} stands at {there} already", "keep it once")
        self._asked.update((folded(question), f'fact "{record.id}"') for question in questions)

    # The proof

    def proven(self) -> dict[Path, str]:
        """Return the files with all that is proven; what is not is refused."""
        acts = self.lexicon.acts()
        before: set[Problem] | None = None
        while True:
            texts = self._texts()
            found = untrue(self.documents, self.facts, acts, instead=texts)
            if found and before is None:
                before = set(untrue(self.documents, self.facts, acts, instead={}))
            new = [one for one in found if one not in (before or ())]
            if not new:
                return texts
            self._refuse_unproven(new)

    def _refuse_unproven(self, found: Sequence[Problem]) -> None:
        """Refuse the rows of facts with problems.

        Raises:
            NotExchanged: a problem is of none of them.
        """
        broken: dict[str, list[Problem]] = {}
        for problem in found:
            owner = next((key for key in _spoken_of(problem) if key in self._proposals), None)
            if owner is None:
                raise NotExchanged(f"cannot be imported: {problem}")
            broken.setdefault(owner, []).append(problem)
        for key, problems in broken.items():
            unproven = self._proposals.pop(key)
            for row in unproven.rows:
                quoted = "" if row.source is None else f" ({shown(unproven.record.quote)})"
                self.refused.extend(Refused(row.place, key, one.message + quoted, one.mend) for one in problems)

    def _texts(self) -> dict[Path, str]:
        """Return the files of the base with what the rows make."""
        several = self._proposals.values()
        if not several:
            return {}
        changed = {one.record.id: one.record for one in several if one.fate is Fate.CHANGED}
        text = FactText.read(self.path).replace_all(changed)
        added = sorted(
            (one.record for one in several if one.fate is Fate.ADDED), key=lambda one: self._place(one.quote)
        )
        texts = {self.path: text.add_all([(record, self._standing_before(record)) for record in added]).text}
        if names := self.new_names():
            path = self.facts / NAMES_FILE
            named = FactText.read(path) if path.exists() else FactText(f"{NAMES_SCHEMA_LINE}\n")
            for name in names:
                named = named.add(name)
            texts = {path: named.text, **texts}
        return texts

    def _place(self, quote: str) -> int:
        found = self.document.find(quote)
        return found[0] if found else len(self.document.text)

    def _standing_before(self, record: FactRecord) -> str:
        """Return the id of the fact behind which a new one goes; empty for the end."""
        at = self._place(record.quote)
        facts = [fact for fact in self.loaded.facts if fact.id in self._own and fact.citation.start <= at]
        return max(facts, key=lambda fact: (fact.citation.start, fact.number)).id if facts else ""

    # What came of it

    def taken(self) -> Iterator[Taken]:
        """Yield what became of each row that is taken."""
        yield from self._same
        for one in self._proposals.values():
            first, *others = one.rows
            yield Taken(first.place, one.record.id, one.fate, one.record.draft, one.notes)
            yield from (Taken(row.place, one.record.id, Fate.JOINED, one.record.draft) for row in others)

    def new_names(self) -> tuple[NameRecord, ...]:
        """Return the names that the facts need and the base does not know."""
        return tuple({name.id: name for one in self._proposals.values() for name in one.names}.values())

    def uncovered(self, texts: Mapping[Path, str]) -> int:
        """Return how many sentences of the document nobody has accounted for, with some texts in place."""
        loaded = read_base(self.documents, self.facts, instead=texts)
        return len(coverage_of(self.document, loaded.facts, loaded.skipped).uncovered)


def _record(values: Mapping[str, object]) -> FactRecord:
    """Return a fact with some values.

    Raises:
        NotTaken: they make none.
    """
    try:
        return FactRecord.model_validate(values)
    except ValidationError as error:
        message, mend = worded(error.errors(include_url=False, include_context=True)[0], FactRecord)
        raise NotTaken(message, mend) from None


def _spoken_of(problem: Problem) -> Iterator[str]:
    """Yield the ids of the facts that a problem is about: its own first."""
    yield from re.findall(r'fact "([^"]*)"', f"{problem.record} {problem.message}")
