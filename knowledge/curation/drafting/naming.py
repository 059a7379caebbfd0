"""Names that a document speaks of and the base does not know: proposed by their capitals, titles and places.

They are proposed as records marked `draft`, and not as comments, because a drafted fact refers to them, and is proven
only when they are there. A draft of a name changes no answer before a reviewed fact names it: see
`loading.without_drafts`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.curation.drafting.slotting import NameFinder
from knowledge.curation.drafting.words import DraftingWords, load_capitals
from knowledge.documents import Document
from knowledge.language.lexicon import Lexicon, stems
from knowledge.language.spelling import english_words
from knowledge.models import NameKind, NameRecord

_CAPITAL = r"[^\W\d_a-zà-öø-ÿ][\w’'-]*"
_RUN = re.compile(rf"(?<![\w’'-]){_CAPITAL}(?:\s(?:(?:of|bin|al|de|da|van|von|der|la)\s)?{_CAPITAL})*")
_POSSESSIVE = re.compile(r"[’']s?$")
LONGEST_ID = 60

_WORLD: dict[str, NameKind] = {
    "countries": "country",
    "cities": "city",
    "people": "person",
    "outlets": "outlet",
    "organisations": "organisation",
}
"""Kinds of name of `world.toml`, as a base calls them."""


def is_heading(text: str) -> bool:
    """Return whether a sentence is a heading, as documents mark it."""
    return re.fullmatch(r"\s*(?:\*\*.*\*\*|#{1,6}\s.*)\s*", text, re.DOTALL) is not None


def slug(text: str, fallback: str) -> str:
    """Return the words of a text joined by hyphens, in ASCII; another one when nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    joined = "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_ID].strip("-")
    return joined or fallback


@dataclass(frozen=True)
class Namer:
    """Proposes names by the words of a language."""

    lexicon: Lexicon
    said: DraftingWords

    def names_in(self, document: Document, known: Mapping[str, NameRecord]) -> tuple[NameRecord, ...]:
        """Return proposals for the names of a document that no form of a known name covers, in its order."""
        finder = NameFinder(known)
        runs: dict[str, NameKind] = {}
        lower = Counter(re.findall(r"(?<!\w)[a-zà-öø-ÿ][\w’'-]*", document.text))
        for sentence in document.sentences:
            if is_heading(sentence.text):
                continue
            covered = finder.find(sentence.text)
            for match in _RUN.finditer(sentence.text):
                if any(named.start < match.end() and match.start() < named.end for named in covered):
                    continue
                form, title = self._untitled(_POSSESSIVE.sub("", match.group()))
                if form and self._is_name(form, sentence.text, match.start(), lower):
                    kind = self._kind(form, sentence.text[: match.start()], titled=title)
                    if runs.get(form) != "person":
                        runs[form] = kind
        return self._records(runs, known)

    def role(self, phrase: str, known: Iterable[str], part_of: str | None) -> NameRecord | None:
        """Return a proposal for somebody who speaks and has no name: "officials", "a source close to the talks"."""
        form = re.sub(r"^(?:a|an|the|one|some)\s+", "", phrase.strip(), flags=re.IGNORECASE)
        if not re.search(r"\w", form):
            return None
        label = phrase.strip()
        first = label.split()[0]
        label = (
            label if first.lower() not in {"a", "an", "the", "one", "some"} else f"{first.lower()}{label[len(first) :]}"
        )
        key = unique_id(slug(form, "speaker"), known)
        try:
            return NameRecord(id=key, draft=True, label=label, kind="role", forms=(form,), part_of=part_of)
        except ValueError:
            return None

    def _untitled(self, run: str) -> tuple[str, bool]:
        """Return a run of capitals without the titles before it, and whether there was one."""
        titles = re.compile(rf"(?:(?:{self.said.pattern('titles')})\s+)+(?=\S)", re.IGNORECASE)
        within = list(re.finditer(rf"(?<!\w)(?:{self.said.pattern('titles')})\s+(?=\S)", run, re.IGNORECASE))
        match = titles.match(run)
        if match:
            return run[match.end() :], True
        return (run[within[-1].end() :], True) if within else (run, False)

    def _is_name(self, form: str, sentence: str, at: int, lower: Counter[str]) -> bool:
        """Return whether a run of capitals names something: no day, and no common word that begins a sentence."""
        words = form.lower().split()
        if all(word in self.said.of("weekday", "month") or word in self.lexicon.function_words for word in words):
            return False
        begins = not re.search(r"\w", sentence[:at]) or re.search(r"[.:!?\"“„«]\s*$", sentence[:at]) is not None
        common = len(words) == 1 and (lower[words[0]] > 0 or words[0] in english_words())
        return not (begins and common) and not (len(words) == 1 and lower[words[0]] > 1)

    def _kind(self, form: str, before: str, *, titled: bool) -> NameKind:  # noqa: PLR0911  one sign after the other
        words = set(form.lower().split())
        kinds = {key.split(":")[1] for key in self._senses(form)}
        if titled or re.search(rf"\b(?:{self.said.pattern('titles')})\s+$", before):
            return "person"
        if words & self.said.of("organisation"):
            return "organisation"
        if words & self.said.of("outlet"):
            return "outlet"
        if form.lower() in load_capitals():
            return "city"
        if of_world := next((kind for world, kind in _WORLD.items() if world in kinds), None):
            return of_world
        if words & self.said.of("place"):
            return "place"
        if re.search(rf"\b(?:{self.said.pattern('in_place')})\s+(?:the\s+)?$", before):
            return "place"
        common = form.rsplit(maxsplit=1)[-1].lower() in english_words()
        return (
            "person"
            if len(words) in {2, 3} and not common and not re.search(r"\bthe\s+$", before, re.IGNORECASE)
            else "organisation"
        )

    def _records(self, runs: Mapping[str, NameKind], known: Mapping[str, NameRecord]) -> tuple[NameRecord, ...]:
        """Return a record for each name; the surname of a person alone is another form of the same."""
        taken = {form.casefold() for name in known.values() for form in name.forms}
        ids = set(known)
        people = {form.split()[-1]: form for form, kind in runs.items() if kind == "person" and len(form.split()) > 1}
        together: dict[str, list[str]] = {}
        for form, kind in runs.items():
            if form.casefold() in taken:
                continue
            taken.add(form.casefold())
            whole = people.get(form, form) if kind in {"person", "organisation"} else form
            together.setdefault(self._of_world(form) or whole, []).append(form)
        records: list[NameRecord] = []
        for whole, several in together.items():
            forms = tuple(several)
            kind = runs.get(whole, runs[forms[0]])
            surname = whole.split()[-1]
            if kind == "person" and surname != whole and surname.casefold() not in taken:
                forms = (*forms, surname)
                taken.add(surname.casefold())
            key = unique_id(slug(whole, "name"), ids)
            ids.add(key)
            try:
                records.append(NameRecord(id=key, draft=True, label=whole, kind=kind, forms=forms))
            except ValueError:
                continue  # a run of signs that no record holds
        return tuple(records)

    def _of_world(self, form: str) -> str:
        """Return the country that a name or its adjective means; empty for another name."""
        keys = [key for key in self._senses(form) if key.startswith("world:countries:")]
        return keys[0].split(":")[2].replace("-", " ").title() if keys and form.lower() not in load_capitals() else ""

    def _senses(self, form: str) -> list[str]:
        """Return what a name means in the world at large; a stem alone is not enough: "Hamas" is not Hama."""
        row = list(stems(form))
        length, senses = self.lexicon.world.longest_at(row, 0) if row else (0, ())
        known = self.lexicon.world_words | self.lexicon.function_words
        endings = tuple(self.lexicon.grammar.demonym_endings)
        plain = all(
            word in known or (word[:-1] in known and word[:-1].endswith(endings)) for word in form.lower().split()
        )
        return [key for key, _ in senses] if plain and length == len(row) else []


def unique_id(key: str, known: Iterable[str]) -> str:
    """Return an id that is not taken."""
    taken = set(known)
    number = 2
    unique = key
    while unique in taken:
        unique = f"{key}-{number}"
        number += 1
    return unique
