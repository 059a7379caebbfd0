"""The one door: a loaded knowledge base answers messages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.compiled import kept, restored
from knowledge.court.deciding import citations_for, decide_message
from knowledge.court.telling import with_versions
from knowledge.court.weighing import Scales, scales
from knowledge.documents import Document
from knowledge.errors import InvalidBase
from knowledge.language.glossaries import Glossaries, load_glossaries
from knowledge.language.glossing import Glossed, gloss
from knowledge.language.lexicon import Lexicon, Phrases, Sense, load_lexicon, stems
from knowledge.language.spelling import Pool, Speller, english_words
from knowledge.language.terms import Vocabulary
from knowledge.language.text import stem, words
from knowledge.language.usage import Usage
from knowledge.message.dialogue import Conversation
from knowledge.message.reading import Reader
from knowledge.message.splitting import Splitter, words_of
from knowledge.models import NameRecord
from knowledge.outcomes import Abstention, Answer, CitedFact, Explanation, Fact, Found, Outcome, Reason, Unsaid
from knowledge.proof.loading import Loaded, Skipped, read_base, without_documents, without_drafts
from knowledge.proof.versions import settled, versions_of
from knowledge.ranking.scoring import load_weights, weights_file

if TYPE_CHECKING:
    from knowledge.finding import Finder

_HERE = Path(__file__).resolve().parent
SHIPPED_DOCUMENTS = _HERE.parent / "seeds"
SHIPPED_FACTS = _HERE / "facts"


@dataclass(frozen=True)
class KnowledgeBase:
    """Documents, the facts drawn from them, and what is needed to find them again.

    Attributes:
        facts: those that are answered with.
        superseded: those that others have replaced; they are told beside the newest of their succession.
    """

    documents: tuple[Document, ...]
    facts: tuple[Fact, ...]
    unsaid: tuple[Unsaid, ...]
    skipped: tuple[Skipped, ...]
    names: Mapping[str, NameRecord]
    scales: Scales
    glossaries: Glossaries
    superseded: tuple[Fact, ...] = ()

    @classmethod
    def load(
        cls,
        documents: Path = SHIPPED_DOCUMENTS,
        facts: Path = SHIPPED_FACTS,
        *,
        cache: Path | None = None,
        drafts: bool = False,
    ) -> KnowledgeBase:
        """Read and prove a base.

        Args:
            documents: the folder of the documents.
            facts: the folder of the fact files and `names.toml`.
            cache: a folder in which the base is kept ready for the next start; None makes it anew.
            drafts: facts that nobody has reviewed are facts of the base too, and `Fact.draft` tells them.

        A document of which no fact is there yet is left out, with what else is written of it: nobody can say what it
        does not say.

        Raises:
            InvalidBase: with every problem found.
        """
        if cache is None:
            return cls._made(documents, facts, drafts=drafts)
        made = partial(cls._made, documents, facts, drafts=drafts)
        return kept(cache, documents, facts, made, cls, _variant(drafts=drafts))

    @classmethod
    def restored(cls, cache: Path, fingerprint: str, *, drafts: bool = False) -> KnowledgeBase | None:
        """Return the base that was kept ready in a folder under a fingerprint; None where it is not there."""
        return restored(cache, fingerprint, cls, _variant(drafts=drafts))

    @classmethod
    def _made(cls, documents: Path, facts: Path, *, drafts: bool) -> KnowledgeBase:
        from knowledge.proof.checking import check_base  # noqa: PLC0415  takes sentences apart: not needed to answer

        lexicon = load_lexicon()
        report = check_base(documents, facts, lexicon.acts())
        if report.problems:
            raise InvalidBase(report.problems)
        loaded = read_base(documents, facts)
        begun = frozenset(fact.citation.document for fact in loaded.facts) if drafts else frozenset()
        loaded = without_documents(loaded if drafts else without_drafts(loaded), report.in_work - begun)
        reader = reader_for(lexicon, loaded)
        reader.splitter.prepare()
        loaded, superseded = settled(loaded)
        versions = versions_of(loaded, superseded, _disagreeing(loaded, lexicon))
        weights = load_weights(weights_file([len(fact.phrasings) for fact in loaded.facts]))
        return cls(
            documents=loaded.documents,
            facts=loaded.facts,
            unsaid=loaded.unsaid,
            skipped=loaded.skipped,
            names=loaded.names,
            scales=scales(reader, loaded.facts, loaded.unsaid, lexicon.concepts, weights, versions),
            glossaries=load_glossaries(loaded.names, _perhaps_english(lexicon)),
            superseded=superseded,
        )

    def ask(self, message: str, conversation: Conversation = Conversation()) -> Outcome:
        """Return what comes of a message. The same message in the same conversation gives the same outcome."""
        language = self.glossaries.recognise(message)
        if language is None:
            return with_versions(decide_message(message, conversation, self.scales), self.scales.versions)
        glossed = gloss(message, self.glossaries)
        if glossed is None:
            return Abstention(question=message, read_as="", language=language.name, reason=Reason.NOT_UNDERSTOOD)
        outcome = with_versions(decide_message(glossed.text, conversation, self.scales), self.scales.versions)
        return _as_written(outcome, message, glossed)

    def find(self, text: str, most: int = 5) -> tuple[Found, ...]:
        """Return the sentences of the documents that are nearest to a text: a search, and no answer.

        Args:
            text: words or a question, in any language that is read; in the language of a document as it is.
            most: how many at the most.

        Returns:
            Best first; empty when nothing is near. The first search takes the documents apart, the later ones do not.
        """
        language = self.glossaries.recognise(text)
        if language is None or any(document.record.language == language.code for document in self.documents):
            return self._finder.find(text, most)
        glossed = gloss(text, self.glossaries)
        return self._finder.find(glossed.text if glossed else text, most)

    @cached_property
    def _finder(self) -> Finder:
        from knowledge.finding import Finder  # noqa: PLC0415  takes sentences apart: not needed to answer

        return Finder.build(self.documents, self.every_fact, self.skipped, self.scales.reader)

    @property
    def languages(self) -> tuple[str, ...]:
        """The English names of the languages that questions are read in, English first."""
        return ("English", *(known.name for known in self.glossaries.languages.known.values() if known.is_read))

    @property
    def every_fact(self) -> tuple[Fact, ...]:
        """The facts that are answered with, and behind them those that were superseded."""
        return (*self.facts, *self.superseded)

    def fact(self, fact_id: str) -> Fact | None:
        """Return the fact with an id, superseded or not; None when there is none."""
        return next((fact for fact in self.every_fact if fact.id == fact_id), None)

    def tell(self, facts: Sequence[Fact], chosen: str) -> Answer:
        """Return the outcome of choosing facts that were suggested; `chosen` are the words of the suggestion.

        One that was superseded leads to the newest of its succession.
        """
        facts = tuple({fact.id: fact for fact in map(self.scales.versions.newest, facts)}.values())
        reading = tuple(("chosen", fact.id) for fact in facts)
        reasons = Explanation(reading=reading, decision="a suggestion was chosen", margin=1.0)
        cited = tuple(CitedFact(fact, 1.0, citations_for(fact)) for fact in facts)
        answer = Answer(question=chosen, read_as=chosen, facts=cited, explanation=reasons)
        return with_versions(answer, self.scales.versions)


def _disagreeing(loaded: Loaded, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield the ids of two and two facts of different documents that contradict each other; one has none."""
    if len(loaded.documents) > 1:
        from knowledge.court.contradicting import disagreements  # noqa: PLC0415  takes claims apart: not needed to answer

        yield from disagreements(loaded, lexicon)


def _variant(*, drafts: bool) -> str:
    """Return what tells a base with drafts from one without, which are made from the same files."""
    return "-drafts" if drafts else ""


def _as_written(outcome: Outcome, message: str, glossed: Glossed) -> Outcome:
    """Return the outcome of a gloss as that of the message, with the words that were taken for one another."""
    meant = ", ".join(f"{source} = {gloss_ or '-'}" for source, gloss_ in glossed.pairs)
    reading = (("language", glossed.language.name), ("glossed", meant), *outcome.explanation.reading)
    explanation = replace(outcome.explanation, reading=reading)
    name = glossed.language.name
    parts = tuple(replace(part, language=name) for part in outcome.parts)
    return replace(outcome, question=message, language=name, explanation=explanation, parts=parts)


def _perhaps_english(lexicon: Lexicon) -> frozenset[str]:
    """Return the words that may be English, chat spelling included: they tell no other language."""
    chat = {word for row in lexicon.chat_spellings.meanings for word in row.split()}
    return lexicon.spellings | english_words() | chat


def reader_for(lexicon: Lexicon, loaded: Loaded) -> Reader:
    """Return the reader of a base: the language, with the base's names and words."""
    forms: Phrases[Sense] = Phrases(dict(lexicon.forms.meanings), dict(lexicon.forms.longest))
    known: set[str] = set()
    capitals: dict[str, str] = {}
    joined: dict[str, tuple[str, ...]] = {}
    for name in loaded.names.values():
        for form in name.forms:
            row = tuple(word.text for word in words(form))
            known.update(row)
            capitals.update((word.lower(), word) for word in form.split() if word.isalpha() and word[0].isupper())
            forms.add(stems(form), (f"name:{name.id}", 1.0))
            if len(row) > 1:
                joined["".join(row)] = row
    if "usa" in capitals:
        capitals["usa"] = "US"  # "US" is read as "usa", because "us" is a pronoun
    for row in lexicon.two_words:
        joined.setdefault("".join(row), row)
    names = frozenset(known)
    rows = [[word.text for word in words_of(text)] for text in _curated_texts(loaded)]
    rows += [[word.text for word in words(form)] for name in loaded.names.values() for form in name.forms]
    known.update(word for row in rows for word in row)
    speller = Speller(
        base=frozenset(known),
        language=lexicon.spellings.union(*(row for rows in lexicon.chat_spellings.meanings.values() for row in rows)),
        joined=joined,
        pool=Pool(names.union(known, lexicon.spellings, lexicon.world_words)),
        usage=Usage(rows),
        names=names,
        strangers=lexicon.world_words,
    )
    return Reader(
        lexicon=lexicon,
        vocabulary=Vocabulary(forms, lexicon.function_words),
        splitter=Splitter(lexicon, speller),
        capitals=capitals,
        names=loaded.names,
        dimensions={
            tuple(
                _dimension_key(part, loaded.names)
                for part in _PARTS.findall(form)
                if part not in lexicon.function_words
            ): (
                record.dimension,
                record.value,
            )
            for record in loaded.dimensions
            for form in record.forms
        },
    )


def _curated_texts(loaded: Loaded) -> Sequence[str]:
    texts = [text for fact in loaded.facts for text in (fact.claim, fact.citation.quote, *fact.phrasings)]
    return texts + [text for gap in loaded.unsaid for text in gap.wordings]


_PARTS = re.compile(r"\{[^}]+\}|[^\s{}-]+")
"""A concept or name in braces, or a plain word, in a form of a dimension."""


def _dimension_key(part: str, names: Mapping[str, NameRecord]) -> str:
    """Return the key of a part of a dimension's form: {concept}, {name} or a plain word."""
    if not part.startswith("{"):
        return f"={stem(part.lower())}"
    inner = part.strip("{}")
    return f"name:{inner}" if inner in names else inner
