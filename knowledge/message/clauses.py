"""Where a message is cut: sentences, points of an enumeration, joined questions, and what only leads up to them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from enum import IntEnum
from functools import cached_property, lru_cache
from itertools import pairwise, takewhile
from pathlib import Path

from knowledge.language.grammar import LEXICON, Grammar, load_grammar, load_irregular
from knowledge.language.lexicon import Lexicon, Phrases
from knowledge.language.text import Word, stem, words

MOST_CLAUSES = 24
"""Clauses of one sentence that are told apart; what follows stays together."""

HEAD = 80
"""Characters behind a joint within which it is seen whether a question begins there."""

NEAR_THE_BEGINNING = 3
"""Words within which a stretch of text begins a question, so that another one may be joined to it."""

LONGEST_TOPIC = 5
"""Words before a colon or comma up to which they name the topic of the question behind it."""

LEAST_TOLD = 3
"""Words of a narrative before a question begins inside it without a mark."""

LONGEST_STATEMENT = 16
"""Words up to which a statement that the reader makes stays whole."""

LONGEST_BARE = 6
"""Words up to which "how many Spaniards" may take its predicate from the question beside it."""

_STOP = re.compile(r"(\.{2,}|…+|[.!?;:]+)[\"')]*\s+(?=\S)|(\?)(?=[^\s?!.\"')])")
_PART = r"\s*,\s+|(?<=[\w\"')])\s*,(?=[^\s\d])|\s+[-–—]+\s+|\s*[+&]\s+|\s+(?=(?:{joining})\s)"
_MARKER = re.compile(
    r"(?:^|(?<=[\s,;:.?!]))(\()?([1-9]|[a-h]|iii|ii|iv|i)([).])[ \t]*(?=[^\s\d)])", re.IGNORECASE | re.MULTILINE
)
_ROWS = ("123456789", "abcdefgh", ("i", "ii", "iii", "iv"))


class Head(IntEnum):
    """Whether a question begins with a row of words: by itself, or only where another one stands before it."""

    NONE = 0
    WEAK = 1
    STRONG = 2


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a message.

    Attributes:
        text: as it was written.
        supposed: what the question in it takes for granted; "" when nothing.
        told: it stands in what the reader tells, so that it asks only where nothing is plainly asked.
    """

    text: str
    supposed: str = ""
    told: bool = False


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """Words and phrases by what they do between clauses; each list is explained where it is written."""

    tags: frozenset[str]
    plain_tags: frozenset[str]
    checks: frozenset[str]
    hearsay: frozenset[str]
    telling: frozenset[str]
    granting: frozenset[str]
    attaching: frozenset[str]
    wanting: frozenset[str]
    aside: frozenset[str]
    own: frozenset[str]
    subjects: frozenset[str]
    things_asked: frozenset[str]
    degrees: frozenset[str]
    same_again: frozenset[str]
    parting: frozenset[str]
    abbreviations: frozenset[str]
    content_too: frozenset[str]
    excluding: frozenset[str]
    short_excluding: frozenset[str]
    not_excluding: frozenset[str]
    contrary: frozenset[str]
    unfinished: frozenset[str]
    enquiring: frozenset[str]
    before_a_clause: frozenset[str]
    telling_when: frozenset[str]
    whether: frozenset[str]
    that: frozenset[str]
    infinitive: frozenset[str]
    urging: frozenset[str]
    ending_too: frozenset[str]
    if_so: frozenset[str]
    not_asking: frozenset[str]
    asking_alone: frozenset[str]
    asking_before_nouns: frozenset[str]
    asking_before_verbs: frozenset[str]
    asking_degrees: frozenset[str]
    behind_auxiliary: frozenset[str]
    versus: frozenset[str]
    adding: frozenset[str]
    about: frozenset[str]
    narrating: frozenset[str]
    remarking: frozenset[str]
    narrators: frozenset[str]
    pronouns: frozenset[str]
    granting_too: frozenset[str]
    contrasting: frozenset[str]
    people: frozenset[str]
    told_to: frozenset[str]
    told_in: frozenset[str]
    counted: frozenset[str]
    asking_half: frozenset[str]
    no_half: frozenset[str]
    lone: frozenset[str]


def written_out(spellings: Phrases[tuple[str, ...]], tokens: Iterable[Word]) -> Iterator[Word]:
    """Yield words with chat spellings written out, once."""
    row = list(tokens)
    texts = [token.text for token in row]
    if spellings.longest.keys().isdisjoint(texts):
        yield from row
        return
    at = 0
    while at < len(row):
        length, meanings = spellings.longest_at(texts, at)
        if length:
            last = row[at + length - 1]
            yield from (row[at]._replace(text=word, possessive=False) for word in meanings[0])
            if last.possessive and meanings[0][-1] in load_grammar().contracting:  # "wat's"
                yield last._replace(text="is", possessive=False)
        else:
            yield row[at]
        at += max(length, 1)


@lru_cache(maxsize=512)
def _row(spellings: Phrases[tuple[str, ...]], text: str) -> tuple[str, ...]:
    """Return the words of a text, chat spellings written out; a message asks for those of each of its pieces often."""
    tokens = tuple(word.text for word in words(text))
    if spellings.longest.keys().isdisjoint(tokens):
        return tokens
    return tuple(word.text for word in written_out(spellings, written_out(spellings, words(text))))


def opening(row: Sequence[str], phrases: frozenset[str], longest: int = 6) -> int:
    """Return how many words of a row the longest of some phrases takes at its beginning; 0 when none begins it."""
    return next((many for many in range(min(longest, len(row)), 0, -1) if " ".join(row[:many]) in phrases), 0)


@lru_cache(maxsize=1)
def load_clause_words(folder: Path = LEXICON / "en") -> ClauseWords:
    """Read the words of one language."""
    lists = tomllib.loads((folder / "clauses.toml").read_text("utf-8"))
    return ClauseWords(**{field.name: frozenset(lists[field.name]) for field in fields(ClauseWords)})


@dataclass(frozen=True)
class Cutter:
    """Cuts messages into clauses by the grammar of a language.

    Attributes:
        lexicon: the language.
        known: words that the base uses; a remark without any of them is none on its topics.
    """

    lexicon: Lexicon
    known: frozenset[str]

    @property
    def _grammar(self) -> Grammar:
        return self.lexicon.grammar

    def __getstate__(self) -> dict[str, object]:
        """Return what is kept with a base: the words, but no patterns, which are compiled anew."""
        return {name: value for name, value in self.__dict__.items() if not isinstance(value, re.Pattern)}

    @cached_property
    def plain(self) -> ClauseWords:
        """The words of the language as they are written."""
        return load_clause_words()

    @cached_property
    def said(self) -> ClauseWords:
        """The words of the language, with chat spellings written out as in what is read."""
        lists = {field.name: getattr(self.plain, field.name) for field in fields(ClauseWords)}
        return ClauseWords(
            **{name: frozenset(" ".join(self.row(form)) for form in forms) | forms for name, forms in lists.items()}
        )

    @cached_property
    def _joint(self) -> re.Pattern[str]:
        """What may part two clauses: a comma, a dash or a conjunction."""
        joining = "|".join(sorted(self._grammar.joining | self.plain.parting))
        return re.compile(_PART.format(joining=joining), re.IGNORECASE)

    @cached_property
    def _ending(self) -> re.Pattern[str]:
        """What may end the first clause behind a joint."""
        return re.compile(rf",|\b(?:{_either(self.said.adding)})\b")

    @cached_property
    def _aside(self) -> re.Pattern[str]:
        """Before what a remark may begin."""
        joints, narrators = _either(self.said.remarking), _either(self.said.narrators)
        return re.compile(rf"(,\s+|\s+(?=(?:{joints})\s+(?:{narrators})\b))", re.IGNORECASE)

    @cached_property
    def _narrated(self) -> re.Pattern[str]:
        """What parts the pieces of a narrative."""
        return re.compile(rf",\s+|\s+(?:{_either(self.said.narrating)})\s+")

    @cached_property
    def _pronoun(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{_either(self.said.pronouns)})\b", re.IGNORECASE)

    @cached_property
    def _about(self) -> re.Pattern[str]:
        """Two that are asked about together."""
        leading, about, adding = map(_either, (self._grammar.leading, self.said.about, self.said.adding))
        return re.compile(rf"(?:(?:{leading})\s+)*({about})\s+(.+?)\s+(?:{adding})\s+(.+)$", re.IGNORECASE)

    def row(self, text: str) -> list[str]:
        """Return the words of a text, chat spellings written out."""
        return list(_row(self.lexicon.chat_spellings, text))

    def topics(self, row: Iterable[str]) -> int:
        """Return how many words of a row carry a topic that the base may speak of."""
        return sum(word in self.known and word not in self.lexicon.function_words for word in row)

    def clauses(self, text: str) -> list[Clause]:
        """Return the clauses of a cleaned message, in order."""
        found: list[Clause] = []
        for sentence, topic in self._checked(list(self._sentences(_enumerated(text)))):
            for at, clause in enumerate(self._cut(sentence)):
                found.append(Clause(self._with_topic(clause.text, topic), clause.supposed) if not at else clause)
        return self._whole(found)

    def begins_question(self, row: Sequence[str]) -> bool:
        """Return whether a row of words is put as a question by its first words."""
        grammar = self._grammar
        if len(row) > 1 and row[0] in self.said.telling_when and row[1] not in grammar.auxiliaries:
            return len(row) < NEAR_THE_BEGINNING or any(word in grammar.auxiliaries for word in row[2:])
        for at, word in enumerate(row[:NEAR_THE_BEGINNING]):
            if word in grammar.question_words or (not at and grammar.begins_question(word)):
                return True
            if at and word in grammar.auxiliaries and row[at + 1 : at + 2] and row[at + 1] in self.said.subjects:
                return row[at - 1] not in self.said.subjects
            if at and word in grammar.imperatives and row[at - 1] in self.said.urging:
                return True
        return False

    # Sentences

    def _sentences(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield each sentence with its topic, which stands before a colon ("" when there is none)."""
        for line in text.split("\n"):
            begun, topic = 0, ""
            for stop in _STOP.finditer(line):
                before, after = line[begun : stop.start()], line[stop.end() :]
                if not self._ends(before, (stop.group(1) or "?"), after):
                    continue
                if (stop.group(1) or "").startswith(":") and self._is_topic(before):
                    topic = before.strip()
                else:
                    yield line[begun : stop.end()].strip(), topic
                    topic = ""
                begun = stop.end()
            if line[begun:].strip():
                yield line[begun:].strip(), topic

    def _ends(self, before: str, mark: str, after: str) -> bool:  # noqa: PLR0911  one mark after the other
        """Return whether a mark ends a sentence."""
        last = words(before[-HEAD:])
        if not last:
            return False
        word, following = last[-1].text, self.row(after[:HEAD])
        if mark.startswith((".", ":")) and len(mark) == 1:
            if word in self.said.abbreviations and before.lower().endswith(word):
                return word in self.said.ending_too and mark == "." and after[:1].isupper()
            if len(word) == 1 and word.isalpha() and mark == ".":
                return bool(following) and self._grammar.begins_question(following[0])
        if mark.startswith(("..", "…")):
            begins = bool(following) and (
                self._grammar.begins_question(following[0]) or following[0] in self._grammar.joining
            )
            return len(last) > 1 and (begins or after[:1].isupper())
        if mark.startswith(":"):
            led = self.row(before[:HEAD])
            if led and self._grammar.begins_question(led[0]):
                return False
            own = any(word in self.said.own for word in self.row(before)) or self._only_frames(self.row(before))
            return own or self._is_topic(before) or self.begins_question(following) or not self.topics(self.row(before))
        return True

    def _is_topic(self, before: str) -> bool:
        row = self.row(before)
        return (
            sum(word not in self.lexicon.function_words for word in row) in range(1, LONGEST_TOPIC)
            and not any(word in self.said.own or self._grammar.begins_question(word) for word in row)
            and self.topics(row) > 0
            and not self._only_frames(row)
        )

    def _only_frames(self, row: Sequence[str]) -> bool:
        """Return whether a row is nothing but what stands around questions."""
        covered = {at for start, length, _ in self.lexicon.framing.find(row) for at in range(start, start + length)}
        return all(at in covered or word in self._grammar.leading for at, word in enumerate(row))

    def _with_topic(self, clause: str, topic: str) -> str:
        """Return a clause with the topic that stood before its colon: in the place of a pronoun, or behind it."""
        if not topic:
            return clause
        if not self.begins_question(self.row(clause)):
            return f"{topic}: {clause}"
        topic = topic[:1].lower() + topic[1:] if topic[1:].islower() else topic
        if self._pronoun.search(clause):
            return self._pronoun.sub(lambda _: topic, clause, count=1)
        bare = clause.rstrip("?!. ")
        return f"{bare} about {topic}{clause[len(bare) :].strip()}"

    def _checked(self, sentences: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return sentences with "Is that true?" made a tag of the statement beside it."""
        kept: list[tuple[str, str]] = []
        waiting = ""
        for sentence, topic in sentences:
            row = self.row(sentence)
            if " ".join(row) in self.said.checks:
                if kept and not self._asks(kept[-1][0]):
                    kept[-1] = (f"{kept[-1][0].rstrip('.!… ')}, right?", kept[-1][1])
                    continue
                waiting = sentence
                continue
            if waiting and not self._asks(sentence) and not self._only_frames(row):
                kept.append((f"{sentence.rstrip('.!… ')}, right?", topic))
            elif waiting and kept:
                kept += [(waiting, ""), (sentence, topic)]
            else:
                kept.append((sentence, topic))
            waiting = ""
        return [*kept, (waiting, "")] if waiting else kept

    def _asks(self, sentence: str) -> bool:
        row = self.row(sentence)
        while row and row[0] in self._grammar.leading:
            row = row[1:]
        return sentence.rstrip(" \"')").endswith("?") or self.begins_question(row)

    # Clauses of a sentence

    def _cut(self, sentence: str) -> list[Clause]:
        """Return the clauses of a sentence: its questions, and what is told around them."""
        clauses: list[Clause] = []
        begun, supposed = 0, ""
        for joint in self._joint.finditer(sentence):
            if len(clauses) >= MOST_CLAUSES:
                break
            before, after = sentence[begun : joint.start()], sentence[joint.end() :]
            parted = bool(joint.group().strip())
            skipped, head = self._head_behind(after, parted=parted)
            if head is Head.NONE or not before.strip() or skipped < 0:
                continue
            kind = self._joins(before, after[skipped:], head, parted=parted, joined=skipped > 0)
            if kind == "":
                continue
            if kind == "granted":
                supposed = before.strip()
                continue  # the question is not whole without it: what is asked holds only if it does
            if not clauses and " ".join(self.row(before)) in self.said.checks:
                supposed = ""  # "is it true, did they ..." asks once
            else:
                clauses += self._inner(before, supposed)
                supposed = before.strip() if kind == "told" and self.states(before) else ""
            begun = joint.end() + skipped
        if clauses and " ".join(self.row(sentence[begun:])) in self.said.checks:
            return clauses  # "did they ..., would you say?" asks once, too
        return [*clauses, *self._inner(sentence[begun:], supposed)]

    def _head_behind(self, after: str, *, parted: bool) -> tuple[int, Head]:
        """Return where a question may begin behind a joint, past its conjunctions, and whether one does.

        (-1, NONE) when nothing parts the two.
        """
        raw = words(after[:HEAD])
        many = 0
        joining = self._grammar.joining | self.said.parting
        while many < len(raw) - 1 and raw[many].text in joining:
            many += 1
        if not parted and not many:
            return -1, Head.NONE
        if not many:
            many = opening([word.text for word in raw], self.said.if_so)
        row = self.row(after[raw[many].start : HEAD]) if many < len(raw) else []
        if many and raw[many - 1].text in self._grammar.choosing and row and row[0] in self._grammar.auxiliaries:
            return raw[many].start, Head.NONE  # "or are both": the other choice of one question
        head = self._head(row, after[raw[many].start :] if many < len(raw) else "")
        only_parting = many > 0 and not parted and raw[0].text in self.said.parting - self._grammar.joining
        if only_parting and head is Head.WEAK:
            head = Head.NONE
        return (raw[many].start if many < len(raw) else 0), head

    def _head(self, row: Sequence[str], raw: str) -> Head:
        """Return whether a question begins with a row of words; `raw` is their text as written."""
        grammar, said = self._grammar, self.said
        wanted = opening(row, said.wanting)
        wants = 1 < wanted < len(row) and row[wanted] not in said.infinitive
        if wants or opening(row, said.same_again) or (row and row[0] in said.whether):
            return Head.STRONG
        if len(row) > 1 and row[0] in said.attaching and row[1] in grammar.question_words:
            if self._is_free_relative(row[1:]):
                return Head.NONE
            row = row[1:]
        first, second = (*row[:2], "", "")[:2]
        if first in grammar.question_words:
            return self._question_word(first, second)
        if first in grammar.auxiliaries:
            return self._auxiliary(row, raw)
        if first in grammar.determiners and len(row) <= NEAR_THE_BEGINNING and self._names_an_answer(row[1:2]):
            return Head.WEAK  # "his age"
        asked = second in said.things_asked or second in grammar.question_words
        return Head.STRONG if first in grammar.imperatives and asked else Head.NONE

    def _is_free_relative(self, row: Sequence[str]) -> bool:
        """Return whether a row behind a preposition names something instead of asking: "what the town wrote".

        It has a subject or a verb of its own and no auxiliary; "which city" and "which one of them" have neither.
        """
        row = list(takewhile(lambda word: word not in self.said.adding, row))
        if len(row) <= LEAST_TOLD - 1 or row[0] not in self._grammar.asking_which:
            return False
        if not self._grammar.auxiliaries.isdisjoint(row):
            return False
        past = load_irregular()
        does = any(
            (word.endswith("ed") or word in past) and before not in self._grammar.determiners | self._grammar.of_which
            for before, word in pairwise(row[1:])
        )
        return does or (row[1] in self.said.subjects and row[2] not in self._grammar.of_which)

    def _question_word(self, first: str, second: str) -> Head:
        """Return whether a question word begins a question by itself, or may as well begin a clause on a noun."""
        auxiliary = second in self._grammar.auxiliaries
        if second in self.said.not_asking:
            return Head.NONE
        strong = (
            first in self.said.asking_alone
            or (first in self.said.asking_before_nouns and bool(second) and not auxiliary)
            or (first in self.said.asking_before_verbs and auxiliary)
            or (first in self.said.asking_degrees and second in self.said.degrees)
        )
        return Head.STRONG if strong else Head.WEAK

    def _auxiliary(self, row: Sequence[str], raw: str) -> Head:
        """Return whether an auxiliary stands before a subject, as in a question, or before a verb."""
        second = row[1] if len(row) > 1 else ""
        capital = raw.partition(" ")[2][:1].isupper()
        if second in self.said.subjects or capital:
            return Head.STRONG
        if len(row) > 2 and self.topics(row[1:2]) and not self._is_act(second):
            return Head.STRONG
        done = second.endswith(("ed", "en", "ing")) or not second or second in self.said.behind_auxiliary
        return Head.NONE if done else Head.WEAK

    def _joins(self, before: str, after: str, head: Head, *, parted: bool, joined: bool) -> str:
        """Return what stands before a joint: "asked", "told" or "granted"; "" when the two are one."""
        row = self.row(before)
        while row and row[0] in self._grammar.leading and not opening(row, self.said.granting):
            row = row[1:]
        if len(row) < 2:  # "so", "Tuesday": no clause
            return "asked" if row and row[0] in self._grammar.question_words else ""
        if self._only_frames(row):
            return ""
        following = self.row(self._ending.split(after)[0])
        bare = len(following) == 1 and following[0] in self._grammar.question_words
        if opening(row, self.said.granting):
            weak = row[0] in self.said.granting_too  # they begin phrases as well: "as a rule", "with Egypt"
            granted = parted and not bare and not (weak and len(row) <= LONGEST_TOPIC)
            return "granted" if granted else ""
        another = bool(following) and following[0] in self._grammar.determiners and self._names_an_answer(row)
        if self.begins_question(row) or another:
            relative = head is Head.WEAK and parted and not joined
            return "asked" if self._joins_questions(row, before, after, following, relative=relative) else ""
        return "told" if head is Head.STRONG and not bare and self._tells(row) else ""

    def _joins_questions(
        self, row: Sequence[str], before: str, after: str, following: Sequence[str], *, relative: bool
    ) -> bool:
        """Return whether a question goes before another one, which may only describe a noun (`relative`)."""
        grammar = self._grammar
        last = re.split(r",\s*", before)[-1]
        contrasts = last != before and opening(self.row(last), self.said.contrasting)
        if contrasts or (following and following[0] in self.said.whether):
            return False
        if relative and row[0] in grammar.auxiliaries and len(row) <= NEAR_THE_BEGINNING:
            return False  # "did Smith, who led the team, meet them"
        if len(following) == 1 and following[0] in grammar.question_words:
            return self.topics(row) > 1 and sum(word in grammar.question_words for word in row) <= 1
        return len(words(after)) > 1

    def _tells(self, row: Sequence[str]) -> bool:
        """Return whether what stands before a question is told, and no phrase that belongs to it."""
        if not self.topics(row):
            return True
        short = len(row) <= LONGEST_TOPIC and not any(word in self.said.own for word in row)
        return not short and row[0] not in self.said.attaching and self._is_finite(row)

    def _is_act(self, word: str) -> bool:
        concepts = self.lexicon.concepts
        return any(
            key in concepts and concepts[key].is_act for key, _ in self.lexicon.forms.longest_at([stem(word)], 0)[1]
        )

    def _names_an_answer(self, row: Sequence[str]) -> bool:
        return bool(row) and stem(row[0]) in self.lexicon.answer_nouns

    def _is_finite(self, row: Sequence[str]) -> bool:
        """Return whether a row of words states something: it has a verb of its own, as far as can be seen."""
        if not self.said.versus.isdisjoint(row):
            return False
        if any(word in self._grammar.auxiliaries or word in self.said.people for word in row):
            return True
        past = load_irregular()
        return any(
            (word.endswith("ed") or word in past) and row[at + 2 : at + 3] and row[at + 2] not in self.said.attaching
            for at, word in enumerate(row[1:LONGEST_TOPIC])
        )

    def states(self, text: str) -> bool:
        """Return whether a clause states something that the documents may speak of, and not only of its writer."""
        row = self.row(self.without_hearsay(text))
        return self.topics(row) > 1 and not any(word in self.said.own for word in row)

    def _inner(self, clause: str, supposed: str) -> list[Clause]:
        """Return a clause, taken apart where a question begins inside the reader's own narrative, remarks left out."""
        clause = self._without_asides(clause)
        found = words(clause)
        singles = [self.row(word.text)[:1] for word in found]
        row = [single[0] if single else word.text for single, word in zip(singles, found, strict=True)]
        first = next((at for at, word in enumerate(row) if word not in self._grammar.leading), 0)
        asks = self.begins_question(row[first:]) or opening(row[first:], self.said.wanting)
        if len(row) <= LEAST_TOLD or asks or not any(word in self.said.own for word in row):
            return self._told(clause, supposed, row[first:])
        for at in range(LEAST_TOLD, len(row) - 1):
            head = Head.NONE
            if row[at] in self._grammar.question_words or row[at] in self.said.whether:
                head = self._head(row[at:], clause[found[at].start :])
            strong = head is Head.STRONG or (head is Head.WEAK and row[at - 1] in self._grammar.before_a_question)
            told = row[:at]
            if not strong or not any(word in self.said.own for word in told):
                continue
            if clause[found[at].end :].lstrip()[:1] in (",", ".") or self._only_frames(told):
                continue
            behind = clause[found[at].start :]
            return [
                *self._told(clause[: found[at].start].strip(), "", row[first:at]),
                Clause(behind, supposed, told=True),
            ]
        return self._told(clause, supposed, row[first:])

    def _told(self, clause: str, supposed: str, row: Sequence[str]) -> list[Clause]:
        """Return a clause; a long narrative of the reader's own in pieces, as each may speak of something else."""
        narrates = len(row) > LONGEST_STATEMENT and any(word in self.said.own for word in row)
        if (
            not narrates
            or self.begins_question(row)
            or opening(row, self.said.wanting)
            or row[0] in self.said.attaching
        ):
            return [Clause(clause, supposed)]
        return [Clause(piece, told=True) for piece in self._narrated.split(clause) if piece.strip()]

    def _without_asides(self, clause: str) -> str:
        """Return a clause without remarks behind it that hold no topic: ", just that", ", the rest I know"."""
        pieces = self._aside.split(clause)
        while len(pieces) > 1:
            row = self.row(pieces[-1])
            while row and row[0] in self._grammar.joining:
                row = row[1:]
            own = any(word in self.said.own for word in row)
            remark = bool(opening(row, self.said.aside)) and (own or not self.topics(row))
            first = self.row(pieces[0])
            while first and first[0] in self._grammar.leading:
                first = first[1:]
            asks = self.begins_question(first) or (bool(first) and first[0] in self.said.whether)
            if not remark or not asks or self._head(row, pieces[-1]):
                break
            pieces = pieces[:-2]
        kept = "".join(pieces)
        return kept if len(kept) == len(clause) or not clause.rstrip().endswith("?") else f"{kept}?"

    def without_hearsay(self, text: str) -> str:
        """Return a statement without who the reader has it from: "my uncle says that X" is X."""
        found = words(text)
        row = [(self.row(word.text) or [word.text])[0] for word in found]
        at = 0
        while at < len(row) and row[at] in self._grammar.leading:
            at += 1
        many = opening(row[at:], self.said.hearsay)
        if not many:
            return text
        at += many
        reach = next((step for step in range(at, min(at + 5, len(row))) if row[step] in self.said.telling), None)
        if reach is None or not self._grammar.auxiliaries.isdisjoint(row[at:reach]):
            return text
        at = reach + 1
        while at < len(row) and (row[at] in self.said.telling or row[at] in self.said.told_to):
            at += 1
        while 0 < at < len(row) and row[at] in self.said.told_in and at + 1 < len(row):
            that = next((step for step in range(at, min(at + 5, len(row))) if row[step] in self.said.that), None)
            if that is None:
                break
            at = that + 1
        return text[found[at].start :] if len(row) - at > 1 else text

    def without_granting(self, text: str) -> str:
        """Return a clause without the word that takes it for granted: "since X" is X."""
        found = words(text)
        at = 0
        while at < len(found) - 1 and found[at].text in self._grammar.leading:
            if opening([word.text for word in found[at:]], self.said.granting):
                break
            at += 1
        at += opening([word.text for word in found[at:]], self.said.granting)
        return self.without_hearsay(text[found[at].start :]) if at < len(found) else text

    # Halves of one question

    def _whole(self, clauses: Sequence[Clause]) -> list[Clause]:
        """Return clauses with "how many Spaniards" given the predicate of the question beside it that has one."""
        rows = [self.row(clause.text) for clause in clauses]
        whole: list[Clause] = []
        for at, clause in enumerate(clauses):
            row = rows[at]
            while row and row[0] in self._grammar.leading:
                row = row[1:]
            if at and self._is_lone(row):
                predicate = self._predicate(clauses[at - 1].text, 1)
                bare = clause.text.rstrip("?!., ")
                whole.append(Clause(f"{bare} {predicate}", clause.supposed) if predicate else clause)
                continue
            if not self._is_bare(row):
                whole += self._halves(clause)
                continue
            predicate = ""
            if at + 1 < len(clauses) and not clause.text.rstrip().endswith("?"):
                later = next((n for n in range(at + 1, len(clauses)) if not self._is_bare(rows[n])), None)
                predicate = self._predicate(clauses[later].text) if later is not None else ""
            if not predicate and at and rows[at - 1][:2] == row[:2] and row[0] in self.said.asking_degrees:
                predicate = self._predicate(clauses[at - 1].text)
            bare = clause.text.rstrip("?!., ")
            whole.append(Clause(f"{bare} {predicate}", clause.supposed) if predicate else clause)
        return whole

    def _is_bare(self, row: Sequence[str]) -> bool:
        """Return whether a row asks for a kind of thing and says nothing of it: "how many Spaniards"."""
        if not 2 <= len(row) <= LONGEST_BARE or row[0] not in self.said.asking_half:
            return False
        if row[0] in self.said.asking_degrees and (row[1] not in self.said.counted or len(row) < 3):
            return False
        tail = row[1:] if row[0] not in self.said.asking_degrees else row[2:]
        return not any(
            word in self._grammar.auxiliaries
            or word in self._grammar.question_words
            or word.endswith("ed")
            or word in self.said.no_half
            for word in tail
        )

    def _is_lone(self, row: Sequence[str]) -> bool:
        """Return whether a row only says what else is asked of the same: "when", "on which day"."""
        if row[:1] and row[0] in self.said.lone:
            return len(row) == 1
        behind = len(row) > 1 and row[0] in self.said.attaching and row[1] in self._grammar.question_words
        return (
            behind
            and row[1] not in self.said.asking_degrees
            and len(row) <= LEAST_TOLD
            and not self._grammar.auxiliaries.intersection(row)
        )

    def _predicate(self, text: str, least: int = 2) -> str:
        """Return a question from its auxiliary on, if that is no earlier than a word: "would be freed?"; "" if not."""
        found = words(text)
        while found and found[0].text in self._grammar.leading:
            found = found[1:]
        for at, word in enumerate(found):
            if word.text in self._grammar.auxiliaries:
                fits = at >= least if least > 1 else at == least
                return text[word.start :] if fits and found[0].text in self._grammar.question_words else ""
        return ""

    def _halves(self, clause: Clause) -> list[Clause]:
        """Return "what about X and Y" as two."""
        text = clause.text
        about = self._about.match(text)
        if about and max(len(words(about.group(2))), len(words(about.group(3)))) <= NEAR_THE_BEGINNING:
            return [
                Clause(f"{about.group(1)} {about.group(2)}?", clause.supposed),
                Clause(f"{about.group(1)} {about.group(3)}", clause.supposed),
            ]
        return [clause]


def _either(forms: Iterable[str]) -> str:
    """Return the alternatives of a pattern, the longest first."""
    return "|".join(map(re.escape, sorted(forms, key=lambda form: (-len(form), form))))


def _enumerated(text: str) -> str:
    """Return a text with each point of an enumeration as a question on a line of its own, its marker left out."""
    markers = list(_MARKER.finditer(text))
    for row in _ROWS:
        points: list[re.Match[str]] = []
        for marker in markers:
            if len(points) < len(row) and marker.group(2).lower() == row[len(points)]:
                dotted = marker.group(3) == "."
                at_line = not text[: marker.start()].rpartition("\n")[2].strip()
                if not dotted or at_line or (points and points[0].group(3) == "."):
                    points.append(marker)
        if len(points) > 1:
            return _pointed(text, points)
    return text


def _pointed(text: str, points: Sequence[re.Match[str]]) -> str:
    ends = [*(point.start() for point in points[1:]), len(text)]
    lines = [text[: points[0].start()].strip()]
    joint = re.compile(rf"[,;\s]+(?:{_either(load_grammar().joining)})?$", re.IGNORECASE)
    for point, end in zip(points, ends, strict=True):
        line, _, rest = text[point.end() : end].strip().partition("\n")
        line = joint.sub("", line)
        lines += [line if line.endswith((".", "?", "!")) else f"{line}?", rest]
    return "\n".join(line for line in lines if line)
