"""What the bot says for an outcome: the one module that words the replies to questions.

A `Reply` is plain structure, without markup: the terminal, Telegram and the batch output each draw it in their way.
What the bot says of its own is in the language of an interface; claims, quotes, titles, names of speakers and questions
as they were understood stay as they stand in the base.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.interface import ENGLISH, Interface
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
    Succession,
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
        notes: behind the statements, what they replaced, or that the documents do not agree on them; each refers to
            them by their marks.
    """

    question: str
    lead: str
    statements: tuple[Statement, ...] = ()
    remark: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    notes: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot shows for one message.

    Attributes:
        note: a sentence between the sections and the footnotes: that claims and quotes are in another language than
            the interface; may be empty.
        interface: the language in which the sections are worded, for those who word something around them.
    """

    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]
    note: str = ""
    interface: Interface = ENGLISH

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """All suggestions; their numbers, from 1, run through the sections."""
        return tuple(suggestion for section in self.sections for suggestion in section.suggestions)


def reply_to(outcome: Outcome, base: KnowledgeBase, interface: Interface = ENGLISH) -> Reply:
    """Return the words for an outcome, in the language of an interface."""
    numbers = {citation: number for number, citation in enumerate(cited_in(outcome), start=1)}
    asked = outcome.parts or (outcome,)
    sections = tuple(_section(part, base, interface, numbers, several=len(asked) > 1) for part in asked)
    footnotes = tuple(_footnote(number, cited, outcome, base, interface) for cited, number in numbers.items())
    return Reply(sections, footnotes, _note(sections, footnotes, base, interface), interface)


def cited_in(outcome: Outcome) -> tuple[Citation, ...]:
    """Return the citations of an outcome and all its parts, each once, in the order of the reply.

    Behind those of the facts of each part stand those of what these replaced.
    """
    asked = outcome.parts or (outcome,)
    every = ((*citations_of(part), *(fact.citation for fact in beside(part))) for part in asked)
    return tuple(dict.fromkeys(citation for several in every for citation in several))


def beside(outcome: Outcome) -> tuple[Fact, ...]:
    """Return the facts that are told beside those of an outcome: what they replaced, or what replaced them."""
    shown = {cited.fact.id for cited in facts_of(outcome)}
    told = (fact for each in outcome.successions for fact in (each.earlier, each.later))
    return tuple(fact for fact in told if fact.id not in shown)


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
    if reply.note:
        blocks.append(reply.note)
    if reply.footnotes:
        notes = (footnote_line(footnote, reply.interface) for footnote in reply.footnotes)
        blocks.append("\n".join([*notes, *source_lines(reply)]))
    return "\n\n".join(blocks)


def footnote_line(footnote: Footnote, interface: Interface = ENGLISH) -> str:
    """Return a footnote as one line: its number, the quote, who says so, and the paragraph."""
    quote, place = quoted(footnote.citation.quote), whereabouts(footnote, interface)
    return interface.say("{mark} {quote} ({place})", mark=marks((footnote.number,)), quote=quote, place=place)


def whereabouts(footnote: Footnote, interface: Interface = ENGLISH) -> str:
    """Return who says a quote and where it stands in its document: 'Israeli officials, ¶4'."""
    paragraph = str(footnote.citation.paragraph)
    if not footnote.speaker:
        return interface.say("¶{paragraph}", paragraph=paragraph)
    return interface.say("{speaker}, ¶{paragraph}", speaker=footnote.speaker, paragraph=paragraph)


def source_lines(reply: Reply) -> tuple[str, ...]:
    """Return one line for each document behind a reply; with the numbers of its footnotes where there are several."""
    say = reply.interface.say
    numbers: dict[str, list[int]] = {}
    for footnote in reply.footnotes:
        numbers.setdefault(footnote.source, []).append(footnote.number)
    if len(numbers) == 1:
        return tuple(say("Source: {source}", source=source) for source in numbers)
    return tuple(
        say("Source of {marks}: {source}", marks=marks(tuple(cited)), source=source)
        for source, cited in numbers.items()
    )


def marks(footnotes: tuple[int, ...]) -> str:
    """Return the marks that stand after a statement: '[1][2]'."""
    return "".join(f"[{number}]" for number in footnotes)


_QUOTATION_MARKS = '"“”«»„'
"""What a quotation may bring with it."""


def quoted(quote: str) -> str:
    """Return a quote in quotation marks, on one line, unless it brings its own."""
    line = " ".join(quote.split())
    return line if line[:1] in '"“«„' and line[-1:] in '"”»“' else f"“{line}”"


def source_of(document: Document, interface: Interface = ENGLISH) -> str:
    """Return a document, its publisher and its date, or that they are not known, as one line."""
    record = document.record
    return interface.say(
        "{title}, {publisher}, {date}",
        title=title_of(document, interface),
        publisher=record.publisher or interface.say("publisher not known"),
        date=record.published or interface.say("no date given"),
    )


def title_of(document: Document, interface: Interface = ENGLISH) -> str:
    """Return the title of a document, and that we gave it where the document has none."""
    title = document.record.title
    return interface.say("{title} (title given by us)", title=title) if document.record.title_is_ours else title


def statement_of(fact: Fact, base: KnowledgeBase, interface: Interface = ENGLISH) -> str:
    """Return a fact's claim with those who say so, unless the claim's own words name them as the speakers.

    A draft says of itself that nobody has reviewed it, wherever it is shown.
    """
    claim = fact.claim
    if fact.speakers and not _says_who(fact, speaker_of(fact, base)):
        speaker = speaker_of(fact, base, interface)
        claim = interface.say("According to {speaker}: {claim}", speaker=speaker, claim=claim)
    # TRANSLATORS: before a claim that a program proposed and nobody has checked against its source.
    return interface.say("Draft, reviewed by nobody: {claim}", claim=claim) if fact.draft else claim


def speaker_of(fact: Fact, base: KnowledgeBase, interface: Interface = ENGLISH) -> str:
    """Return those who say so, as one line; empty where the document speaks in its own voice."""
    return interface.enumerated([label_of(name, base) for name in fact.speakers])


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


def _section(
    part: Outcome, base: KnowledgeBase, interface: Interface, numbers: Mapping[Citation, int], *, several: bool
) -> Section:
    """Return the reply to one question."""
    say = interface.say
    question = _question_line(part, interface, several=several)
    statements = tuple(
        Statement(
            statement_of(cited.fact, base, interface),
            tuple(sorted(numbers[citation] for citation in cited.citations)),
        )
        for cited in facts_of(part)
    )
    match part:
        case Answer():
            lead = _side_by_side(part, interface) or _before(part, interface)
            notes = tuple(_notes(part, base, interface, numbers))
            return Section(question, lead, statements, _completeness(part, base, interface), notes=notes)
        case Correction():
            notes = tuple(_notes(part, base, interface, numbers))
            return Section(question, _correction(part, base, interface), statements, notes=notes)
        case Clarification():
            options = tuple(Suggestion(_option(fact, base, interface), fact.id) for fact in part.options)
            which = say("This can be read in more than one way. Which do you mean?")
            return Section(question, which if len(options) > 1 else say("Do you mean this?"), suggestions=options)
        case Abstention():
            related = part.nearest if part.reason is Reason.NOT_STATED else ()
            suggestions = tuple(Suggestion(statement_of(fact, base, interface), fact.id) for fact in related)
            remark = say("Related, but not an answer to this:") if suggestions else ""
            return Section(question, _abstention(part, base, interface), remark=remark, suggestions=suggestions)
        case _:
            raise TypeError(f"not an outcome that can be shown: {type(part).__name__}")


def _question_line(part: Outcome, interface: Interface, *, several: bool) -> str:
    """Return the line above a section; empty when the one question was read as it was written."""
    if _letters(part.read_as) == _letters(part.question) or not part.read_as:
        return part.question if several else ""
    if not part.language:
        return interface.say("Understood as: {question}", question=part.read_as)
    language = interface.language(part.language)
    return interface.say("Understood as (from {language}): {question}", language=language, question=part.read_as)


def _letters(text: str) -> str:
    """Return the letters and digits of a text, in one case: what is left when spelling alone differs."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def _side_by_side(answer: Answer, interface: Interface) -> str:
    """Return the word that facts are set side by side; empty where they are not."""
    return interface.say("Set side by side:") if answer.compared and len(answer.facts) > 1 else ""


def _before(answer: Answer, interface: Interface) -> str:
    """Return the word that something else is said now; empty where a fact holds still."""
    superseded = all(cited.fact.superseded_by for cited in answer.facts)
    return interface.say("Before, this was said:") if superseded and answer.successions else ""


def _notes(
    part: Answer | Correction, base: KnowledgeBase, interface: Interface, numbers: Mapping[Citation, int]
) -> Iterator[Statement]:
    """Yield what the facts of a reply replaced or what replaced them, and which of them do not agree."""
    say = interface.say
    own = {cited.fact.id: marks(tuple(sorted(numbers[one] for one in cited.citations))) for cited in part.facts}
    for succession in part.successions:
        yield _succession(succession, own, base, interface, numbers)
    for withdrawn in part.withdrawn:
        source = source_of(_document(withdrawn.document, base), interface)
        text = say(
            "{marks} is from an earlier version, which this one has replaced: {source}",
            marks=own[withdrawn.fact.id],
            source=source,
        )
        yield Statement(text, ())
    for one, other in part.disagreements:
        text = say(
            "The documents do not agree: {one} ({date}), {other} ({other_date}). I do not judge which is right.",
            one=own[one.id],
            date=_date(one, base, interface),
            other=own[other.id],
            other_date=_date(other, base, interface),
        )
        yield Statement(text, ())


def _succession(
    succession: Succession,
    own: Mapping[str, str],
    base: KnowledgeBase,
    interface: Interface,
    numbers: Mapping[Citation, int],
) -> Statement:
    """Return what a fact replaced, or what replaced it: whichever of the two is not among the statements."""
    say, since = interface.say, succession.since
    told = succession.earlier if succession.later.id in own else succession.later
    mark = own[succession.later.id] if told is succession.earlier else own[succession.earlier.id]
    claim, date = statement_of(told, base, interface), _date(told, base, interface)
    if told is succession.earlier and since:
        # TRANSLATORS: {marks} are numbers such as [1], of what is said now; {since} and {date} are days.
        text = say(
            "{marks} stands as of {since}. Before, this was said ({date}): {claim}",
            marks=mark,
            since=since,
            date=date,
            claim=claim,
        )
    elif told is succession.earlier:
        text = say("{marks} replaced this ({date}): {claim}", marks=mark, date=date, claim=claim)
    elif not succession.changed:
        text = say("{marks} has not changed. It is said again ({date}): {claim}", marks=mark, date=date, claim=claim)
    elif since:
        text = say("{marks} was replaced by this, as of {since}: {claim}", marks=mark, since=since, claim=claim)
    else:
        text = say("{marks} was replaced by this ({date}): {claim}", marks=mark, date=date, claim=claim)
    return Statement(text, (numbers[told.citation],))


def _date(fact: Fact, base: KnowledgeBase, interface: Interface) -> str:
    """Return the day on which the document of a fact was published, or that it gives none."""
    return _document(fact.citation.document, base).record.published or interface.say("no date given")


def _document(key: str, base: KnowledgeBase) -> Document:
    return next(document for document in base.documents if document.id == key)


def _completeness(answer: Answer, base: KnowledgeBase, interface: Interface) -> str:
    """Return the word on completeness of an answer; empty where neither all nor a comparison was asked for."""
    if answer.missing:
        return _by_number(
            base,
            interface.say(
                "On the other half of your comparison, {missing}, the document says nothing.", missing=answer.missing
            ),
            interface.say(
                "On the other half of your comparison, {missing}, the documents say nothing.", missing=answer.missing
            ),
        )
    if not answer.listed:
        return ""
    if len(answer.facts) == 1:
        return interface.say("That is all I have on this.")
    return interface.count(
        "That is all I have on this: {n} fact.", "That is all I have on this: {n} facts.", len(answer.facts)
    )


def _correction(correction: Correction, base: KnowledgeBase, interface: Interface) -> str:
    """Return the word that the documents state otherwise."""
    say, supposed = interface.say, correction.supposed.strip().strip(_QUOTATION_MARKS)
    if not supposed:
        return _by_number(
            base,
            say("The document states otherwise than your question supposes:"),
            say("The documents state otherwise than your question supposes:"),
        )
    return _by_number(
        base,
        say("The document states otherwise than your question supposes (“{supposed}”):", supposed=supposed),
        say("The documents state otherwise than your question supposes (“{supposed}”):", supposed=supposed),
    )


def _option(fact: Fact, base: KnowledgeBase, interface: Interface) -> str:
    """Return a choice of a clarification: the question that the fact answers, or the fact itself."""
    return fact.phrasings[0] if fact.phrasings else statement_of(fact, base, interface)


def _abstention(abstention: Abstention, base: KnowledgeBase, interface: Interface) -> str:
    """Return why a question is not answered."""
    say, about = interface.say, abstention.about
    match abstention.reason:
        case Reason.NOT_STATED if about:
            one = say("The document does not state this: {about}.", about=about)
            several = say("The documents do not state this: {about}.", about=about)
        case Reason.NOT_STATED:
            one, several = say("The document does not state this."), say("The documents do not state this.")
        case Reason.OUT_OF_SCOPE if about == COURTESY:
            one = say(
                "You are welcome to ask me about the document; I answer with quotes and tell when there is no answer."
            )
            several = say(
                "You are welcome to ask me about the documents; I answer with quotes and tell when there is no answer."
            )
        case Reason.OUT_OF_SCOPE:
            one = say("This is not about the document that I answer from.")
            several = say("This is not about the documents that I answer from.")
        case Reason.NO_OPINION:
            one = say("I have no opinion and make no forecast; I only tell what the document says.")
            several = say("I have no opinion and make no forecast; I only tell what the documents say.")
        case Reason.NOT_UNDERSTOOD if abstention.language:
            return _unread(abstention.language, base, interface)
        case Reason.NOT_UNDERSTOOD:
            one = say("I did not understand this. Please ask one short question about the document.")
            several = say("I did not understand this. Please ask one short question about the documents.")
    return _by_number(base, one, several)


def _unread(language: str, base: KnowledgeBase, interface: Interface) -> str:
    """Return the word that a question is in a language that is not read, and which ones are."""
    return interface.say(
        "This seems to be {language}, which I do not read. I read {languages}.",
        language=interface.language(language),
        languages=interface.enumerated([interface.language(name) for name in base.languages]),
    )


def _note(sections: Iterable[Section], footnotes: Iterable[Footnote], base: KnowledgeBase, interface: Interface) -> str:
    """Return the word that what comes from the base is in another language; empty where all of it is in this one."""
    sources = {fact.id: fact.citation.document for fact in base.facts}
    suggested = {sources[suggestion.fact] for section in sections for suggestion in section.suggestions}
    shown = suggested | {footnote.citation.document for footnote in footnotes}
    codes = dict.fromkeys(document.record.language for document in base.documents if document.id in shown)
    if codes.keys() <= {interface.code}:
        return ""
    languages = interface.enumerated([interface.language_of(code) or code for code in codes])
    return interface.say(
        "Claims, quotes and suggestions are in {language}, the language of the source.", language=languages
    )


def _by_number(base: KnowledgeBase, one: str, several: str) -> str:
    """Return the wording that fits the number of documents."""
    return one if len(base.documents) == 1 else several


def _footnote(number: int, citation: Citation, outcome: Outcome, base: KnowledgeBase, interface: Interface) -> Footnote:
    """Return the footnote of a citation, with all who say so in the facts that are drawn from it.

    A citation that only names the speaker of a fact says itself who that is.
    """
    document = _document(citation.document, base)
    told = (fact for part in outcome.parts or (outcome,) for fact in beside(part))
    shown = (*(cited.fact for cited in shown_in(outcome)), *told)
    speakers = (speaker_of(fact, base, interface) for fact in shown if citation == fact.citation)
    speaker = "; ".join(filter(None, dict.fromkeys(speakers)))
    return Footnote(number, citation, _source_among(document, base, interface), speaker)


def _source_among(document: Document, base: KnowledgeBase, interface: Interface) -> str:
    """Return a document as one line, with its id where another one of the base would be told by the same line."""
    told, source = _told_by(document), source_of(document, interface)
    alike = any(_told_by(other) == told for other in base.documents if other.id != document.id)
    return f"{source} ({document.id})" if alike else source


def _told_by(document: Document) -> tuple[object, ...]:
    """Return what a reader is told of a document."""
    record = document.record
    return record.title, record.title_is_ours, record.publisher, record.published


def _section_text(section: Section, first: int) -> str:
    """Return a section as lines of plain text; its suggestions are numbered from `first`."""
    statements = (f"{statement.text} {marks(statement.footnotes)}".rstrip() for statement in section.statements)
    suggestions = (f"  {number}. {suggestion.text}" for number, suggestion in enumerate(section.suggestions, first))
    notes = (f"{note.text} {marks(note.footnotes)}".rstrip() for note in section.notes)
    lines = (section.question, section.lead, *statements, *notes, section.remark, *suggestions)
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
