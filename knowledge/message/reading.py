"""From a stretch of a message to the question in it: what it speaks of and wants to know, who does what to whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from knowledge.language.grammar import Grammar
from knowledge.language.lexicon import Lexicon, Wanted
from knowledge.language.numbers import counts, small_number, time_unit
from knowledge.language.terms import Term, Vocabulary
from knowledge.language.text import Word, stem, without_determiners, words
from knowledge.message.roles import DOING, Role, cast_of
from knowledge.message.splitting import Segment, Splitter, as_written, asking
from knowledge.message.wanting import wanted
from knowledge.models import NameRecord

GROUPED = {"side": "party", "country": "party", "people": "party", "city": "place", "place": "place"}
"""Kinds of name that can take one another's place in a follow-up."""

IN_A_PHRASE = 0.5
"""Strength at which a term counts in a form of several; alone it must be sure."""

LISTED_WITHIN = 4
"""Words within which a question says that it wants a list."""


ADVICE = "opinion:advice"
"""Manner of a question that asks what to do; whether one should do it, no document decides."""

VALUING = "opinion:evaluation"
"""Manner of phrases that value somebody or something; they leave open whether the documents do so too."""


class Form(StrEnum):
    """How a question is put."""

    OPEN = "open"
    YES_NO = "yes-no"
    LIST = "list"
    COMPARE = "compare"
    KEYWORDS = "keywords"


class Bound(StrEnum):
    """How an amount is meant."""

    EXACTLY = "exactly"
    AT_LEAST = "at least"
    AT_MOST = "at most"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number named in a question, and how it is meant.

    Attributes:
        digits: without separators.
        bound: whether more or less would do.
        written: as a word from two to twelve; empty where it is written in digits.
        unit: the unit of time behind it, as it is written; empty where there is none.
    """

    digits: str
    bound: Bound = Bound.EXACTLY
    written: str = ""
    unit: str = ""

    def __str__(self) -> str:
        return self.written or self.digits

    def admits(self, digits: str) -> bool:
        """Return whether another number is what this amount says."""
        if self.bound is Bound.EXACTLY or not (self.digits.isdecimal() and digits.isdecimal()):
            return self.digits == digits
        asked, held = ((len(each), each) for each in (self.digits.lstrip("0"), digits.lstrip("0")))
        return held >= asked if self.bound is Bound.AT_LEAST else held <= asked


@dataclass(frozen=True, slots=True)
class Question:
    """One question, read.

    Attributes:
        text: as it was written.
        read_as: as it was understood, spelling mended.
        terms: in order.
        wanted: the kind of answer; None when the question leaves it open.
        form: how it is put.
        plural: it asks for more than one thing: "what are", "list", "both".
        roles: name id -> what it does in the question.
        deeds: id of one who does something -> the acts that it does, where they are told.
        done: acts that it speaks of as having happened.
        together: ids of names that are joined in a row, and do or suffer the same.
        acts: ids of the acts in it; ambiguous ones only where there is no sure one.
        dimensions: dimension -> its values named in the question.
        numbers: named in it in digits.
        strangers: name in it that the base does not know -> its kind ("countries", "people" ...).
        cities: ids of the cities that it names.
        manner: "courtesy:...", "opinion:...", "smalltalk:..." or "scope:..." where it is no question to the documents;
            else "".
        values: words by which it values somebody or something: "trustworthy".
        denies: it asks for what is not so: "what did the town not pay?"
        steered: it tries to instruct the bot.
    """

    text: str
    read_as: str
    terms: tuple[Term, ...] = ()
    wanted: Wanted | None = None
    form: Form = Form.OPEN
    plural: bool = False
    roles: Mapping[str, Role] = field(default_factory=dict)
    deeds: Mapping[str, frozenset[str]] = field(default_factory=dict)
    done: frozenset[str] = frozenset()
    together: tuple[frozenset[str], ...] = ()
    acts: tuple[str, ...] = ()
    dimensions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    numbers: tuple[Amount, ...] = ()
    strangers: Mapping[str, str] = field(default_factory=dict)
    cities: frozenset[str] = frozenset()
    manner: str = ""
    values: tuple[str, ...] = ()
    denies: bool = False
    steered: bool = False

    def __hash__(self) -> int:  # its mappings have none
        return hash((self.text, self.read_as))

    @property
    def heavy(self) -> tuple[Term, ...]:
        """The terms that carry a topic."""
        return tuple(term for term in self.terms if not term.light)

    @property
    def agents(self) -> frozenset[str]:
        """Those who do something, surely or probably."""
        return frozenset(name for name, played in self.roles.items() if played in DOING)

    def named(self, role: Role) -> frozenset[str]:
        """Return the names that play a role."""
        return frozenset(name for name, played in self.roles.items() if played is role)


@dataclass(frozen=True)
class Reader:
    """What is needed to read: the language, and the names and words of one base.

    Attributes:
        dimensions: keys of a form -> (dimension, value).
        capitals: words of names in lower case -> as they are written.
    """

    lexicon: Lexicon
    vocabulary: Vocabulary
    splitter: Splitter
    names: Mapping[str, NameRecord]
    dimensions: Mapping[tuple[str, ...], tuple[str, str]]
    capitals: Mapping[str, str]

    def questions(self, message: str) -> tuple[Question, ...]:
        """Return the questions of a message, each read by itself."""
        return tuple(self.read(segment) for segment in asking(self.splitter.segments(message)))

    def curated(self, text: str) -> tuple[tuple[Term, ...], str]:
        """Return the terms of a curated text, whose spelling needs no mending, and the kind of answer it asks for."""
        tokens = without_determiners(self.splitter.spelt(words(text)))
        terms = self.vocabulary.terms(tokens)
        kind = wanted(tokens, terms, self.lexicon)
        return terms, kind.kind if kind else ""

    def deeds(self, text: str) -> Mapping[str, frozenset[str]]:
        """Return who does what in a curated text: ids of names -> acts."""
        tokens = without_determiners(self.splitter.spelt(words(text)))
        return cast_of(tokens, self.vocabulary.terms(tokens), self.lexicon, self.names).deeds

    def read(self, segment: Segment) -> Question:
        """Return the question of a segment."""
        tokens = without_determiners(segment.tokens)
        terms = self.vocabulary.terms(tokens)
        row = segment.row
        cast = cast_of(tokens, terms, self.lexicon, self.names)
        return Question(
            text=segment.text,
            read_as=self._sentence(segment),
            terms=terms,
            wanted=wanted(tokens, terms, self.lexicon),
            form=_form(row, self.lexicon.grammar),
            plural=_is_plural(row, self.lexicon.grammar),
            roles=cast.roles,
            deeds=cast.deeds,
            done=cast.done,
            together=cast.together,
            acts=self._acts(terms),
            dimensions=self.dimensions_of(terms),
            numbers=self._numbers(segment.tokens),
            strangers=self._strangers(tokens, terms),
            cities=self._cities(terms),
            manner=self._manner(segment),
            values=self._values(segment),
            denies=_denies(tokens, terms, self.lexicon.grammar),
            steered="instruction" in segment.framing,
        )

    def _manner(self, segment: Segment) -> str:
        if segment.is_framing:
            return f"courtesy:{min(segment.framing)}"
        row = segment.row
        if row and row[0] in self.lexicon.grammar.advising:
            return ADVICE
        for at, length, manner in self.lexicon.manners.find(row):
            within = at > 0 and row[at - 1] in self.lexicon.grammar.question_words  # "where should i" is not "should i"
            if manner == VALUING or (within and manner.startswith("opinion")):
                continue
            return manner.replace("smalltalk", "courtesy") if length == len(row) else manner
        return ""

    def _values(self, segment: Segment) -> tuple[str, ...]:
        """Return the stems of the words by which a segment values something."""
        row = segment.row
        found = ((at, length) for at, length, manner in self.lexicon.manners.find(row) if manner == VALUING)
        return tuple(stem(word) for at, length in found for word in row[at : at + length])

    def _sentence(self, segment: Segment) -> str:
        """Return a segment as it was understood, as a sentence: names with their capitals, a question with its mark."""
        text = as_written(segment, self._own_capitals)
        return f"{text[:1].upper()}{text[1:]}{'?' if segment.asks else ''}"

    @cached_property
    def _own_capitals(self) -> Mapping[str, str]:
        """Words of names -> as they are written, without those that are light words too."""
        return {word: name for word, name in self.capitals.items() if word not in self.lexicon.function_words}

    def alike(self, one: Term, other: Term) -> bool:
        """Return whether two terms name things of one kind: two sides, two places, two values of one dimension."""
        return bool(self._kinds(one) & self._kinds(other))

    def _kinds(self, term: Term) -> set[str]:
        sure = [key for key, strength in term.keys if strength == 1.0]
        kinds: list[str] = [self.names[key[5:]].kind for key in sure if key.startswith("name:")]
        alone = {form[0]: dimension for form, (dimension, _) in self.dimensions.items() if len(form) == 1}
        return {GROUPED.get(kind, kind) for kind in kinds} | {alone[key] for key in sure if key in alone}

    def _acts(self, terms: Sequence[Term]) -> tuple[str, ...]:
        acts: dict[str, float] = {}
        for term in terms:
            for key, strength in term.keys:
                if key in self.lexicon.concepts and self.lexicon.concepts[key].is_act:
                    acts[key] = max(acts.get(key, 0.0), strength)
        sure = [act for act, strength in acts.items() if strength == 1.0]
        return tuple(sure or sorted(acts, key=lambda act: -acts[act]))

    def dimensions_of(self, terms: Sequence[Term]) -> dict[str, frozenset[str]]:
        """Return the dimension values whose forms stand in a row of terms; light words between do not matter."""
        heavy = [term for term in terms if not term.light]
        meant = {key for term in heavy for key, _ in term.keys}
        found: dict[str, set[str]] = {}
        for form, (dimension, value) in self.dimensions.items():
            if not meant.issuperset(form):
                continue
            within = len(form) > 1 and any(all(term.means(key, IN_A_PHRASE) for key in form) for term in heavy)
            if within or any(_stands_at(form, heavy, at) for at in range(len(heavy) - len(form) + 1)):
                found.setdefault(dimension, set()).add(value)
        return {dimension: frozenset(values) for dimension, values in found.items()}

    def _numbers(self, tokens: Sequence[Word]) -> tuple[Amount, ...]:
        grammar = self.lexicon.grammar
        found: list[Amount] = []
        row = [token.text for token in tokens]
        for at, token in enumerate(tokens):
            small = counted(row, at, grammar)
            if not small and not token.text[0].isdigit():
                continue
            one, two = (tokens[at - back].text if at >= back else "" for back in (1, 2))
            bound = Bound.EXACTLY
            if one in grammar.at_most or (one in grammar.at_least and two in grammar.fewer):
                bound = Bound.AT_MOST
            elif one in grammar.at_least:
                bound = Bound.AT_LEAST
            digits, written = (str(small), token.text) if small else (stem(token.text), "")
            found.append(Amount(digits, bound, written, time_unit(row, at)))
        return tuple(found)

    def _cities(self, terms: Sequence[Term]) -> frozenset[str]:
        keys = (key.removeprefix("name:") for term in terms for key, strength in term.keys if strength == 1.0)
        return frozenset(key for key in keys if key in self.names and self.names[key].kind == "city")

    def _strangers(self, tokens: Sequence[Word], terms: Sequence[Term]) -> dict[str, str]:
        """Return the names of the world that the base does not know, where the base's own names do not cover them."""
        own = {index for term in terms if term.is_name for index in range(term.start, term.start + term.length)}
        own |= {index for index, token in enumerate(tokens) if token.text in self.lexicon.function_words}
        found: dict[str, str] = {}
        for start, length, (key, _) in self.lexicon.world.find([stem(token.text) for token in tokens]):
            inside = range(start, start + length)
            if not own.issuperset(inside) and not any(index in own and length == 1 for index in inside):
                found.setdefault(" ".join(tokens[index].text for index in inside), key.split(":")[1])
        return found


def counted(row: Sequence[str], at: int, grammar: Grammar) -> int:
    """Return the number from two to twelve that a word tells of the noun behind it; 0 where it tells none.

    "Two weeks" tells how many they are; "the two officials", "which two cities" and "two sides" only say who is meant.
    """
    small = small_number(row[at])
    before = row[at - 1] if at else ""
    referring = before in grammar.determiners or before in grammar.asking_which or before in grammar.listing
    return (
        small if small and not referring and counts(row, at) and grammar.sides.isdisjoint(row[at + 1 : at + 2]) else 0
    )


def _stands_at(form: Sequence[str], heavy: Sequence[Term], at: int) -> bool:
    strength = 1.0 if len(form) == 1 else IN_A_PHRASE
    return all(heavy[at + offset].means(key, strength) for offset, key in enumerate(form))


def _denies(tokens: Sequence[Word], terms: Sequence[Term], grammar: Grammar) -> bool:
    """Return whether an open question asks for what is not so: behind its auxiliary, or a name there, stands "not"."""
    row = [token.text for token in tokens]
    if not row or row[0] not in grammar.question_words:
        return False
    behind = next((at + 1 for at, word in enumerate(row) if word in grammar.auxiliaries), len(row))
    behind += next((term.length for term in terms if term.start == behind and term.is_name), 0)
    return not grammar.denying.isdisjoint(row[behind : behind + 1])


def _is_plural(row: Sequence[str], grammar: Grammar) -> bool:
    heads = row[:2]
    several = len(heads) == 2 and heads[0] in grammar.asking_several and heads[1] in grammar.plural_heads
    return several or _lists(row, grammar)


def _form(row: Sequence[str], grammar: Grammar) -> Form:
    if _compares(row, grammar):
        return Form.COMPARE
    if _lists(row, grammar):
        return Form.LIST
    if row and row[0] in grammar.auxiliaries:
        return Form.YES_NO
    return Form.OPEN if any(map(grammar.begins_question, row)) else Form.KEYWORDS


def _compares(row: Sequence[str], grammar: Grammar) -> bool:
    """Return whether a question sets two things side by side: "which is longer, this or that", "one ... the other"."""
    by_how = any(one in grammar.agent_after and two in grammar.asking_degree for one, two in pairwise(row))
    if by_how or any(word in grammar.comparing for word in row):
        return True
    behind = {word: row[at + 1 :] for at, word in reversed(list(enumerate(row)))}
    if row and row[0] in grammar.asking_which | grammar.subjects | grammar.owners:
        degrees = [word for word in row[:LISTED_WITHIN] if _is_degree(word, grammar)]
        if any(not grammar.choosing.isdisjoint(behind[word][1:]) for word in degrees):
            return True
    apart = any(not grammar.apart.isdisjoint(behind[word][:1]) for word in grammar.how_far & behind.keys())
    beside = any(
        behind[word][1:2] == [word] and behind[word][0] in grammar.agent_after for word in behind
    )  # "side by side"
    another = any(not grammar.other_of_two.isdisjoint(behind[word][2:]) for word in grammar.one_of_two & behind.keys())
    return apart or beside or another


def _is_degree(word: str, grammar: Grammar) -> bool:
    """Return whether a word says that one is more so than another, or before it: "longer", "first", "gloomier"."""
    return word in grammar.measuring | grammar.of_order or word.endswith(tuple(grammar.comparative_endings))


def _lists(row: Sequence[str], grammar: Grammar) -> bool:
    """Return whether a question says that it wants a list: near its beginning, or with "all" anywhere."""
    if row and row[0] in grammar.auxiliaries:  # "are all of them free?" asks for no list, "can you list them?" does
        return not grammar.imperatives.isdisjoint(set(row[:LISTED_WITHIN]) & grammar.listing)
    for at, word in enumerate(row):
        if word in grammar.listing_anywhere:
            before, behind = (
                row[at - 1] if at else "",
                [word for word in row[at + 1 : at + 3] if word not in grammar.of_which][:1],
            )
            if before not in grammar.not_before_all and grammar.not_behind_all.isdisjoint(behind):
                return True
        elif word in grammar.listing and at < LISTED_WITHIN:
            return True
    return False
