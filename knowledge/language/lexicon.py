"""General vocabularies: what the words of a language mean, whatever the documents are about.

They are TOML files under `knowledge/lexicon/<language>/`. A *concept* is one thing, act or quality with the forms that
people use for it; forms are matched by the Snowball stems of their words. A *key* is what the engine compares:
`demand` for a concept, `name:hamas` for a name of the base, `=stem` for a word that no vocabulary knows.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from knowledge.language.grammar import LEXICON, Grammar, load_grammar
from knowledge.language.text import stem, without_determiners, words

CONCEPT_FILES = ("acts", "things", "qualities")

LOOSE = 0.55
"""Strength of a form that is ambiguous alone, such as "want" for a demand. Flat between 0.4 and 0.7 when measured."""

LONGER_WORD = 4
"""Letters from which a word is long enough to be found when it is run together with another."""

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class Concept:
    """A thing, act or quality.

    Attributes:
        near: concepts that match in part.
        opposite: concepts that exclude this one.
        unlike: acts that one and the same does not do to one thing: who rejects it does not demand it.
    """

    id: str
    is_act: bool
    near: frozenset[str]
    opposite: frozenset[str]
    unlike: frozenset[str] = frozenset()


Sense = tuple[str, float]
"""One meaning of a form: a key, and how surely the form means it, in (0, 1]."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A kind of answer that a question asks for.

    Attributes:
        kind: its id in `questions.toml`.
        slots: kinds of slot, any of which will do.
        exact: a fact without such a slot does not answer, however near it is.
    """

    kind: str
    slots: frozenset[str]
    exact: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Phrases(Generic[Meaning]):
    """Rows of tokens with what they mean; the longest that begins at a place is found first.

    Each is equal to itself only, so that what was found by it can be kept.

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
        found: list[tuple[int, int, Meaning]] = []
        end = 0
        for at, token in enumerate(tokens):
            if at >= end and token in self.longest:
                length, meanings = self.longest_at(tokens, at)
                found += [(at, length, meaning) for meaning in meanings]
                end = at + length
        return found


@dataclass(frozen=True)
class Lexicon:
    """The vocabularies of one language.

    Attributes:
        grammar: closed lists of words by what they do in a question.
        concepts: by id.
        forms: stems of a form -> its senses.
        function_words: words that carry no topic.
        cues: words at the head of a question -> the kind of answer wanted; the token "^" is the beginning.
        answer_nouns: key of a noun behind "which" or "what" -> the kind of answer wanted.
        chat_spellings: words as typed -> words as meant.
        framing: words around a question that carry no content -> what they are ("greeting", "instruction" ...).
        following: words that make a message a follow-up -> their kind ("link", "pronoun", "other", "rest").
        earlier: words of one that asks what was said before -> "earlier", "changed", "now", or "beside" for others.
        asked_by_act: act behind "who" -> the kind of answer that it asks for ("who said": the source).
        manners: phrases that make a message no question to the documents -> "opinion:judgement", "smalltalk:joke",
            "scope:cooking" ...
        world: names that people may ask about, in any base -> their kind ("countries", "people" ...).
        world_words: words of these names in lower case, without the short ones of longer names.
        spellings: every lower-case word that stands in these vocabularies.
        two_words: nouns of two longer words, which people run together: ("prime", "minister").
    """

    grammar: Grammar
    concepts: Mapping[str, Concept]
    forms: Phrases[Sense]
    function_words: frozenset[str]
    cues: Phrases[Wanted]
    answer_nouns: Mapping[str, Wanted]
    chat_spellings: Phrases[tuple[str, ...]]
    framing: Phrases[str]
    following: Phrases[str]
    earlier: Phrases[str]
    asked_by_act: Mapping[str, Wanted]
    manners: Phrases[str]
    world: Phrases[Sense]
    world_words: frozenset[str]
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
    return _Tables(folder).lexicon()


class _Tables:
    """The files of one language, read; every word that stands in them is noted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tables = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))}
        self._spellings: set[str] = set()
        self._two_words: set[tuple[str, str]] = set()

    def lexicon(self) -> Lexicon:
        concepts, forms = self._concepts()
        function_words = frozenset(self._tables["function"]["words"])
        cues, nouns = self._kinds_of_answer()
        kinds = self._tables["questions"].items()
        return Lexicon(
            grammar=load_grammar(self._folder),
            concepts=concepts,
            forms=forms,
            function_words=function_words,
            cues=cues,
            answer_nouns=nouns,
            asked_by_act={act: _wanted(kind, table) for kind, table in kinds for act in table.get("acts", ())},
            chat_spellings=self._chat_spellings(),
            framing=self._phrases(self._tables["framing"]),
            following=self._phrases(self._tables["following"]),
            earlier=self._earlier(),
            manners=self._manners(),
            world=self._world(),
            world_words=frozenset(self._world_words()),
            spellings=frozenset(self._spellings | function_words),
            two_words=tuple(sorted(self._two_words)),
        )

    def _known(self, form: str) -> tuple[str, ...]:
        """Return the words of a form, which are noted as words of the language."""
        tokens = tuple(word.text for word in words(form))
        self._spellings.update(tokens)
        return tokens

    def _concepts(self) -> tuple[dict[str, Concept], Phrases[Sense]]:
        concepts: dict[str, Concept] = {}
        forms: Phrases[Sense] = Phrases()
        for file in CONCEPT_FILES:
            for key, table in self._tables[file].items():
                concepts[key] = _merged(concepts.get(key), key, table, is_act=file == "acts")
                for kind, strength in (("forms", 1.0), ("loose", LOOSE)):
                    for form in table.get(kind, ()):
                        tokens = self._known(form)
                        forms.add(stems(form), (key, strength))
                        if file == "things" and len(tokens) == 2 and min(map(len, tokens)) >= LONGER_WORD:
                            self._two_words.add((tokens[0], tokens[1]))
        return concepts, forms

    def _phrases(self, tables: Mapping[str, Any], prefix: str = "") -> Phrases[str]:
        """Return the forms of tables, each meaning the name of its table."""
        phrases: Phrases[str] = Phrases()
        for kind, table in tables.items():
            for form in table["forms"]:
                phrases.add(self._known(form), f"{prefix}{kind}")
        return phrases

    def _earlier(self) -> Phrases[str]:
        """Return the words that ask for what was said before; only a base with versions takes note of them."""
        earlier: Phrases[str] = Phrases()
        for kind, table in self._tables["versions"].items():
            for form in table["forms"]:
                earlier.add([word.text for word in words(form)], kind)
        return earlier

    def _chat_spellings(self) -> Phrases[tuple[str, ...]]:
        chat: Phrases[tuple[str, ...]] = Phrases()
        for written, meant in self._tables["chatspeak"]["replace"].items():
            if not written.endswith("'s") and not written.startswith("'"):  # words are read without either
                chat.add([word.text for word in words(written)], tuple(word.text for word in words(meant)))
        return chat

    def _kinds_of_answer(self) -> tuple[Phrases[Wanted], dict[str, Wanted]]:
        cues: Phrases[Wanted] = Phrases()
        nouns: dict[str, Wanted] = {}
        determiners = load_grammar(self._folder).determiners
        for kind, table in self._tables["questions"].items():
            wanted = _wanted(kind, table)
            for cue in table["cues"]:
                beginning = ("^",) if cue.startswith("^") else ()
                cues.add(
                    (*beginning, *(word for word in self._known(cue.lstrip("^ ")) if word not in determiners)), wanted
                )
            for noun in table.get("nouns", ()):
                nouns.setdefault(stem(self._known(noun)[0]), wanted)
        return cues, nouns

    def _manners(self) -> Phrases[str]:
        manners = self._phrases(self._tables["smalltalk"], "smalltalk:")
        for prefix, tables in (("opinion:", self._tables["opinion"]), ("scope:", self._tables["scope"]["topics"])):
            more = self._phrases(tables, prefix)
            manners.meanings.update(more.meanings)
            for first, length in more.longest.items():
                manners.longest[first] = max(manners.longest.get(first, 0), length)
        return manners

    def _world_words(self) -> Iterator[str]:
        for names in self._tables["world"].values():
            for table in names.values():
                for form in (*table.get("forms", ()), *table.get("capital", ())):
                    row = [word.text for word in words(form)]
                    yield from (word for word in row if len(row) == 1 or len(word) >= LONGER_WORD)

    def _world(self) -> Phrases[Sense]:
        world: Phrases[Sense] = Phrases()
        for kind, names in self._tables["world"].items():
            for name, table in names.items():
                for form in (*table.get("forms", ()), *table.get("capital", ())):
                    world.add(stems(form), (f"world:{kind}:{name}", 1.0))
        return world


def _merged(known: Concept | None, key: str, table: Mapping[str, Any], *, is_act: bool) -> Concept:
    """Return a concept that may stand in two files: "release" is an act, and a thing that is spoken of."""
    near, opposite, unlike = (frozenset(table.get(relation, ())) for relation in ("near", "opposite", "unlike"))
    if known is None:
        return Concept(key, is_act, near, opposite, unlike)
    is_act = known.is_act or is_act
    return Concept(key, is_act, known.near | near, known.opposite | opposite, known.unlike | unlike)


def _wanted(kind: str, table: Mapping[str, Any]) -> Wanted:
    return Wanted(kind, frozenset(table["slots"]), bool(table.get("exact", False)))
