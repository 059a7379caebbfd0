"""The one door: a loaded knowledge base answers messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.compiled import kept
from knowledge.deciding import citations_for, decide_message
from knowledge.dialogue import Conversation
from knowledge.documents import Document
from knowledge.errors import InvalidBase
from knowledge.lexicon import Lexicon, Phrases, Sense, load_lexicon, stems
from knowledge.loading import Loaded, read_base
from knowledge.models import NameRecord
from knowledge.outcomes import Answer, CitedFact, Explanation, Fact, Outcome, Unsaid
from knowledge.reading import Reader
from knowledge.scoring import load_weights
from knowledge.spelling import Pool, Speller
from knowledge.splitting import Splitter, words_of
from knowledge.terms import Vocabulary
from knowledge.text import stem, words
from knowledge.usage import Usage
from knowledge.weighing import Scales, scales

_HERE = Path(__file__).resolve().parent
SHIPPED_DOCUMENTS = _HERE.parent / "seeds"
SHIPPED_FACTS = _HERE / "facts"


@dataclass(frozen=True)
class KnowledgeBase:
    """Documents, the facts drawn from them, and what is needed to find them again."""

    documents: tuple[Document, ...]
    facts: tuple[Fact, ...]
    unsaid: tuple[Unsaid, ...]
    names: Mapping[str, NameRecord]
    scales: Scales

    @classmethod
    def load(
        cls, documents: Path = SHIPPED_DOCUMENTS, facts: Path = SHIPPED_FACTS, *, cache: Path | None = None
    ) -> KnowledgeBase:
        """Read and prove a base.

        Args:
            documents: the folder of the documents.
            facts: the folder of the fact files and `names.toml`.
            cache: a folder in which the base is kept ready for the next start; None makes it anew.

        Raises:
            InvalidBase: with every problem found.
        """
        if cache is None:
            return cls._made(documents, facts)
        return kept(cache, documents, facts, lambda: cls._made(documents, facts), cls)

    @classmethod
    def _made(cls, documents: Path, facts: Path) -> KnowledgeBase:
        from knowledge.checking import check_base  # noqa: PLC0415  takes sentences apart: not needed to answer

        lexicon = load_lexicon()
        report = check_base(documents, facts, lexicon.acts())
        if report.problems:
            raise InvalidBase(report.problems)
        loaded = read_base(documents, facts)
        reader = reader_for(lexicon, loaded)
        return cls(
            documents=loaded.documents,
            facts=loaded.facts,
            unsaid=loaded.unsaid,
            names=loaded.names,
            scales=scales(reader, loaded.facts, loaded.unsaid, lexicon.concepts, load_weights()),
        )

    def ask(self, message: str, conversation: Conversation = Conversation()) -> Outcome:
        """Return what comes of a message. The same message in the same conversation gives the same outcome."""
        return decide_message(message, conversation, self.scales)

    def fact(self, fact_id: str) -> Fact | None:
        """Return the fact with an id; None when there is none."""
        return next((fact for fact in self.facts if fact.id == fact_id), None)

    def tell(self, fact: Fact, chosen: str) -> Answer:
        """Return the outcome of choosing a fact that was suggested; `chosen` are the words of the suggestion."""
        reasons = Explanation(reading=(("chosen", fact.id),), decision="a suggestion was chosen", margin=1.0)
        cited = CitedFact(fact, 1.0, citations_for(fact))
        return Answer(question=chosen, read_as=chosen, facts=(cited,), explanation=reasons)


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
            tuple(_dimension_key(part, loaded.names) for part in form.split() if part not in lexicon.function_words): (
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


def _dimension_key(part: str, names: Mapping[str, NameRecord]) -> str:
    """Return the key of a part of a dimension's form: {concept}, {name} or a plain word."""
    if not part.startswith("{"):
        return f"={stem(part.lower())}"
    inner = part.strip("{}")
    return f"name:{inner}" if inner in names else inner
