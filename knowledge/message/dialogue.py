"""Follow-ups: what a message takes from the conversation, and the conversation itself as a value passed in and out.

A message that says who, what and about what takes nothing. One that lacks something takes it from the turn before, in
one of these ways: it puts another name, place or kind in the place of the one that was spoken of ("and Israel?", "in
the north?", "the other side?"); it asks something further of the same ("why?", "how many of those?"); it asks who says
so; or it asks for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from knowledge.language.terms import Term
from knowledge.language.text import Word, stem, without_determiners, words
from knowledge.message.linking import ASKING, PERSONS, REPLYING, counterpart, people, replies, shown_before, spoken_with
from knowledge.message.reading import Form, Question, Reader
from knowledge.message.roles import DOING, Role, is_act
from knowledge.message.splitting import Segment
from knowledge.outcomes import COURTESY, Abstention, Fact, Outcome, Reason, facts_of
from knowledge.proof.versions import UNREVISED, Versions

_JOINED = re.compile(r"([^()]+) \((.+)\)")

WEAK = frozenset(("link", "pronoun", "person", "doers"))
"""Kinds of follow-up words that may stand in any sentence: what they are is not what the message asks for."""

LONGEST_CONTEXT = 160
"""Characters of the question before that are carried over; a question is seldom longer."""

LONGEST_MEMORY = 8
"""Turns kept. A follow-up looks back at the last few; more would only grow what the bot has to store."""

OF_THE_ANSWER = ("exact", "slot")
"""Conflicts about the kind of answer alone: another kind may well be told."""

SURELY_MEANT = 0.5
"""Share from which a fact is what a question meant, although it cannot answer it."""

LOOKING_BACK = frozenset(("other", "rest", "reply"))
"""Kinds of follow-up words that mean nothing where nothing was said before."""

MOST_TO_LOOK_BACK = 2
"""Terms that carry a topic up to which a question looks back to what the same message told before it."""

FEW_TERMS = 3
"""Terms that carry a topic up to which a message with a pronoun is taken for a follow-up."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question as it was understood, and the ids of the facts that were shown for it.

    Attributes:
        declined: the documents speak of something else than it asks for: more about the same is not said either.
        told: it asks nothing, and only says what the next question is about.
    """

    read_as: str
    facts: tuple[str, ...] = ()
    declined: bool = False
    told: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was said before in one chat, oldest turn first. Small and plain, so that a bot can store it."""

    turns: tuple[Turn, ...] = field(default=())

    def after(self, outcome: Outcome) -> Conversation:
        """Return the conversation with one more turn for each question, bounded to the last few."""
        turns = self.turns
        for part in outcome.parts or (outcome,):
            if not (isinstance(part, Abstention) and part.about == COURTESY):  # nothing was spoken of
                turns = (*turns, _turn(part, turns))
        return Conversation(turns[-LONGEST_MEMORY:])


def _turn(outcome: Outcome, turns: Sequence[Turn]) -> Turn:
    shown = tuple(cited.fact.id for cited in facts_of(outcome))
    if outcome.topic and turns:  # it asked more about the turn before, whose facts are still what is spoken of
        return Turn(outcome.topic, tuple(dict.fromkeys((*turns[-1].facts, *shown))))
    return Turn(outcome.read_as, shown, _is_known_unsaid(outcome))


def _is_known_unsaid(outcome: Outcome) -> bool:
    """Return whether a question was declined as what it meant is told of another, and not for its kind of answer."""
    if not isinstance(outcome, Abstention) or outcome.reason is not Reason.NOT_STATED:
        return False
    best = outcome.explanation.evidence[:1]
    vetoes = [veto for each in best if each.score >= SURELY_MEANT for veto in each.vetoes]
    return any(not veto.startswith(OF_THE_ANSWER) for veto in vetoes)


class Lack(StrEnum):
    """What a message lacks."""

    NOTHING = "nothing"
    TOPIC = "topic"
    PART = "part"
    ACTOR = "actor"
    PERSON = "person"
    SPEAKER = "speaker"
    QUOTE = "quote"
    REST = "rest"
    REPLY = "reply"
    COUNTERPART = "counterpart"
    EARLIER = "another version"
    BEFORE = "something before it"


@dataclass(frozen=True, slots=True)
class Completed:
    """A question with what it took from the conversation.

    Attributes:
        lack: what it lacked.
        before: the turn it looks back to; None when it takes nothing.
        linked: facts that what was shown leads to, where they alone can answer: a reply, a counterpart.
        fresh: terms with a topic that the message itself brought, where it took others from the turn before.
        otherwise: how else it can be read, to be tried where nothing answers this reading; None when it cannot.
    """

    question: Question
    lack: Lack = Lack.NOTHING
    before: Turn | None = None
    linked: tuple[Fact, ...] = ()
    fresh: tuple[Term, ...] = ()
    otherwise: Completed | None = None

    @property
    def stands_alone(self) -> bool:
        """Whether it takes nothing from the conversation, so that its outcome is the same in any."""
        return self.lack is Lack.NOTHING and self.before is None and not self.linked and not self.fresh


@dataclass(frozen=True)
class _Message:
    """A message as a follow-up sees it.

    Attributes:
        heavy: its terms that carry a topic, without those that only ask.
        marks: kinds of follow-up words that it holds: "link", "pronoun", "other" ...
        unmarked: the terms of `heavy` outside of those words.
    """

    segment: Segment
    question: Question
    heavy: tuple[Term, ...]
    marks: frozenset[str]
    unmarked: tuple[Term, ...]


def complete(
    segment: Segment, turns: Sequence[Turn], reader: Reader, facts: Sequence[Fact] = (), versions: Versions = UNREVISED
) -> Completed:
    """Return the question of a segment, completed from the turns before it (oldest first).

    Args:
        segment: a piece of a message that asks something.
        turns: those before it, the oldest first.
        reader: of the base.
        facts: those that the base answers with.
        versions: what these superseded.
    """
    message = _seen(segment, reader)
    question = message.question
    if "topic-change" in segment.framing and "back" not in message.marks:
        return Completed(question)
    before = _looked_back_to(message, turns, reader)
    asked = _asked_version(message, before, versions, facts, reader) if versions.facts and before is not None else ""
    if asked and before is not None:
        told = _earlier(before, facts, versions) if asked == "earlier" else _newest(before, facts, versions)
        return Completed(_asked_of(question, before), Lack.EARLIER, before, told)
    if "speaker" in message.marks and not message.unmarked and not (before is not None and before.told):
        return Completed(_asked_of(question, before), Lack.SPEAKER, before)
    if before is None and message.heavy and not message.unmarked and not LOOKING_BACK.isdisjoint(message.marks):
        return Completed(question, Lack.BEFORE)
    if before is None or (before.told and len(message.heavy) > MOST_TO_LOOK_BACK):
        return Completed(question)
    return _looking_back(message, before, turns, reader, facts, versions)


def _asked_version(message: _Message, before: Turn, versions: Versions, facts: Sequence[Fact], reader: Reader) -> str:
    """Return which version of what was shown is all that a message asks for: "earlier" or "now"; else "".

    It may name who said so, the document, and that something is said or has changed; a topic of its own asks anew.
    """
    bare = [word.text for word in without_determiners(message.segment.tokens)]
    found = reader.lexicon.earlier.find(bare)
    shown = _shown(before, facts, versions)
    marked = {index for at, length, _ in found for index in range(at, at + length)}
    speaking = {f"name:{name}" for fact in shown for name in (*fact.speakers, *fact.agent)}
    if not shown or not all(
        term.means_any(speaking) or marked.issuperset(range(term.start, term.start + term.length))
        for term in message.heavy
    ):
        return ""
    kinds = {kind for _, _, kind in found}
    if kinds & {"changed", "now"} and "earlier" not in kinds and all(fact.superseded_by for fact in shown):
        return "now"
    return "earlier" if kinds & {"earlier", "changed"} else ""


def _shown(before: Turn, facts: Sequence[Fact], versions: Versions) -> tuple[Fact, ...]:
    """Return the facts that were shown in a turn, those included that were superseded."""
    return shown_before(before.facts, (*facts, *versions.superseded))


def _earlier(before: Turn, facts: Sequence[Fact], versions: Versions) -> tuple[Fact, ...]:
    """Return what was said before the facts that were shown in a turn, each once.

    Where nothing was, those shown that an earlier version alone has: that it was replaced is told of them.
    """
    shown = _shown(before, facts, versions)
    earlier = {old.id: old for fact in shown for old in versions.before(fact)}
    return tuple(earlier.values()) or tuple(fact for fact in shown if versions.is_withdrawn(fact))


def _newest(before: Turn, facts: Sequence[Fact], versions: Versions) -> tuple[Fact, ...]:
    """Return what is said now instead of the facts that were shown in a turn, each once."""
    newest = map(versions.newest, _shown(before, facts, versions))
    return tuple({fact.id: fact for fact in newest}.values())


def _looking_back(  # noqa: PLR0913, PLR0917  a message, and all that it may look back to
    message: _Message,
    before: Turn,
    turns: Sequence[Turn],
    reader: Reader,
    facts: Sequence[Fact],
    versions: Versions,
) -> Completed:
    """Return the question of a message that may lack something, beside the turn that it looks back to."""
    shown = _shown(before, facts, versions)
    if "back" in message.marks:
        earlier = understood(before.read_as, reader)
        unmarked = tuple(term for term in message.unmarked if not term.means_any(_keys(earlier)))
        message = replace(message, unmarked=unmarked)
        if not unmarked and message.question.wanted is None and not _asks_for_words(message, reader):
            again = replace(earlier, text=message.question.text, read_as=before.read_as)
            return Completed(again, Lack.TOPIC, before)
    if _asks_for_words(message, reader) and shown:
        told = (*shown, *spoken_with(shown, facts))
        return Completed(_asked_of(message.question, before), Lack.QUOTE, before, told)
    if message.segment.is_framing:
        return Completed(message.question)
    return _linked(message, before, shown, facts, reader) or _taken(message, before, turns, shown, reader)


def _seen(segment: Segment, reader: Reader) -> _Message:
    question = reader.read(segment)
    heavy = _topics(question, reader)
    following = reader.lexicon.following
    bare = [word.text for word in without_determiners(segment.tokens)]
    marked = {
        index for at, length, kind in following.find(bare) if kind not in WEAK for index in range(at, at + length)
    }
    rows = (bare, segment.row, [word.text for word in words(segment.text)])
    marks = frozenset(kind for row in rows for _, _, kind in following.find(row))
    unmarked = tuple(term for term in heavy if not marked.issuperset(range(term.start, term.start + term.length)))
    return _Message(segment, question, heavy, marks, unmarked)


def _looked_back_to(message: _Message, turns: Sequence[Turn], reader: Reader) -> Turn | None:
    """Return the turn that a message looks back to: the last one, or the one that it says it goes back to."""
    if not turns or "back" not in message.marks:
        return turns[-1] if turns else None
    if any(term.means("first") for term in message.heavy):
        return turns[0]
    asked = {key for term in message.unmarked for key, strength in term.keys if strength == 1.0}
    own = (_JOINED.sub(r"\1", turn.read_as) for turn in turns)
    alike = [len(asked & _keys(understood(text, reader))) for text in own]
    most = max(alike)
    return turns[len(turns) - 1 - alike[::-1].index(most)] if most else turns[-1]


def _keys(question: Question) -> set[str]:
    return {key for term in question.heavy for key, strength in term.keys if strength == 1.0}


def _asks_for_words(message: _Message, reader: Reader) -> bool:
    """Return whether a message asks for nothing but the words of what was shown: "quote it", "the exact words?".

    That somebody said them, or who, adds nothing.
    """
    named = "quote" in message.marks or any(term.means("quotation") for term in message.heavy)
    return named and all(
        term.means("quotation") or _only_says((term,), reader) or term.means("person") for term in message.unmarked
    )


def _linked(
    message: _Message, before: Turn, shown: Sequence[Fact], facts: Sequence[Fact], reader: Reader
) -> Completed | None:
    """Return the completed question where it asks for facts that those shown lead to; None where it does not."""
    question = message.question
    if "rest" in message.marks and not message.unmarked:
        return Completed(_asked_of(question, before), Lack.REST, before)
    if before.facts and _asks_who_says(message, before, reader):
        return Completed(_asked_of(question, before), Lack.SPEAKER, before)
    if _asks_for_reply(message, reader):
        given = _by_whom(question, replies(shown, facts))
        asked = bool(shown) and (question.form is Form.YES_NO or all(fact.act in ASKING for fact in shown))
        if given or asked:
            return Completed(_asked_of(question, before), Lack.REPLY, before, given)
    if {"other", "another"} & message.marks and all(term.means("compare") for term in message.unmarked):
        earlier = understood(before.read_as, reader)
        told = _other_sides(earlier, reader) if "other" in message.marks else frozenset()
        acts = {fact.act for fact in shown}
        if not any(fact.act in acts and told & set(fact.agent) for fact in facts):
            other = counterpart(shown, facts, _along(message, earlier, reader))
            if other is not None:
                return Completed(_asked_of(question, before), Lack.COUNTERPART, before, (other,))
    return None


def _asks_who_says(message: _Message, before: Turn, reader: Reader) -> bool:
    """Return whether a message asks no more than who says it: "by whom?", where it was asked how it is described."""
    wanted = message.question.wanted
    if wanted is None or not _only_says(message.unmarked, reader):
        return False
    if wanted.kind == "source":
        return True
    own = _JOINED.sub(r"\1", before.read_as)
    acts = reader.read(reader.splitter.segment(own)).acts
    return wanted.kind == "who" and bool(acts) and reader.lexicon.grammar.saying.issuperset(acts)


def _along(message: _Message, earlier: Question, reader: Reader) -> frozenset[str]:
    """Return the dimensions along which another thing is asked for: "the other plan", or those asked about before."""
    named = {
        dimension
        for form, (dimension, _) in reader.dimensions.items()
        for term in message.heavy
        if term.means_any(key for key in form if not key.startswith("name:"))
    }
    return frozenset(named or earlier.dimensions)


def _asks_for_reply(message: _Message, reader: Reader) -> bool:
    """Return whether a message asks only what came of a demand: "was it accepted?", "what was the answer?"."""
    rest = [term for term in message.unmarked if not term.is_name]
    wanted = message.question.wanted
    if wanted is not None and wanted.kind not in ("who", "manner", "source"):
        return False
    of_what = not reader.lexicon.grammar.asking_which.isdisjoint(
        message.segment.row
    )  # "what did they reject?" asks for the demand itself
    asked = "reply" in message.marks or (any(term.means_any(REPLYING) for term in rest) and not of_what)
    return asked and all(term.means_any(REPLYING) for term in rest)


def _by_whom(question: Question, given: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return the replies that those whom a question names gave; all where it names nobody."""
    named = question.agents or frozenset(question.roles)
    return tuple(fact for fact in given if not named or named & set(fact.agent))


def _taken(message: _Message, before: Turn, turns: Sequence[Turn], shown: Sequence[Fact], reader: Reader) -> Completed:
    """Return the question with what it lacks taken from the turn before."""
    alone = Completed(message.question)
    joined = _joined(message, before, reader)
    person = _with_person(message, turns, shown, reader)
    if person:
        otherwise = joined if len(message.heavy) <= FEW_TERMS and not _is_owner(message, reader) else None
        for acting in person[:0:-1]:
            otherwise = Completed(acting, Lack.PERSON, before, otherwise=otherwise)
        return Completed(person[0], Lack.PERSON, before, otherwise=otherwise)
    if not _is_elliptical(message, reader):
        short = len(message.heavy) <= FEW_TERMS and not message.question.strangers
        return replace(alone, otherwise=joined) if short else alone
    changed = _changed(message, before.read_as, reader)
    if changed is not None:
        return Completed(changed, Lack.ACTOR if _is_of_another(changed, before, shown, reader) else Lack.PART, before)
    instead = _instead(message, before, reader)
    if instead is not None:
        return Completed(instead, Lack.TOPIC, before, fresh=joined.fresh, otherwise=joined)
    tells = message.question.wanted is not None or any(not term.is_name for term in joined.fresh)
    stands_alone = joined.fresh and tells and "pronoun" not in message.marks
    return replace(joined, otherwise=alone) if stands_alone else joined


def _instead(message: _Message, before: Turn, reader: Reader) -> Question | None:
    """Return the question before with what stands behind its verb changed for the noun of a message.

    "Who leads the union?", "and the strikers?" asks who leads the strikers. None where the message is more than a noun,
    or the question had none behind its verb.
    """
    question, grammar = message.question, reader.lexicon.grammar
    if question.wanted is not None or not message.heavy or _JOINED.fullmatch(before.read_as):
        return None
    if question.acts and grammar.determiners.isdisjoint(message.segment.row):  # a verb, and no noun that means an act
        return None
    earlier = understood(before.read_as, reader)
    verbs = [term for term in earlier.terms if is_act(term, reader.lexicon) and not term.is_name]
    if earlier.form is not Form.OPEN or not verbs:
        return None
    end = verbs[0].start + verbs[0].length
    if not any(term.start >= end for term in earlier.heavy):
        return None
    kept = " ".join(term.text for term in earlier.terms if term.start < end)
    asked = reader.read(reader.splitter.segment(f"{kept} {' '.join(term.text for term in message.heavy)}"))
    return replace(asked, text=question.text, read_as=f"{question.read_as} ({before.read_as[:LONGEST_CONTEXT]})")


def _is_of_another(changed: Question, before: Turn, shown: Sequence[Fact], reader: Reader) -> bool:
    """Return whether one who takes part in what was shown has made room for another in the question."""
    gone = understood(before.read_as, reader).agents - {key[5:] for key in _keys(changed)}
    return bool(gone) and (not shown or any(gone & {*fact.agent, *fact.target} for fact in shown))


def understood(read_as: str, reader: Reader) -> Question:
    """Return the question of a turn: what was asked, with what was taken from the turn before in brackets behind it."""
    parts = _JOINED.fullmatch(read_as)
    if parts is None:
        return reader.read(reader.splitter.segment(read_as))
    return _merged(understood(parts[1], reader), understood(parts[2], reader), reader)


def _joined(message: _Message, before: Turn, reader: Reader) -> Completed:
    """Return the question with all that was asked before, where the two do not exclude one another."""
    question = _merged(message.question, understood(before.read_as, reader), reader)
    question = replace(question, read_as=f"{message.question.read_as} ({before.read_as[:LONGEST_CONTEXT]})")
    nouns = reader.lexicon.answer_nouns
    fresh = tuple(term for term in message.heavy if stem(term.text.split()[-1]) not in nouns)
    return Completed(question, Lack.TOPIC, before, fresh=fresh)


def _merged(question: Question, before: Question, reader: Reader) -> Question:
    """Return a question with the terms, roles and values of the one before that it does not put others in place of."""
    new = {key for term in question.heavy for key, strength in term.keys if strength == 1.0}
    dimensions = {**before.dimensions, **question.dimensions}
    given_up = {
        key
        for form, (dimension, value) in reader.dimensions.items()
        if value in before.dimensions.get(dimension, ()) and value not in dimensions[dimension]
        for key in form
    }
    asks = _says_something([word.text for word in words(question.read_as)], reader)
    kept = [
        term
        for term in before.terms
        if not term.means_any(given_up)
        and (term.light or not any(term.means(key) for key in new if key[0] == "="))
        and not (question.acts and asks and not term.light and _only_acts(term, reader))
    ]
    names = {key for term in kept for key, _ in term.keys}
    roles = {name: role for name, role in before.roles.items() if f"name:{name}" in names}
    if question.agents:
        roles = {name: Role.MENTIONED if role in DOING else role for name, role in roles.items()}
    elif question.acts and len(roles) == 1 and _has(question, "doers", reader):  # "they" are who was spoken of
        roles = dict.fromkeys(roles, Role.PROBABLE)
    return replace(
        question,
        terms=(*question.terms, *kept),
        wanted=question.wanted or (None if question.acts and asks else before.wanted),
        form=before.form if question.form is Form.KEYWORDS else question.form,
        roles={**roles, **question.roles},
        acts=question.acts or before.acts,
        dimensions=dimensions,
        numbers=(*question.numbers, *before.numbers),
        strangers={**before.strangers, **question.strangers},
        cities=question.cities or before.cities,
        manner=question.manner or before.manner,
    )


def _has(question: Question, kind: str, reader: Reader) -> bool:
    """Return whether a question holds a follow-up word of a kind."""
    return any(found == kind for _, _, found in reader.lexicon.following.find([term.text for term in question.terms]))


def _only_acts(term: Term, reader: Reader) -> bool:
    """Return whether all that a term surely means are acts, which another act takes the place of."""
    concepts = reader.lexicon.concepts
    sure = [key for key, strength in term.keys if strength == 1.0 and key[0] != "="]
    return bool(sure) and all(key in concepts and concepts[key].is_act for key in sure)


def _with_person(
    message: _Message, turns: Sequence[Turn], shown: Sequence[Fact], reader: Reader
) -> tuple[Question, ...]:
    """Return the question with the person last spoken of in the place of "he" or "she".

    Behind it the same question of those for whom the person acts: whom the leader of a team met, the team met. Empty
    where it is open who is meant.
    """
    if "person" not in message.marks or any(_is_person(term, reader) for term in message.heavy):
        return ()
    names = next((found for turn in reversed(turns) if (found := _people(turn, turns, shown, reader))), ())
    if len(names) != 1:
        return ()
    person = reader.names[names[0]]
    asked = _with_name(message, person.label, reader)
    if person.part_of is None or person.id not in asked.agents:
        return (asked,)
    return asked, _with_name(message, reader.names[person.part_of].label, reader)


def _is_owner(message: _Message, reader: Reader) -> bool:
    """Return whether a person is only spoken of as whose something is: "his deputy" asks for somebody else."""
    kinds = reader.lexicon.following
    found = [word for word in message.segment.row if "person" in kinds.longest_at([word], 0)[1]]
    return reader.lexicon.grammar.determiners.issuperset(found)


def _with_name(message: _Message, label: str, reader: Reader) -> Question:
    *first, last = words(label)
    tokens: list[Word] = []
    for token in message.segment.tokens:
        kinds = reader.lexicon.following.longest_at([token.text], 0)[1]
        if "person" in kinds:
            owns = token.text in reader.lexicon.grammar.determiners
            put = (*first, last._replace(possessive=owns))
            tokens += [word._replace(start=token.start, end=token.end) for word in put]
        else:
            tokens.append(token)
    question = reader.read(replace(message.segment, tokens=tuple(tokens)))
    return replace(question, text=message.question.text)


def _people(turn: Turn, turns: Sequence[Turn], shown: Sequence[Fact], reader: Reader) -> tuple[str, ...]:
    """Return the people whom the words of a turn name, or else those that the facts shown last tell of."""
    terms = reader.read(reader.splitter.segment(turn.read_as)).terms
    ids = [key[5:] for term in terms for key, strength in term.keys if strength == 1.0 and key.startswith("name:")]
    named = tuple(dict.fromkeys(name for name in ids if reader.names[name].kind in PERSONS))
    best = [fact for fact in shown if turn is turns[-1] and fact.id in turn.facts[:1]]
    return named or people(best, reader.names)


def _is_person(term: Term, reader: Reader) -> bool:
    return any(key.startswith("name:") and reader.names[key[5:]].kind in PERSONS for key, _ in term.keys)


def _topics(question: Question, reader: Reader) -> tuple[Term, ...]:
    """Return the terms that carry a topic, without those that only ask: "how many"."""
    light = reader.lexicon.function_words
    return tuple(term for term in question.heavy if not light.issuperset(term.text.split()))


def _asked_of(question: Question, before: Turn | None) -> Question:
    if before is None:
        return question
    return replace(question, read_as=f"{question.read_as} ({before.read_as[:LONGEST_CONTEXT]})")


def _is_elliptical(message: _Message, reader: Reader) -> bool:
    segment, question, heavy, marks = message.segment, message.question, message.heavy, message.marks
    if not heavy or all(term.text in reader.lexicon.grammar.comparing for term in heavy):
        return True
    links = "link" in marks and _begins_with_link(segment, reader)
    if links and len(heavy) <= FEW_TERMS and not _says_something(segment.row, reader):
        return True
    whole = bool(question.acts) and bool(question.roles)
    whole = whole or question.wanted is not None
    if links and len(heavy) <= FEW_TERMS and not (whole and len(heavy) > 1):
        return True
    if "other" in marks and len(heavy) <= FEW_TERMS:
        return True
    points_back = len(heavy) <= 1 or (len(heavy) <= FEW_TERMS and _points_back(segment, reader))
    if "pronoun" in marks and points_back and not _fronts(message, reader):
        return True
    says_whom = heavy[0].is_name and segment.asks  # "who is David Barnea?" lacks nothing
    return len(heavy) == 1 and len(segment.tokens) <= FEW_TERMS and not question.acts and not says_whom


def _fronts(message: _Message, reader: Reader) -> bool:
    """Return whether what a pronoun means stands before the question itself: "the strike, who called it?"."""
    question_words = reader.lexicon.grammar.question_words
    begins = next((term.start for term in message.question.terms if term.text in question_words), 0)
    return any(term.start < begins and not term.is_name for term in message.heavy)


def _says_something(row: Sequence[str], reader: Reader) -> bool:
    """Return whether a message holds more than a phrase: "and in the other plan?" has no verb, and asks by no word."""
    grammar = reader.lexicon.grammar
    phrase = row[2:] if row[1:2] == ["about"] else row
    return any(word in grammar.question_words or word in grammar.auxiliaries for word in phrase)


def _points_back(segment: Segment, reader: Reader) -> bool:
    """Return whether a pronoun stands near the beginning, where nothing in the message itself can be meant by it."""
    row = [word.text for word in words(segment.text)][:4]
    return any(kind == "pronoun" for _, _, kind in reader.lexicon.following.find(row))


def _begins_with_link(segment: Segment, reader: Reader) -> bool:
    first = words(segment.text)[:3]
    return bool(first) and first[0].text in reader.lexicon.grammar.links


def _only_says(heavy: Sequence[Term], reader: Reader) -> bool:
    """Return whether the only topic is that something is said."""
    return all(term.means_any(reader.lexicon.asked_by_act) or term.means("source") for term in heavy)


def _changed(message: _Message, read_as: str, reader: Reader) -> Question | None:
    """Return the earlier question with what the new one names in the place of its like; None when nothing is alike."""
    question = message.question
    acts = any(not term.is_name and term.means_any(question.acts) for term in message.heavy)
    if "reply" in message.marks or (
        acts and _says_something(message.segment.row, reader) and "other" not in message.marks
    ):
        return None
    parts = _JOINED.fullmatch(read_as)
    inner = _changed(message, parts[2], reader) if parts else None
    outer = _put(message, parts[1] if parts else read_as, reader)
    if parts is None or (inner is None and outer is None):
        return outer
    outer = outer or reader.read(reader.splitter.segment(parts[1]))
    inner = inner or understood(parts[2], reader)
    return replace(_merged(outer, inner, reader), read_as=f"{outer.read_as} ({inner.read_as})", text=question.text)


def _other_side(reader: Reader) -> re.Pattern[str]:
    """Return the words for the other of two sides: "the opposing camp"."""
    grammar = reader.lexicon.grammar
    definite, opposed, sides = map("|".join, map(sorted, (grammar.definite, grammar.opposed, grammar.of_two_sides)))
    return re.compile(rf"\b(?:(?:{definite}) )?(?:{opposed}) (?:{sides})\b", re.IGNORECASE)


def _put(message: _Message, text: str, reader: Reader) -> Question | None:
    """Return the question of a text with the names of a message in the places of their like; None without any."""
    question, earlier = message.question, reader.splitter.segment(text)
    before = reader.read(earlier)
    swaps: dict[Term, str] = {}
    if "other" in message.marks:
        told = _other_sides(before, reader)
        sides = [term for term in before.terms if _side(term, reader)]
        if not told or not sides:
            return None
        label = reader.names[min(told)].label.lower()
        if question.acts:
            tokens = words(_other_side(reader).sub(label, question.read_as))
            own = reader.read(replace(message.segment, tokens=tuple(tokens), mentions=()))
            return replace(
                _merged(own, before, reader), read_as=f"{own.read_as} ({before.read_as})", text=question.text
            )
        swaps[sides[0]] = label
    else:
        for term in message.heavy:
            like = [old for old in before.terms if reader.alike(term, old) and old.text != term.text]
            if like:
                swaps[like[0]] = term.text
    if not swaps:
        return None
    asks = not reader.lexicon.grammar.question_words.isdisjoint(message.segment.row)
    wanted = question.wanted if asks or "other" not in message.marks else None  # "the other side" asks for no side
    if wanted is not None and before.wanted is not None and wanted != before.wanted:
        return None
    done = reader.read(replace(earlier, tokens=_swapped(earlier, swaps, reader)))
    return replace(done, text=question.text, wanted=wanted or done.wanted)


def _swapped(segment: Segment, swaps: Mapping[Term, str], reader: Reader) -> tuple[Word, ...]:
    """Return the words of a segment with others in the places of some of its terms."""
    determiners = reader.lexicon.grammar.determiners
    places = [at for at, token in enumerate(segment.tokens) if token.text not in determiners]
    tokens: list[tuple[Word, ...]] = [(token,) for token in segment.tokens]
    for term, text in swaps.items():
        first, last = places[term.start], places[term.start + term.length - 1]
        put = [Word(word) for word in text.split()]
        put[-1] = put[-1]._replace(possessive=segment.tokens[last].possessive)
        tokens[first : last + 1] = [tuple(put), *[()] * (last - first)]
    return tuple(token for group in tokens for token in group)


def _side(term: Term, reader: Reader) -> str:
    """Return the id of the side that a term surely names; "" when it names none."""
    sure = (key[5:] for key, strength in term.keys if strength == 1.0 and key.startswith("name:"))
    return next((name for name in sure if reader.names[name].kind == "side"), "")


def _other_sides(question: Question, reader: Reader) -> frozenset[str]:
    """Return the other of two sides than the one first named; empty when there are not just two, or none is named."""
    sides = {name for name, record in reader.names.items() if record.kind == "side"}
    named = next((side for term in question.terms if (side := _side(term, reader))), "")
    return frozenset(sides - {named}) if named and len(sides) == 2 else frozenset()
