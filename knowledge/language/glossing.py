"""From a message in another language to English words in an English order, so that one reader reads them all.

A gloss is no translation: it says word by word what is meant, in the order in which English asks. A word that no
vocabulary knows stays as it is, so that the engine counts it as unexplained.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.language.glossaries import GAP, Glossaries, Glossary, Piece, character
from knowledge.language.grammar import load_irregular
from knowledge.language.languages import Language
from knowledge.language.numbers import Numeral, goes_on, in_english
from knowledge.language.text import clean

ENDS_SENTENCE = frozenset(".?!\n")

_SIGNS = str.maketrans(
    {"؟": "?", "،": ",", "؛": ";", "。": ".", "¿": " ", "¡": " ", "٬": ",", "٫": ".", "۔": ".", "׃": ":", "־": "-"}
)
_BETWEEN_LETTERS = re.compile(r"(?<=\w)-(?=\w)")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_PUT = re.compile(r"(?P<group>\d+)?(?P<word>[^=+]*)(?:\+(?P<ending>\w+))?(?:=(?P<tag>\w+))?")


@dataclass(frozen=True, slots=True)
class Glossed:
    """A message in English words.

    Attributes:
        language: what it was written in.
        text: the gloss.
        pairs: (as written, English words) in the order of the message; the English words are those before they were
            put in order, and empty where English says nothing.
    """

    language: Language
    text: str
    pairs: tuple[tuple[str, str], ...]


def gloss(message: str, glossaries: Glossaries) -> Glossed | None:
    """Return a message in English words; None when it is English, or in a language that is not read."""
    language = glossaries.recognise(message)
    glossary = glossaries.glossary(language.code) if language and language.is_read else None
    if language is None or glossary is None:
        return None
    pieces = list(_numbers(_pieces(_normal(message), glossary)))
    sentences = [ordered(sentence, glossary) for sentence in _sentences(pieces)]
    pairs = tuple((piece.source, _base(piece)) for piece in pieces if piece.tag != "stop")
    return Glossed(language, _written(piece for sentence in sentences for piece in sentence), pairs)


def _normal(message: str) -> str:
    """Return a message cleaned, with ASCII digits and signs."""
    text = clean(message.translate(_SIGNS))
    digits = "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() and not letter.isascii() else letter for letter in text
    )
    return _BETWEEN_LETTERS.sub(" ", digits)


def _pieces(text: str, glossary: Glossary) -> Iterator[Piece]:
    """Yield what the words of a text mean, in order; the longest form that begins at a word is taken."""
    tokens = glossary.tokens(text)
    folded = [glossary.fold(token) for token in tokens]
    at = 0
    particles: set[int] = set()
    while at < len(tokens):
        token = tokens[at]
        length = 1
        parted = glossary.verb_parted_at(folded, at) if glossary.parted_verbs else None
        if at in particles:
            pass
        elif parted:
            place, (tag, english) = parted
            particles.add(place)
            yield Piece(tag, english, f"{token} {GAP} {tokens[place]}")
        elif token[0].isdigit():
            yield Piece("number", token.replace(".", ",") if _GROUPED.fullmatch(token) else token, token)
        elif not token[0].isalpha():
            yield Piece("stop", token, token)
        else:
            length, found = glossary.longest_at(tokens, folded, at)
            yield from found or _guessed(token, folded[at], glossary)
            length = max(length, 1)
        at += length


def _guessed(token: str, folded: str, glossary: Glossary) -> Iterable[Piece]:
    """Return what a word that is not listed means: the parts of a compound, or the word that it is a slip for."""
    parts = glossary.parted(folded)
    mended = None if parts else glossary.mended(folded)
    meant = parts or ([mended] if mended else [("unknown", token)])
    return [Piece(tag, english, token) for tag, english in meant]


def _numbers(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield pieces with the words of one number joined: nine hundred and fifty."""
    row: list[Piece] = []
    for piece in pieces:
        is_number = piece.tag == "number"
        if is_number and row and not _adds(row, piece):
            yield from _number(row)
            row = []
        if is_number or (piece.tag == "and" and row and row[-1].tag == "number"):
            row.append(piece)
        else:
            yield from _number(row)
            row = []
            yield piece
    yield from _number(row)


def _adds(row: Sequence[Piece], piece: Piece) -> bool:
    """Return whether the number of a row goes on with another word."""
    last = next(known for known in reversed(row) if known.tag == "number")
    return goes_on(_numeral(last), _numeral(piece), beside=row[-1] is last)


def _number(row: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the words of one number as one piece, and an "and" that was not part of it."""
    numbers = [piece for piece in row if piece.tag == "number"]
    last = max((at for at, piece in enumerate(row) if piece.tag == "number"), default=-1)
    if numbers:
        source = " ".join(dict.fromkeys(piece.source for piece in row[: last + 1]))
        yield Piece("number", in_english([_numeral(piece) for piece in numbers]), source)
    yield from row[last + 1 :]


def _numeral(piece: Piece) -> Numeral:
    return Numeral(piece.gloss, in_figures=piece.source[0].isdigit())


def _sentences(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    sentence: list[Piece] = []
    for piece in pieces:
        sentence.append(piece)
        if piece.tag == "stop" and piece.gloss in ENDS_SENTENCE:
            yield sentence
            sentence = []
    yield sentence


def ordered(sentence: list[Piece], glossary: Glossary) -> list[Piece]:
    """Return the pieces of one sentence in the order that the rules of its language put them in."""
    for pattern, put in glossary.rules:
        tags = "".join(character(piece.tag) for piece in sentence)
        found = list(_compiled(pattern).finditer(tags))
        for match in reversed(found):
            if match.group():
                sentence[match.start() : match.end()] = _put(match, put, sentence)
    return sentence


def _put(match: re.Match[str], put: Iterable[str], sentence: Sequence[Piece]) -> list[Piece]:
    """Return what a rule makes of the pieces that it found."""
    made: list[Piece] = []
    for part in put:
        told = _PUT.fullmatch(part)
        if told is None:
            continue
        if told["group"] is None:
            made.append(Piece(told["tag"] or "word", told["word"]))
            continue
        start, end = match.span(int(told["group"]))
        group = [piece._replace(tag=told["tag"]) if told["tag"] else piece for piece in sentence[start:end]]
        if told["word"] or told["ending"]:
            ends = [at for at, piece in enumerate(group) if piece.gloss]
            if ends:
                last = group[ends[-1]]
                meant = participle(last.gloss) if told["ending"] == "ed" else f"{last.gloss}{told['word']}"
                group[ends[-1]] = last._replace(gloss=meant)
        made += group
    return made


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@lru_cache(maxsize=1)
def _participles() -> dict[str, str]:
    """Return base forms of irregular verbs -> their participles, which are listed last."""
    return {lemma: form for form, lemma in load_irregular().items()}


def participle(gloss_: str) -> str:
    """Return the past participle of an English verb; of several words the first one is the verb, unless it is given."""
    if "|" in gloss_:
        return gloss_.partition("|")[2]
    verb, space, rest = gloss_.partition(" ")
    irregular = _participles().get(verb)
    if irregular is None:
        if verb.endswith("ed"):
            irregular = verb
        elif verb.endswith("y") and verb[-2:-1] not in "aeiou":
            irregular = f"{verb[:-1]}ied"
        else:
            irregular = f"{verb}d" if verb.endswith("e") else f"{verb}ed"
    return f"{irregular}{space}{rest}"


def _base(piece: Piece) -> str:
    return piece.gloss.partition("|")[0]


def _written(pieces: Iterable[Piece]) -> str:
    """Return pieces as text: a space between words, none before a sign."""
    text = ""
    for piece in pieces:
        if piece.tag == "stop":
            text = f"{text}{piece.gloss}"
        elif piece.gloss:
            space = "" if not text or text.endswith("\n") else " "
            text = f"{text}{space}{_base(piece)}"
    return text.strip()
