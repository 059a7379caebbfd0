"""Small closed lists of a language's grammar, as `knowledge/lexicon/<language>/grammar.toml` holds them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

LEXICON = Path(__file__).resolve().parents[1] / "lexicon"


@dataclass(frozen=True, slots=True)
class Grammar:
    """Words by what they do in a question; each list is explained where it is written."""

    determiners: frozenset[str]
    auxiliaries: frozenset[str]
    question_words: frozenset[str]
    subjects: frozenset[str]
    owners: frozenset[str]
    relative: frozenset[str]
    impersonal: frozenset[str]
    differing: frozenset[str]
    comparative_endings: frozenset[str]
    advising: frozenset[str]
    imperatives: frozenset[str]
    before_a_question: frozenset[str]
    joining: frozenset[str]
    leading: frozenset[str]
    listing: frozenset[str]
    plural_heads: frozenset[str]
    comparing: frozenset[str]
    against: frozenset[str]
    of_lists: frozenset[str]
    of_texts: frozenset[str]
    containing: frozenset[str]
    asking_which: frozenset[str]
    before_a_head: frozenset[str]
    listing_anywhere: frozenset[str]
    not_before_all: frozenset[str]
    not_behind_all: frozenset[str]
    mentioning: frozenset[str]
    plurals: frozenset[str]
    disputing: frozenset[str]
    disputes: frozenset[str]
    disputed: frozenset[str]
    measuring: frozenset[str]
    lasting: frozenset[str]
    of_order: frozenset[str]
    one_of_two: frozenset[str]
    other_of_two: frozenset[str]
    presenting: frozenset[str]
    positions: frozenset[str]
    sides: frozenset[str]
    stances: frozenset[str]
    foremost: frozenset[str]
    choosing: frozenset[str]
    asking_degree: frozenset[str]
    conditional: frozenset[str]
    asking_what: frozenset[str]
    asking_several: frozenset[str]
    behind_which: frozenset[str]
    speaking_of: frozenset[str]
    unspecific: frozenset[str]
    exemplifying: frozenset[str]
    referring: frozenset[str]
    partaking: frozenset[str]
    of_any: frozenset[str]
    of_each: frozenset[str]
    oneself: frozenset[str]
    apart: frozenset[str]
    how_far: frozenset[str]
    coming_from: frozenset[str]
    definite: frozenset[str]
    opposed: frozenset[str]
    of_two_sides: frozenset[str]
    at_least: frozenset[str]
    at_most: frozenset[str]
    fewer: frozenset[str]
    contracting: frozenset[str]
    coordinating: frozenset[str]
    of_which: frozenset[str]
    agent_after: frozenset[str]
    target_after: frozenset[str]
    mentioned_after: frozenset[str]
    source_of: frozenset[str]
    passive: frozenset[str]
    demonym_endings: frozenset[str]
    links: frozenset[str]
    denying: frozenset[str]
    perfect: frozenset[str]
    modals: frozenset[str]
    by_now: frozenset[str]
    prospective: frozenset[str]
    saying: frozenset[str]
    authored: frozenset[str]
    speaking: frozenset[str]

    def begins_question(self, word: str) -> bool:
        """Return whether a question may begin with a word."""
        return word in self.question_words or word in self.auxiliaries or word in self.imperatives


@lru_cache(maxsize=1)
def load_grammar(folder: Path = LEXICON / "en") -> Grammar:
    """Read the grammar of one language."""
    lists = tomllib.loads((folder / "grammar.toml").read_text("utf-8"))
    return Grammar(**{field.name: frozenset(lists[field.name]) for field in fields(Grammar)})


@lru_cache(maxsize=1)
def load_irregular(folder: Path = LEXICON / "en") -> dict[str, str]:
    """Return irregular forms of one language -> the regular form that shares their meaning."""
    tables = tomllib.loads((folder / "irregular.toml").read_text("utf-8"))
    return {form: lemma for table in tables.values() for lemma, forms in table.items() for form in forms}
