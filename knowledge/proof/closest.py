"""What a curator probably meant: the known word or the text of a document that is closest to what was written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.documents import Document

LEAST_LIKE_WORD = 70.0
LEAST_LIKE_TEXT = 60.0
"""Similarities in [0, 100] below which a suggestion would only mislead."""

_ROOM = 12
"""Characters looked at on either side of an alignment, which is as long as the quote and so may cut words."""


@dataclass(frozen=True, slots=True)
class Resemblance:
    """The text of a document that is closest to a quote.

    Attributes:
        paragraph: its number, from 1.
        differing: characters to insert, delete or replace, so that the one becomes the other.
    """

    text: str
    paragraph: int
    differing: int

    def __str__(self) -> str:
        unit = "character differs" if self.differing == 1 else "characters differ"
        return f'closest text is "{self.text}" (¶{self.paragraph}, {self.differing} {unit})'


def closest_word(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most like `word`; None when none is like it."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  a sound base never needs it

    best = process.extractOne(word, sorted(known), scorer=fuzz.ratio, score_cutoff=LEAST_LIKE_WORD)
    return best[0] if best else None


def suggestion(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return the mend for an unknown word: the closest known one, or else `otherwise`."""
    best = closest_word(word, known)
    return f'did you mean "{best}"?' if best is not None else otherwise


def closest_text(quote: str, document: Document) -> Resemblance | None:
    """Return the text of a document that is most like `quote`; None when nothing is like it.

    Source:
        RapidFuzz `partial_ratio_alignment` finds the window, edit operations its exact ends.
    """
    from rapidfuzz import fuzz  # noqa: PLC0415  a sound base never needs it

    best: tuple[float, int, int, int] | None = None
    for paragraph in document.paragraphs:
        least = best[0] if best else LEAST_LIKE_TEXT
        if len(paragraph.text) < len(quote):  # of a short paragraph the alignment would find all in the quote
            score, start, end = fuzz.ratio(quote, paragraph.text, score_cutoff=least), 0, len(paragraph.text)
        elif found := fuzz.partial_ratio_alignment(quote, paragraph.text, score_cutoff=least):
            score, start, end = found.score, found.dest_start, found.dest_end
        else:
            continue
        if score > least or (best is None and score == least):
            best = (score, paragraph.number, paragraph.start + start, paragraph.start + end)
    if best is None:
        return None
    _, number, start, end = best
    paragraph = document.paragraphs[number - 1]
    return _trimmed(quote, document.text[max(paragraph.start, start - _ROOM) : min(paragraph.end, end + _ROOM)], number)


def _trimmed(quote: str, window: str, paragraph: int) -> Resemblance:
    """Return the part of a window that stands for the quote, in whole words."""
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415  a sound base never needs it

    words = [match.span() for match in re.finditer(r"\w+|[^\w\s]", window)]
    spans = [
        (first, last)
        for at, (first, _) in enumerate(words)
        for _, last in words[at:]
        if abs((last - first) - len(quote)) <= 2 * _ROOM
    ] or [(0, len(window))]
    first, last = min(spans, key=lambda span: Levenshtein.distance(quote, window[span[0] : span[1]]))
    text = window[first:last]
    return Resemblance(text, paragraph, Levenshtein.distance(quote, text))


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, letter by letter, in [0, 1].

    Source: RapidFuzz `ratio`, which counts from 0 to 100.
    """
    from rapidfuzz import fuzz  # noqa: PLC0415  needed to compare two versions of a document only

    return fuzz.ratio(one, other) / 100


def in_common(one: Sequence[str], other: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return the places in two sequences of texts that hold the same, as many as stand in the same order in both.

    Source: RapidFuzz `LCSseq`, the longest common subsequence.
    """
    from rapidfuzz.distance import LCSseq  # noqa: PLC0415  needed to compare two versions of a document only

    blocks = LCSseq.opcodes(one, other)
    return tuple(
        (block.src_start + step, block.dest_start + step)
        for block in blocks
        if block.tag == "equal"
        for step in range(block.src_end - block.src_start)
    )


def edits(one: Sequence[str], other: Sequence[str]) -> tuple[tuple[tuple[int, int], tuple[int, int]], ...]:
    """Return what differs between two sequences of words: (start, end) in the one, and what stands there in the other.

    Ends are exclusive; where something was only added or only left out, one of the two is empty.

    Source: RapidFuzz `Levenshtein`, edit operations over whole words.
    """
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415  needed to compare two versions of a document only

    merged: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for block in Levenshtein.opcodes(one, other):
        if block.tag == "equal":
            continue
        source, target = (block.src_start, block.src_end), (block.dest_start, block.dest_end)
        if merged and merged[-1][0][1] == source[0] and merged[-1][1][1] == target[0]:
            source, target = (merged[-1][0][0], source[1]), (merged.pop()[1][0], target[1])
        merged.append((source, target))
    return tuple(merged)
