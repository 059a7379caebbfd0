"""How near drafts come to what curators wrote: the shipped document and the tramway base, their facts hidden.

    python -m tests.benchmarks.drafting [--misses] [--without-names]

prints, for each document, how many of the curated facts have a draft that quotes the same and has the same agent, act,
speaker and slots. The names of the base are known, unless `--without-names` hides them too; then a name that was
proposed is right when it has a form in common with the curated one. `--misses` lists what is not right.

A draft quotes the same as a fact when they share at least half of the shorter of both quotes, as `verbatim eval` counts
citations; and closely, when what they share is at least half of what either holds. Of several such drafts the one that
agrees with most of the frame counts.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.base import SHIPPED_DOCUMENTS, SHIPPED_FACTS
from knowledge.curation.drafting.drafting import Drafted, draft
from knowledge.documents import Document
from knowledge.language.lexicon import Lexicon, load_lexicon
from knowledge.models import FactRecord, NameRecord
from knowledge.outcomes import Fact
from knowledge.proof.loading import Loaded, read_base

TRAMWAY = Path(__file__).resolve().parents[1] / "facts" / "tramway"
BASES = {
    "shipped document": (SHIPPED_DOCUMENTS, SHIPPED_FACTS),
    "tramway": (TRAMWAY / "documents", TRAMWAY / "facts"),
}
ROWS = (
    "sentences with a draft",
    "sentences with a draft of each fact, closely",
    "facts with a draft that quotes the same",
    "facts with a draft that quotes closely the same",
    "agent the same",
    "act the same",
    "act the same or near",
    "speakers the same",
    "slots found, of all words of slots",
    "drafts that quote closely the same as a fact",
    "slots right, of those drafted",
)


@dataclass(frozen=True)
class Pair:
    """A curated fact with the draft that is nearest to it; None where none quotes the same."""

    fact: Fact
    draft: FactRecord | None
    closely: bool


@dataclass(frozen=True)
class Compared:
    """The drafts of one document beside its facts.

    Attributes:
        same: id of a name that a draft uses -> id of the curated one.
    """

    document: Document
    facts: Sequence[Fact]
    drafted: Drafted
    lexicon: Lexicon
    same: Mapping[str, str]

    def pairs(self) -> list[Pair]:
        return [self._pair(fact) for fact in self.facts]

    def _pair(self, fact: Fact) -> Pair:
        near = [
            record for record in self.drafted.facts if self._shared(fact, record) >= 0.5 * self._shorter(fact, record)
        ]
        best = max(near, key=lambda record: (self._close(fact, record), self._agreement(fact, record)), default=None)
        return Pair(fact, best, best is not None and self._close(fact, best))

    def _span(self, record: FactRecord) -> tuple[int, int]:
        citation = self.document.cite_quote(record.quote)
        assert citation is not None
        return citation.start, citation.end

    def _shared(self, fact: Fact, record: FactRecord) -> int:
        start, end = self._span(record)
        return max(0, min(end, fact.citation.end) - max(start, fact.citation.start))

    @staticmethod
    def _shorter(fact: Fact, record: FactRecord) -> int:
        return min(len(record.quote), len(fact.citation.quote))

    def _close(self, fact: Fact, record: FactRecord) -> bool:
        shared = self._shared(fact, record)
        return 2 * shared >= len(record.quote) + len(fact.citation.quote) - shared

    def _agreement(self, fact: Fact, record: FactRecord) -> int:
        return (
            2 * (record.act == fact.act)
            + self.names_agree(fact.agent, record.agent)
            + self.names_agree(fact.speakers, record.speakers)
            + min(self.slots_found(fact, record)[0], 2)
        )

    def names_agree(self, curated: Iterable[str], drafted: Iterable[str]) -> bool:
        return {self.same.get(name, name) for name in drafted} == set(curated)

    def act_is_near(self, fact: Fact, record: FactRecord) -> bool:
        near = self.lexicon.concepts[record.act].near | self.lexicon.concepts[fact.act].near
        return record.act == fact.act or record.act in near or fact.act in near

    @staticmethod
    def slots_found(fact: Fact, record: FactRecord | None) -> tuple[int, int]:
        """Return how many words of slots a draft has under the right kind, and how many there are."""
        wanted = [(kind, words) for kind, several in fact.slots.items() for words in several]
        held = {str(kind): words for kind, words in record.slots.items()} if record else {}
        found = sum(any(_same_words(words, own) for own in held.get(kind, ())) for kind, words in wanted)
        return found, len(wanted)


def _same_words(one: str, other: str) -> bool:
    """Return whether two slots name the same: one within the other, "the United States" and "United States"."""
    return one.casefold() in other.casefold() or other.casefold() in one.casefold()


def compared(documents: Path, facts: Path, *, without_names: bool) -> Compared:
    """Return the drafts of a base's only document beside its facts."""
    loaded = read_base(documents, facts)
    lexicon = load_lexicon()
    hidden = hide(loaded, without_names=without_names)
    (document,) = loaded.documents
    drafted = draft(document, hidden, frozenset(), lexicon)
    return Compared(document, loaded.facts, drafted, lexicon, _same(drafted.names, loaded.names))


def hide(loaded: Loaded, *, without_names: bool) -> Loaded:
    """Return a base without what a curator wrote about its documents."""
    bare = replace(loaded, facts=(), unsaid=(), skipped=(), files=())
    return replace(bare, names={}, dimensions=()) if without_names else bare


def _same(drafted: Iterable[NameRecord], curated: Mapping[str, NameRecord]) -> dict[str, str]:
    """Return id of a drafted name -> id of the curated one with which it shares a form."""
    owner = {form.casefold(): name.id for name in curated.values() for form in (*name.forms, name.label)}
    return {
        name.id: owner[form.casefold()]
        for name in drafted
        for form in (*name.forms, name.label)
        if form.casefold() in owner
    }


def shares(made: Compared) -> dict[str, tuple[int, int]]:
    """Return row -> (right, of how many)."""
    pairs = made.pairs()
    quoted = [pair for pair in pairs if pair.draft]
    sentences = [
        (sentence, [pair for pair in pairs if sentence.start <= pair.fact.citation.start < sentence.end])
        for sentence in made.document.sentences
    ]
    told = [(sentence, inside) for sentence, inside in sentences if inside]
    slots = [made.slots_found(pair.fact, pair.draft) for pair in pairs]
    close = [record for record in made.drafted.facts if any(made._close(fact, record) for fact in made.facts)]  # noqa: SLF001  ours
    right = sum(_right_slots(made, record) for record in made.drafted.facts)
    return dict(
        zip(
            ROWS,
            (
                (sum(any(pair.draft for pair in inside) for _, inside in told), len(told)),
                (sum(all(pair.closely for pair in inside) for _, inside in told), len(told)),
                (len(quoted), len(pairs)),
                (sum(pair.closely for pair in pairs), len(pairs)),
                (sum(made.names_agree(pair.fact.agent, pair.draft.agent) for pair in quoted if pair.draft), len(pairs)),
                (sum(pair.fact.act == pair.draft.act for pair in quoted if pair.draft), len(pairs)),
                (sum(made.act_is_near(pair.fact, pair.draft) for pair in quoted if pair.draft), len(pairs)),
                (
                    sum(made.names_agree(pair.fact.speakers, pair.draft.speakers) for pair in quoted if pair.draft),
                    len(pairs),
                ),
                (sum(found for found, _ in slots), sum(many for _, many in slots)),
                (len(close), len(made.drafted.facts)),
                (right, sum(len(words) for record in made.drafted.facts for words in record.slots.values())),
            ),
            strict=True,
        )
    )


def _right_slots(made: Compared, record: FactRecord) -> int:
    """Return how many words of a draft's slots some fact of the same place has under the same kind."""
    near = [fact for fact in made.facts if made._shared(fact, record)]  # noqa: SLF001  ours
    return sum(
        any(_same_words(words, own) for fact in near for own in fact.slots.get(str(kind), ()))
        for kind, several in record.slots.items()
        for words in several
    )


def print_misses(made: Compared) -> None:
    """Print what each curated fact has, and what its draft."""
    for pair in made.pairs():
        record = pair.draft
        if record is None:
            print(f"- {pair.fact.id}: no draft quotes it")
            continue
        wrong = [] if pair.closely else [f"quotes {record.quote!r}"]
        if not made.names_agree(pair.fact.agent, record.agent):
            wrong.append(f"agent {record.agent} for {pair.fact.agent}")
        if record.act != pair.fact.act:
            wrong.append(f"act {record.act} for {pair.fact.act}")
        if not made.names_agree(pair.fact.speakers, record.speakers):
            wrong.append(f"speakers {record.speakers} for {pair.fact.speakers}")
        missing = [
            f"{kind}: {words}"
            for kind, several in pair.fact.slots.items()
            for words in several
            if not any(_same_words(words, own) for own in dict(record.slots.items()).get(kind, ()))  # type: ignore[call-overload]
        ]
        wrong += [f"without {'; '.join(missing)}"] if missing else []
        if wrong:
            print(f"- {pair.fact.id}: {', '.join(wrong)}")


def main() -> None:
    """Draft each document, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--misses", choices=sorted(BASES), help="list what is not right in one of them")
    parser.add_argument("--without-names", action="store_true", help="hide the names of the base too")
    options = parser.parse_args()
    made = {name: compared(*folders, without_names=options.without_names) for name, folders in BASES.items()}
    table = {name: shares(each) for name, each in made.items()}
    print(f"| | {' | '.join(table)} |\n|---|{'---|' * len(table)}")
    for row in ROWS:
        cells = (table[name][row] for name in table)
        print(
            f"| {row} | {' | '.join(f'{right}/{many} ({100 * right / max(1, many):.0f} %)' for right, many in cells)} |"
        )
    if options.misses:
        print_misses(made[options.misses])


if __name__ == "__main__":
    main()
