"""A base that recalls what it has worked out: the same outcomes, sooner, where many people ask the same.

What a message is cut into, how a question is read, what speaks for and against each fact, and the outcome of a question
that stands alone depend on nothing but the words. Only what a follow-up takes from its conversation is done each time.

Source: of the time that a question takes, five sixths go into these steps (`python -m tests.benchmarks.speed`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from knowledge.court.weighing import Scales, Weighing
from knowledge.language.glossing import ordered
from knowledge.message.reading import Question, Reader
from knowledge.message.splitting import Segment, Splitter
from knowledge.outcomes import Outcome

if TYPE_CHECKING:
    from knowledge.base import KnowledgeBase

MOST_RECALLED = 1024
"""Results of each step that are recalled, the last used ones; about 20 MB in all."""


class RecallingSplitter(Splitter):
    """A splitter that recalls the messages it has split."""

    @cached_property
    def _split(self) -> Callable[[str], tuple[Segment, ...]]:
        return lru_cache(maxsize=MOST_RECALLED)(super().segments)

    @cached_property
    def _cut(self) -> Callable[[str], Segment]:
        return lru_cache(maxsize=MOST_RECALLED)(super().segment)

    def segments(self, message: str) -> tuple[Segment, ...]:
        return self._split(message)

    def segment(self, text: str) -> Segment:
        return self._cut(text)


class RecallingReader(Reader):
    """A reader that recalls the segments it has read."""

    @cached_property
    def _read(self) -> Callable[[Segment], Question]:
        return lru_cache(maxsize=MOST_RECALLED)(super().read)

    def read(self, segment: Segment) -> Question:
        return self._read(segment)


class RecallingScales(Scales):
    """Scales that recall the questions they have weighed, and the outcomes of those that stand alone."""

    @cached_property
    def _weighed(self) -> Callable[[Question], Weighing]:
        return lru_cache(maxsize=MOST_RECALLED)(super().weigh)

    @cached_property
    def _decided(self) -> Callable[[Question, Callable[[Question, Scales], Outcome]], Outcome]:
        return lru_cache(maxsize=MOST_RECALLED)(super().decided)

    def weigh(self, question: Question) -> Weighing:
        return self._weighed(question)

    def decided(self, question: Question, decide: Callable[[Question, Scales], Outcome]) -> Outcome:
        return self._decided(question, decide)


def recalling(base: KnowledgeBase) -> KnowledgeBase:
    """Return a base that gives the same outcomes as another, and recalls what it has worked out.

    It is made for a process that answers many people: what others put off until it is needed is done now.
    """
    _warm(base)
    reader = base.scales.reader
    splitter = RecallingSplitter(**_held(reader.splitter))
    reader = RecallingReader(**{**_held(reader), "splitter": splitter})
    return replace(base, scales=RecallingScales(**{**_held(base.scales), "reader": reader}))


def _warm(base: KnowledgeBase) -> None:
    """Do now what is put off until somebody needs it: 180 ms for whoever does.

    A misspelt question takes what mends it; each language that is read has rules that are compiled when it is used.
    """
    base.scales.index.unpack()
    for glossary in base.glossaries.unpack():
        ordered([], glossary)
    phrasing = next((phrasing for fact in base.facts for phrasing in fact.phrasings), "")
    longest = max(phrasing.split(), key=len, default="")
    base.ask(phrasing.replace(longest, f"{longest[:2]}{longest[1:]}", 1) if longest else "")


def _held(value: Splitter | Reader | Scales) -> dict[str, Any]:
    """Return the fields of a value, by name."""
    return {field.name: getattr(value, field.name) for field in fields(value)}
