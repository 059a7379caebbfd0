"""Where each sentence of a document went in its revision: the same again, reworded, elsewhere, or nowhere."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.documents import Document, Passage
from knowledge.proof.boundaries import cuts
from knowledge.proof.closest import edits, in_common, likeness

LEAST_ALIKE = 0.6
"""Likeness from which a sentence is a rewording of another; below it, both are told as gone and as new."""

IN_ITS_PLACE = 0.1
"""What is added to the likeness of two sentences that stand between the same neighbours."""

WHOLLY_INSIDE = 0.9
"""Share of the words of a sentence that stand in a longer one, from which it was joined to it, or split from it."""

_WORD = re.compile(r"\w+(?:[.,'’-]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Aligned:
    """A sentence of a document with the sentence of the revision that it became.

    Attributes:
        in_place: it stands between the same sentences as before.
    """

    old: Passage
    new: Passage
    in_place: bool

    @property
    def is_same(self) -> bool:
        """Whether the two are the same to the letter, white space apart."""
        return plain(self.old.text) == plain(self.new.text)


@dataclass(frozen=True)
class Alignment:
    """The sentences of a document and of its revision, side by side.

    Attributes:
        pairs: by the number of the old sentence.
    """

    old: Document
    new: Document
    pairs: dict[int, Aligned] = field(default_factory=dict)

    @classmethod
    def of(cls, old: Document, new: Document) -> Alignment:
        """Return two documents side by side: first what is the same in the same order, then elsewhere, then alike."""
        befores, afters = old.sentences, new.sentences
        texts, others = [plain(each.text) for each in befores], [plain(each.text) for each in afters]
        anchors = dict(in_common(texts, others))
        pairs = dict(anchors)
        _pair_the_same(texts, others, pairs)
        _pair_the_alike(texts, others, anchors, pairs)
        return cls(
            old,
            new,
            {
                befores[at].number: Aligned(befores[at], afters[to], _is_in_place(at, to, anchors))
                for at, to in sorted(pairs.items())
            },
        )

    @property
    def added(self) -> tuple[Passage, ...]:
        """The sentences of the revision that none before corresponds to, in its order."""
        known = {pair.new.number for pair in self.pairs.values()}
        return tuple(sentence for sentence in self.new.sentences if sentence.number not in known)

    def came_of(self, sentence: Passage, new: Passage) -> bool:
        """Return whether an old sentence and a new one hold one another: two were joined, or one was split."""
        one, other = ([text[a:b].casefold() for a, b in words_of(text)] for text in (sentence.text, new.text))
        return len(in_common(one, other)) >= WHOLLY_INSIDE * min(len(one), len(other))


def plain(text: str) -> str:
    """Return a text whose white space is single spaces."""
    return " ".join(text.split())


def words_of(text: str) -> list[tuple[int, int]]:
    """Return where the words, numbers and signs of a text start and end."""
    return [match.span() for match in _WORD.finditer(text)]


def places_of(quote: str, text: str) -> list[tuple[int, int]]:
    """Return where a quote stands in a text, whatever its white space, and cuts no word."""
    pattern = r"\s+".join(map(re.escape, quote.split()))
    found = (match.span() for match in re.finditer(f"(?=({pattern}))", text)) if pattern else ()
    spans = ((start, start + len(_again(pattern, text, start))) for start, _ in found)
    return [(start, end) for start, end in spans if not cuts(text, start) and not cuts(text, end)]


def _again(pattern: str, text: str, start: int) -> str:
    match = re.compile(pattern).match(text, start)
    return match.group() if match else ""


def became(old: str, new: str, start: int, end: int) -> tuple[int, int] | None:
    """Return what a part of a sentence became in its rewording, in whole words; None where nothing is left of it.

    Args:
        old: a sentence.
        new: its rewording.
        start: of the part of the old sentence.
        end: of that part, exclusive.
    """
    befores, afters = words_of(old), words_of(new)
    first = bisect_left([stop for _, stop in befores], start + 1)
    last = bisect_left([begin for begin, _ in befores], end)
    changed = edits([old[a:b] for a, b in befores], [new[a:b] for a, b in afters])
    to_first, to_last = _moved(first, changed, ends=False), _moved(last, changed, ends=True)
    if to_first >= to_last:
        return None
    return afters[to_first][0], afters[to_last - 1][1]


def _moved(at: int, changed: Sequence[tuple[tuple[int, int], tuple[int, int]]], *, ends: bool) -> int:
    """Return where a border between words went: what was put at the border of a part belongs to what is around it."""
    shift = 0
    for (first, last), (to_first, to_last) in changed:
        if last < at or (last == at and not (first == last and ends)):
            shift = to_last - last
            if last == at and first < last and not ends:
                return to_last
        elif first < at:
            return to_last if ends else to_first
    return at + shift


def _pair_the_same(texts: Sequence[str], others: Sequence[str], pairs: dict[int, int]) -> None:
    """Pair the sentences left that are the same, in their order."""
    taken = set(pairs.values())
    left: dict[str, list[int]] = defaultdict(list)
    for to, text in enumerate(others):
        if to not in taken:
            left[text].append(to)
    for at, text in enumerate(texts):
        if at not in pairs and left[text]:
            pairs[at] = left[text].pop(0)


def _pair_the_alike(
    texts: Sequence[str], others: Sequence[str], anchors: dict[int, int], pairs: dict[int, int]
) -> None:
    """Pair the sentences left that are alike, the most alike first."""
    taken = set(pairs.values())
    alike = (
        (likeness(texts[at], others[to]) + IN_ITS_PLACE * _is_in_place(at, to, anchors), at, to)
        for at in range(len(texts))
        if at not in pairs
        for to in range(len(others))
        if to not in taken
    )
    for _, at, to in sorted((each for each in alike if each[0] >= LEAST_ALIKE), key=lambda each: (-each[0], *each[1:])):
        if at not in pairs and to not in taken:
            pairs[at] = to
            taken.add(to)


def _is_in_place(at: int, to: int, anchors: dict[int, int]) -> bool:
    """Return whether two sentences stand between the same ones of those that kept their order."""
    if at in anchors:
        return anchors[at] == to
    return bisect_left(sorted(anchors), at) == bisect_left(sorted(anchors.values()), to)
