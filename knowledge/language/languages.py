"""Which language a message is written in: by its script, its letters, and the words that every sentence needs.

A message that may be English is never taken for another language: chat spelling, slips and names count for nothing,
and a word that is English too counts for little.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from knowledge.language.grammar import LEXICON
from knowledge.language.text import without_idle_marks

LANGUAGES = LEXICON / "languages.toml"

ENGLISH = "en"

LOOKED_AT = 600
"""Characters of a message by which its language is told."""

SURE = 1.0
"""Weight of a word that other languages do not have."""

SHORT = 0.5
"""Weight of a word of up to three letters: a slip in English makes one easily."""

SHARED = 0.25
"""Weight of a word that is written so in English too."""

SHARED_TOPIC = 0.1
"""Weight of a word that is written so in English too and that not every sentence needs."""

ENOUGH = 1.0
"""Weight from which a language written in Latin letters is recognised."""

ENOUGH_OF_EACH_WORD = 0.2
"""Weight for each word of a message, names left out, from which a language written in Latin letters is recognised."""

MOST_LETTERS = 0.5
"""Share of a message's letters that must be of a script."""

ENOUGH_WHEN_ALL = 0.5
"""Weight that is enough when every word of a message, names left out, belongs to the language and none is English."""

_LETTERS = re.compile(r"[^\W\d_]+")


class Language(NamedTuple):
    """A language: its code (ISO 639-1), its English name, and whether messages in it are read."""

    code: str
    name: str
    is_read: bool


@dataclass(frozen=True)
class Languages:
    """What languages are known by.

    Attributes:
        known: code -> language, in the order of the file; where nothing decides, the earlier one of a script is meant.
        scripts: pairs of a pattern of letters and the codes of the languages written in them, Latin left out.
        letters: letters that only some languages of a script have -> the codes of these.
        marks: word -> (code, weight) of each language that it speaks for.
        ties: pairs of a pattern of a word tied to the next one by an apostrophe, and the code that it speaks for.
        english: English words that a question needs.
        names: words of names, which belong to every language.
    """

    known: Mapping[str, Language]
    scripts: tuple[tuple[str, tuple[str, ...]], ...]
    letters: Mapping[str, tuple[str, ...]]
    marks: Mapping[str, tuple[tuple[str, float], ...]]
    ties: tuple[tuple[str, str], ...]
    english: frozenset[str]
    names: frozenset[str]

    def recognise(self, message: str) -> Language | None:
        """Return the language of a message, English left out; None when it is English or cannot be told."""
        text = message[:LOOKED_AT].lower()
        if not text.isascii():
            text = without_idle_marks(unicodedata.normalize("NFKC", text)).replace("ـ", "")
        found = _LETTERS.findall(text)
        if not found:
            return None
        if not text.isascii():
            letters = "".join(found)
            for pattern, codes in self.scripts:
                if len(re.findall(pattern, letters)) > MOST_LETTERS * len(letters):
                    return self._of_script(found, letters, codes)
        code = self._by_words(found, text)
        return self.known[code] if code else None

    def _tied(self, text: str) -> dict[str, float]:
        """Return what the apostrophes of a message in lower case weigh for each language that ties words with them."""
        if "'" not in text and "’" not in text:
            return {}
        tied = {code: len(re.findall(pattern, text)) for pattern, code in self.ties}
        return {code: SHORT * times for code, times in tied.items() if times}

    def _of_script(self, found: Collection[str], letters: str, codes: tuple[str, ...]) -> Language | None:
        """Return the language of a message in a script that only some languages use."""
        if all(unmarked(word) in self.names for word in found):
            return None
        told: Counter[str] = Counter()
        for letter, owners in self.letters.items():
            if letter in letters:
                told.update(dict.fromkeys(owners, min(letters.count(letter), 3)))
        for word in found:
            told.update({code: round(4 * weight) for code, weight in self.marks.get(word, ())})
        return self.known[max(codes, key=lambda code: (told[code], -codes.index(code)))]

    def _by_words(self, found: Iterable[str], text: str) -> str | None:
        """Return the code that the words of a message in Latin letters speak for, if they do so clearly."""
        told = self._tied(text)
        english = accents = 0.0
        sure = set(told)
        known_to: dict[str, int] = {}
        total = 0
        for word in found:
            if (word if word.isascii() else unmarked(word)) in self.names:
                accents += 0.0 if word.isascii() else SHORT
                continue
            total += 1
            marks = self.marks.get(word) or (() if word.isascii() else self.marks.get(unmarked(word), ()))
            if word not in self.marks and not word.isascii():
                accents += SHORT
            for code, weight in marks:
                told[code] = told.get(code, 0.0) + weight
                known_to[code] = known_to.get(code, 0) + (weight >= SHARED)
                if weight > SHARED:
                    sure.add(code)
            if word in self.english:
                english += SHARED if marks else SURE
        only = {code for code in told if known_to.get(code) == total and total > 1} if not english else set()
        sure |= only
        candidates = [code for code in told if code in sure]
        best = max(candidates, key=lambda code: (told[code], self.known[code].is_read, code), default=None)
        if best is None or told[best] <= english:
            return None
        least = ENOUGH_WHEN_ALL if best in only else max(ENOUGH, ENOUGH_OF_EACH_WORD * total)
        return best if told[best] + accents >= least else None


def is_plainly_english(message: str, english: Collection[str]) -> bool:
    """Return whether half of the words of an ASCII message are English words that a question needs."""
    if not message.isascii():
        return False
    found = _LETTERS.findall(message[:LOOKED_AT].lower())
    return bool(found) and 2 * sum(word in english for word in found) >= len(found)


def _weight(word: str) -> float:
    if not word.isascii() or len(word) > 3:
        return SURE
    return SHORT if len(word) > 1 else SHARED


def unmarked(word: str) -> str:
    """Return a word without accents and other marks on its letters."""
    return "".join(
        character for character in unicodedata.normalize("NFKD", word) if not unicodedata.combining(character)
    )


def load_languages(
    own_words: Mapping[str, Mapping[str, float]],
    english: Collection[str],
    names: Iterable[str],
    path: Path = LANGUAGES,
) -> Languages:
    """Read the languages that are told apart.

    Args:
        own_words: code of each language that is read -> words of its vocabularies, and what they weigh.
        english: words that may be English, chat spelling included; in lower case.
        names: names as they are written, of any base.
        path: the file of the languages.
    """
    tables: dict[str, dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))
    needed = frozenset(tables[ENGLISH]["words"])
    marks: dict[str, dict[str, float]] = {}
    for code, table in tables.items():
        if code != ENGLISH:
            for word in table.get("words", ()):
                for written in {word, unmarked(word)}:
                    marks.setdefault(written, {})[code] = _weight(written)
    for code, weights in own_words.items():
        for word, weight in weights.items():
            marks.setdefault(word, {}).setdefault(code, min(weight, SHARED_TOPIC) if word in english else weight)
    scripts: dict[str, list[str]] = {}
    letters: dict[str, list[str]] = {}
    for code, table in tables.items():
        if "script" in table:
            scripts.setdefault(f"[{table['script']}]", []).append(code)
        for letter in table.get("letters", ""):
            letters.setdefault(letter, []).append(code)
    return Languages(
        known={code: Language(code, table["name"], code in own_words) for code, table in tables.items()},
        scripts=tuple((pattern, tuple(codes)) for pattern, codes in scripts.items()),
        letters={letter: tuple(codes) for letter, codes in letters.items()},
        marks={
            word: tuple((code, min(weight, SHARED) if word in english else weight) for code, weight in codes.items())
            for word, codes in marks.items()
        },
        ties=tuple(
            (rf"\b(?:{'|'.join(table['tied'])})['’](?=[^\W\d_])", code)
            for code, table in tables.items()
            if "tied" in table
        ),
        english=needed,
        names=frozenset(unmarked(word) for name in names for word in _LETTERS.findall(name.lower())) - needed,
    )
