"""The languages of the interface: which one somebody gets, what it inserts, and that no catalogue has a hole."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from bidi import get_base_level, get_display

from bot.interface import CATALOGUES, DOMAIN, ENGLISH, LANGUAGES, interface_for
from tests.bot.conftest import HARBOUR

ROOT = Path(__file__).resolve().parent.parent.parent
KEYWORDS = {"say": None, "count": (1, 2)}
"""What `make catalogues` looks for: the calls that hold messages, and which of their arguments."""

TRANSLATED = [code for code in LANGUAGES if code != "en"]
RIGHT_TO_LEFT = [code for code in LANGUAGES if interface_for(code).right_to_left]
INVISIBLE = re.compile("[\u2066-\u2069\u200e\u200f]")

MessageId = str | tuple[str, ...]


def seen(line: str) -> str:
    """Return a line in the order in which it is seen, from left to right; brackets are not mirrored."""
    return INVISIBLE.sub("", get_display(line))


def reversed_letters(text: str) -> str:
    return text[::-1]


# Whose interface it is -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        (None, "en"),
        ("", "en"),
        ("en", "en"),
        ("en-GB", "en"),
        ("ar", "ar"),
        ("ar-EG", "ar"),
        ("arz", "ar"),
        ("he", "he"),
        ("he-IL", "he"),
        ("iw", "he"),
        ("iw_IL", "he"),
        ("FR", "fr"),
        ("fr-ca", "fr"),
        ("es-419", "es"),
        ("ru", "ru"),
        ("de-CH", "de"),
        ("gsw", "de"),
        ("pt-br", "en"),
        ("zh-hans", "en"),
        ("uk", "en"),
        ("fa", "en"),
        ("-", "en"),
        ("no language at all", "en"),
    ],
)
def test_interface_is_the_nearest_to_what_telegram_tells(tag: str | None, code: str) -> None:
    assert interface_for(tag).code == code


def test_each_language_is_offered_by_the_name_that_its_speakers_use() -> None:
    assert {code: name.casefold() for code, name in LANGUAGES.items()} == {
        code: str(Locale(code).language_name).casefold() for code in LANGUAGES
    }


def test_catalogue_is_read_once_for_all_who_use_its_language() -> None:
    assert interface_for("fr-CA") is interface_for("fr")
    assert interface_for("xx") is ENGLISH


def test_reply_in_english_reads_no_catalogue_and_does_not_load_what_reads_them() -> None:
    program = f"""
import sys
from pathlib import Path
import bot.terminal
from bot.contract import as_object
from knowledge import KnowledgeBase
base = KnowledgeBase.load(Path({str(HARBOUR / "documents")!r}), Path({str(HARBOUR / "facts")!r}))
assert as_object(base.ask("What did the harbour company reject?"), base, 0.0)["facts"]
print("babel" in sys.modules)
"""
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    assert run.stdout == "False\n"


# What stands in the catalogues ---------------------------------------------------------------------------------------


@cache
def messages() -> frozenset[MessageId]:
    """Return the messages in the code, as `make catalogues` finds them."""
    found = extract_from_dir(ROOT / "bot", [("**.py", "python")], keywords=KEYWORDS)
    return frozenset(message for _, _, message, _, _ in found)


@cache
def catalogue(code: str) -> Catalog:
    with (CATALOGUES / code / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        return read_po(file, code)


def translations(code: str) -> Iterator[Message]:
    return (message for message in catalogue(code) if message.id)


def forms_of(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def names_in(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def said_in(module: Path) -> Iterator[str | tuple[str | None, ...] | None]:
    """Yield what the calls of `say` and `count` in a module say; None where it is not written out in the call."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name == "say":
                yield literal(node.args[0])
            elif name == "count" and len(node.args) > 2:
                yield tuple(map(literal, node.args[:2]))


SPEAKING = [module for module in sorted(ROOT.glob("bot/**/*.py")) if "from bot.interface import" in module.read_text()]


@pytest.mark.parametrize("module", SPEAKING, ids=lambda module: module.relative_to(ROOT).as_posix())
def test_every_message_is_written_out_where_the_catalogues_find_it(module: Path) -> None:
    """A message in a variable, or inside an f-string, would never be translated."""
    assert set(said_in(module)) <= messages()


def test_modules_that_speak_are_found() -> None:
    assert {"replies", "wording"} <= {module.stem for module in SPEAKING if len(list(said_in(module))) > 30}


def test_template_of_the_catalogues_is_up_to_date() -> None:
    with (CATALOGUES / f"{DOMAIN}.pot").open("rb") as file:
        template = read_po(file)

    assert {message.id for message in template if message.id} == messages(), "run: make catalogues"


def test_there_is_a_catalogue_for_each_language_but_english() -> None:
    assert sorted(folder.name for folder in CATALOGUES.iterdir() if folder.is_dir()) == sorted(TRANSLATED)


@pytest.mark.parametrize("code", TRANSLATED)
def test_catalogue_has_every_message_and_no_other(code: str) -> None:
    assert {message.id for message in translations(code)} == messages(), "run: make catalogues"
    assert not catalogue(code).obsolete


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_message_is_translated_for_certain(code: str) -> None:
    assert [message.id for message in translations(code) if message.fuzzy] == []
    assert [message.id for message in translations(code) if not all(form.strip() for form in forms_of(message))] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_plural_forms_are_those_of_the_language(code: str) -> None:
    """Two numbers share a form of the catalogue when they share a category of CLDR, and only then."""
    plural = interface_for(code).translations.ngettext
    category = Locale(code).plural_form
    rating = {n: plural("{n} rating", "{n} ratings", n) for n in range(1000)}
    pairs = {(category(n), rating[n]) for n in rating}

    assert len(pairs) == len({category(n) for n in rating})
    assert all(
        len(forms_of(message)) == catalogue(code).num_plurals for message in translations(code) if message.pluralizable
    )


@pytest.mark.parametrize("code", TRANSLATED)
def test_values_of_a_message_are_those_of_its_translation(code: str) -> None:
    """A form that stands for one number alone may say it in a word, such as the dual."""
    category = Locale(code).plural_form
    alone = [len([n for n in range(1000) if category(n) == name]) == 1 for name in forms_in_order(code)]
    for message in translations(code):
        wanted = names_in(str(message.id[-1]) if message.pluralizable else str(message.id))
        for number, form in enumerate(forms_of(message)):
            spared = ["n"] if message.pluralizable and alone[number] and "n" not in names_in(form) else []
            assert sorted([*names_in(form), *spared]) == wanted, f"{code}: {message.id}"


def forms_in_order(code: str) -> list[str]:
    """Return the categories of CLDR in the order of the catalogue's forms."""
    category, plural = Locale(code).plural_form, interface_for(code).translations.ngettext
    rating = {plural("{n} rating", "{n} ratings", n): category(n) for n in range(1000)}
    (message,) = (message for message in translations(code) if message.id == ("{n} rating", "{n} ratings"))
    return [rating[form] for form in dict.fromkeys(forms_of(message))]


ENDS = {"؟": "?", "؛": ";"}


@pytest.mark.parametrize("code", TRANSLATED)
def test_translation_ends_as_its_message_does(code: str) -> None:
    """A heading that ends with a colon stays a heading, and a sentence a sentence."""
    for message in translations(code):
        english = (message.id[-1] if isinstance(message.id, tuple) else message.id)[-1]
        for form in forms_of(message):
            last = ENDS.get(form[-1], form[-1])
            assert (last if last in ".:;?" else "") == (english if english in ".:;?" else ""), f"{code}: {form}"


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_message_with_words_is_left_in_english(code: str) -> None:
    for message in translations(code):
        for form in forms_of(message):
            words = re.sub(r"\{\w+\}|[^\w]", "", form)
            assert not words or form not in (message.id if isinstance(message.id, tuple) else (message.id,)), form


QUOTATION_MARKS = {"ar": "«»", "he": "״", "fr": "«»", "es": "«»", "ru": "«»", "de": "„“"}


@pytest.mark.parametrize("code", TRANSLATED)
def test_marks_are_those_of_the_language(code: str) -> None:
    for message in translations(code):
        for form in forms_of(message):
            assert set(re.findall("[\"'“”„«»״‘]", form)) <= set(QUOTATION_MARKS[code]), form
            assert re.search("[,;?]", form) is None or code != "ar", form
            assert "  " not in form
            assert form == form.strip()


def test_french_marks_stand_behind_a_space_that_does_not_break() -> None:
    for message in translations("fr"):
        for form in forms_of(message):
            assert re.search("[^\u202f][;!?»]|«[^\u202f]|(?<!\u00a0):", form) is None, form


# What it inserts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", LANGUAGES)
def test_braces_in_a_value_are_only_text(code: str) -> None:
    assert "{source} {0}" in interface_for(code).say("Source: {source}", source="{source} {0}")


def test_english_is_inserted_as_it_is() -> None:
    assert ENGLISH.say("According to {speaker}: {claim}", speaker="Axios", claim="A.") == "According to Axios: A."
    assert ENGLISH.isolated("a") == "a"


RATINGS = {
    "ar": {
        0: "لا تقييمات",
        1: "تقييم واحد",
        2: "تقييمان",
        3: "3 تقييمات",
        5: "5 تقييمات",
        11: "11 تقييمًا",
        21: "21 تقييمًا",
        100: "100 تقييم",
        103: "103 تقييمات",
    },
    "ru": {
        0: "0 оценок",
        1: "1 оценка",
        2: "2 оценки",
        3: "3 оценки",
        5: "5 оценок",
        11: "11 оценок",
        21: "21 оценка",
        100: "100 оценок",
        103: "103 оценки",
    },
    "he": {0: "0 דירוגים", 1: "דירוג אחד", 2: "שני דירוגים", 3: "3 דירוגים", 21: "21 דירוגים"},
    "fr": {0: "0 évaluation", 1: "1 évaluation", 2: "2 évaluations"},
    "de": {0: "0 Bewertungen", 1: "1 Bewertung", 21: "21 Bewertungen"},
    "es": {0: "0 valoraciones", 1: "1 valoración", 21: "21 valoraciones"},
    "en": {0: "0 ratings", 1: "1 rating", 21: "21 ratings"},
}


@pytest.mark.parametrize(
    ("code", "n", "expected"), [(code, n, text) for code, table in RATINGS.items() for n, text in table.items()]
)
def test_number_takes_the_form_that_the_language_wants(code: str, n: int, expected: str) -> None:
    assert INVISIBLE.sub("", interface_for(code).count("{n} rating", "{n} ratings", n)) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("en", "English, French and Arabic"),
        ("fr", "anglais, français et arabe"),
        ("es", "inglés, francés y árabe"),
        ("ru", "английский, французский и арабский"),
        ("de", "Englisch, Französisch und Arabisch"),
        ("he", "אנגלית, צרפתית וערבית"),
        ("ar", "الإنجليزية والفرنسية والعربية"),
    ],
)
def test_languages_are_called_and_enumerated_as_in_the_language(code: str, expected: str) -> None:
    interface = interface_for(code)
    names = [interface.language(name) for name in ("English", "French", "Arabic")]

    assert INVISIBLE.sub("", interface.enumerated(names)) == expected


@pytest.mark.parametrize("code", LANGUAGES)
def test_enumeration_of_one_or_none_is_just_that(code: str) -> None:
    assert interface_for(code).enumerated([]) == ""
    assert interface_for(code).enumerated(["Axios"]) == "Axios"


def test_language_without_a_known_name_keeps_the_one_it_has() -> None:
    assert interface_for("de").language("Harbourese") == "Harbourese"
    assert interface_for("de").language_of("qqq") == ""


# From right to left --------------------------------------------------------------------------------------------------


def test_claim_in_a_line_from_right_to_left_stays_whole_at_its_left() -> None:
    line = interface_for("ar").say("According to {speaker}: {claim}", speaker="Axios (US)", claim="950, 150 of them.")

    assert seen(line) == f"950, 150 of them. :Axios (US) {reversed_letters('بحسب')}"


def test_line_that_begins_with_a_title_runs_from_right_to_left_all_the_same() -> None:
    line = interface_for("he").say("{title} (title given by us)", title="Report on 12 talks")

    assert seen(line) == f"){reversed_letters('הכותרת ניתנה על ידינו')}( Report on 12 talks"


def test_without_isolates_the_same_line_would_come_apart() -> None:
    line = INVISIBLE.sub("", interface_for("he").say("{title} (title given by us)", title="Report on 12 talks"))

    assert seen(line).startswith("Report on 12 talks (")


@pytest.mark.parametrize("value", ["Latin", "עברית", "950", ""])
@pytest.mark.parametrize("code", RIGHT_TO_LEFT)
def test_every_message_runs_from_right_to_left_whatever_is_inserted(code: str, value: str) -> None:
    interface = interface_for(code)
    for message in messages():
        if isinstance(message, tuple):
            one, several = message
            line = interface.count(one, several, 7, **dict.fromkeys(names_in(several), value))
        else:
            line = interface.say(message, **dict.fromkeys(names_in(message), value))
        assert get_base_level(line) == 1, line
        assert get_base_level(re.sub("[\u2068\u2069]", "", line)) == 1, "for programs that know no isolates"


@pytest.mark.parametrize("code", RIGHT_TO_LEFT)
def test_each_line_of_a_value_is_isolated_for_itself(code: str) -> None:
    assert interface_for(code).isolated("a\nb") == "\u2068a\u2069\n\u2068b\u2069"


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code not in RIGHT_TO_LEFT])
def test_left_to_right_needs_no_invisible_characters(code: str) -> None:
    interface = interface_for(code)

    assert INVISIBLE.search(interface.say("Source: {source}", source="Axios")) is None
    assert INVISIBLE.search(interface.count("{n} rating", "{n} ratings", 3)) is None
