"""The sentences of the documents that are nearest to some words: a search and no answer, for readers and curators.

Documents are taken apart and indexed by the first search: a base that only answers does without.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from knowledge.documents import Document
from knowledge.language.text import clean, stem, words
from knowledge.message.reading import Question, Reader
from knowledge.outcomes import Fact, Found
from knowledge.proof.checking import SentenceCoverage, coverage_of
from knowledge.proof.loading import Skipped
from knowledge.ranking.passages import Passages, load_passage_weights
from knowledge.ranking.sentences import asked_by

NEAR = 0.1
"""Share of all sentences together, beside "none of these", from which something is near, in [0, 1].

Source: SQuAD 2.0, eight articles, ranked by weights that were fitted without the article. Of 1,299 questions 99.7 %
reach it in their own article and 29.3 % in another one, and of 1,529 that their article does not answer 99.5 %. 0.2
gives 99.2, 12.5 and 98.6 %, 0.05 gives 100.0, 55.0 and 99.9 %. What shows too much costs a look, what shows nothing
hides what is there; and a search is made above all for what was not answered.
"""

FAINT = 0.005
"""Share below which a sentence is left out, the best one excepted: it would be shown as 0.00."""


@dataclass(frozen=True)
class Finder:
    """The sentences of documents, with what has become of each, ready to be searched. Build it with `build`.

    Attributes:
        sentences: (document, sentence) in the order of the documents.
        passages: the same, by their numbers.
        reader: it takes no word of the documents for a slip.
    """

    sentences: tuple[tuple[Document, SentenceCoverage], ...]
    passages: Passages
    reader: Reader

    @classmethod
    def build(
        cls, documents: Sequence[Document], facts: Collection[Fact], skipped: Collection[Skipped], reader: Reader
    ) -> Finder:
        """Return documents ready to be searched."""
        sentences = tuple(
            (document, covered) for document in documents for covered in coverage_of(document, facts, skipped).sentences
        )
        paragraphs = [
            [covered.sentence.text for _, covered in paragraph]
            for _, paragraph in groupby(sentences, key=lambda pair: (pair[0].id, pair[1].paragraph))
        ]
        knowing = _knowing([text for paragraph in paragraphs for text in paragraph], reader)
        return cls(sentences, Passages.build(paragraphs, knowing), knowing)

    def find(self, text: str, most: int) -> tuple[Found, ...]:
        """Return the sentences that are nearest to a text, best first; none when nothing is near."""
        question = self.reader.read(self.reader.splitter.segment(clean(text)))
        ranked = self.passages.rank(question, load_passage_weights())
        if ranked.answerable < NEAR:
            return ()
        least = min(FAINT, ranked.best[0][1])
        return tuple(self._found(number, share, question) for number, share in ranked.best[:most] if share >= least)

    def _found(self, number: int, share: float, question: Question) -> Found:
        document, covered = self.sentences[number]
        sentence = covered.sentence
        topical = asked_by(question, self.passages.function_words).topical
        return Found(
            citation=document.cite(sentence.start, sentence.end),
            share=share,
            shared=tuple((word.start, word.end) for word in words(sentence.text) if stem(word.text) in topical),
            facts=covered.facts,
            skipped=covered.skipped,
        )


def _knowing(texts: Sequence[str], reader: Reader) -> Reader:
    """Return a reader to whom the words of texts are known, so that none of them is taken for a slip."""
    speller = reader.splitter.speller
    known = speller.base.union(word.text for text in texts for word in words(text))
    return replace(reader, splitter=replace(reader.splitter, speller=replace(speller, base=known)))
