"""The languages in which the bot speaks of its own, by gettext catalogues; what it quotes stays as it is.

    >>> interface_for("pt-br").say("Source: {source}", source="A report")
    'Source: A report'

Messages are written in English where they are said, and translated in `bot/locale`; `make catalogues` brings the
catalogues up to date. A catalogue is read when somebody first uses its language, and English has none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

CATALOGUES = Path(__file__).parent / "locale"

DOMAIN = "verbatim"
"""The name of the catalogues' files."""

LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "ar": "العربية",
    "he": "עברית",
    "fr": "Français",
    "es": "Español",
    "ru": "Русский",
    "de": "Deutsch",
}
"""Code (ISO 639-1) -> what those who speak the language call it; in the order in which they are offered."""

RIGHT_TO_LEFT = frozenset({"ar", "he"})

NEAREST: Mapping[str, str] = {
    "iw": "he",
    **dict.fromkeys(("acm", "acq", "aeb", "afb", "ajp", "apc", "arb", "arq", "ars", "ary", "arz", "ayl"), "ar"),
    **dict.fromkeys(("bar", "gsw"), "de"),
}
"""Code -> the language whose readers it stands for: an older code, or a spoken form of a written language.

Source: IANA Language Subtag Registry; `iw` is deprecated for `he`, and the Arabic ones have the macrolanguage `ar`.
"""

FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE = "\u2068", "\u2069"
RIGHT_TO_LEFT_MARK = "\u200f"


@dataclass(frozen=True, slots=True)
class Interface:
    """The words of the bot in one language.

    What is inserted into a message may be written from the other side: titles, names, claims, numbers. In a language
    written from right to left it is isolated, so that nothing around it changes its place; and each line is made to
    run from right to left, whatever stands first in it.

    Attributes:
        code: one of `LANGUAGES`.
        name: what those who speak the language call it.
        right_to_left: whether it is written so.
        translations: of the messages.

    Source:
        Unicode Standard Annex 9, 2.4 "Explicit Directional Isolates", and rule P2 on the direction of a line.
    """

    code: str
    name: str
    right_to_left: bool = False
    translations: NullTranslations = field(default_factory=NullTranslations, compare=False, repr=False)

    def say(self, message: str, /, **values: str) -> str:
        """Return a message in this language, with the values in place of their names in braces.

        Args:
            message: in English, written out where it is said, or no catalogue will have it.
            values: one for each name in the message.
        """
        return self._filled(self.translations.gettext(message), values)

    def count(self, one: str, several: str, n: int, /, **values: str) -> str:
        """Return a message with a number in this language; the number is the value of `{n}`.

        Args:
            one: in English, for 1.
            several: in English, for every other number.
            n: not negative.
            values: one for each further name in the message.
        """
        return self._filled(self.translations.ngettext(one, several, n), {"n": str(n), **values})

    def isolated(self, text: str) -> str:
        """Return a text that can stand in a line of this language without changing what is around it."""
        if not self.right_to_left:
            return text
        return "\n".join(f"{FIRST_STRONG_ISOLATE}{line}{POP_DIRECTIONAL_ISOLATE}" for line in text.split("\n"))

    def enumerated(self, texts: Sequence[str]) -> str:
        """Return texts as an enumeration: 'English, French and Arabic'; empty without any."""
        if self.code == "en":
            return " and ".join(filter(None, (", ".join(texts[:-1]), *texts[-1:])))
        if len(texts) < 2:
            return "".join(texts)
        from babel.lists import format_list  # noqa: PLC0415  heavy; English needs none of it

        return format_list([self.isolated(text) for text in texts], locale=self.code)

    def language(self, english_name: str) -> str:
        """Return what a language is called in this one; its English name where that is all that is known."""
        if self.code == "en":
            return english_name
        return self.language_of(_codes().get(english_name, "")) or english_name

    def language_of(self, code: str) -> str:
        """Return what a language is called in this one, by its code (ISO 639-1); empty where that is not known."""
        from babel import Locale  # noqa: PLC0415  heavy; English needs it for documents in other languages alone

        return str(Locale(self.code).languages.get(code, ""))

    def _filled(self, message: str, values: Mapping[str, str]) -> str:
        """Return a message with its values, and what they and its lines need to be read in their order."""
        if not self.right_to_left:
            return message.format_map(values)
        filled = message.format_map({name: self.isolated(value) for name, value in values.items()})
        return "\n".join(map(_from_the_right, filled.split("\n")))


ENGLISH = Interface("en", LANGUAGES["en"])


def interface_for(code: str | None) -> Interface:
    """Return the interface that is nearest to a language; English where none is near.

    Args:
        code: an IETF tag as Telegram tells it, such as "fr", "pt-br" or "zh-hans"; None where it tells none.
    """
    primary = (code or "").replace("_", "-").partition("-")[0].lower()
    nearest = NEAREST.get(primary, primary)
    return _interface(nearest) if nearest in LANGUAGES else ENGLISH


@cache
def _interface(code: str) -> Interface:
    """Return the interface in one of `LANGUAGES`."""
    if code == ENGLISH.code:
        return ENGLISH
    return Interface(code, LANGUAGES[code], code in RIGHT_TO_LEFT, _translations(code))


def _translations(code: str) -> GNUTranslations:
    """Read the catalogue of a language."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415  heavy; English needs none of it
    from babel.messages.pofile import read_po  # noqa: PLC0415  "

    compiled = BytesIO()
    with (CATALOGUES / code / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as catalogue:
        write_mo(compiled, read_po(catalogue, code))
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def _codes() -> Mapping[str, str]:
    """Return the codes of languages by their English names."""
    from babel import Locale  # noqa: PLC0415  heavy; English needs none of it

    return {name: code for code, name in Locale("en").languages.items()}


def _from_the_right(line: str) -> str:
    """Return a line that begins on the right even where its first letter is written from left to right."""
    return f"{RIGHT_TO_LEFT_MARK}{line}" if line and not _begins_on_the_right(line) else line


def _begins_on_the_right(line: str) -> bool:
    """Tell whether a line runs from right to left by itself, wherever it is shown; without letters it does not.

    Letters in isolates say nothing on the direction of a line, but not every program that shows messages passes over
    them as it should; so the first letter of all has to be written from right to left, and the first outside isolates.
    """
    depth, found = 0, False
    for character in line:
        depth += (character == FIRST_STRONG_ISOLATE) - (character == POP_DIRECTIONAL_ISOLATE)
        direction = unicodedata.bidirectional(character)
        if direction == "L" and not (found and depth):
            return False
        if direction in {"R", "AL"}:
            found = True
            if not depth:
                return True
    return False
