"""From a message to the stretches of it that ask something: sentences, joined questions, spelling, framing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.grammar import Grammar, load_grammar
from knowledge.lexicon import Lexicon, Phrases
from knowledge.numbers import number_words
from knowledge.spelling import Speller
from knowledge.text import Word, clean, words

MOST_QUESTIONS = 6
"""Questions of one message that are answered; what follows is left."""

ANYWHERE = frozenset(("source-mention", "politeness", "instruction"))
"""Kinds of framing that are taken off wherever they stand; the others only at the edges of a sentence."""

MOST_MENDED = 120
"""Words of a sentence whose spelling is mended; a longer one is no question that a person types."""

NEAR_THE_BEGINNING = 3
"""Words within which a stretch of text begins a question, so that another one may be joined to it."""

_SENTENCE = re.compile(r"(?<=[.!?;:…])[\s\"')]+(?=\S)|(?<=\?)(?=\S)")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a message.

    Attributes:
        text: as it was written.
        tokens: its words, spelling mended and framing taken off.
        framing: kinds of framing that it had.
        asks: it is put as a question.
        is_framing: it is nothing but a greeting, thanks or the like.
    """

    text: str
    tokens: tuple[Word, ...]
    framing: frozenset[str]
    asks: bool
    is_framing: bool = False

    @property
    def row(self) -> list[str]:
        """The words as text."""
        return [token.text for token in self.tokens]


def words_of(text: str) -> list[Word]:
    """Return the words of a text, "usa" for "US" in capitals: in small letters it is a pronoun."""
    return [token._replace(text="usa") if text[token.start : token.end] == "US" else token for token in words(text)]


def asking(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return the segments that ask something, in order; when none does, the longest one."""
    chosen = tuple(segment for segment in segments if segment.asks)[:MOST_QUESTIONS]
    return chosen or tuple(sorted(segments, key=lambda segment: -len(segment.tokens))[:1])


@dataclass(frozen=True, slots=True)
class Splitter:
    """Splits messages by the grammar and vocabularies of a language, and mends their spelling."""

    lexicon: Lexicon
    speller: Speller

    def segments(self, message: str) -> tuple[Segment, ...]:
        """Return the stretches of a message in order, each a sentence or one of the questions that it joins."""
        text = clean(message)
        sentences = [part for line in text.split("\n") for part in _SENTENCE.split(line) if part.strip()]
        segments = [self.segment(clause) for sentence in sentences for clause in self._clauses(sentence)]
        return tuple(segment for segment in segments if segment.tokens)

    def segment(self, text: str) -> Segment:
        """Return a stretch of text as one segment."""
        grammar = self.lexicon.grammar
        spelt = self.spelt(self._mended(text))
        kept, framing = self._unframed(spelt)
        is_framing = bool(spelt) and not kept
        kept = kept or spelt
        while kept and kept[0].text in grammar.leading:
            kept = kept[1:]
        asks = bool(kept) and (grammar.begins_question(kept[0].text) or text.rstrip(" \"')").endswith("?"))
        return Segment(text, tuple(kept), framing, asks and not is_framing, is_framing)

    def spelt(self, tokens: Iterable[Word]) -> tuple[Word, ...]:
        """Return words with chat spellings written out and numbers in digits; twice, as one makes another."""
        spellings = self.lexicon.chat_spellings
        return number_words(tuple(_written_out(spellings, _written_out(spellings, tokens))))

    def _mended(self, text: str) -> Iterator[Word]:
        """Yield the words of a text with their slips mended; chat spellings are no slips."""
        row = self.spelt(words_of(text))
        yield from self.speller.mended(row[:MOST_MENDED], text)
        yield from row[MOST_MENDED:]

    def _unframed(self, tokens: Sequence[Word]) -> tuple[Sequence[Word], frozenset[str]]:
        """Return the words without those around the question, and what kinds of framing there were."""
        row = [token.text for token in tokens]
        spans = [
            (at, at + length, kind)
            for at, length, kind in self.lexicon.framing.find(row)
            if kind != "elaborate" and (kind != "topic-change" or at == 0)
        ]
        dropped = {
            index for start, end, kind in spans if end - start > 1 and kind in ANYWHERE for index in range(start, end)
        }
        for start, end, _ in spans:
            if dropped.issuperset(range(start)):
                dropped.update(range(start, end))
        for start, end, _ in reversed(spans):
            if dropped.issuperset(range(end, len(row))):
                dropped.update(range(start, end))
        kept = [token for index, token in enumerate(tokens) if index not in dropped]
        return kept, frozenset(kind for _, _, kind in spans)

    def _clauses(self, sentence: str) -> list[str]:
        """Return the questions that one sentence joins: "who led the team, and in which city did it meet?"."""
        clauses: list[str] = []
        begun = 0
        for joint in _joint(self.lexicon.grammar).finditer(sentence):
            if len(clauses) > MOST_QUESTIONS:
                break
            before, after = sentence[begun : joint.start()], sentence[joint.end() :]
            if len(words(before)) > 1 and len(words(after)) > 1 and self._begins_question(before):
                clauses.append(before)
                begun = joint.end()
        return [*clauses, sentence[begun:]]

    def _begins_question(self, text: str) -> bool:
        return any(map(self.lexicon.grammar.begins_question, [word.text for word in words(text)[:NEAR_THE_BEGINNING]]))


@lru_cache(maxsize=8)
def _joint(grammar: Grammar) -> re.Pattern[str]:
    """Return what parts two questions of a sentence: ", and" or a comma, where a question begins behind it."""
    joining = "|".join(sorted(grammar.joining))
    heads = "|".join(sorted(grammar.question_words | grammar.auxiliaries, key=len, reverse=True))
    head = rf"(?=(?:(?:of|to|by|in|on|for|from|with|at)\s+)?(?:{heads})\b)"
    return re.compile(rf"[,;:]?\s+(?:{joining}|&)\s+(?:(?:{joining})\s+)?{head}|(?<=\w),\s+{head}", re.IGNORECASE)


def _written_out(spellings: Phrases[tuple[str, ...]], tokens: Iterable[Word]) -> Iterator[Word]:
    row = list(tokens)
    texts = [token.text for token in row]
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
