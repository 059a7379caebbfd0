"""Questions that are taken apart into terms in their places, and written anew with one of them changed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.language.grammar import LEXICON, load_grammar, load_irregular
from knowledge.language.numbers import small_number
from knowledge.language.spelling import english_words
from knowledge.language.terms import Term
from knowledge.language.text import Word, stem, without_determiners, words
from knowledge.message.reading import Reader
from knowledge.models import NameRecord

Change = tuple[int, int, str]
"""Start and end of a stretch of a text, and what stands there instead."""


@dataclass(frozen=True, slots=True)
class Rewriting:
    """Words of a language by which a question is changed; each list is explained where it is written."""

    stated: str
    following: str
    denying: Mapping[str, str]
    open: frozenset[str]
    vague: frozenset[str]
    mutual: frozenset[str]


@lru_cache(maxsize=1)
def load_rewriting(folder: Path = LEXICON / "en") -> Rewriting:
    """Read them for one language."""
    table = tomllib.loads((folder / "rewriting.toml").read_text("utf-8"))
    return Rewriting(
        stated=table["stated"],
        following=table["following"],
        denying=table["denying"],
        open=frozenset(table["open"]["forms"]),
        vague=frozenset(table["vague"]["forms"]),
        mutual=frozenset(table["mutual"]["acts"]),
    )


@dataclass(frozen=True, slots=True)
class Text:
    """A curated text with its terms in their places.

    Attributes:
        tokens: its words without determiners, numbers in digits.
        terms: what they mean; `Term.start` counts in `tokens`.
        found: all its words as they are written.
        places: start of a term in `tokens` -> its place in the text; none for what is written otherwise.
    """

    written: str
    tokens: tuple[Word, ...]
    terms: tuple[Term, ...]
    found: tuple[Word, ...]
    places: Mapping[int, tuple[int, int]]

    @classmethod
    def of(cls, written: str, reader: Reader) -> Text:
        """Take a text apart, by the language and the names of a base."""
        found = words(written)
        tokens = without_determiners(reader.splitter.spelt(found))
        terms = reader.vocabulary.terms(tokens)
        places = {term.start: _place(tokens[term.start : term.start + term.length]) for term in terms}
        sure = {
            at: place
            for at, place in places.items()
            if _reads(written[slice(*place)], reader) == _keys(terms, at) or small_number(tokens[at].text)
        }
        return cls(written, tokens, terms, tuple(found), sure)

    @property
    def row(self) -> tuple[str, ...]:
        """Its words in lower case."""
        return tuple(word.text for word in self.found)

    @property
    def heavy(self) -> tuple[Term, ...]:
        """The terms that carry a topic."""
        return tuple(term for term in self.terms if not term.light)

    @property
    def named(self) -> frozenset[str]:
        """Ids of the names that it surely speaks of."""
        return frozenset(name for term in self.terms for name in names_of(term))

    @property
    def is_open(self) -> bool:
        """Whether it leaves open, denies or excludes something."""
        return not load_rewriting().open.isdisjoint(self.row)

    def words_of(self, term: Term) -> tuple[Word, ...]:
        """Return the words of a term."""
        return self.tokens[term.start : term.start + term.length]

    def place(self, term: Term) -> tuple[int, int] | None:
        """Return the start and end of a term in the text; None where it stands for what is written otherwise."""
        return self.places.get(term.start)

    def before(self, term: Term, many: int = 1) -> tuple[str, ...]:
        """Return the words before a term, determiners left out, the nearest last."""
        return tuple(word.text for word in self.tokens[max(0, term.start - many) : term.start])

    def with_changes(self, changes: Iterable[Change]) -> str:
        """Return the text with some stretches of it replaced."""
        text = self.written
        for start, end, instead in sorted(changes, reverse=True):
            text = text[:start] + instead + text[end:]
        return text[:1].upper() + text[1:] if self.written[:1].isupper() else text


def _place(row: Sequence[Word]) -> tuple[int, int]:
    return row[0].start, row[-1].end


def _reads(stretch: str, reader: Reader) -> tuple[tuple[str, float], ...]:
    """Return what a stretch of a text means when it stands alone; empty where that is not one term."""
    terms = reader.vocabulary.terms(without_determiners(reader.splitter.spelt(words(stretch))))
    return terms[0].keys if len(terms) == 1 else ()


def _keys(terms: Sequence[Term], at: int) -> tuple[tuple[str, float], ...]:
    return next(term.keys for term in terms if term.start == at)


def names_of(term: Term) -> tuple[str, ...]:
    """Return the ids of the names that a term surely means."""
    return tuple(key[5:] for key, strength in term.keys if strength == 1.0 and key.startswith("name:"))


# Names ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something to be put in the place of another.

    Attributes:
        key: "name:..." where the base names it; else "".
        label: how it is named.
        forms: further ways to name it.
    """

    key: str
    label: str
    forms: tuple[str, ...]

    def like(self, form: str, label: str) -> str:
        """Return how it is named where a form of another stands, whose label is given: "Israeli", "Egyptian"."""
        ending = _ending(form, label)
        fitting = (each for each in self.forms if ending and _ending(each, self.label) == ending)
        return next(fitting, self.label)


def _ending(form: str, label: str) -> str:
    """Return whether a form describes ("adjective") or names people ("people"); "" where it does neither."""
    if form.lower() == label.lower() or not form.isascii() or not form.isalpha():
        return ""
    if not form.lower().endswith(tuple(load_grammar().demonym_endings)):
        return ""
    return "people" if form.endswith("s") else "adjective"


def named(record: NameRecord) -> Named:
    """Return a name of a base to be put in the place of another."""
    return Named(f"name:{record.id}", record.label, record.forms)


@lru_cache(maxsize=1)
def world() -> Mapping[str, tuple[Named, ...]]:
    """Return names of the world by their kind; of cities the capitals, which lie in no place that is spoken of."""
    table = tomllib.loads((LEXICON / "en" / "world.toml").read_text("utf-8"))
    known = {
        kind: tuple(Named("", each["forms"][0], tuple(each["forms"])) for each in names.values() if each.get("forms"))
        for kind, names in table.items()
    }
    capitals = (each["capital"][0] for each in table["countries"].values() if each.get("capital"))
    return {**known, "cities": tuple(Named("", capital, (capital,)) for capital in capitals)}


def name_changes(text: Text, of: str, instead: Named, names: Mapping[str, NameRecord]) -> list[Change]:
    """Return the changes that put one name in the place of another wherever a text names it; empty where none can."""
    changes = []
    for term in text.terms:
        if of in names_of(term):
            change = _name_change(text, term, instead, names[of].label)
            if change is None:
                return []
            changes.append(change)
    return changes


def _name_change(text: Text, term: Term, instead: Named, label: str) -> Change | None:
    place = text.place(term)
    if place is None:
        return None
    start, end = place
    possessive = text.words_of(term)[-1].possessive
    form = text.written[start:end].removesuffix("'s").removesuffix("’s")
    if possessive and text.written[end : end + 1] in ("'", "’"):
        end += 1  # "the militants' view"
    put = instead.like(form, label)
    determiners = load_grammar().determiners
    article = next((word for word in text.found if word.end == start - 1 and word.text in determiners), None)
    if article is not None:
        first, _, rest = put.partition(" ")
        if first.lower() in determiners:
            put = rest
        elif (
            article.text in load_grammar().definite
            and form != label
            and (form[-1] == "s" or not _describes(text, term))
        ):
            start = article.start  # "the Egyptians" becomes "Hamas"
    return start, end, f"{put}'s" if possessive else put


def _describes(text: Text, term: Term) -> bool:
    """Return whether a name only describes the noun behind it: "the Israeli demand", "the White House plan"."""
    behind = next((each for each in text.terms if each.start == term.start + term.length), None)
    return behind is not None and not behind.light and not text.words_of(term)[-1].possessive


# Acts -----------------------------------------------------------------------------------------------------------------


def inflection(word: str) -> str:
    """Return how a verb is inflected: "ed" or "" for the plain form; "?" where that cannot be told."""
    if word in load_irregular():
        return "ed" if word[-1] != "s" else "?"
    if word.endswith("ed"):
        return "ed"
    return "?" if word.endswith(("s", "ing")) else ""


def inflected(verb: str, ending: str) -> str:
    """Return a regular verb with an ending; "" for an irregular one, which is not known the other way round."""
    if not ending:
        return verb
    if verb in load_irregular().values() or not verb.isalpha():
        return ""
    if verb.endswith("e"):
        return f"{verb}d"
    return f"{verb[:-1]}ied" if verb.endswith("y") and verb[-2:-1] not in "aeiou" else f"{verb}ed"


def is_verb(text: Text, term: Term) -> bool:
    """Return whether a term of one plain word is a verb by what stands before it: "did they reject", "to reject"."""
    grammar = load_grammar()
    at = next((at for at, word in enumerate(text.found) if word.start == text.tokens[term.start].start), 0)
    before = text.row[at - 1] if at else ""
    if before in grammar.auxiliaries or before == "to":
        return True
    subject = next((each for each in text.terms if each.start + each.length == term.start), None)
    if (
        subject is None
        or before in grammar.determiners
        or not names_of(subject)
        or text.tokens[term.start - 1].possessive
    ):
        return False
    asked = not grammar.auxiliaries.isdisjoint(text.row[:at])
    return asked and not subject.text.endswith(tuple(grammar.demonym_endings))


# Dimensions -----------------------------------------------------------------------------------------------------------


def word_for(key: str, reader: Reader) -> str:
    """Return a word that surely means a concept or stands for itself; "" when none is known."""
    if key.startswith("="):
        return key[1:] if stem(key[1:]) == key[1:] and key[1:] in english_words() else ""
    written = key.replace("-", " ")
    terms = reader.vocabulary.terms(words(written))
    return written if len(terms) == 1 and terms[0].means(key) else ""


def concept_change(text: Text, term: Term, key: str, instead: str, reader: Reader) -> Change | None:
    """Return the change that puts a word in the place of the one in a term that means a key: "on Monday"."""
    row = text.words_of(term)
    alone = (word for word in row if any(each.means(key) for each in reader.vocabulary.terms((word,))))
    word = next(alone, row[0] if len(row) == 1 else None)
    if word is None or not word.end:
        return None
    capital = word.start > 0 and text.written[word.start].isupper()
    return word.start, word.end, instead.capitalize() if capital else instead


def standing_at(form: Sequence[str], text: Text) -> Iterator[tuple[Term, ...]]:
    """Yield each row of terms that means a form of a dimension; light words between do not matter."""
    heavy = text.heavy
    for at in range(len(heavy) - len(form) + 1):
        row = heavy[at : at + len(form)]
        if all(term.means(key) for term, key in zip(row, form, strict=True)):
            yield row
