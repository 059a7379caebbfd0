"""What a curator does to the facts of a sentence: accept, edit, split, merge, skip, discard; each gives new texts.

Nothing is written here: an `Amendment` holds what the files would be, and what they were, and `writing.save_all` proves
the one and looks for the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from knowledge.curation.errors import NotWritten
from knowledge.curation.reviewing.reviewing import Held, Review, used_names
from knowledge.curation.writing import NAMES_SCHEMA_LINE, FactText, save_all, toml_of
from knowledge.documents import Passage
from knowledge.models import FactRecord, NameRecord, SkippedRecord
from knowledge.problems import Problem

NAMES_BELOW = "# Names that it uses and that nobody has reviewed yet; they are saved into names.toml."


@dataclass(frozen=True)
class Amendment:
    """What a curator has decided, and the files with it.

    Attributes:
        told: what is done by it, in a few words.
        texts: path of each file that changes -> its text; to be saved together.
        seen: what these files held before.
        sentence: the sentence that it is about, by its number.
    """

    told: str
    texts: Mapping[Path, str]
    seen: Mapping[Path, str]
    sentence: int = field(default=0)

    def undone(self) -> Amendment:
        """Return what takes it back; a names file that was not there before is left."""
        texts = {path: text for path, text in self.seen.items() if text and path in self.texts}
        return Amendment(f"undone: {self.told}", texts, dict(self.texts), self.sentence)


def carry_out(amendment: Amendment, documents: Path, facts: Path) -> tuple[Problem, ...]:
    """Save what a curator has decided if the base is as sound with it as without.

    Returns:
        What would be wrong that is not wrong now, and then nothing was written; empty when it was saved.

    Raises:
        ChangedMeanwhile: a file holds something else than was seen; nothing was saved.
        NotWritten: a file cannot be written; nothing was saved.
    """
    return save_all(amendment.texts, documents, facts, amendment.seen)


def accepted(review: Review, drafts: Sequence[Held], sentence: int = 0) -> Amendment:
    """Return what makes drafts facts: they count as reviewed, and so do the names that they use.

    Raises:
        NotWritten: one of them is no draft, or is not well-formed.
    """
    records: list[FactRecord] = []
    text = review.text
    for held in drafts:
        if not held.is_draft:
            raise NotWritten(f"{held.label} is reviewed already")
        if held.record is None:
            raise NotWritten(f"{held.label} is not well-formed: edit it first")
        records.append(held.record)
        text = text.replace(held.record.id, held.record.model_copy(update={"draft": False}))
    if not records:
        raise NotWritten("there is no draft to accept")
    names = review.draft_names(used_names(records))
    named = review.names[1]
    for name in names:
        named = named.replace(name.id, name.model_copy(update={"draft": False}))
    told = f"accepted {', '.join(record.id for record in records)}"
    told += f", and with it {', '.join(name.id for name in names)}" if names else ""
    return _amendment(review, told, text, named, sentence)


def text_to_edit(review: Review, held: Sequence[Held]) -> str:
    """Return facts as they are edited: their tables, and those of the names that they use and nobody has reviewed."""
    records = [each.record for each in held if each.record]
    return with_names("\n\n".join(each.text for each in held), review, records)


def with_names(text: str, review: Review, records: Sequence[FactRecord]) -> str:
    """Return a text to be edited, with the names beneath that its facts use and nobody has reviewed."""
    names = review.draft_names(used_names(records))
    if not names:
        return f"{text.rstrip()}\n"
    return "\n\n".join([text.rstrip(), NAMES_BELOW, *(toml_of(name).rstrip() for name in names)]) + "\n"


def amended(review: Review, held: Sequence[Held], typed: str, sentence: Passage | None = None) -> Amendment:
    """Return what puts facts as somebody typed them in the place of others.

    Args:
        review: the document.
        held: those that go; none for a fact that is new.
        typed: tables of facts, to be kept to the byte, and of names that are new or changed.
        sentence: where a new fact belongs.

    Raises:
        NotWritten: what was typed is not TOML, or holds no fact, or tables of another kind.
    """
    facts, names = _typed(typed)
    names = tuple(name for name in names if review.people.get(name.id) != name)
    reviewed = _reviewed_names(facts, review, {name.id: name for name in names})
    named = review.names[1] if review.names[1].text.strip() else FactText(f"{NAMES_SCHEMA_LINE}\n")
    known = set(named.keys("name"))
    for name in {**{name.id: name for name in names}, **reviewed}.values():
        named = named.replace(name.id, name) if name.id in known else named.add(name)
    after = _before(review, sentence) if sentence is not None else None
    place = sentence.start if sentence is not None else 0
    if after is None and not held and review.held and any(_start(each) > place for each in review.held):
        # The first of the file: put before the one that stands there, in whose place both go.
        first = review.held[0]
        text = review.text.put(f"{facts}\n\n{first.text}", [first.at])
    else:
        text = review.text.put(facts, [each.at for each in held], after)
    ids = [str(table.get("id", "a fact without id")) for table in FactText(facts).tables()]
    told = f"saved {', '.join(ids)}"
    if names or reviewed:
        told += f", with the names {', '.join(sorted({*(name.id for name in names), *reviewed}))}"
    is_named = bool(names or reviewed)
    number = sentence.number if sentence is not None else 0
    return _amendment(review, told, text, named if is_named else review.names[1], number)


def discarded(review: Review, held: Held, sentence: int = 0) -> Amendment:
    """Return what takes a draft away.

    Raises:
        NotWritten: it is a fact that somebody has reviewed.
    """
    if not held.is_draft and held.record is not None:
        raise NotWritten(f"{held.label} is reviewed; to take it away, edit it to draft = true first")
    return _amendment(review, f"discarded {held.name}", review.text.put("", [held.at]), review.names[1], sentence)


def skipped(review: Review, sentence: Passage, reason: str) -> Amendment:
    """Return what skips a sentence with a reason; the drafts that quote it go.

    Raises:
        NotWritten: a reviewed fact quotes it, it is skipped already, or there is no reason.
    """
    there = review.of(sentence)
    reviewed = [held.label for held in there if not held.is_draft]
    if reviewed:
        raise NotWritten(f"{reviewed[0]} is reviewed and quotes from it: a sentence is quoted or skipped")
    if any(
        passage.citation.start < sentence.end and sentence.start < passage.citation.end for passage in review.skipped
    ):
        raise NotWritten("it is skipped already")
    try:
        record = SkippedRecord(quote=sentence.text, reason=" ".join(reason.split()))
    except ValidationError:
        raise NotWritten("a skipped sentence needs a reason of at most 500 characters") from None
    text = review.text.put("", [held.at for held in there]) if there else review.text
    told = f"skipped: {record.reason}"
    told += f"; {len(there)} draft{'' if len(there) == 1 else 's'} discarded" if there else ""
    return _amendment(review, told, text.add(record), review.names[1], sentence.number)


def unskipped(review: Review, sentence: Passage) -> Amendment:
    """Return what opens a skipped sentence again.

    Raises:
        NotWritten: it is not skipped, or by a passage that goes beyond it.
    """
    found = [each.citation for each in review.skipped if _within(each.citation.start, each.citation.end, sentence)]
    if not found:
        raise NotWritten("it is not skipped by itself; look into the file")
    text = review.text
    for citation in found:
        text = text.remove(citation.quote, "skipped")
    return _amendment(review, "no longer skipped", text, review.names[1], sentence.number)


def _amendment(review: Review, told: str, text: FactText, named: FactText, sentence: int) -> Amendment:
    """Return an amendment with the files that it changes; names come first, for facts need them."""
    made = {review.names[0]: named.text, review.path: text.text}
    seen = review.seen
    return Amendment(
        told,
        {path: made[path] for path in made if made[path] != seen[path]},
        {path: seen[path] for path in made},
        sentence,
    )


def _typed(typed: str) -> tuple[str, tuple[NameRecord, ...]]:
    """Return the facts of a typed text, as they were typed, and its names.

    Raises:
        NotWritten: it is not TOML, or holds tables of another kind, or no fact.
    """
    before, tables = FactText(typed.replace("\r\n", "\n")).parted()
    wrong = [kind for kind, _ in tables if kind not in {"fact", "name"}]
    if wrong:
        raise NotWritten(f"[[{wrong[0]}]] has no place here; write [[fact]], and [[name]] for a name that it needs")
    facts = [text for kind, text in tables if kind == "fact"]
    if not facts:
        raise NotWritten("no [[fact]] is left; to take a draft away, leave with Esc and discard it")
    names = tuple(_name(text) for kind, text in tables if kind == "name")
    return "".join([before, *facts]).replace(NAMES_BELOW, "").strip(), names


def _name(text: str) -> NameRecord:
    """Return a typed name.

    Raises:
        NotWritten: it is not well-formed.
    """
    (table,) = FactText(text).tables("name")
    try:
        return NameRecord.model_validate(dict(table))
    except ValidationError as error:
        (first, *_) = error.errors(include_url=False)
        where = ".".join(str(part) for part in first["loc"])
        raise NotWritten(f"name {table.get('id', '')}: {where}: {first['msg']}; see the guide for [[name]]") from None


def _reviewed_names(facts: str, review: Review, typed: Mapping[str, NameRecord]) -> dict[str, NameRecord]:
    """Return the names that count as reviewed from now on, because a fact that is no draft uses them."""
    used = [
        name
        for table in FactText(facts).tables()
        if table.get("draft") is not True
        for key in ("speakers", "agent", "target")
        for name in _several(table.get(key))
    ]
    drafts = {name.id: name for name in review.draft_names(used)}
    drafts |= {name.id: name for name in typed.values() if name.draft and name.id in used}
    return {key: typed.get(key, name).model_copy(update={"draft": False}) for key, name in drafts.items()}


def _several(value: object) -> list[str]:
    """Return the ids of a field that holds one or several."""
    several = value if isinstance(value, list) else [value]
    return [each for each in several if isinstance(each, str)]


def _before(review: Review, sentence: Passage) -> int | None:
    """Return where a new fact of a sentence goes: behind the last one that begins before the end of it."""
    before = [held for held in review.held if held.citation and held.citation.start < sentence.end]
    return max(before, key=lambda held: (_start(held), held.at)).at if before else None


def _start(held: Held) -> int:
    return held.citation.start if held.citation else -1


def _within(start: int, end: int, sentence: Passage) -> bool:
    return sentence.start <= start and end <= sentence.end
