"""Bases made on the spot, without curation: each sentence of an article a fact, or each intent with its phrasings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.base import reader_for
from knowledge.court.weighing import Scales, scales
from knowledge.documents import Citation, Document
from knowledge.language.lexicon import load_lexicon
from knowledge.message.reading import Question, Reader
from knowledge.models import DocumentRecord
from knowledge.outcomes import Fact
from knowledge.proof.loading import Loaded
from knowledge.proof.records import NamesRead
from knowledge.ranking.scoring import load_weights, weights_file
from tests.benchmarks.public.files import SquadArticle

BETWEEN_PARAGRAPHS = "\n\n"
NOBODY = "0" * 64

ACT = "describe"
"""What every draft is held to do, for want of a curator: one that has no opposite."""


@dataclass(frozen=True)
class DraftBase:
    """An article as a base: the sentences of each paragraph, and the same as facts without phrasings.

    Attributes:
        answerable: (question, numbers of the sentences in which an annotator's answer begins).
        unanswerable: questions on the article that it does not answer.
    """

    paragraphs: tuple[tuple[str, ...], ...]
    scales: Scales
    answerable: tuple[tuple[str, frozenset[int]], ...]
    unanswerable: tuple[str, ...]

    @property
    def reader(self) -> Reader:
        return self.scales.reader


def draft_base(article: SquadArticle, number: int) -> DraftBase:
    """Return an article as a base of drafts."""
    text = BETWEEN_PARAGRAPHS.join(paragraph.context for paragraph in article.paragraphs)
    document = Document(DocumentRecord(id=f"article-{number}", title="article", sha256=NOBODY), text)
    starts = [sentence.start for sentence in document.sentences]
    paragraphs: list[tuple[str, ...]] = []
    answerable: list[tuple[str, frozenset[int]]] = []
    unanswerable: list[str] = []
    at = 0
    for paragraph in article.paragraphs:
        first, at_next = bisect_right(starts, at - 1), at + len(paragraph.context) + len(BETWEEN_PARAGRAPHS)
        paragraphs.append(tuple(each.text for each in document.sentences[first : bisect_right(starts, at_next - 1)]))
        for question in paragraph.qas:
            if question.is_impossible or not question.answers:
                unanswerable.append(question.question)
                continue
            gold = {max(0, bisect_right(starts, at + answer.answer_start) - 1) for answer in question.answers}
            answerable.append((question.question, frozenset(gold)))
        at = at_next
    facts = tuple(
        _fact(each.text, (), document.cite(each.start, each.end), order)
        for order, each in enumerate(document.sentences)
    )
    return DraftBase(tuple(paragraphs), _scales(facts), tuple(answerable), tuple(unanswerable))


def phrased_base(phrasings: Sequence[Sequence[str]]) -> Scales:
    """Return facts that are nothing but their phrasings, weighed by the shipped weights."""
    return _scales(
        tuple(
            _fact("", tuple(some), Citation("", 0, 0, "", "", "", 0), number) for number, some in enumerate(phrasings)
        )
    )


def question_of(text: str, reader: Reader) -> Question:
    """Return a message read as one question."""
    return reader.read(reader.splitter.segment(text))


def words_of(question: Question) -> list[str]:
    """Return the words of a question, its spelling mended, without determiners."""
    return [word for term in question.terms for word in term.text.split()]


def _scales(facts: tuple[Fact, ...]) -> Scales:
    lexicon = load_lexicon()
    loaded = Loaded((), facts, (), (), {}, (), (), (), NamesRead("names.toml"))
    weights = load_weights(weights_file([len(fact.phrasings) for fact in facts]))
    return scales(reader_for(lexicon, loaded), facts, (), lexicon.concepts, weights)


def _fact(claim: str, phrasings: tuple[str, ...], citation: Citation, number: int) -> Fact:
    return Fact(
        id=f"draft-{number}",
        claim=claim,
        speakers=(),
        attribution=None,
        antecedent=None,
        manner="reported",
        agent=(),
        act=ACT,
        target=(),
        themes=(),
        dimensions={},
        slots={},
        phrasings=phrasings,
        citation=citation,
        number=number,
    )
