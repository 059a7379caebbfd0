"""Reading in the documents: the quote in its paragraph, those around it, whole documents page by page. And laws."""

from __future__ import annotations

import re
import shutil
from hashlib import sha256
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.rendering import LONGEST_PAGE, LONGEST_PARAGRAPH, Part, in_context, one_part, pages_of, plain
from knowledge import KnowledgeBase
from tests.bot.conftest import HARBOUR
from tests.bot.telegram.conftest import Running, both_doors, pressing
from tests.bot.telegram.known import ANSWER, QUESTION, QUOTE, RATINGS, SOURCE, TITLE, TWO_PARTS
from tests.bot_api import BotApi, Chat

LAST_PARAGRAPH = (
    "A senior Israeli official clarified that the current round of talks could take at least two weeks, affirming that "
    'it would be "a long, difficult, and complex process, but we want to try to reach an agreement." This round of '
    "negotiations comes while both Israel and Hamas are under pressure to reach an agreement that would facilitate a "
    "prisoner exchange and initiate a humanitarian ceasefire in Gaza, where over 31,000 Palestinians have been killed."
)
BACK = ["↩ Back to the answer"]


# Show in context ----------------------------------------------------------------------------------------------------


@both_doors
async def test_quote_is_shown_in_its_paragraph_and_marked(reader: Chat) -> None:
    shown = await pressing(reader, await reader.says(QUESTION), "In context")

    heading = f"{TITLE}, paragraph 8 of 8"
    assert shown.text == f"{heading}\n\n{LAST_PARAGRAPH}"
    assert shown.entities == [("italic", heading), ("bold", QUOTE)]
    assert shown.labels == [["◀ Earlier"], ["Read the document"], BACK]


async def test_paragraphs_around_the_quote_are_reached_by_buttons(reader: Chat) -> None:
    shown = await pressing(reader, await reader.says(QUESTION), "In context")
    numbers = []
    for label in ("◀ Earlier", "◀ Earlier", "Later ▶", "Later ▶"):
        shown = await pressing(reader, shown, label)
        numbers.append((shown.text.partition("\n")[0].removeprefix(f"{TITLE}, "), shown.marked("bold")))

    assert numbers == [
        ("paragraph 7 of 8", []),
        ("paragraph 6 of 8", []),
        ("paragraph 7 of 8", []),
        ("paragraph 8 of 8", [QUOTE]),
    ]
    assert shown.labels[0] == ["◀ Earlier"]


@both_doors
async def test_way_back_shows_the_answer_as_it_was(reader: Chat) -> None:
    answer = await reader.says(QUESTION)
    shown = await pressing(reader, answer, "In context")

    back = await pressing(reader, shown, *BACK)

    assert (back.text, back.entities, back.labels) == (answer.text, answer.entities, answer.labels)


async def test_way_back_remembers_the_rating(reader: Chat) -> None:
    answer = await pressing(reader, await reader.says(QUESTION), "👎 Wrong")
    shown = await pressing(reader, answer, "In context")

    assert (await pressing(reader, shown, *BACK)).labels[-1] == ["👍 Helpful", "✓ 👎 Wrong", "🤔 Unclear"]


async def test_each_quote_of_an_answer_has_its_button(reader: Chat) -> None:
    shown = await pressing(reader, await reader.says("What did Hamas demand?"), "In context")
    assert shown.labels[1:3] == [["• 1 •", "[2]", "[3]", "[4]", "[5]", "[6]"], ["[7]"]]

    shown = await pressing(reader, shown, "[7]")

    assert shown.text.startswith(f"{TITLE}, paragraph 5 of 8\n")
    assert len(shown.marked("bold")) == 1
    assert shown.labels[1:3] == [["[1]", "[2]", "[3]", "[4]", "[5]", "[6]"], ["• 7 •"]]


async def test_button_of_the_quote_that_is_shown_does_no_harm(api: BotApi, reader: Chat) -> None:
    shown = await pressing(reader, await reader.says("What did Hamas demand?"), "In context")

    pressed = await reader.presses(shown, "• 1 •")

    assert (pressed.text, reader.screen()) == ("", [shown])
    await api.ledger.until(lambda: api.ledger.count("editMessageText", 400) == 1)
    assert (await reader.says(QUESTION)).text == ANSWER


async def test_context_of_a_long_answer_leaves_its_first_message_alone(reader: Chat) -> None:
    reader.writes(TWO_PARTS)
    first, last = await reader.sees(), await reader.sees()

    shown = await pressing(reader, last, "In context")
    assert reader.screen()[0] == first

    back = await pressing(reader, shown, *BACK)
    assert [(one.text, one.labels) for one in reader.screen()] == [(first.text, []), (last.text, back.labels)]
    assert back.labels == [["In context"], RATINGS]


async def test_document_is_read_from_the_page_of_the_quote_and_back(reader: Chat) -> None:
    shown = await pressing(reader, await reader.says(QUESTION), "In context")

    page = await pressing(reader, shown, "Read the document")
    assert page.text == f"{SOURCE}\nPage 2 of 2\n\n**A Long Process**\n{LAST_PARAGRAPH}"
    assert page.labels == [["◀ Earlier"], BACK]

    page = await pressing(reader, page, "◀ Earlier")
    assert (page.text.splitlines()[1], page.labels) == ("Page 1 of 2", [["Later ▶"], BACK])
    assert (await pressing(reader, page, *BACK)).text == ANSWER


async def test_context_of_an_answer_from_several_documents_names_each(
    running: Running, api: BotApi, harbour: KnowledgeBase
) -> None:
    reader = api.private_chat()
    async with running(harbour):
        answer = await reader.says("What did the dock workers demand? What did the ferry company blame?")
        first = await pressing(reader, answer, "In context")
        second = await pressing(reader, first, "[2]")

    assert (first.text.partition("\n")[0], second.text.partition("\n")[0]) == (
        "Dock workers demand a pay rise, paragraph 1 of 2",
        "Notice of the ferry company (title given by us), paragraph 1 of 1",
    )


LONG_QUOTE = "the dock workers demanded a pay rise of 7 percent"
LONG_SENTENCE = f"Before all that, {'and again, ' * 500}{LONG_QUOTE}{', as they said' * 500}."
LONG_FACTS = f"""
[document]
id = "long"
title = "A report of one sentence"
sha256 = "{sha256(LONG_SENTENCE.encode()).hexdigest()}"

[[fact]]
id = "pay-rise-demanded"
claim = "The dock workers demanded a pay rise of 7 percent."
agent = "dock-workers"
act = "demand"
themes = ["pay"]
slots = {{ number = ["7"] }}
quote = "{LONG_QUOTE}"
phrasings = ["What did the dock workers demand?"]
"""


async def test_paragraph_that_is_longer_than_a_message_is_shown_around_its_quote(
    running: Running, api: BotApi, tmp_path: Path
) -> None:
    documents, facts = tmp_path / "documents", tmp_path / "facts"
    for folder, name, text in ((documents, "long.txt", LONG_SENTENCE), (facts, "long.toml", LONG_FACTS)):
        folder.mkdir()
        (folder / name).write_text(text)
    shutil.copy(HARBOUR / "facts" / "names.toml", facts)
    reader = api.private_chat()

    async with running(KnowledgeBase.load(documents, facts)):
        shown = await pressing(reader, await reader.says("What did the dock workers demand?"), "In context")
        page = await pressing(reader, shown, "Read the document")

    assert shown.marked("bold") == [LONG_QUOTE]
    around = shown.text.splitlines()[-1]
    assert (around[:11], around[-8:]) == ("…again, and", "as they…")
    assert len(around) <= 1702
    assert shown.labels == [["Read the document"], BACK]
    assert LONG_QUOTE in page.text


# Whole documents ----------------------------------------------------------------------------------------------------


@both_doors
async def test_document_is_read_page_by_page_and_whole(reader: Chat, base: KnowledgeBase) -> None:
    page = await reader.says("/source")
    pages = [page]
    while ["Later ▶"] in [row[-1:] for row in page.labels]:
        page = await pressing(reader, page, "Later ▶")
        pages.append(page)

    texts = [one.text.split("\n\n", 1) for one in pages]
    assert [heading for heading, _ in texts] == [f"{SOURCE}\nPage {number} of 2" for number in (1, 2)]
    assert [one.entities for one in pages] == [[("italic", heading)] for heading, _ in texts]
    assert without_space("".join(text for _, text in texts)) == without_space(base.documents[0].text)


@both_doors
async def test_document_of_the_list_is_opened_in_its_place(reader: Chat) -> None:
    sources = await reader.says("/sources")

    page = await pressing(reader, sources, f"1. {TITLE}")

    assert page.text.startswith(f"{SOURCE}\nPage 1 of 2\n\n")
    assert page.labels == [["Later ▶"]]


async def test_document_of_one_page_has_no_buttons(running: Running, api: BotApi, harbour: KnowledgeBase) -> None:
    async with running(harbour):
        page = await api.private_chat().says("/source 1")

    assert page.keyboard == []
    assert page.text == (
        "Notice of the ferry company (title given by us), publisher not known, no date given\n"
        "Page 1 of 1\n\n"
        "The ferry company cancelled 12 crossings on Friday. The company blamed the weather."
    )


# Laws ---------------------------------------------------------------------------------------------------------------

CHARACTERS = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])
WORDS = st.text(CHARACTERS, max_size=30) | st.sampled_from(["😀🇵🇸", "مَتى", "a", " ", "word "])
LONG_TEXTS = st.builds(lambda words, times: "".join(words) * times, st.lists(WORDS, max_size=9), st.integers(0, 400))
DOCUMENTS = st.lists(LONG_TEXTS, max_size=6).flatmap(
    lambda texts: st.sampled_from(["\n\n", "\n"]).map(lambda s: s.join(texts))
)


@st.composite
def quoted_texts(draw: st.DrawFn) -> tuple[str, tuple[int, int]]:
    """Return a paragraph and where a quote stands in it."""
    text = draw(LONG_TEXTS.map(str.strip).filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    return text, (start, draw(st.integers(start + 1, len(text))))


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def without_space(text: str) -> str:
    return re.sub(r"\s", "", text)


def marked(part: Part, kind: str) -> list[str]:
    raw = part.text.encode("utf-16-le")
    spans = [(2 * one.offset, 2 * (one.offset + one.length)) for one in part.entities if one.type == kind]
    return [raw[start:end].decode("utf-16-le") for start, end in spans]


@given(quoted_texts(), st.text(CHARACTERS, max_size=300).map(str.strip).filter(bool))
def test_quote_in_its_paragraph_fits_into_a_message_and_is_marked(
    quoted: tuple[str, tuple[int, int]], heading: str
) -> None:
    text, (start, end) = quoted

    part = in_context(heading, text, (start, end))

    [bold] = marked(part, "bold") or [""]
    quote = text[start:end]
    assert units(part.text) <= 4096
    assert marked(part, "italic") == [heading]
    assert bold.rstrip() == quote[: len(bold)].rstrip()
    assert len(bold) == len(quote) or len(bold) >= LONGEST_PARAGRAPH - 1 or quote[len(bold) :].isspace() or not bold


@given(LONG_TEXTS.map(str.strip).filter(lambda text: 0 < len(text) <= LONGEST_PARAGRAPH))
def test_paragraph_that_fits_is_shown_whole(text: str) -> None:
    assert in_context("A report", text, None).text == f"A report\n\n{text}"


@given(DOCUMENTS)
def test_pages_of_a_document_are_short_and_lose_nothing_but_space(text: str) -> None:
    pages = pages_of(text)

    assert all(0 < units(page) <= LONGEST_PAGE for page in pages)
    assert without_space("".join(pages)) == without_space(text)


@given(DOCUMENTS.filter(lambda text: bool(text.strip())))
def test_one_part_is_the_first_and_says_where_more_follows(text: str) -> None:
    parts = plain(text)

    one = one_part(parts)

    assert units(one.text) <= 4096
    assert one == parts[0] if len(parts) == 1 else one.text.endswith("\n…")
    assert parts[0].text.startswith(one.text.removesuffix("\n…"))
