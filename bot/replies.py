"""What the bot says for an outcome: the one module that words what users see.

A `Reply` is plain structure, without markup: the terminal, Telegram and the batch output each draw it in their way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge import (
    COURTESY,
    Abstention,
    Answer,
    Citation,
    CitedFact,
    Clarification,
    Correction,
    Document,
    Fact,
    KnowledgeBase,
    Outcome,
    Reason,
    citations_of,
    facts_of,
)


@dataclass(frozen=True, slots=True)
class Footnote:
    """A numbered source of a reply.

    Attributes:
        number: from 1, in the order in which the statements refer to it.
        source: the document, its publisher and date or that they are unknown, as one line.
        speaker: who says so, as one line; empty where the document speaks in its own voice.
    """

    number: int
    citation: Citation
    source: str
    speaker: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A curated claim with those who say so, and the numbers of the footnotes that carry it."""

    text: str
    footnotes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to press or to read next: what it says, and the id of the fact it leads to."""

    text: str
    fact: str


@dataclass(frozen=True, slots=True)
class Section:
    """The reply to one question of a message, in the order in which it is read.

    Attributes:
        question: a line above the section when a message asked several, or was read otherwise than written; else empty.
        lead: a sentence before the statements, such as the word that a premise is corrected; may be empty.
        statements: claims, each with its footnotes.
        remark: a sentence after them and before the suggestions: a word on completeness, or that the suggestions are
            related and no answer; may be empty.
        suggestions: choices of a clarification, or related facts of an abstention.
    """

    question: str
    lead: str
    statements: tuple[Statement, ...] = ()
    remark: str = ""
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot shows for one message."""

    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """All suggestions; their numbers, from 1, run through the sections."""
        return tuple(suggestion for section in self.sections for suggestion in section.suggestions)


def reply_to(outcome: Outcome, base: KnowledgeBase) -> Reply:
    """Return the words for an outcome."""
    numbers = {citation: number for number, citation in enumerate(cited_in(outcome), start=1)}
    asked = outcome.parts or (outcome,)
    sections = tuple(_section(part, base, numbers, several=len(asked) > 1) for part in asked)
    return Reply(sections, tuple(_footnote(number, citation, outcome, base) for citation, number in numbers.items()))


def cited_in(outcome: Outcome) -> tuple[Citation, ...]:
    """Return the citations of an outcome and all its parts, each once, in the order of the reply."""
    asked = outcome.parts or (outcome,)
    return tuple(dict.fromkeys(citation for part in asked for citation in citations_of(part)))


def shown_in(outcome: Outcome) -> tuple[CitedFact, ...]:
    """Return the facts that an outcome and all its parts show as answer or correction, each once, in order."""
    shown: dict[str, CitedFact] = {}
    for part in outcome.parts or (outcome,):
        for cited in facts_of(part):
            shown.setdefault(cited.fact.id, cited)
    return tuple(shown.values())


def as_plain_text(reply: Reply) -> str:
    """Return a reply as lines of plain text: statements with [n], then the quotes, then where they stand."""
    first = 1
    blocks = []
    for section in reply.sections:
        blocks.append(_section_text(section, first))
        first += len(section.suggestions)
    if reply.footnotes:
        blocks.append("\n".join([*map(footnote_line, reply.footnotes), *source_lines(reply)]))
    return "\n\n".join(blocks)


def footnote_line(footnote: Footnote) -> str:
    """Return a footnote as one line: its number, the quote, who says so, and the paragraph."""
    return f"[{footnote.number}] {quoted(footnote.citation.quote)} ({whereabouts(footnote)})"


def whereabouts(footnote: Footnote) -> str:
    """Return who says a quote and where it stands in its document: 'Israeli officials, ¶4'."""
    place = f"¶{footnote.citation.paragraph}"
    return f"{footnote.speaker}, {place}" if footnote.speaker else place


def source_lines(reply: Reply) -> tuple[str, ...]:
    """Return one line for each document behind a reply; with the numbers of its footnotes where there are several."""
    numbers: dict[str, list[int]] = {}
    for footnote in reply.footnotes:
        numbers.setdefault(footnote.source, []).append(footnote.number)
    if len(numbers) == 1:
        return tuple(f"Source: {source}" for source in numbers)
    return tuple(f"Source of {marks(tuple(cited))}: {source}" for source, cited in numbers.items())


def marks(footnotes: tuple[int, ...]) -> str:
    """Return the marks that stand after a statement: '[1][2]'."""
    return "".join(f"[{number}]" for number in footnotes)


def quoted(quote: str) -> str:
    """Return a quote in quotation marks, on one line, unless it brings its own."""
    line = " ".join(quote.split())
    return line if line[:1] in '"“«„' and line[-1:] in '"”»“' else f"“{line}”"


def source_of(document: Document) -> str:
    """Return a document, its publisher and its date, or that they are not known, as one line."""
    record = document.record
    title = f"{record.title} (title given by us)" if record.title_is_ours else record.title
    return f"{title}, {record.publisher or 'publisher not known'}, {record.published or 'no date given'}"


def statement_of(fact: Fact, base: KnowledgeBase) -> str:
    """Return a fact's claim with those who say so, unless the claim's own words name them as the speakers."""
    speaker = speaker_of(fact, base)
    if not speaker or _says_who(fact, speaker):
        return fact.claim
    return f"According to {speaker}: {fact.claim}"


def speaker_of(fact: Fact, base: KnowledgeBase) -> str:
    """Return those who say so, as one line; empty where the document speaks in its own voice."""
    return " and ".join(label_of(name, base) for name in fact.speakers)


def label_of(name: str, base: KnowledgeBase) -> str:
    """Return how an answer names somebody or something."""
    return base.names[name].label if name in base.names else name


def scope_of(base: KnowledgeBase) -> str:
    """Return what the bot answers from, with its number: 'one document', '3 documents'."""
    return "one document" if len(base.documents) == 1 else f"{len(base.documents)} documents"


def example_questions(base: KnowledgeBase, count: int = 3) -> tuple[str, ...]:
    """Return questions that this base answers, drawn from its facts: phrasings, or what somebody did.

    Each has been asked and answered with the fact it is drawn from; the facts lie apart in the base where possible.
    """
    found: dict[str, None] = {}
    facts = len(base.facts)
    for start, end in ((facts * part // count, facts * (part + 1) // count) for part in range(count)):
        answered = (question for fact in base.facts[start:end] for question in _questions(fact, base))
        question = next((question for question in answered if question not in found), None)
        if question is not None:
            found[question] = None
    return tuple(found)


def _questions(fact: Fact, base: KnowledgeBase) -> tuple[str, ...]:
    """Return questions drawn from a fact and answered with it, the most natural first."""
    made = (f"What did {label_of(fact.agent[0], base)} {fact.act.replace('-', ' ')}?",) if len(fact.agent) == 1 else ()
    drawn = fact.phrasings[:1] or made
    return tuple(
        question for question in drawn if any(cited.fact.id == fact.id for cited in facts_of(base.ask(question)))
    )


def _section(part: Outcome, base: KnowledgeBase, numbers: Mapping[Citation, int], *, several: bool) -> Section:
    """Return the reply to one question."""
    question = _question_line(part, several=several)
    statements = tuple(
        Statement(statement_of(cited.fact, base), tuple(sorted(numbers[citation] for citation in cited.citations)))
        for cited in facts_of(part)
    )
    match part:
        case Answer():
            return Section(question, _side_by_side(part), statements, _completeness(part, base))
        case Correction():
            return Section(question, _correction(part, base), statements)
        case Clarification():
            options = tuple(Suggestion(_option(fact, base), fact.id) for fact in part.options)
            which = "This can be read in more than one way. Which do you mean?"
            return Section(question, which if len(options) > 1 else "Do you mean this?", suggestions=options)
        case Abstention():
            related = part.nearest if part.reason is Reason.NOT_STATED else ()
            suggestions = tuple(Suggestion(statement_of(fact, base), fact.id) for fact in related)
            remark = "Related, but not an answer to this:" if suggestions else ""
            return Section(question, _abstention(part, base), remark=remark, suggestions=suggestions)
        case _:
            raise TypeError(f"not an outcome that can be shown: {type(part).__name__}")


def _question_line(part: Outcome, *, several: bool) -> str:
    """Return the line above a section; empty when the one question was read as it was written."""
    if _letters(part.read_as) != _letters(part.question) and part.read_as:
        tongue = f" (from {part.language})" if part.language else ""
        return f"Understood as{tongue}: {part.read_as}"
    return part.question if several else ""


def _letters(text: str) -> str:
    """Return the letters and digits of a text, in one case: what is left when spelling alone differs."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def _side_by_side(answer: Answer) -> str:
    """Return the word that facts are set side by side; empty where they are not."""
    return "Set side by side:" if answer.compared and len(answer.facts) > 1 else ""


def _completeness(answer: Answer, base: KnowledgeBase) -> str:
    """Return the word on completeness of an answer; empty where neither all nor a comparison was asked for."""
    if answer.missing:
        says = _by_number(base, "the document says", "the documents say")
        return f"On the other half of your comparison, {answer.missing}, {says} nothing."
    if not answer.listed:
        return ""
    count = len(answer.facts)
    return "That is all I have on this." if count == 1 else f"That is all I have on this: {count} facts."


def _correction(correction: Correction, base: KnowledgeBase) -> str:
    """Return the word that the documents state otherwise."""
    states = _by_number(base, "The document states", "The documents state")
    supposed = f" ({quoted(correction.supposed)})" if correction.supposed.strip() else ""
    return f"{states} otherwise than your question supposes{supposed}:"


def _option(fact: Fact, base: KnowledgeBase) -> str:
    """Return a choice of a clarification: the question that the fact answers, or the fact itself."""
    return fact.phrasings[0] if fact.phrasings else statement_of(fact, base)


def _abstention(abstention: Abstention, base: KnowledgeBase) -> str:
    """Return why a question is not answered."""
    match abstention.reason:
        case Reason.NOT_STATED:
            about = f": {abstention.about}" if abstention.about else ""
            return f"{_by_number(base, 'The document does', 'The documents do')} not state this{about}."
        case Reason.OUT_OF_SCOPE if abstention.about == COURTESY:
            about = _by_number(base, "the document", "the documents")
            return f"You are welcome to ask me about {about}; I answer with quotes and tell when there is no answer."
        case Reason.OUT_OF_SCOPE:
            return f"This is not about {_by_number(base, 'the document', 'the documents')} that I answer from."
        case Reason.NO_OPINION:
            says = _by_number(base, "the document says", "the documents say")
            return f"I have no opinion and make no forecast; I only tell what {says}."
        case Reason.NOT_UNDERSTOOD if abstention.language:
            return f"This seems to be {abstention.language}, which I do not read. I read {_enumerated(base.languages)}."
        case Reason.NOT_UNDERSTOOD:
            about = _by_number(base, "the document", "the documents")
            return f"I did not understand this. Please ask one short question about {about}."


def _enumerated(words: tuple[str, ...]) -> str:
    """Return words as an enumeration: "English, French and Arabic"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _by_number(base: KnowledgeBase, one: str, several: str) -> str:
    """Return the wording that fits the number of documents."""
    return one if len(base.documents) == 1 else several


def _footnote(number: int, citation: Citation, outcome: Outcome, base: KnowledgeBase) -> Footnote:
    """Return the footnote of a citation, with all who say so in the facts that are drawn from it.

    A citation that only names the speaker of a fact says itself who that is.
    """
    document = next(document for document in base.documents if document.id == citation.document)
    speakers = (speaker_of(cited.fact, base) for cited in shown_in(outcome) if citation == cited.fact.citation)
    return Footnote(number, citation, source_of(document), "; ".join(filter(None, dict.fromkeys(speakers))))


def _section_text(section: Section, first: int) -> str:
    """Return a section as lines of plain text; its suggestions are numbered from `first`."""
    statements = (f"{statement.text} {marks(statement.footnotes)}".rstrip() for statement in section.statements)
    suggestions = (f"  {number}. {suggestion.text}" for number, suggestion in enumerate(section.suggestions, first))
    lines = (section.question, section.lead, *statements, section.remark, *suggestions)
    return "\n".join(filter(None, lines))


_SPEAKS = r"says?|said|tells?|told|cites?|cited|states?|stated|according to"


def _says_who(fact: Fact, speaker: str) -> bool:
    """Tell whether a claim names its speaker beside a word for speaking.

    The name alone is not enough: in 'Israel rejected this' Israel acts, and who says so would be lost.
    """
    name = re.escape(re.sub(r"^(?:an?|the)\s+", "", speaker, flags=re.IGNORECASE))
    verb = rf"(?:{_SPEAKS}|{re.escape(fact.manner.replace('-', ' '))})"
    near = r"(?:[\w'’]+\s+){0,4}?"
    beside = rf"\b{name}\s+{near}{verb}\b|\b{verb}\s+{near}{name}\b"
    return re.search(beside, fact.claim, flags=re.IGNORECASE) is not None
