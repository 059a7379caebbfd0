"""General vocabularies: what the words of a language mean, whatever the documents are about.

They are TOML files under `knowledge/lexicon/<language>/`. A *concept* is one thing, act or quality with the forms that
people use for it; forms are matched by the Snowball stems of their words. A *key* is what the engine compares:
`demand` for a concept, `name:hamas` for a name of the base, `=stem` for a word that no vocabulary knows.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from knowledge.text import DETERMINERS, stem, without_determiners, words

LEXICON = Path(__file__).resolve().parent / "lexicon"
CONCEPT_FILES = ("acts", "things", "qualities")

LOOSE = 0.55
"""Strength of a form that is ambiguous alone, such as "want" for a demand. Flat between 0.4 and 0.7 when measured."""

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class Concept:
    """A thing, act or quality; close concepts match in part, opposite ones exclude each other."""

    id: str
    is_act: bool
    near: frozenset[str]
    opposite: frozenset[str]


Sense = tuple[str, float]
"""One meaning of a form: a key, and how surely the form means it, in (0, 1]."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A kind of answer that a question asks for.

    Attributes:
        kind: its id in `questions.toml`.
        slots: kinds of slot, any of which will do.
        firm: a fact without such a slot hardly answers.
        exact: a fact without such a slot does not answer, however near it is.
    """

    kind: str
    slots: frozenset[str]
    firm: bool
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Phrases(Generic[Meaning]):
    """Rows of tokens with what they mean; the longest that begins at a place is found first.

    Attributes:
        meanings: tokens joined by spaces -> what they mean.
        longest: first token -> most tokens in a row that begins with it.
    """

    meanings: dict[str, tuple[Meaning, ...]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)

    def add(self, tokens: Sequence[str], meaning: Meaning) -> None:
        """Add one row; a row may have several meanings."""
        if not tokens:
            return
        row = " ".join(tokens)
        known = self.meanings.get(row, ())
        if meaning not in known:
            self.meanings[row] = (*known, meaning)
        self.longest[tokens[0]] = max(self.longest.get(tokens[0], 0), len(tokens))

    def longest_at(self, tokens: Sequence[str], at: int) -> tuple[int, tuple[Meaning, ...]]:
        """Return the length of the longest row that begins at `at`, with its meanings; (0, ()) when there is none."""
        for length in range(min(self.longest.get(tokens[at], 0), len(tokens) - at), 0, -1):
            meanings = self.meanings.get(" ".join(tokens[at : at + length]))
            if meanings is not None:
                return length, meanings
        return 0, ()

    def find(self, tokens: Sequence[str]) -> list[tuple[int, int, Meaning]]:
        """Return (start, length, meaning) of the rows found in other tokens, without overlaps, from left to right."""
        found = []
        at = 0
        while at < len(tokens):
            length, meanings = self.longest_at(tokens, at)
            found.extend((at, length, meaning) for meaning in meanings)
            at += max(length, 1)
        return found


@dataclass(frozen=True)
class Lexicon:
    """The vocabularies of one language.

    Attributes:
        concepts: by id.
        forms: stems of a form -> its senses.
        function_words: words that carry no topic.
        cues: words at the head of a question -> the kind of answer wanted; the token "^" is the beginning.
        answer_nouns: key of a noun behind "which" or "what" -> the kind of answer wanted.
        chat_spellings: words as typed -> words as meant.
        framing: words around a question that carry no content -> what they are ("greeting", "instruction" ...).
        following: words that make a message a follow-up -> their kind ("link", "pronoun", "other", "rest").
        asked_by_act: act behind "who" -> the kind of answer that it asks for ("who said": the source).
        manners: phrases that make a message no question to the documents -> "opinion:judgement", "smalltalk:joke",
            "scope:cooking" ...
        world: names that people may ask about, in any base -> their kind ("countries", "people" ...).
        spellings: every lower-case word that stands in these vocabularies.
        two_words: nouns of two longer words, which people run together: ("prime", "minister").
    """

    concepts: Mapping[str, Concept]
    forms: Phrases[Sense]
    function_words: frozenset[str]
    cues: Phrases[Wanted]
    answer_nouns: Mapping[str, Wanted]
    chat_spellings: Phrases[tuple[str, ...]]
    framing: Phrases[str]
    following: Phrases[str]
    asked_by_act: Mapping[str, Wanted]
    manners: Phrases[str]
    world: Phrases[Sense]
    spellings: frozenset[str]
    two_words: tuple[tuple[str, str], ...]

    def acts(self) -> frozenset[str]:
        """Return the ids of the acts."""
        return frozenset(concept.id for concept in self.concepts.values() if concept.is_act)


def stems(form: str) -> tuple[str, ...]:
    """Return the stems of the words of a form, in order, determiners left out."""
    return tuple(stem(word.text) for word in without_determiners(words(form)))


@lru_cache(maxsize=1)
def load_lexicon(folder: Path = LEXICON / "en") -> Lexicon:
    """Read the vocabularies of one language; they ship with the package, so a fault in them is a fault of ours."""
    tables = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))}
    spellings: set[str] = set()

    def known(forms: Iterable[str]) -> Iterable[tuple[str, ...]]:
        for form in forms:
            tokens = tuple(word.text for word in words(form))
            spellings.update(tokens)
            yield tokens

    concepts: dict[str, Concept] = {}
    two_words: set[tuple[str, str]] = set()
    forms: Phrases[Sense] = Phrases()
    for name in CONCEPT_FILES:
        for key, table in tables.get(name, {}).items():
            concepts[key] = _merged(concepts.get(key), key, name == "acts", table)
            for field, strength in (("forms", 1.0), ("loose", LOOSE)):
                for tokens in known(table.get(field, ())):
                    if name == "things" and len(tokens) == 2 and min(map(len, tokens)) >= 4:
                        two_words.add((tokens[0], tokens[1]))
                    forms.add([stem(token) for token in tokens if token not in DETERMINERS], (key, strength))

    framing: Phrases[str] = Phrases()
    for kind, table in tables.get("framing", {}).items():
        for tokens in known(table["forms"]):
            framing.add(tokens, kind)
    chat: Phrases[tuple[str, ...]] = Phrases()
    for written, meant in tables.get("chatspeak", {}).get("replace", {}).items():
        if written.endswith("'s") or written.startswith("'"):
            continue  # the words of a text are read without an 's and without quotation marks
        chat.add([word.text for word in words(written)], tuple(word.text for word in words(meant)))
    function_words = frozenset(tables["function"]["words"])
    spellings.update(function_words)
    following: Phrases[str] = Phrases()
    for kind, table in tables["following"].items():
        for tokens in known(table["forms"]):
            following.add(tokens, kind)
    cues, nouns = _kinds_of_answer(tables["questions"], forms, known)
    return Lexicon(
        concepts=concepts,
        forms=forms,
        function_words=function_words,
        cues=cues,
        answer_nouns=nouns,
        chat_spellings=chat,
        framing=framing,
        following=following,
        asked_by_act={
            act: _wanted(kind, table) for kind, table in tables["questions"].items() for act in table.get("acts", ())
        },
        manners=_manners(tables, known),
        world=_world(tables.get("world", {})),
        spellings=frozenset(spellings),
        two_words=tuple(sorted(two_words)),
    )


def _merged(known: Concept | None, key: str, is_act: bool, table: Mapping[str, Any]) -> Concept:
    """Return a concept that may stand in two files: "release" is an act, and a thing that is spoken of."""
    near, opposite = frozenset(table.get("near", ())), frozenset(table.get("opposite", ()))
    if known is None:
        return Concept(key, is_act, near, opposite)
    return Concept(key, known.is_act or is_act, known.near | near, known.opposite | opposite)


def _wanted(kind: str, table: Mapping[str, Any]) -> Wanted:
    return Wanted(kind, frozenset(table["slots"]), bool(table.get("firm", False)), bool(table.get("exact", False)))


def _kinds_of_answer(
    tables: Mapping[str, Any], forms: Phrases[Sense], known: Any
) -> tuple[Phrases[Wanted], dict[str, Wanted]]:
    cues: Phrases[Wanted] = Phrases()
    nouns: dict[str, Wanted] = {}
    for kind, table in tables.items():
        wanted = _wanted(kind, table)
        for cue in table["cues"]:
            head = ("^",) if cue.startswith("^") else ()
            for tokens in known([cue.lstrip("^ ")]):
                cues.add((*head, *(token for token in tokens if token not in DETERMINERS)), wanted)
        for noun in table.get("nouns", ()):
            for tokens in known([noun]):
                nouns.setdefault(stem(tokens[0]), wanted)
    return cues, nouns


def _manners(tables: Mapping[str, Any], known: Any) -> Phrases[str]:
    manners: Phrases[str] = Phrases()
    groups = {
        "smalltalk": tables.get("smalltalk", {}),
        "opinion": tables.get("opinion", {}),
        "scope": tables.get("scope", {}).get("topics", {}),
    }
    for group, kinds in groups.items():
        for kind, table in kinds.items():
            for tokens in known(table["forms"]):
                manners.add(tokens, f"{group}:{kind}")
    return manners


def _world(table: Mapping[str, Any]) -> Phrases[Sense]:
    world: Phrases[Sense] = Phrases()
    for kind, names in table.items():
        for name, fields in names.items():
            for form in (*fields.get("forms", ()), *fields.get("capital", ())):
                world.add(stems(form), (f"world:{kind}:{name}", 1.0))
    return world
