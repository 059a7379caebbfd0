"""The kinds of question that a quote can answer, each with the quote's very words: numbers, times, places, people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from knowledge.curation.drafting.words import DraftingWords, either
from knowledge.models import NameRecord

_KINDS = {
    "side": ("side",),
    "country": ("country", "side"),
    "city": ("city", "place"),
    "place": ("place",),
    "person": ("person", "name"),
    "organisation": ("organisation",),
    "outlet": ("outlet", "source"),
    "role": ("role",),
    "people": ("group",),
}
"""Kinds of name, with the kinds of slot that such a name fills."""

_OF_TIME = frozenset(("clock-time", "age", "date", "relative-time"))
"""Kinds whose numbers count nothing."""

_YEAR = r"(?:1[0-9]|20)\d\d"


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text: `text[start:end]` is a form of the name `id`."""

    start: int
    end: int
    id: str


@dataclass(frozen=True)
class NameFinder:
    """Finds the forms of names in a text, the longest at a place. A form with a capital is found with it only."""

    names: Mapping[str, NameRecord]

    @cached_property
    def _forms(self) -> dict[str, str]:
        return {form: name.id for name in self.names.values() for form in (*name.forms, name.label)}

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {form.casefold(): name for form, name in self._forms.items()}

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        return re.compile(rf"(?<!\w)(?:{either(self._forms)})(?!\w)", re.IGNORECASE) if self._forms else None

    def find(self, text: str) -> tuple[Named, ...]:
        """Return the names of a text, in order."""
        matches = self._pattern.finditer(text) if self._pattern else ()
        return tuple(
            Named(match.start(), match.end(), self._folded[match.group().casefold()])
            for match in matches
            if match.group().casefold() in self._folded
            and (match.group()[0].isupper() or not self._needs_capital(match.group()))
        )

    def _needs_capital(self, found: str) -> bool:
        return not any(form == found for form in self._forms)


@dataclass(frozen=True)
class Slotter:
    """Fills slots by the words of a language and the names of a base."""

    said: DraftingWords
    names: Mapping[str, NameRecord]
    finder: NameFinder

    def slots(self, quote: str) -> dict[str, tuple[str, ...]]:
        """Return kind of slot -> words of the quote, in order."""
        found: dict[str, dict[str, None]] = {}
        for kind, start, end in (*self._times_and_amounts(quote), *self._named(quote), *self._phrases(quote)):
            words = quote[start:end].strip()
            if words:
                found.setdefault(kind, {})[words] = None
        return {kind: tuple(words) for kind, words in sorted(found.items())}

    @cached_property
    def _number(self) -> str:
        words = either(self.said.of("numbers"))
        figure = r"(?<![\w.,])\d+(?:[.,]\d+)*(?:\s(?:thousand|million|billion|trillion))?(?![\w%])"
        return rf"(?:{figure}|\b(?:{words})(?:[\s-](?:and\s)?(?:{words}))*\b)"

    @cached_property
    def _patterns(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        of, number = self.said.pattern, self._number
        about = rf"(?:\b(?:{of('around_numbers')})\s+)?"
        signs = re.escape(next(iter(self.said.of("money_signs_text")), "$"))
        unit = rf"(?:{of('time_units')})s?\b"
        month, day = of("month"), of("weekday")
        patterns = (
            ("clock-time", r"\b\d{1,2}(?:[:.]\d\d)?\s?(?:a\.m\.|p\.m\.|am\b|pm\b)|\b\d{1,2}:\d\d\b"),
            ("age", rf"\baged\s+\d+|\b\d+-year-old\b|{number}\syears old"),
            (
                "date",
                (
                    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:{month})\b(?:\s+\d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,?\s+{_YEAR}\b)?"
                    rf"|\b{_YEAR}\b(?!\s*(?:{of('money')}))"
                ),
            ),
            (
                "relative-time",
                rf"\b(?:{of('relative_before')})\s+(?:{day}|{month}|{unit})|\b(?:yesterday|today|tomorrow)\b",
            ),
            ("weekday", rf"\b(?:{day})\b"),
            (
                "money",
                rf"{about}[{signs}]\s?\d[\d.,]*\d?(?:\s(?:thousand|million|billion))?|{about}{number}\s(?:{of('money')})s?\b",
            ),
            ("share", rf"{about}(?:{number}|\d+(?:[.,]\d+)?)\s?(?:percent\b|per cent\b|%)"),
            ("duration", rf"{about}{number}[\s-]{unit}|\bfor\s+(?:several\s+|many\s+)?{unit}(?<=s)"),
            ("frequency", rf"\b(?:{of('frequency', 'frequency_unit')})\b|\bevery\s(?:{number}\s)?{unit}"),
            ("day-part", rf"\b(?:{of('day_part')})\b"),
        )
        return tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in patterns)

    def _times_and_amounts(self, quote: str) -> Iterator[tuple[str, int, int]]:
        """Yield times and amounts; what one kind has taken is no plain number."""
        taken: list[tuple[int, int]] = []
        dated: list[tuple[int, int]] = []
        for kind, pattern in self._patterns:
            for match in pattern.finditer(quote):
                if kind == "date" and match.group().lower() == "may" and not match.group()[0].isupper():
                    continue
                taken.append(match.span())
                dated += [match.span()] if kind in _OF_TIME else []
                yield kind, *match.span()
        for match in re.finditer(self._number, quote, re.IGNORECASE):
            inside = any(start <= match.start() < end for start, end in taken)
            if match.group().lower() == "one" or any(start <= match.start() < end for start, end in dated):
                continue
            yield "number", *match.span()
            if not inside and (counted := self._counted(quote, match.end())):
                yield "group", *counted

    def _counted(self, quote: str, at: int) -> tuple[int, int] | None:
        """Return (start, end) of the noun that a number counts: two words at most, up to a word that joins."""
        noun = re.compile(
            r"\s+((?!(?:of|in|on|at|to|by|and|or|the|a|an|for|from|with|is|are|was|were|have|has|had|would|could|than)\b)[^\W\d_][\w-]*"
            r"(?:\s+(?!(?:of|in|on|at|to|by|and|or|the|a|an|for|from|with|is|are|was|were|have|has|had|would|could|who|which|that|serving|after|before|during|last|this|than)\b)[^\W\d_][\w-]*)?)"
        )
        match = noun.match(quote, at)
        if match is None:
            return None
        first = match.group(1).split()[0]
        plural = match.group(1).endswith("s") or not first.endswith("s")
        return match.span(1) if plural else (match.start(1), match.start(1) + len(first))

    def _named(self, quote: str) -> Iterator[tuple[str, int, int]]:
        compass = re.compile(rf"\b(?:{self.said.pattern('compass')})\s+$", re.IGNORECASE)
        for named in self.finder.find(quote):
            kind = self.names[named.id].kind
            last = quote[named.start : named.end].rsplit(maxsplit=1)[-1].lower()
            if kind == "person" and last in self.said.of("titles"):
                yield "role", named.start, named.end
                continue
            if kind == "person":
                yield from self._titled(quote, named)
            before = compass.search(quote, 0, named.start) if kind in {"place", "city", "country"} else None
            if before:
                yield "region", before.start(), named.end
                yield "place", before.start(), named.end
                continue
            adjective = (
                kind == "country" and quote[named.start : named.end].lower() not in self.names[named.id].label.lower()
            )
            for slot in ("side",) if adjective else _KINDS[kind]:
                yield slot, named.start, named.end

    def _titled(self, quote: str, named: Named) -> Iterator[tuple[str, int, int]]:
        """Yield the office of a person, which stands before the name: "Mossad chief"."""
        title = re.compile(
            rf"(?:[A-Z][\w’'-]*\s+)*(?:{self.said.pattern('titles')})\s+$|(?:[A-Z][\w’'-]*\s+)+$", re.IGNORECASE
        )
        office = re.compile(rf"((?:[A-Z][\w’'-]*\s+)*)(?i:{self.said.pattern('titles')})(?=\s+$)")
        match = office.search(quote, 0, named.start) if title.search(quote, 0, named.start) else None
        if match:
            yield "role", *match.span()

    def _phrases(self, quote: str) -> Iterator[tuple[str, int, int]]:
        """Yield what a cue opens: reasons and purposes, up to the next comma."""
        for kind, cues in (("reason", "reason"), ("purpose", "purpose"), ("since", "since")):
            for match in re.finditer(rf"\b(?:{self.said.pattern(cues)})\b[^,;]*", quote, re.IGNORECASE):
                yield kind, *match.span()
                if kind == "purpose":
                    yield "reason", *match.span()
        for match in re.finditer(rf"\b(?:{'|'.join(self.said.of('reason_of'))})\b[^,;]*", quote):
            yield "reason", *match.span()
        for match in re.finditer(rf"\b(?:{self.said.pattern('sides')})\b", quote, re.IGNORECASE):
            yield "side", *match.span()
        for match in re.finditer(rf"\b(?:{self.said.pattern('those')})\s[^,;]*", quote, re.IGNORECASE):
            yield "group", *match.span()
