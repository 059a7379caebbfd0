"""Normal form of what people type, and the words in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import Stemmer

from knowledge.language.grammar import load_grammar, load_irregular

LONGEST_MESSAGE = 6000
"""Characters of a message that are read; Telegram allows 4,096. What follows is not looked at."""

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_ELONGATED = re.compile(r"([^\W\d_])\1{2,}")
_MARKUP = re.compile(r"\]\([^)\s]*\)|https?://\S+|</?[a-zA-Z][^<>]*>|[*_`~#>|\[\]{}\\]+")
_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_SCRIPT = re.compile(r"<(script|style)\b[^<>]*>[^<]*</\1\s*>", re.IGNORECASE)
_ACRONYM = re.compile(r"\b(?:[A-Z]\.){2,}")
_SPACE = re.compile(r"[^\S\n]+")
_APOSTROPHES = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
)
_ARABIC_AND_HEBREW_MARKS = re.compile(r"[\u0591-\u05c7\u064b-\u065f\u0670\u0640]")
_MARKS = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
"""Marks that are put on letters and signs of any script; those of one script, such as vowel signs, are not in it.

Source: the blocks of Unicode 16 that are named Combining Diacritical Marks, Half Marks and Cyrillic.
"""

_MARKED = re.compile(rf"([^\W\d_])({_MARKS}*)")
_MARK = re.compile(f"{_MARKS}+")
MOST_MARKS = 2
"""Marks on one letter that may spell something: Vietnamese has two, and no language that is read has more."""

LEAST_DISGUISED = 8
"""Letters of a text from which a mark on every one of them is a disguise; "été" has one on two of three."""

_stem_word = Stemmer.Stemmer("english").stemWord


class Word(NamedTuple):
    """A word or number of a text, in lower case, without a possessive ending.

    Attributes:
        start, end: its place in the text it was read from; both 0 for a word that stands for another.
        possessive: it was written with 's or s'.
    """

    text: str
    start: int = 0
    end: int = 0
    possessive: bool = False


def clean(message: str) -> str:
    """Return a message without what nobody reads: control and format characters, markup, elongations.

    Letters keep their case and order, line breaks stay. NFKC; at most `LONGEST_MESSAGE` characters.
    """
    message = _SCRIPT.sub(" ", _ESCAPE.sub("", message[:LONGEST_MESSAGE]))
    text = unicodedata.normalize("NFKC", message.translate(_APOSTROPHES))[:LONGEST_MESSAGE]
    text = unicodedata.normalize("NFKC", without_idle_marks("".join(_readable(character) for character in text)))
    text = _ACRONYM.sub(lambda match: match.group().replace(".", ""), text)
    text = _ELONGATED.sub(r"\1\1", _ARABIC_AND_HEBREW_MARKS.sub("", text))
    text = _MARKUP.sub(" ", text.translate(_APOSTROPHES))
    return "\n".join(_SPACE.sub(" ", line).strip() for line in text.splitlines()).strip()


def without_idle_marks(text: str) -> str:
    """Return a text without marks that spell nothing: those on every letter, heaps, and those that make no letter."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text)
    marks = [len(letter.group(2)) for letter in _MARKED.finditer(apart)]
    if len(marks) >= LEAST_DISGUISED and all(marks):
        return unicodedata.normalize("NFC", _MARK.sub("", apart))
    spelt = _MARKED.sub(lambda letter: letter.group(1) if len(letter.group(2)) > MOST_MARKS else letter.group(), apart)
    return _MARK.sub("", unicodedata.normalize("NFC", spelt))


@lru_cache(maxsize=4096)
def _readable(character: str) -> str:
    """Return a character as it is read: controls part words, format characters and unassigned ones are not there."""
    category = unicodedata.category(character)
    if character == "\n" or category[0] != "C":
        return character
    return " " if category == "Cc" else ""


def words(text: str) -> list[Word]:
    """Return the words and numbers of a text in order, in lower case, a possessive 's taken off."""
    return list(_words(text))


@lru_cache(maxsize=512)
def _words(text: str) -> tuple[Word, ...]:
    found: list[Word] = []
    for match in _WORD.finditer(text):
        written = match.group()
        word = written.lower().replace("’", "'")
        possessive = word.endswith("'s") or (word.endswith("s") and text[match.end() : match.end() + 1] in ("'", "’"))
        bare = word.removesuffix("'s")
        if bare != word and bare in load_grammar().contracting:
            found += [Word(bare, match.start(), match.end()), Word("is", match.start(), match.end())]
        else:
            found.append(Word(bare, match.start(), match.end(), possessive))
    return tuple(found)


def without_determiners(row: Iterable[Word]) -> tuple[Word, ...]:
    """Return words without those that neither make nor break a phrase: "throw out their plan", "throw out the plan"."""
    determiners = load_grammar().determiners
    return tuple(word for word in row if word.text not in determiners)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the Snowball (English) stem of a lower-case word, "withdrew" like "withdraw"; numbers lose separators."""
    if word[0].isdigit():
        return word.replace(",", "")
    return str(_stem_word(load_irregular().get(word, word)))
