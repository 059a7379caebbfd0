"""What messages in other languages are glossed with: words, affixes and orders of words, read from files.

The files of a language lie in `knowledge/lexicon/<code>/`; `knowledge/lexicon/README.md` says how they are written.
This module knows how such files are read and how a written word is found in them, and no language.
"""

from __future__ import annotations

import marshal
import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import Stemmer

from knowledge.language.grammar import LEXICON
from knowledge.language.languages import (
    LANGUAGES,
    Language,
    Languages,
    is_plainly_english,
    load_languages,
    unmarked,
)
from knowledge.models import NameRecord

GRAMMAR = "grammar"

TAGS = (
    *("what", "who", "asks", "auxiliary", "be", "modal", "negation", "inverted"),
    *("verb", "passive", "noun", "deed", "adjective", "demonym", "name", "place", "number", "ordinal"),
    *("the", "oblique", "of", "to", "from", "by", "preposition", "and", "relative", "pronoun", "word", "phrase"),
    *("stop", "unknown"),
)
"""What a word does in a sentence; a table of a vocabulary is headed by one of them, the last two excepted."""

INFLECTED = frozenset(("verb", "passive", "noun", "deed", "adjective", "demonym"))
"""Tags of words that are found by their stems too."""

VERBAL = frozenset(("verb", "passive"))
"""Tags of words whose endings change most: a stem that they share with a noun is theirs."""

PLACES = frozenset(("city", "place"))
"""Kinds of name that never act."""

LONG_ENOUGH_TO_MEND = 6
"""Letters from which a word that no vocabulary knows may be a slip for one that it does."""

SHORTEST_PART = 3
"""Letters of a part of a compound, and of what affixes leave of a word, at least."""

MOST_PARTS = 6
"""Parts of a compound; written numbers have the most."""

GAP = "…"
"""Stands in a form for the words between its two: a verb and the particle that its clause ends with."""

ENDS_CLAUSE = frozenset(("and", "relative", "phrase"))
"""Tags of words before which a clause may end without a sign."""

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['\"׳״][^\W\d_]+)*|\n|[^\w\s]")
_TAG = re.compile(r"[a-z]+")
_FIRST_CHARACTER = 0xE000


class Piece(NamedTuple):
    """A stretch of a message with what it means.

    Attributes:
        tag: one of `TAGS`.
        gloss: English words; empty where English says nothing.
        source: as it was written.
    """

    tag: str
    gloss: str
    source: str = ""


Meant = tuple[str, str]
"""A tag and a gloss."""

Rule = tuple[str, tuple[str, ...]]
"""A pattern over tags, each written as one character, and what is put for what it finds."""

Affix = tuple[str, tuple[Meant, ...]]
"""Letters at an edge of a word, and what they mean."""


@dataclass(frozen=True)
class Glossary:
    """The vocabularies and the grammar of one language, ready to gloss with.

    Attributes:
        code: of the language.
        stemmer: name of its Snowball algorithm; empty when it has none.
        forms: words joined by spaces, folded or stemmed (behind "~") -> what they mean.
        longest: first word -> most words of a form that begins with it.
        letters: letter -> how it is read.
        elided: words that an apostrophe ties to the next one.
        prefixes, suffixes: longest first.
        endings: end of a word without its suffix -> end of the word as it is listed.
        joints: letters between the parts of a compound; empty where words are not joined.
        listed: first letter and number of letters -> single words, to mend others towards.
        rules: orders of words, in the order in which they are followed.
        parted_verbs: a verb, folded or stemmed (behind "~") -> (particle at the end of its clause, what both mean).
    """

    code: str
    stemmer: str
    forms: Mapping[str, Meant]
    longest: Mapping[str, int]
    letters: Mapping[str, str]
    elided: frozenset[str]
    prefixes: tuple[Affix, ...]
    suffixes: tuple[Affix, ...]
    endings: tuple[tuple[str, str], ...]
    joints: tuple[str, ...]
    listed: Mapping[str, tuple[str, ...]]
    rules: tuple[Rule, ...]
    parted_verbs: Mapping[str, tuple[tuple[str, Meant], ...]]

    def tokens(self, text: str) -> list[str]:
        """Return the words, numbers and signs of a cleaned text in order; words tied by an apostrophe are parted."""
        found: list[str] = []
        for match in _TOKEN.finditer(text):
            token = match.group()
            head, tied, rest = token.partition("'")
            while tied and self.fold(token) not in self.forms and head.lower() in self.elided:
                found.append(head)
                token = rest
                head, tied, rest = token.partition("'")
            found.append(token)
        return found

    def fold(self, word: str) -> str:
        """Return a word in lower case, without accents, its letters as they are read.

        A letter with a mark that `letters` lists (й) is one of its own.
        """
        composed = unicodedata.normalize("NFC", word.lower())
        bare = "".join(letter if letter in self.letters else unmarked(letter) for letter in composed)
        bare = bare.replace('"', "").replace("״", "").replace("׳", "'")
        return (
            _letters(tuple(self.letters)).sub(lambda found: self.letters[found.group()], bare) if self.letters else bare
        )

    def stem(self, folded: str) -> str:
        """Return the key of the stem of a folded word; the word itself when the language has no stemmer."""
        return f"~{_stemmer(self.stemmer).stemWord(folded)}" if self.stemmer else folded

    def longest_at(self, tokens: list[str], folded: list[str], at: int) -> tuple[int, list[Piece]]:
        """Return how many tokens are glossed together at a place, and with what; (0, []) when the word is unknown."""
        best: tuple[int, list[Piece]] = (0, [])
        parts = list(self._parts(tokens[at].lower(), folded[at]))
        for keyed in (_itself, self.stem):
            if best[0] and keyed is not _itself:
                break
            for core, before, after in parts:
                key = keyed(core)
                for length in range(min(self.longest.get(key, 0), len(tokens) - at), best[0], -1):
                    if length > 1 and after:
                        continue
                    row = " ".join((key, *(keyed(word) for word in folded[at + 1 : at + length])))
                    meant = self.forms.get(row)
                    if meant is not None:
                        best = (length, self._pieces((*before, *after, meant), " ".join(tokens[at : at + length])))
                        break
        return best

    def verb_parted_at(self, folded: list[str], at: int) -> tuple[int, Meant] | None:
        """Return the place of the particle that belongs to a verb, and what both mean; None when there is none."""
        for particle, meant in self.parted_verbs.get(folded[at]) or self.parted_verbs.get(self.stem(folded[at]), ()):
            for place in range(at + 1, len(folded)):
                if not folded[place][0].isalnum():
                    break
                if folded[place] == particle and self._ends_clause(folded, place + 1):
                    return place, meant
        return None

    def _ends_clause(self, folded: list[str], at: int) -> bool:
        if at == len(folded) or not folded[at][0].isalnum():
            return True
        return self.forms.get(folded[at], ("", ""))[0] in ENDS_CLAUSE

    def _pieces(self, meanings: Iterable[Meant], source: str) -> list[Piece]:
        return [Piece(tag, gloss, source) for tag, gloss in meanings]

    def _parts(self, word: str, folded: str) -> Iterator[tuple[str, tuple[Meant, ...], tuple[Meant, ...]]]:
        """Yield what a word may be without affixes, with what the affixes mean; the most likely first."""
        if word != folded:
            yield word, (), ()
        yield folded, (), ()
        cores = [
            (folded[len(prefix) :], before)
            for prefix, before in (("", ()), *self.prefixes)
            if folded.startswith(prefix) and (not prefix or len(folded) - len(prefix) >= SHORTEST_PART - 1)
        ]
        for core, before in cores[1:]:
            yield core, before, ()
        for core, before in cores:
            for suffix, after in self.suffixes:
                bare = core.removesuffix(suffix)
                if bare != core and len(bare) >= SHORTEST_PART - 1:
                    yield bare, before, after
                    for end, listed in self.endings:
                        if bare.endswith(end):
                            yield f"{bare.removesuffix(end)}{listed}", before, after

    def mended(self, folded: str) -> Meant | None:
        """Return what a misspelt word means: the first known word in the alphabet that is one slip away."""
        if len(folded) < LONG_ENOUGH_TO_MEND:
            return None
        near = (
            word
            for length in (len(folded) - 1, len(folded), len(folded) + 1)
            for word in self.listed.get(f"{folded[0]}{length}", ())
            if _one_slip(folded, word)
        )
        meant = min(near, default=None)
        return self.forms[meant] if meant else None

    def parted(self, folded: str, most: int = MOST_PARTS) -> list[Meant]:
        """Return what the parts of a compound mean, in order; nothing when it is none."""
        if not self.joints or most < 2:
            return []
        ends = range(len(folded) - SHORTEST_PART, SHORTEST_PART - 1, -1)
        for part, at in product((self._listed_part, self._part), ends):
            first = part(folded[:at])
            if first is None:
                continue
            for joint in self.joints:
                rest = folded[at:].removeprefix(joint)
                if joint and len(rest) == len(folded) - at:
                    continue
                last = self._part(rest) if len(rest) >= SHORTEST_PART else None
                more = [last] if last else self.parted(rest, most - 1)
                if more:
                    return [first, *more]
        return []

    def _part(self, folded: str) -> Meant | None:
        return self._listed_part(folded) or self._listed_part(self.stem(folded))

    def _listed_part(self, key: str) -> Meant | None:
        meant = self.forms.get(key)
        return meant if meant and (meant[0] in INFLECTED or meant[0] in ("number", "name", "place", "and")) else None


def _itself(word: str) -> str:
    return word


@lru_cache(maxsize=64)
def _letters(known: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of letters, and of rows of letters, that are read as others; the longest first."""
    return re.compile("|".join(map(re.escape, sorted(known, key=lambda row: (-len(row), row)))))


@lru_cache(maxsize=16)
def _stemmer(name: str) -> Any:  # noqa: ANN401  PyStemmer ships no types
    return Stemmer.Stemmer(name)


def _one_slip(one: str, other: str) -> bool:
    """Return whether two words differ by one letter, or by two neighbours that are swapped."""
    short = min(len(one), len(other))
    start = next((at for at in range(short) if one[at] != other[at]), short)
    if len(one) != len(other):
        shorter, longer = sorted((one, other), key=len)
        return shorter[start:] == longer[start + 1 :]
    swapped = one[start : start + 2] == other[start : start + 2][::-1] and one[start + 2 :] == other[start + 2 :]
    return swapped or one[start + 1 :] == other[start + 1 :]


class Glossaries:
    """The languages that are told apart and those that are read; one that no message needs is not unpacked."""

    def __init__(self, languages: Languages, glossaries: Iterable[Glossary]) -> None:
        self._english = languages.english
        self._languages = marshal.dumps(_plain(languages))
        self._packed = {glossary.code: marshal.dumps(_plain(glossary)) for glossary in glossaries}
        self._unpacked: dict[str, Glossary] = {}
        self._told: Languages | None = None

    def __getstate__(self) -> dict[str, Any]:
        packed = {"_english": self._english, "_languages": self._languages, "_packed": self._packed}
        return packed | {"_unpacked": {}, "_told": None}

    def recognise(self, message: str) -> Language | None:
        """Return the language of a message, English left out; None when it is English or cannot be told."""
        return None if is_plainly_english(message, self._english) else self.languages.recognise(message)

    def unpack(self) -> tuple[Glossary, ...]:
        """Unpack all there is now, so that no message has to wait for it; return the languages that are read."""
        return tuple(filter(None, map(self.glossary, self.languages.known)))

    @property
    def languages(self) -> Languages:
        """The languages that are told apart."""
        if self._told is None:
            known, *others = marshal.loads(self._languages)  # noqa: S302  made by this class
            self._told = Languages({code: Language(*each) for code, each in known.items()}, *others)
        return self._told

    def glossary(self, code: str) -> Glossary | None:
        """Return the glossary of a language; None when it is not read."""
        if code not in self._unpacked and code in self._packed:
            self._unpacked[code] = Glossary(*marshal.loads(self._packed[code]))  # noqa: S302  made by this class
        return self._unpacked.get(code)


def _plain(value: Any) -> Any:  # noqa: ANN401  what `marshal` takes
    """Return a value without classes of ours in it."""
    if isinstance(value, str):
        return value
    if is_dataclass(value):
        return tuple(_plain(getattr(value, field.name)) for field in fields(value))
    if isinstance(value, tuple | list):
        return tuple(map(_plain, value))
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value


def load_glossaries(
    names: Mapping[str, NameRecord], english: Collection[str], folder: Path = LEXICON, path: Path = LANGUAGES
) -> Glossaries:
    """Read every language that has a folder with a `grammar.toml` that names it.

    Args:
        names: those of the base; their forms are known in every language.
        english: words that may be English, in lower case: they tell no other language.
        folder: where the folders of the languages are.
        path: the file of the languages that are told apart.
    """
    folders = (each for each in sorted(folder.iterdir()) if each.is_dir())
    read = [writer.glossary(names) for writer in map(_writer, folders) if writer is not None]
    own_words = {glossary.code: dict(_telling(glossary)) for glossary in read}
    forms = [form for record in names.values() for form in record.forms]
    return Glossaries(load_languages(own_words, english, forms, path), read)


def _telling(glossary: Glossary) -> Iterator[tuple[str, float]]:
    """Yield the single words of a glossary that tell its language, and what each weighs; names tell none."""
    spelt = {read: row for row, read in glossary.letters.items() if len(row) > len(read)}
    for form, (tag, _) in glossary.forms.items():
        if " " not in form and form[0] != "~" and tag not in ("name", "place"):
            yield form, 0.5 if form.isascii() else 1.0
            if spelt and not form.isascii():
                yield "".join(_spelt(letter, spelt, glossary.letters) for letter in form), 1.0
    for verb in glossary.parted_verbs:
        if verb[0] != "~":
            yield verb, 0.5


def _spelt(letter: str, spelt: Mapping[str, str], letters: Mapping[str, str]) -> str:
    """Return how a letter is written without its mark: "ae" for "ä"."""
    bare = unmarked(letter)
    return letters.get(bare, bare) if bare == letter else spelt.get(bare, bare)


def _tables(folder: Path) -> dict[str, Any]:
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))}


@cache
def _writer(folder: Path) -> _Writer | None:
    """Return what makes the glossary of one language for any base; None where a folder holds none."""
    tables = _tables(folder)
    return _Writer(folder, tables) if "language" in tables.get(GRAMMAR, {}) else None


class _Writer:
    """Makes the glossary of one language from its files."""

    def __init__(self, folder: Path, tables: Mapping[str, Any]) -> None:
        self._grammar = tables[GRAMMAR]
        self._vocabularies = {name: table for name, table in tables.items() if name != GRAMMAR}
        language = self._grammar["language"]
        self._forms: dict[str, Meant] = {}
        self._longest: dict[str, int] = {}
        self._bare = Glossary(
            code=folder.name,
            stemmer=language.get("stemmer", ""),
            forms={},
            longest={},
            letters=self._grammar.get("letters", {}),
            elided=frozenset(language.get("elided", ())),
            prefixes=self._prefixes(),
            suffixes=self._suffixes(),
            endings=tuple(self._grammar.get("endings", {}).items()),
            joints=tuple(language.get("joints", ())),
            listed={},
            rules=tuple(self._rules()),
            parted_verbs={},
        )

    @cached_property
    def _spoken(self) -> Glossary:
        """The glossary without the names of any base."""
        meanings = [
            (form, (tag, gloss))
            for vocabulary in self._vocabularies.values()
            for tag, table in vocabulary.items()
            for gloss, forms in table.items()
            for form in forms
        ]
        parted = self._parted_verbs((form, meant) for form, meant in meanings if GAP in form)
        meanings = [(form, meant) for form, meant in meanings if GAP not in form]
        for keys in (self._as_written, self._folded):
            for form, meant in meanings:
                self._add(keys(form, meant[0]), meant)
        for form, meant in sorted(meanings, key=lambda one: one[1][0] not in VERBAL):
            self._add(self._stemmed(form, meant[0]), meant)
        return replace(self._bare, forms=self._forms, longest=self._longest, parted_verbs=parted)

    def glossary(self, names: Mapping[str, NameRecord]) -> Glossary:
        spoken = self._spoken
        self._forms, self._longest = dict(spoken.forms), dict(spoken.longest)
        named = [
            (form, ("place" if record.kind in PLACES else "name", form if form.isascii() else record.forms[0]))
            for record in names.values()
            for form in record.forms
        ]
        for form, meant in named:
            written, folded = self._as_written(form, meant[0]), self._folded(form, meant[0])
            if folded and spoken.longest_at(written, folded, 0)[0] < len(folded):
                self._add(written, meant)
                self._add(folded, meant)
        listed: dict[str, list[str]] = {}
        for word in sorted(self._forms):
            if " " not in word and len(word) >= LONG_ENOUGH_TO_MEND - 1 and self._bare.fold(word) == word:
                listed.setdefault(f"{word[0]}{len(word)}", []).append(word)
        return replace(
            spoken,
            forms=self._forms,
            longest=self._longest,
            listed={key: tuple(words) for key, words in listed.items()},
        )

    def _parted_verbs(self, meanings: Iterable[tuple[str, Meant]]) -> dict[str, tuple[tuple[str, Meant], ...]]:
        known: dict[str, dict[str, Meant]] = {}
        for form, meant in meanings:
            verb, particle = (self._bare.fold(word.strip()) for word in form.split(GAP))
            for key in (verb, self._bare.stem(verb)):
                known.setdefault(key, {}).setdefault(particle, meant)
        return {verb: tuple(particles.items()) for verb, particles in known.items()}

    def _as_written(self, form: str, _: str) -> list[str]:
        return [word.lower() for word in self._bare.tokens(form) if word != "-"]

    def _folded(self, form: str, _: str) -> list[str]:
        return [self._bare.fold(word) for word in self._bare.tokens(form) if word != "-"]

    def _stemmed(self, form: str, tag: str) -> list[str]:
        folded = self._folded(form, tag)
        return [self._bare.stem(word) for word in folded] if tag in INFLECTED and self._bare.stemmer else []

    def _add(self, keys: list[str], meant: Meant) -> None:
        if keys:
            self._forms.setdefault(" ".join(keys), meant)
            self._longest[keys[0]] = max(self._longest.get(keys[0], 0), len(keys))

    def _prefixes(self) -> tuple[Affix, ...]:
        """Return the rows of prefixes that a word may have: at most one of each slot, in the order of the slots."""
        slots: dict[int, list[Affix]] = {}
        for prefix in self._grammar.get("prefix", ()):
            slots.setdefault(prefix["slot"], []).append(_affix(prefix))
        rows = product(*([("", ()), *slots[slot]] for slot in sorted(slots)))
        joined = {"".join(form for form, _ in row): tuple(one for _, meant in row for one in meant) for row in rows}
        joined.update(_affix(prefix) for prefix in self._grammar.get("prefix", ()))
        return tuple(sorted(((form, meant) for form, meant in joined.items() if form), key=lambda one: len(one[0])))

    def _suffixes(self) -> tuple[Affix, ...]:
        suffixes = map(_affix, self._grammar.get("suffix", ()))
        return tuple(sorted(suffixes, key=lambda one: -len(one[0])))

    def _rules(self) -> Iterator[Rule]:
        groups: dict[str, str] = {}
        for name, pattern in self._grammar.get("groups", {}).items():
            groups[name] = f"(?:{_pattern(pattern, groups)})"
        for rule in self._grammar.get("rule", ()):
            pattern = _pattern(rule["find"], groups)
            re.compile(pattern)
            yield pattern, tuple(rule["put"].split())


def _affix(table: Mapping[str, Any]) -> Affix:
    return table["form"], ((table["tag"], table.get("gloss", "")),)


def character(tag: str) -> str:
    """Return the character that stands for a tag in the pattern of a rule."""
    if tag not in TAGS:
        raise ValueError(f'"{tag}" is neither a tag nor a group')
    return chr(_FIRST_CHARACTER + TAGS.index(tag))


def _pattern(written: str, groups: Mapping[str, str]) -> str:
    """Return a rule's pattern of words as one of characters: a tag is a character, a group its own pattern."""
    return _TAG.sub(
        lambda word: groups[word.group()] if word.group() in groups else character(word.group()), written
    ).replace(" ", "")
