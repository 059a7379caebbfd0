"""What comes of a message: four kinds of outcome, each with its reasons; and what comes of a search.

Plain values, ready to be shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from knowledge.documents import Citation


@dataclass(frozen=True, slots=True)
class Fact:
    """A curated record whose quote has been found in its document.

    Attributes:
        speakers: ids of the names of those who say so; empty when the document speaks in its own voice.
        attribution: the words of the document that name the speakers; None when there are none.
        antecedent: the words that "this" or "which" in the quote points to; None where it points to nothing.
        slots: kinds of question that it answers, each with words of the quote.
        citation: the quote in its place.
        number: position in the base, from 0; facts of one document stand in the order of the document.
        draft: proposed and not yet reviewed by a curator.
        superseded_by: id of the fact that is true now instead of this one; empty when this one is.
        since: ISO date from which it holds; empty where unknown.
    """

    id: str
    claim: str
    speakers: tuple[str, ...]
    attribution: Citation | None
    antecedent: Citation | None
    manner: str
    agent: tuple[str, ...]
    act: str
    target: tuple[str, ...]
    themes: tuple[str, ...]
    dimensions: dict[str, str]
    slots: dict[str, tuple[str, ...]]
    phrasings: tuple[str, ...]
    citation: Citation
    number: int
    draft: bool = False
    superseded_by: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Something that readers would expect and the documents do not say.

    Attributes:
        document: id of the document whose fact file says so; empty where unknown.
    """

    about: str
    wordings: tuple[str, ...]
    related: tuple[str, ...]
    document: str = field(default="", compare=False)


COURTESY = "courtesy"
"""What an abstention is about when the message was a greeting, thanks or the like."""


class Reason(StrEnum):
    """Why a question is not answered."""

    NOT_STATED = "not_stated"
    OUT_OF_SCOPE = "out_of_scope"
    NO_OPINION = "no_opinion"
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What spoke for and against one candidate fact.

    Attributes:
        fact: id of the fact.
        score: in [0, 1]; not a probability.
        signals: the measured quantities by name, each in [0, 1] unless its name says otherwise.
        explained: words of the question that the fact accounts for.
        unexplained: words of the question that it does not.
        vetoes: conflicts that no score outweighs, in words.
    """

    fact: str
    score: float
    signals: dict[str, float]
    explained: tuple[str, ...]
    unexplained: tuple[str, ...]
    vetoes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the outcome is what it is.

    Attributes:
        reading: what was understood of the question: (term, value) pairs in reading order.
        evidence: the candidates that were weighed, best first.
        decision: the rule that decided, as a sentence.
        margin: lead of the best candidate over the runner-up, in [0, 1].
    """

    reading: tuple[tuple[str, str], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    decision: str = ""
    margin: float = 0.0


@dataclass(frozen=True, slots=True)
class CitedFact:
    """A fact of an answer with the citations that carry it, the one that answers the question first."""

    fact: Fact
    score: float
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Succession:
    """A fact that replaced another.

    Attributes:
        earlier: what was said before.
        later: what replaced it.
        since: ISO date from which the later one holds; empty where nothing tells it.
        changed: their claims differ; else the later one says the same again.
    """

    earlier: Fact
    later: Fact
    since: str
    changed: bool = True


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A fact of an earlier version of a document that the version of today does not carry on, as far as is reviewed.

    Attributes:
        document: id of the document that replaced its own.
    """

    fact: Fact
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What all outcomes share.

    Attributes:
        question: the message, or the part of it, as it was written.
        read_as: how it was understood: spelling mended, and what it lacked taken from the conversation.
        language: English name of the language of the message where it is not English; else empty.
        topic: the earlier question that this one asks more about, and that the next one looks back to; else empty.
        nearest: related facts, best first; never an answer.
        parts: where a message asked several questions, the outcome of each in order; else empty.
        successions: what the facts that are shown replaced, or what replaced them, in their order.
        withdrawn: facts that are shown and stand only in an earlier version of their document.
        disagreements: facts of different documents, all of them shown, that do not agree: two and two.
    """

    question: str
    read_as: str
    language: str = ""
    topic: str = ""
    nearest: tuple[Fact, ...] = ()
    explanation: Explanation = field(default_factory=Explanation)
    parts: tuple[Outcome, ...] = ()
    successions: tuple[Succession, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    disagreements: tuple[tuple[Fact, Fact], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Outcome):
    """Facts that answer the question.

    Attributes:
        facts: in the order in which they answer, never empty.
        listed: the question asked for all there is, and these are all the facts that the base holds on it.
        compared: the question set two things side by side, and these are the facts on them.
        missing: in a comparison, the one on whom or which the documents do not tell what is asked; else empty.
    """

    facts: tuple[CitedFact, ...]
    listed: bool = False
    compared: bool = False
    missing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Outcome):
    """The documents state otherwise than the question supposes.

    Attributes:
        facts: what they state, never empty.
        supposed: the words of the question that the documents contradict.
    """

    facts: tuple[CitedFact, ...]
    supposed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clarification(Outcome):
    """The question can be read in more than one way; `options` are the facts it may ask for, best first."""

    options: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstention(Outcome):
    """The question is not answered, and why.

    Attributes:
        about: for a known gap, what it is that the documents do not say; `COURTESY` for a greeting, thanks or the like,
            which ask nothing; else empty.
    """

    reason: Reason
    about: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence of a document that is near to what was searched for; never an answer.

    Attributes:
        citation: the whole sentence in its place.
        share: what it holds beside all other sentences and "none of these", in [0, 1]; not a probability.
        shared: (start, end) of its words that were searched for, whatever their endings, in order. Offsets are Unicode
            code points of the sentence, end-exclusive.
        facts: ids of the facts that quote from it, in the order of the text.
        skipped: why nothing of it is to be asked about; None when nobody said so.
    """

    citation: Citation
    share: float
    shared: tuple[tuple[int, int], ...]
    facts: tuple[str, ...]
    skipped: str | None


def facts_of(outcome: Outcome) -> tuple[CitedFact, ...]:
    """Return the facts that an outcome shows as its answer or correction; empty for the other kinds."""
    return outcome.facts if isinstance(outcome, Answer | Correction) else ()


def citations_of(outcome: Outcome) -> tuple[Citation, ...]:
    """Return the citations of an outcome, each once, in the order of the answer."""
    return tuple(dict.fromkeys(citation for cited in facts_of(outcome) for citation in cited.citations))
