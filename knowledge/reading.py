"""From a message to the questions in it: what each speaks of, what it wants to know, who does what to whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from knowledge.lexicon import Lexicon, Phrases, Wanted
from knowledge.models import DimensionRecord, NameRecord
from knowledge.spelling import Speller
from knowledge.terms import Term, Vocabulary
from knowledge.text import Word, clean, stem, without_determiners, words

MOST_QUESTIONS = 6
"""Questions of one message that are answered; what follows is left."""

AUXILIARIES = frozenset(
    "is are was were am do does did has have had can could will would shall should may might must "
    "isn't aren't wasn't weren't don't doesn't didn't hasn't haven't won't wouldn't can't couldn't ain't".split()
)
NEGATIONS = frozenset(
    "not no never without nobody none neither nor cannot don't didn't doesn't isn't aren't wasn't weren't won't can't".split()
)
WH_WORDS = frozenset("who whom whose what which when where why how whatever".split())
IMPERATIVES = frozenset(
    "list name tell give quote state compare contrast summarise summarize describe explain enumerate recap outline detail".split()
)
BEFORE_A_CUE = frozenset(
    "and or but so then also of in on at from by to for with about after before since until know say says said tell me us "
    "is was are were explain understand wonder asking remind see sure clear clarify exactly just that into".split()
)
LISTING = frozenset("list all every each both enumerate everything name summarise summarize recap outline".split())
COMPARING = frozenset(
    "compare compared comparison versus vs contrast difference differ differs than bigger larger fewer gap".split()
)
LEADING = frozenset("and so but then or also well ok okay just that now plus".split())
FRAMING_ANYWHERE = frozenset(("source-mention", "politeness", "instruction"))
AGENT_AFTER = frozenset(("by",))
TARGET_AFTER = frozenset("to from of with against on for at".split())
GROUPED = {"side": "party", "country": "party", "people": "party", "city": "place", "place": "place"}
ACTING_KINDS = frozenset(("side", "country", "person", "organisation", "role", "outlet", "people"))
PASSIVE = frozenset(("be", "been", "being", "is", "are", "was", "were", "get", "gets", "got"))
DEMONYM = ("i", "an", "ans", "is", "ish", "ese", "ian", "ians", "ean")
SETTING = frozenset(("per", "under", "in", "at", "inside"))

_SENTENCE = re.compile(r"(?<=[.!?;:…])[\s\"')]+(?=\S)|(?<=\?)(?=\S)")
_CLAUSE = re.compile(
    r"(?:,|;|:|\s-|\s–|\s—)?\s+(?:and|or|but|then|also|plus|&)\s+(?:also\s+|then\s+)?(?=(?:who|whom|whose|what|which|when|where|why|how|did|does|do|is|was|are|were|has|have|can|could|will|would|to whom|by whom|in which|on which|of those)\b)"
    r"|(?<=\w),\s+(?=(?:who|what|which|when|where|why|how|did|does|is|was|were)\b)",
    re.IGNORECASE,
)


class Form(StrEnum):
    """How a question is put."""

    OPEN = "open"
    YES_NO = "yes-no"
    LIST = "list"
    COMPARE = "compare"
    KEYWORDS = "keywords"


class Role(StrEnum):
    """What somebody named in a question does there."""

    AGENT = "agent"
    TARGET = "target"
    MENTIONED = "mentioned"


@dataclass(frozen=True, slots=True)
class Question:
    """One question, read.

    Attributes:
        text: as it was written.
        read_as: as it was understood, spelling mended.
        terms: in order.
        wanted: the kind of answer; None when the question leaves it open.
        form: how it is put.
        roles: name id -> what it does in the question.
        acts: ids of the acts in it; ambiguous ones only where there is no sure one.
        dimensions: dimension -> its values named in the question.
        numbers: digits named in it, without separators.
        strangers: name in it that the base does not know -> its kind ("countries", "people" ...).
        negated: it denies something.
        plural: it asks for more than one thing: "what are", "list", "both".
        manner: "opinion:...", "smalltalk:...", "scope:..." where it is no question to the documents; else "".
        steered: it tries to instruct the bot.
    """

    text: str
    read_as: str
    terms: tuple[Term, ...] = ()
    wanted: Wanted | None = None
    form: Form = Form.OPEN
    roles: Mapping[str, Role] = field(default_factory=dict)
    acts: tuple[str, ...] = ()
    dimensions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    numbers: tuple[str, ...] = ()
    strangers: Mapping[str, str] = field(default_factory=dict)
    negated: bool = False
    plural: bool = False
    manner: str = ""
    steered: bool = False

    def named(self, role: Role) -> frozenset[str]:
        """Return the names that play a role."""
        return frozenset(name for name, played in self.roles.items() if played is role)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a message with its words, spelling mended and framing taken off."""

    text: str
    tokens: tuple[Word, ...]
    framing: frozenset[str]
    asks: bool


def asking(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return the segments that ask something, in order; when none does, the longest one."""
    chosen = tuple(segment for segment in segments if segment.asks)[:MOST_QUESTIONS]
    return chosen or tuple(sorted(segments, key=lambda segment: -len(segment.tokens))[:1])


@dataclass(frozen=True)
class Reader:
    """What is needed to read: the language, and the names and words of one base."""

    lexicon: Lexicon
    vocabulary: Vocabulary
    names: Mapping[str, NameRecord]
    dimensions: Mapping[tuple[str, ...], tuple[str, str]]
    speller: Speller

    def segments(self, message: str) -> tuple[Segment, ...]:
        """Return the stretches of a message in order, each a sentence or a question that a sentence joins to another."""
        text = clean(message)
        sentences = [part for line in text.split("\n") for part in _SENTENCE.split(line) if part.strip()]
        segments = [self.segment(clause) for sentence in sentences for clause in _clauses(sentence)]
        return tuple(segment for segment in segments if segment.tokens)

    def questions(self, message: str) -> tuple[Question, ...]:
        """Return the questions of a message, each read by itself."""
        return tuple(self.read(segment) for segment in asking(self.segments(message))) or (Question(message, ""),)

    def segment(self, text: str) -> Segment:
        """Return a stretch of text with its spelling mended and without the words around the question."""
        spellings = self.lexicon.chat_spellings
        tokens = tuple(_without_chat_spelling(spellings, _without_chat_spelling(spellings, self._mended(text))))
        kept, framing = self._unframed(tokens)
        while kept and kept[0].text in LEADING:
            kept = kept[1:]
        heads = bool(kept) and kept[0].text in WH_WORDS | AUXILIARIES | IMPERATIVES
        asks = bool(kept) and (heads or text.rstrip(" \"')").endswith("?"))
        return Segment(text, tuple(kept), framing, asks)

    def _unframed(self, tokens: Sequence[Word]) -> tuple[Sequence[Word], frozenset[str]]:
        """Return the words without those around the question, and what kinds of framing there were.

        Greetings and the like are taken off at the edges only; phrases that speak of the document or steer the bot
        stand anywhere. A message that is nothing but framing keeps its words.
        """
        row = [token.text for token in tokens]
        spans = [
            (at, at + length, kind)
            for at, length, kind in self.lexicon.framing.find(row)
            if kind != "elaborate" or length == len(row)
        ]
        framing = frozenset(kind for _, _, kind in spans)
        dropped: set[int] = set()
        for start, end, kind in spans:
            if end - start > 1 and kind in FRAMING_ANYWHERE:
                dropped.update(range(start, end))
        for start, end, _ in spans:
            if all(index in dropped for index in range(start)):
                dropped.update(range(start, end))
        for start, end, _ in reversed(spans):
            if all(index in dropped for index in range(end, len(row))):
                dropped.update(range(start, end))
        kept = [token for index, token in enumerate(tokens) if index not in dropped]
        return (kept, framing) if kept else (tokens, framing)

    def curated(self, text: str) -> tuple[tuple[Term, ...], str]:
        """Return the terms of a curated text, whose spelling needs no mending, and the kind of answer it asks for."""
        tokens = without_determiners(_without_chat_spelling(self.lexicon.chat_spellings, words(text)))
        terms = self.vocabulary.terms(tokens)
        wanted = self._wanted(tokens, terms)
        return terms, wanted.kind if wanted else ""

    def read(self, segment: Segment) -> Question:
        """Return the question of a segment."""
        tokens = without_determiners(segment.tokens)
        row = [token.text for token in segment.tokens]
        terms = self.vocabulary.terms(tokens)
        wanted = self._wanted(tokens, terms)
        manners = [manner for _, _, manner in self.lexicon.manners.find(row)]
        roles = self._roles(tokens, terms)
        return Question(
            text=segment.text,
            read_as=" ".join(row),
            terms=terms,
            wanted=wanted,
            form=_form(row, wanted),
            roles=roles,
            acts=self._acts(terms),
            dimensions=self._dimensions(terms),
            numbers=tuple(stem(token.text) for token in tokens if token.text[0].isdigit()),
            strangers=self._strangers(tokens, terms),
            negated=any(word in NEGATIONS for word in row),
            plural=_is_plural(row),
            manner=manners[0] if manners else "",
            steered="instruction" in segment.framing,
        )

    def _mended(self, text: str) -> Iterator[Word]:
        for token in words(text):
            if text[token.start : token.end] in ("US", "U.S"):
                yield token._replace(text="usa")
                continue
            for mended in self.speller.mend(token.text) if not self._is_chat(token.text) else (token.text,):
                yield token._replace(text=mended)

    def _is_chat(self, word: str) -> bool:
        return self.lexicon.chat_spellings.longest_at([word], 0)[0] > 0

    def _wanted(self, tokens: Sequence[Word], terms: Sequence[Term]) -> Wanted | None:
        """Return the kind of answer asked for: by the first cue that stands where a question begins, else by a noun."""
        row = ["^", *(token.text for token in tokens)]
        content_before = {term.start + term.length for term in terms if not term.light}
        for at in (*range(1, len(row)), 0):
            length, kinds = self.lexicon.cues.longest_at(row, at)
            if not length or not _may_begin(row, at, content_before):
                continue
            noun = self._asked_noun(row[at : at + length], tokens[at + length - 1 :])
            return noun or self._asked_by_act(kinds[0], terms, at + length - 1) or kinds[0]
        for at, word in enumerate(row):
            if word in ("what", "which") and _may_begin(row, at, content_before):
                return self._asked_noun([word], tokens[at:])
        if not any(word in WH_WORDS or word in AUXILIARIES for word in row) and len(tokens) <= 6:
            for token in reversed(tokens):
                noun_kind = self.lexicon.answer_nouns.get(stem(token.text))
                if noun_kind is not None:
                    return noun_kind
        return None

    def _asked_by_act(self, wanted: Wanted, terms: Sequence[Term], at: int) -> Wanted | None:
        """Return what "who" asks for by the act right behind it: "who warned" asks who says so."""
        if wanted.kind != "who":
            return None
        following = [term for term in terms if term.start >= at and not term.light][:1]
        keys = (key for term in following for key, strength in term.keys if strength >= 1.0)
        return next((self.lexicon.asked_by_act[key] for key in keys if key in self.lexicon.asked_by_act), None)

    def is_name(self, term: Term) -> bool:
        """Return whether a term names somebody or something of the base."""
        return _is_name(term)

    def alike(self, one: Term, other: Term) -> bool:
        """Return whether two terms name things of one kind: two sides, two places, two values of one dimension."""
        kinds, others = self._kinds(one), self._kinds(other)
        return bool(kinds & others)

    def _kinds(self, term: Term) -> set[str]:
        kinds = {self.names[key[5:]].kind for key, sure in term.keys if sure == 1.0 and key.startswith("name:")}
        kinds = {str(GROUPED.get(kind, kind)) for kind in kinds}
        for key, strength in term.keys:
            if strength >= 1.0:
                kinds.update(
                    f"dimension:{value[0]}" for form, value in self.dimensions.items() if key in form and len(form) == 1
                )
        return kinds

    def _asked_noun(self, cue: Sequence[str], following: Sequence[Word]) -> Wanted | None:
        """Return the kind that a noun behind "which" or "what" asks for ("which Israeli city")."""
        if cue[-1] not in ("what", "which"):
            return None
        for token in following[:3]:
            if token.text in AUXILIARIES or token.text in ("of", "about"):
                return None
            found = self.lexicon.answer_nouns.get(stem(token.text))
            if found is not None:
                return found
        return None

    def _acts(self, terms: Sequence[Term]) -> tuple[str, ...]:
        acts: dict[str, float] = {}
        for term in terms:
            for key, strength in term.keys:
                concept = self.lexicon.concepts.get(key)
                if concept is not None and concept.is_act:
                    acts[key] = max(acts.get(key, 0.0), strength)
        sure = {act: strength for act, strength in acts.items() if strength == 1.0} or acts
        return tuple(sorted(sure, key=lambda act: -sure[act]))

    def _dimensions(self, terms: Sequence[Term]) -> dict[str, frozenset[str]]:
        """Return the dimension values whose forms stand in a row of terms; light words between do not matter."""
        heavy = [term for term in terms if not term.light]
        found: dict[str, set[str]] = {}
        for form, (dimension, value) in self.dimensions.items():
            for at in range(len(heavy) - len(form) + 1):
                if all(
                    heavy[at + offset].means(key, 1.0 if len(form) == 1 else 0.5) for offset, key in enumerate(form)
                ):
                    found.setdefault(dimension, set()).add(value)
                    break
        return {dimension: frozenset(values) for dimension, values in found.items()}

    def _strangers(self, tokens: Sequence[Word], terms: Sequence[Term]) -> dict[str, str]:
        row = [stem(token.text) for token in tokens]
        named = {index for term in terms for index in range(term.start, term.start + term.length) if _is_name(term)}
        found: dict[str, str] = {}
        for start, length, (key, _) in self.lexicon.world.find(row):
            inside = range(start, start + length)
            if not any(index in named for index in inside) and not all(
                tokens[index].text in self.lexicon.function_words for index in inside
            ):
                found.setdefault(" ".join(tokens[index].text for index in inside), key.split(":")[1])
        return found

    def _roles(self, tokens: Sequence[Word], terms: Sequence[Term]) -> dict[str, Role]:
        """Return who does and who is done to, by order, possessives, "by" and the preposition before a name."""
        roles: dict[str, Role] = {}
        acts = [index for index, term in enumerate(terms) if self._is_act(term)]
        for index, term in enumerate(terms):
            for name in self._acting(term):
                roles.setdefault(name, self._role(tokens, terms, index, acts, roles))
        return roles

    def _role(
        self, tokens: Sequence[Word], terms: Sequence[Term], at: int, acts: Sequence[int], roles: Mapping[str, Role]
    ) -> Role:
        term = terms[at]
        before = terms[at - 1].text if at else ""
        last = tokens[term.start + term.length - 1]
        if before in AGENT_AFTER:
            return Role.AGENT
        if before in SETTING or (at > 1 and terms[at - 2].text == "according"):
            return Role.MENTIONED
        if last.possessive and any(act > at for act in acts):
            return Role.AGENT
        acts_before = [act for act in acts if act < at]
        acts_after = [act for act in acts if act > at]
        if before in TARGET_AFTER and acts_before:
            return Role.MENTIONED if before == "of" else Role.TARGET
        following = terms[at + 1] if at + 1 < len(terms) else None
        if (
            term.text.endswith(DEMONYM)
            and following is not None
            and not following.light
            and not self._is_act(following)
        ):
            return Role.MENTIONED  # "Israeli prisoners" are spoken of, Israel does nothing
        if acts_after and self._is_passive(tokens, term, terms[acts_after[0]]):
            return Role.TARGET
        if Role.AGENT in roles.values():
            return Role.TARGET if acts_before else Role.MENTIONED
        if acts_after:
            return Role.AGENT
        return Role.TARGET if acts_before else Role.MENTIONED

    def _is_passive(self, tokens: Sequence[Word], subject: Term, act: Term) -> bool:
        """Return whether something is done to a subject: "would Israelis be freed"."""
        between = [token.text for token in tokens[subject.start + subject.length : act.start]]
        before = [token.text for token in tokens[: subject.start]]
        participle = tokens[act.start].text.endswith(("ed", "en")) or tokens[act.start].text != stem(
            tokens[act.start].text
        )
        return participle and (
            any(word in PASSIVE for word in between) or (bool(before) and before[-1] in PASSIVE and not between)
        )

    def _is_act(self, term: Term) -> bool:
        return any(
            strength >= PARTLY and (concept := self.lexicon.concepts.get(key)) and concept.is_act
            for key, strength in term.keys
        )

    def _acting(self, term: Term) -> Iterable[str]:
        for key, strength in term.keys:
            name = key.removeprefix("name:")
            if strength == 1.0 and name in self.names and key != name and self.names[name].kind in ACTING_KINDS:
                yield name


PARTLY = 0.5


def _is_name(term: Term) -> bool:
    return any(key.startswith("name:") for key, _ in term.keys)


def _clauses(sentence: str) -> list[str]:
    """Return the questions that one sentence joins: "who led the team, and in which city did it meet?"."""
    parts = [part for part in _CLAUSE.split(sentence) if part and part.strip()]
    clauses: list[str] = []
    for part in parts:
        if clauses and (len(words(part)) < 2 or not _begins_question(clauses[-1])):
            clauses[-1] = sentence[
                sentence.index(clauses[-1]) : sentence.index(part, sentence.index(clauses[-1])) + len(part)
            ]
        else:
            clauses.append(part)
    return clauses


def _begins_question(text: str) -> bool:
    """Return whether one of the first words of a text begins a question, so that what follows may be another one."""
    return any(word.text in WH_WORDS | AUXILIARIES | IMPERATIVES for word in words(text)[:6])


def _without_chat_spelling(spellings: Phrases[tuple[str, ...]], tokens: Iterable[Word]) -> Iterator[Word]:
    row = list(tokens)
    texts = [token.text for token in row]
    at = 0
    while at < len(row):
        length, meanings = spellings.longest_at(texts, at)
        if length:
            for word in meanings[0]:
                yield row[at]._replace(text=word, possessive=False)
        else:
            yield row[at]
        at += max(length, 1)


def _may_begin(row: Sequence[str], at: int, content_before: set[int]) -> bool:
    """Return whether a question may begin at a place: not behind a noun that a clause would describe."""
    if at <= 1 or row[at] == "^":
        return True
    return row[at - 1] in BEFORE_A_CUE or (at - 1) not in content_before


def _is_plural(row: Sequence[str]) -> bool:
    """Return whether a question asks for more than one thing."""
    heads = tuple(row[:2])
    return heads in (("what", "are"), ("which", "are"), ("what", "were"), ("which", "were")) or any(
        word in LISTING for word in row[:4]
    )


def _form(row: Sequence[str], wanted: Wanted | None) -> Form:
    if any(word in COMPARING for word in row):
        return Form.COMPARE
    if any(word in LISTING for word in row[:4]):
        return Form.LIST
    if row and row[0] in AUXILIARIES:
        return Form.YES_NO
    if not any(word in WH_WORDS or word in AUXILIARIES or word in IMPERATIVES for word in row):
        return Form.KEYWORDS
    return Form.OPEN
