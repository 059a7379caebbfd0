"""From a message to the stretches of it that ask something: sentences, joined questions, spelling, framing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from knowledge.language.lexicon import Lexicon
from knowledge.language.numbers import number_words
from knowledge.language.spelling import Speller
from knowledge.language.text import Word, clean, words
from knowledge.message.clauses import Clause, Cutter, opening, written_out

MOST_QUESTIONS = 6
"""Questions of one message that are answered; what follows is left."""

MENTION = "source-mention"
"""Kind of framing that speaks of the text itself."""

ANYWHERE = frozenset((MENTION, "politeness", "instruction"))
"""Kinds of framing that are taken off wherever they stand; the others only at the edges of a sentence."""

MOST_MENDED = 120
"""Words of a sentence whose spelling is mended; a longer one is no question that a person types."""

LONGEST_TAG = 6
"""Words of the longest tag: "correct me if I am wrong"."""

LONGEST_CLEFT = 9
"""Words from the beginning of a sentence within which "it was X that" ends."""

LEAST_CHECKED = 3
"""Words of a statement from which a tag without a comma asks whether it is so: "Hamas said no right?"."""

SUPPOSING = frozenset(("reason", "time", "weekday", "date", "since", "clock-time", "purpose"))
"""Kinds of answer whose question takes for granted that the thing happened."""

INVERTED = Word("did")
"""Stands before a statement that is to be checked, which makes it a question that is answered by yes or no."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a message.

    Attributes:
        text: as it was written.
        tokens: its words, spelling mended and framing taken off.
        framing: kinds of framing that it had.
        asks: it is put as a question.
        is_framing: it is nothing but a greeting, thanks or the like.
        supposed: what was said before it in the message that it takes for granted, as it was written; "" when nothing.
        topics: how many of its words the base uses, function words left out.
        wants: it says that something is wanted, and is no question else: "I need the date".
        told: it stands in what the reader tells.
        mentions: words for the text itself that are left out of `tokens`, and without which its sentence would break:
            "the report" in "which papers does the report cite".
    """

    text: str
    tokens: tuple[Word, ...]
    framing: frozenset[str]
    asks: bool
    is_framing: bool = False
    supposed: str = ""
    topics: int = 0
    wants: bool = False
    told: bool = False
    mentions: tuple[Word, ...] = ()

    @property
    def row(self) -> list[str]:
        """The words as text."""
        return [token.text for token in self.tokens]


def words_of(text: str) -> list[Word]:
    """Return the words of a text, "usa" for "US" in capitals: in small letters it is a pronoun."""
    return [token._replace(text="usa") if text[token.start : token.end] == "US" else token for token in words(text)]


def asking(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return the segments that ask something, in order; when none does, the one that says most on topics."""
    chosen = tuple(segment for segment in segments if segment.asks)[:MOST_QUESTIONS]
    return chosen or tuple(sorted(segments, key=lambda segment: (-segment.topics, -len(segment.tokens)))[:1])


def as_written(segment: Segment, capitals: Mapping[str, str]) -> str:
    """Return what was kept of a segment as it was written, misspelt words mended, names with their `capitals`."""
    text, shown, end = segment.text, "", 0
    shouted = text.isupper()
    written = _with_mentions([token for token in segment.tokens if token is not INVERTED], segment.mentions)
    for (start, stop), group in groupby(written, key=lambda token: (token.start, token.end)):
        row = [token.text for token in group]
        piece = text[start:stop]
        if not stop:  # put in by a follow-up
            shown += " " * bool(shown) + " ".join(capitals.get(word, word) for word in row)
            continue
        if shouted or row != [word.text for word in words(piece)]:
            piece = " ".join(capitals.get(word, word) for word in row)
        elif piece.islower():
            piece = capitals.get(row[0], row[0]) + piece[len(row[0]) :]
        gap = text[end:start] if shown and start >= end else " " * bool(shown)
        shown += (" " if shown and not _GAP.fullmatch(gap) else gap) + piece
        end = stop
    shown = _QUOTES.sub("", shown) if shown.count('"') % 2 or shown.count("(") != shown.count(")") else shown
    return " ".join(shown.split())


def _with_mentions(tokens: Sequence[Word], mentions: Sequence[Word]) -> Sequence[Word]:
    """Return words with the mentions of the text in their places; without them where words have lost their order."""
    starts = [token.start for token in tokens]
    in_order = all(token.end for token in tokens) and starts == sorted(starts)
    return sorted((*tokens, *mentions), key=lambda token: token.start) if in_order else tokens


def _heard(segments: Sequence[Segment]) -> list[Segment]:
    """Return segments as what they are beside each other.

    What is only wanted ("I need one number") asks nothing where the question itself follows, and what is told ("and I
    wondered who they were") asks nothing where something is plainly asked.
    """
    plain = any(segment.asks and not segment.told for segment in segments)
    segments = [replace(segment, asks=False) if segment.told and plain else segment for segment in segments]
    follows = [after.asks and not after.wants for after in segments[1:]]
    return [
        replace(segment, asks=False) if segment.wants and followed else segment
        for segment, followed in zip(segments, [*follows, False], strict=False)
    ]


_MARK = re.compile(r"[,;:.!?–—]|\s-\s|--")
"""A mark at which what is told apart from a question ends."""

_GAP = re.compile(r"[^\w.?!;]*")
_QUOTES = re.compile(r'["()]')


@dataclass(frozen=True)
class Splitter:
    """Splits messages by the grammar and vocabularies of a language, and mends their spelling."""

    lexicon: Lexicon
    speller: Speller

    @cached_property
    def _cutter(self) -> Cutter:
        return Cutter(self.lexicon, self.speller.base)

    def prepare(self) -> None:
        """Read the words by which messages are cut now, so that they are kept with a base."""
        _ = self._cutter.said

    def segments(self, message: str) -> tuple[Segment, ...]:
        """Return the stretches of a message in order, each a sentence or one of the questions that it joins."""
        segments = [self._of(clause) for clause in self._cutter.clauses(clean(message))]
        return tuple(self._supposing(_heard([segment for segment in segments if segment.tokens])))

    def _of(self, clause: Clause) -> Segment:
        segment = self.segment(clause.text)
        told = clause.told and not clause.text.endswith("?")
        return replace(segment, supposed=clause.supposed, told=told) if clause.supposed or told else segment

    def _supposing(self, segments: Sequence[Segment]) -> Iterator[Segment]:
        """Yield segments, a question with the statement that stands right before it as what it takes for granted."""
        before = ""
        for segment in segments:
            yield replace(segment, supposed=before) if segment.asks and before and not segment.supposed else segment
            inert = segment.asks or segment.is_framing or "instruction" in segment.framing
            claim = "" if inert else self._cutter.without_hearsay(segment.text)
            before = claim if claim and self._cutter.states(claim) else ""

    def segment(self, text: str) -> Segment:
        """Return a stretch of text as one segment."""
        bare, checked = self._untagged(text)
        if checked:
            bare = self._cutter.without_hearsay(bare)
        offset = len(text) - len(bare) if text.endswith(bare) else text.find(bare)
        spelt = self.spelt(self._mended(text, bare, offset))
        asked = self._without_excluded(spelt, text)
        kept, framing, mentions = self._unframed(asked, text)
        is_framing = bool(spelt) and not kept
        framing |= {"excluded"} if is_framing and len(asked) < len(spelt) else frozenset()
        kept = self._led(kept or spelt)
        wanting = opening([token.text for token in kept], self._cutter.said.wanting)
        wants = 0 < wanting < len(kept) and kept[wanting].text not in self._cutter.said.infinitive
        if wants:
            kept = self._led(kept[wanting:])
        row = [token.text for token in kept]
        topics = self._cutter.topics(row)
        whether = next((at for at, word in enumerate(row[:LEAST_CHECKED]) if word in self._cutter.said.whether), None)
        if whether is not None and len(row) > whether + 2 and not self._begins(row):
            kept, checked = kept[whether + 1 :], True
        asks = checked or (bool(row) and (self._begins(row) or text.rstrip(" \"')").endswith("?")))
        asks = asks or (topics > 0 and self._requests([token.text for token in spelt], kept[0]))
        wants = wants and not asks and topics > 0
        asks = asks or wants
        if checked and not is_framing:
            kept = self._inverted(kept)
        kept = self._uncleft(kept)
        return Segment(
            text,
            tuple(kept),
            framing,
            asks and not is_framing,
            is_framing,
            topics=topics,
            wants=wants,
            mentions=() if is_framing else mentions,
        )

    def _without_excluded(self, tokens: Sequence[Word], text: str) -> Sequence[Word]:
        """Return words without those that are told apart from what is asked: "not the first offer, the second one".

        They stand at the beginning or behind a mark, or behind "rather than" and the like, and go up to the next mark.
        """
        row = [token.text for token in tokens]
        out: set[int] = set()
        for at in range(len(row)):
            if at in out:
                continue
            many = opening(row[at:], self._cutter.said.excluding)
            marked = at == 0 or _MARK.search(text, tokens[at - 1].end, tokens[at].start) is not None
            if not many or (
                row[at] in self._cutter.said.short_excluding and (not marked or self._excludes_nothing(row, at))
            ):
                continue
            end = at + many
            while (
                end < len(row)
                and row[end] not in self._cutter.said.contrary
                and not _MARK.search(text, tokens[end - 1].end, tokens[end].start)
            ):
                end += 1
            if end > at + many:
                out.update(range(at, end))
        return [token for index, token in enumerate(tokens) if index not in out]

    def _excludes_nothing(self, row: Sequence[str], at: int) -> bool:
        """Return whether a short word of exclusion is used otherwise: "not only", "not been freed"."""
        return at + 1 == len(row) or row[at + 1] in self._cutter.said.not_excluding

    def _requests(self, row: Sequence[str], first: Word) -> bool:
        """Return whether words that were taken off a sentence ask for what stands behind: "tell me the date"."""
        led = row[: row.index(first.text)] if first.text in row else []
        asks = any(word in self.lexicon.grammar.imperatives or word in self._cutter.said.enquiring for word in led)
        return asks and led[0] not in self._cutter.said.attaching and "not" not in led

    def checked(self, claim: str) -> Segment:
        """Return a statement as the question whether it is so."""
        segment = self.segment(self._cutter.without_granting(claim))
        row = segment.row
        if segment.is_framing or not row or row[0] in self.lexicon.grammar.auxiliaries:
            return segment
        return replace(segment, tokens=tuple(self._inverted(segment.tokens)), asks=True)

    def premise(self, segment: Segment) -> Segment | None:
        """Return what a question takes for granted as the question whether it is so; None where it asks by no cue.

        "Why did the town refuse?" takes for granted that the town refused.
        """
        row = segment.row
        for at in range(len(row)):
            length, kinds = self.lexicon.cues.longest_at(row, at)
            if length and any(kind.kind in SUPPOSING for kind in kinds):
                rest = segment.tokens[at + length :]
                denied = any(
                    word.endswith("n't") or word in self.lexicon.grammar.denying for word in row[at + length :]
                )
                if denied or len(rest) < LEAST_CHECKED:
                    return None
                inverted = rest if rest[0].text in self.lexicon.grammar.auxiliaries else (INVERTED, *rest)
                return replace(segment, tokens=tuple(inverted), asks=True)
        return None

    def _led(self, kept: Sequence[Word]) -> Sequence[Word]:
        """Return words without those that only lead up to a sentence."""
        while len(kept) > 1 and kept[0].text in self.lexicon.grammar.leading:
            kept = kept[1:]
        return kept

    def _begins(self, row: Sequence[str]) -> bool:
        """Return whether the first words of a row ask: "who", "by whom", "of those, how many", "the same for"."""
        grammar, said = self.lexicon.grammar, self._cutter.said
        if row[0] in said.telling_when and len(row) > 1 and row[1] in said.own:
            return False  # "when I saw it" tells
        if grammar.begins_question(row[0]) or opening(row, said.same_again):
            return True
        if row[1:2] and row[1] in grammar.question_words and row[0] not in grammar.before_a_question:
            return True  # "first, who ..."
        if opening(row, said.granting):
            return any(map(grammar.begins_question, row[1:]))
        return row[0] in said.attaching and any(word in grammar.question_words for word in row[1:])

    def _untagged(self, text: str) -> tuple[str, bool]:
        """Return a text without a tag behind it, and whether it is a statement that is to be checked."""
        said, found = self._cutter.said, words(text)
        asked = text.rstrip(" \"')").endswith("?")
        for many in range(min(LONGEST_TAG, len(found) - 2), 0, -1):
            start = found[-many].start
            before = text[:start].rstrip()
            if " ".join(self._cutter.row(text[start:])) not in said.tags:
                continue
            parted = before.endswith((",", "-", ".", ";"))
            bare = before.rstrip(" ,-.;")
            row = [token.text for token in self._led(words(bare))]
            asks = bool(row) and self._cutter.begins_question(self._cutter.row(" ".join(row)))
            plain = asked or many > 1 or found[-1].text in said.plain_tags
            if not parted and (not plain or asks or len(row) < LEAST_CHECKED or row[-1] in said.unfinished):
                break
            if asks:
                return f"{bare}?", False
            return (bare, True) if plain else (text, False)
        row = self._cutter.row(text)
        states = asked and self._cutter.without_hearsay(text) != text
        return text, states or (asked and self._is_declared(row))

    def _is_declared(self, row: Sequence[str]) -> bool:
        """Return whether the words of a question are those of a statement: "the talks are in Rome"."""
        grammar = self.lexicon.grammar
        while row and row[0] in grammar.leading:
            row = row[1:]
        if len(row) <= LEAST_CHECKED or any(word in grammar.question_words for word in row):
            return False
        if self._cutter.begins_question(row) or row[0] in self._cutter.said.attaching:
            return False
        verb = next((at for at, word in enumerate(row) if word in grammar.auxiliaries), 0)
        return verb > 0 and row[verb - 1] not in self._cutter.said.before_a_clause

    def _uncleft(self, kept: Sequence[Word]) -> Sequence[Word]:
        """Return the words of "was it the union that called the strike" as those of "did the union call the strike"."""
        grammar = self.lexicon.grammar
        row = [token.text for token in kept[:LONGEST_CLEFT]]
        asks = next((at for at, word in enumerate(row[:2]) if word in grammar.passive), len(row))
        if row[asks + 1 : asks + 2] != ["it"] or not grammar.question_words.issuperset(row[:asks]):
            return kept
        behind = next((at for at in range(asks + 2, len(row)) if row[at] in grammar.relative), 0)
        between = row[asks + 2 : behind]
        if (
            not behind
            or bool(asks) == bool(between)
            or not (grammar.auxiliaries | grammar.impersonal).isdisjoint(between)
        ):
            return kept
        return (*kept[:asks], *kept[behind + 1 :]) if asks else (INVERTED, *kept[2:behind], *kept[behind + 1 :])

    def _inverted(self, kept: Sequence[Word]) -> Sequence[Word]:
        """Return the words of a statement as those of a question whether it is so."""
        if len(kept) > 1 and kept[1].text in self.lexicon.grammar.auxiliaries:
            return (kept[1], kept[0], *kept[2:])
        return (INVERTED, *kept)

    def spelt(self, tokens: Iterable[Word]) -> tuple[Word, ...]:
        """Return words with chat spellings written out and numbers in digits; twice, as one makes another."""
        spellings = self.lexicon.chat_spellings
        return number_words(tuple(written_out(spellings, written_out(spellings, tokens))))

    def _mended(self, text: str, bare: str, offset: int) -> Iterator[Word]:
        """Yield the words of a part of a text that begins at an offset, mended; their places are the text's."""
        found = (word._replace(start=word.start + offset, end=word.end + offset) for word in words_of(bare))
        row = self.spelt(found)
        yield from self.speller.mended(row[:MOST_MENDED], text)
        yield from row[MOST_MENDED:]

    def _unframed(self, tokens: Sequence[Word], text: str) -> tuple[Sequence[Word], frozenset[str], tuple[Word, ...]]:
        """Return the words without those around the question, the kinds of framing, and `Segment.mentions`."""
        row = [token.text for token in tokens]
        spans = [
            (at, at + length, kind)
            for at, length, kind in self.lexicon.framing.find(row)
            if kind != "elaborate" and (kind != "topic-change" or at == 0)
        ]
        dropped = {
            index
            for start, end, kind in spans
            if (end - start > 1 and kind in ANYWHERE) or kind == "noise"
            for index in range(start, end)
        }
        for start, end, _ in spans:
            if dropped.issuperset(range(start)):
                dropped.update(range(start, end))
        for start, end, _ in reversed(spans):
            apart = start == 0 or " ".join(row[start:end]) not in self._cutter.said.content_too
            apart = apart or not text[tokens[start - 1].end : tokens[start].start].isspace()
            if apart and dropped.issuperset(range(end, len(row))):
                dropped.update(range(start, end))
        kept = [token for index, token in enumerate(tokens) if index not in dropped]
        mentions = [
            token
            for start, end, kind in spans
            if kind == MENTION and self._is_needed(tokens, start, end, dropped, text)
            for token in tokens[start:end]
        ]
        return kept, frozenset(kind for _, _, kind in spans), tuple(mentions)

    def _is_needed(self, tokens: Sequence[Word], start: int, end: int, dropped: Collection[int], text: str) -> bool:
        """Return whether a stretch that was dropped is a noun of the sentence: "the report", not "in the report"."""
        grammar = self.lexicon.grammar
        if not {*range(start, end)} <= {*dropped} or tokens[start].text not in grammar.determiners:
            return False
        before, behind = tokens[start - 1 : start], tokens[end : end + 1]
        if not before:
            gap = text[tokens[end - 1].end : behind[0].start] if behind else ""
            return gap.isspace() and behind[0].text in grammar.auxiliaries
        gap = text[before[0].end : tokens[start].start]
        leads_to = before[0].text in grammar.auxiliaries or before[0].text in self._cutter.said.attaching
        return gap.isspace() and start - 1 not in dropped and (leads_to or bool(behind))
