"""What `verbatim add --replaces` tells: what became of every quote, and what a curator is left to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rich.text import Text

from bot.screens import LOUD, QUIET, QUOTED, WARNING, WRONG, Line, drawn, plain
from knowledge import Citation
from knowledge.curation import Extracted, NotReceived, QuoteFate, Revision, Shelf, Traced, Wanted, id_of, next_id

KEYS = {"quote": "quotes", "attribution": "attributions", "antecedent": "antecedents", "skipped": "skipped passages"}
"""What quotes are called in the table of counts, by their key."""

STYLES = {QuoteFate.SAME: QUIET, QuoteFate.MOVED: QUOTED, QuoteFate.CHANGED: WARNING, QuoteFate.VANISHED: WRONG}

LONGEST_LINE = 160
"""Characters of a sentence or quote that are shown; the whole stands in the file, and with `--json`."""


def as_revision(
    wanted: Wanted, extracted: Extracted, name: str, content: bytes, shelf: Shelf
) -> tuple[Wanted, tuple[str, ...]]:
    """Return what is known of a revision where neither it nor the curator says it, and what was taken from where.

    Title and language are those of the document that it replaces: it is the same work. When it was published, by whom
    and where is not.

    Raises:
        NotReceived: the base has no such document.
    """
    if not wanted.replaces:
        return wanted, ()
    key = shelf.ids.get(wanted.replaces.casefold())
    if key != wanted.replaces:
        known = f"; did you mean {key!r}?" if key else "; verbatim sources lists them"
        raise NotReceived(f"no document {wanted.replaces!r} to replace{known}")
    old = shelf.records[key]
    taken: dict[str, str] = {}
    if not (wanted.title or extracted.described.title):
        taken["title"] = old.title
    if not (wanted.language or extracted.described.language):
        taken["language"] = old.language
    made = replace(wanted, **taken)
    if not made.id and id_of(name, content).casefold() in shelf.ids:
        made = replace(made, id=next_id(id_of(name, content), shelf.ids))
    notes = (f"{' and '.join(taken)} taken from {old.id}",) if taken else ()
    return made, notes


def revision_lines(revision: Revision, *, dry_run: bool) -> Iterator[Line]:
    """Yield what became of a document: counts first, then what moved, changed, vanished and is new."""
    old, new = revision.old.record, revision.new.record
    dated = f" ({old.published})" if old.published else ""
    yield Line("  ", drawn(f"a revision of {old.id}{dated}, which stays as it is", QUIET))
    yield plain("")
    yield from _table(revision.traced)
    yield plain("")
    for traced in revision.traced:
        if traced.fate is not QuoteFate.SAME or traced.note:
            yield from _traced_lines(traced)
    for sentence in revision.added:
        paragraph = revision.new.paragraph_at(sentence.start).number
        yield Line("  new       ", drawn(f"¶{paragraph} {_short(sentence.text)}"), style=WARNING)
    drafted = revision.drafts
    for each in drafted:
        yield Line("  draft     ", drawn(f"{each.record.id}: {'; '.join(each.reasons)}"), style=WARNING)
    for left in revision.left:
        yield Line("  not taken ", drawn(f"{left.record}: {left.reason}"), style=WRONG)
    yield plain("")
    would = "would be " if dry_run else ""
    yield plain(
        f"  {would}carried: {_many(len(revision.facts), 'fact')}, {_many(len(drafted), 'draft')} to be reviewed, "
        f"{_many(len(revision.unsaid), 'gap')}, {_many(len(revision.skipped), 'skipped passage')}; "
        f"left with {old.id}: {_many(len(revision.left), 'fact')}",
        LOUD,
    )
    if revision.unsaid and revision.added:
        yield plain("  see whether the new sentences tell what the gaps say is unsaid", WARNING)
    if revision.uncovered:
        yield plain(
            f"  {_many(len(revision.uncovered), 'sentence')} of {new.id} {_are(revision.uncovered)} to be covered: "
            f"verbatim draft {new.id} proposes facts. Until then {old.id} is answered from",
            WARNING,
        )
    elif drafted:
        yield plain(f"  until its draft is reviewed, a fact is answered as {old.id} has it", WARNING)


def _table(traced: Sequence[Traced]) -> Iterator[Line]:
    """Yield how many quotes of each kind are in the same place, moved, changed or gone."""
    counts = Counter((_kind(each), each.fate) for each in traced)
    kinds = [kind for kind in KEYS if any(counts[kind, fate] for fate in QuoteFate)]
    yield Line(f"  {'':<17}", Text.assemble(*((f"{fate:>11}", STYLES[fate]) for fate in QuoteFate)))
    for kind in kinds:
        numbers = Text.assemble(*((f"{counts[kind, fate]:>11}", STYLES[fate]) for fate in QuoteFate))
        yield Line(f"  {KEYS[kind]:<17}", numbers)


def _kind(traced: Traced) -> str:
    return "skipped" if traced.record.startswith("skipped") else traced.key


def _traced_lines(traced: Traced) -> Iterator[Line]:
    """Yield one quote: what became of it, from which paragraph to which, and the words that changed."""
    to = f" → ¶{traced.new.paragraph}" if traced.new and traced.new.paragraph != traced.old.paragraph else ""
    key = "" if traced.key == "quote" else f" ({traced.key})"
    record = traced.record.removeprefix("fact ").strip('"')
    head = Text.assemble(drawn(f"{record}{key} "), drawn(f"¶{traced.old.paragraph}{to} ", QUIET))
    if traced.words:
        words = "; ".join(f"“{_short(old)}” → “{_short(new)}”" for old, new in traced.words)
        head.append(drawn(words, WARNING))
    elif traced.new is None:
        head.append(drawn(f"“{_short(traced.old.quote)}”", QUIET))
    if traced.note:
        head.append(drawn(f" {traced.note}", WARNING))
    yield Line(f"  {traced.fate.split()[0]:<10}", head, style=STYLES[traced.fate])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…"


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _are(several: Sequence[object]) -> str:
    return "is left" if len(several) == 1 else "are left"


def revision_as_object(revision: Revision) -> dict[str, object]:
    """Return what became of a document in the types of JSON."""
    return {
        "replaces": revision.old.id,
        "quotes": [
            {
                "record": traced.record,
                "key": traced.key,
                "fate": str(traced.fate),
                "old": _place(traced.old),
                "new": _place(traced.new) if traced.new else None,
                "words": [list(pair) for pair in traced.words],
                "note": traced.note,
            }
            for traced in revision.traced
        ],
        "carried": [{"id": each.record.id, "supersedes": each.earlier} for each in revision.facts],
        "drafts": [
            {"id": each.record.id, "supersedes": each.earlier, "reasons": list(each.reasons)}
            for each in revision.drafts
        ],
        "left": [{"record": left.record, "reason": left.reason} for left in revision.left],
        "unsaid": len(revision.unsaid),
        "skipped": len(revision.skipped),
        "new_sentences": [sentence.text for sentence in revision.added],
        "uncovered": [sentence.text for sentence in revision.uncovered],
    }


def _place(place: Citation) -> dict[str, object]:
    return {"start": place.start, "end": place.end, "quote": place.quote, "paragraph": place.paragraph}
