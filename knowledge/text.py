"""Normal form of what people type, and the words in it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import Stemmer

LONGEST_MESSAGE = 6000
"""Characters of a message that are read; Telegram allows 4,096. What follows is not looked at."""

DETERMINERS = frozenset(
    ("a", "an", "the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your")
)

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_ELONGATED = re.compile(r"([^\W\d_])\1{2,}")
_MARKUP = re.compile(r"\]\([^)\s]*\)|https?://\S+|</?[a-zA-Z][^<>]*>|[*_`~#>|\[\]{}\\]+")
_SPACE = re.compile(r"[^\S\n]+")
_APOSTROPHES = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
)
_ARABIC_AND_HEBREW_MARKS = re.compile(r"[\u0591-\u05c7\u064b-\u065f\u0670\u0640]")
_stem_word = Stemmer.Stemmer("english").stemWord


class Word(NamedTuple):
    """A word or number of a text, in lower case, without a possessive ending.

    Attributes:
        start, end: its place in the text it was read from; both 0 for a word that stands for another.
        possessive: it was written with 's or s'.
        capital: it was written with a capital first letter.
    """

    text: str
    start: int = 0
    end: int = 0
    possessive: bool = False
    capital: bool = False


def clean(message: str) -> str:
    """Return a message without what nobody reads: control and format characters, markup, elongations.

    Letters keep their case and order, line breaks stay. NFKC; at most `LONGEST_MESSAGE` characters.
    """
    text = unicodedata.normalize("NFKC", message[:LONGEST_MESSAGE])
    text = "".join(character for character in text if character == "\n" or _is_readable(character))
    text = _MARKUP.sub(" ", text.translate(_APOSTROPHES))
    text = _ARABIC_AND_HEBREW_MARKS.sub("", text)
    text = _ELONGATED.sub(r"\1\1", text)
    return "\n".join(_SPACE.sub(" ", line).strip() for line in text.splitlines()).strip()


@lru_cache(maxsize=4096)
def _is_readable(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn") or character == "\t"


def words(text: str) -> list[Word]:
    """Return the words and numbers of a text in order, in lower case, a possessive 's taken off."""
    found = []
    for match in _WORD.finditer(text):
        written = match.group()
        word = written.lower().replace("’", "'")
        possessive = word.endswith("'s") or text[match.end() : match.end() + 1] in ("'", "’") and word.endswith("s")
        if word.endswith("'s"):
            word = word[:-2]
        found.append(Word(word, match.start(), match.end(), possessive, written[0].isupper()))
    return found


def without_determiners(row: Iterable[Word]) -> tuple[Word, ...]:
    """Return words without those that neither make nor break a phrase: "throw out their plan", "throw out the plan"."""
    return tuple(word for word in row if word.text not in DETERMINERS)


@lru_cache(maxsize=1)
def _regular() -> dict[str, str]:
    tables = tomllib.loads((Path(__file__).parent / "lexicon" / "en" / "irregular.toml").read_text("utf-8"))
    return {form: lemma for table in tables.values() for lemma, forms in table.items() for form in forms}


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the Snowball (English) stem of a lower-case word, "withdrew" like "withdraw"; numbers lose separators."""
    if word[0].isdigit():
        return word.replace(",", "")
    return str(_stem_word(_regular().get(word, word)))
