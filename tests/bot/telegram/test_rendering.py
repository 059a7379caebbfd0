"""Laws of the messages that a reply becomes."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from bidi import get_base_level
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import MessageEntity

from bot.interface import interface_for
from bot.replies import Footnote, Reply, Section, Statement, Suggestion, reply_to, statement_of
from bot.telegram.rendering import LONGEST_PAGE, LONGEST_TEXT, MOST_ENTITIES, Part, in_context, pages_of, plain, render
from knowledge import Answer, Citation, CitedFact, KnowledgeBase

UNHURRIED = settings(deadline=None)
"""A law holds on a busy machine too."""

LINES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=60) | st.sampled_from(
    ["😀🇵🇸" * 30, "مَتى يُطلَق سَراح الأسرى؟", "<b>bold</b> &amp; *bold* [link](https://example.org)", "word " * 900]
)
LONG_LINES = st.builds(lambda line, times: line * times, LINES, st.integers(0, 90))
"""Up to some thousand characters: with and without spaces, in and beyond the Basic Multilingual Plane."""

QUOTES = LONG_LINES.map(str.strip).filter(bool)


@st.composite
def replies(draw: st.DrawFn) -> Reply:
    statements = st.builds(Statement, text=LINES, footnotes=st.lists(st.integers(1, 200), max_size=3).map(tuple))
    suggestions = st.builds(Suggestion, text=LINES, fact=st.just("a-fact"))
    sections = st.builds(
        Section,
        question=LINES,
        lead=LONG_LINES,
        statements=st.lists(statements, max_size=5).map(tuple),
        remark=LINES,
        notes=st.lists(statements, max_size=3).map(tuple),
        suggestions=st.lists(suggestions, max_size=3).map(tuple),
    )
    quotes = draw(st.lists(QUOTES, max_size=8) | st.lists(st.just("q"), min_size=95, max_size=250))
    footnotes = tuple(footnote(number, quote) for number, quote in enumerate(quotes, start=1))
    return Reply(tuple(draw(st.lists(sections, max_size=3))), footnotes)


def footnote(number: int, quote: str, speaker: str = "", source: str = "A report, no date") -> Footnote:
    return Footnote(number, Citation("report", 0, len(quote), quote, "", "", 4), source, speaker)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def marked(part: Part, *kinds: str) -> list[str]:
    """Return what the entities of some types mark, by UTF-16 units as Telegram reads them."""
    raw = part.text.encode("utf-16-le")
    spans = (
        (2 * entity.offset, 2 * (entity.offset + entity.length)) for entity in part.entities if entity.type in kinds
    )
    return [raw[start:end].decode("utf-16-le") for start, end in spans]


def without_space(text: str) -> str:
    return re.sub(r"\s", "", text)


@UNHURRIED
@given(replies())
def test_no_part_is_longer_than_telegram_allows(reply: Reply) -> None:
    assert all(0 < units(part.text) <= LONGEST_TEXT == 4096 for part in render(reply))


@UNHURRIED
@given(replies())
def test_no_part_has_more_entities_than_telegram_shows(reply: Reply) -> None:
    assert all(len(part.entities) <= MOST_ENTITIES == 100 for part in render(reply))


@UNHURRIED
@given(replies())
def test_entities_lie_inside_their_text_one_after_another(reply: Reply) -> None:
    for part in render(reply):
        ends = [0, *(end for entity in part.entities for end in (entity.offset, entity.offset + entity.length))]
        assert all(before <= after for before, after in pairwise([*ends, units(part.text)]))
        assert all(entity.length > 0 for entity in part.entities)


@UNHURRIED
@given(replies())
def test_parts_begin_and_end_with_something_to_read(reply: Reply) -> None:
    assert all(part.text == part.text.strip() != "" for part in render(reply))


@UNHURRIED
@given(replies())
def test_every_quote_is_shown_verbatim_in_its_quotation(reply: Reply) -> None:
    shown = [quote for part in render(reply) for quote in marked(part, "expandable_blockquote")]

    assert without_space("".join(shown)) == without_space("".join(note.citation.quote for note in reply.footnotes))


@UNHURRIED
@given(st.lists(QUOTES.filter(lambda quote: units(quote) < 400), max_size=8))
def test_quotes_that_fit_are_not_touched_at_all(quotes: list[str]) -> None:
    reply = Reply((), tuple(footnote(number, quote) for number, quote in enumerate(quotes, start=1)))

    assert [quote for part in render(reply) for quote in marked(part, "expandable_blockquote")] == quotes


@UNHURRIED
@given(
    LONG_LINES | st.lists(LONG_LINES, max_size=20).map("\n".join) | st.lists(LONG_LINES, max_size=9).map("\n\n".join)
)
def test_nothing_but_white_space_is_lost_between_parts(text: str) -> None:
    rest = text
    for part in plain(text):
        rest = rest.lstrip()
        assert rest.startswith(part.text)
        rest = rest.removeprefix(part.text)
    assert rest.strip() == ""


def test_reply_shows_statements_first_and_each_quote_under_its_document() -> None:
    section = Section("Understood as: who?", "A lead:", (Statement("One.", (1, 2)), Statement("Two.", (3,))), "All.")
    notes = (footnote(1, "a 😀 b"), footnote(2, "c", "Axios"), footnote(3, "d", source="Another report, 2024-03-19"))

    assert render(Reply((section,), notes)) == [
        Part(
            "Understood as: who?\n"
            "A lead:\n"
            "• One. [1][2]\n"
            "• Two. [3]\n"
            "All.\n"
            "\n"
            "A report, no date\n"
            "[1] ¶4\n"
            "a 😀 b\n"
            "[2] Axios, ¶4\n"
            "c\n"
            "\n"
            "Another report, 2024-03-19\n"
            "[3] ¶4\n"
            "d",
            (
                MessageEntity("bold", 0, 19),
                MessageEntity("italic", 59, 17),
                MessageEntity("expandable_blockquote", 84, 6),
                MessageEntity("expandable_blockquote", 105, 1),
                MessageEntity("italic", 108, 26),
                MessageEntity("expandable_blockquote", 142, 1),
            ),
        )
    ]


def test_suggestions_are_numbered_through_all_sections() -> None:
    first, second = (Suggestion("One?", "one"), Suggestion("Two?", "two")), (Suggestion("Three?", "three"),)
    sections = (Section("", "Which?", suggestions=first), Section("", "And which?", suggestions=second))

    assert render(Reply(sections, ())) == [Part("Which?\n1. One?\n2. Two?\n\nAnd which?\n3. Three?")]


def test_markup_in_a_reply_stays_text() -> None:
    hostile = "<b>bold</b> *bold* [link](tg://user?id=1) &lt; @everyone"

    assert render(Reply((Section("", hostile),), ())) == [Part(hostile)]


def test_long_reply_is_split_between_paragraphs() -> None:
    paragraphs = ["a" * 2000, "b" * 2000, "c" * 2000]

    assert [part.text for part in plain("\n\n".join(paragraphs))] == ["\n\n".join(paragraphs[:2]), paragraphs[2]]


def test_paragraph_that_is_too_long_is_split_between_lines() -> None:
    lines = ["a" * 2000, "b" * 2000, "c" * 2000]

    assert [part.text for part in plain("\n".join(lines))] == ["\n".join(lines[:2]), lines[2]]


def test_line_that_is_too_long_is_split_between_words() -> None:
    assert [len(part.text) for part in plain("seven77 " * 1000)] == [4095, 3903]


def test_word_that_is_too_long_is_split_between_characters() -> None:
    assert [part.text for part in plain("a" + "😀" * 3000)] == ["a" + "😀" * 2047, "😀" * 953]


def test_quote_that_is_split_is_a_quotation_in_both_parts() -> None:
    parts = render(Reply((), (footnote(1, "word " * 1000 + "end"),)))

    assert [len(marked(part, "expandable_blockquote")) for part in parts] == [0, 1, 1]


def test_half_of_a_surrogate_pair_becomes_a_replacement_character() -> None:
    assert plain("a\ud800b") == [Part("a\ufffdb")]


def test_blank_text_becomes_no_message() -> None:
    assert plain(" \n ") == []


def test_note_stands_between_the_statements_and_their_sources() -> None:
    reply = Reply((Section("", "A lead."),), (footnote(1, "q"),), note="It is in English.")

    (part,) = render(reply)
    assert part.text == "A lead.\n\nIt is in English.\n\nA report, no date\n[1] ¶4\nq"
    assert marked(part, "italic") == ["It is in English.", "A report, no date"]


@pytest.mark.parametrize("code", ["ar", "he"])
def test_reply_from_right_to_left_has_its_claims_and_quotes_from_left_to_right(code: str, base: KnowledgeBase) -> None:
    fact = next(fact for fact in base.facts if statement_of(fact, base) != fact.claim)
    plain_fact = next(fact for fact in base.facts if not fact.speakers)
    cited = tuple(CitedFact(one, 0.9, (one.citation,)) for one in (plain_fact, fact))
    outcome = Answer(question="q", read_as="What?", facts=cited, listed=True)

    (part,) = render(reply_to(outcome, base, interface_for(code)))
    levels = {line: get_base_level(line) for line in part.text.split("\n") if line}

    assert [line for line, level in levels.items() if level == 0] == [
        f"• {plain_fact.claim} [1]",
        plain_fact.citation.quote,
        fact.citation.quote,
    ]
    assert marked(part, "expandable_blockquote") == [plain_fact.citation.quote, fact.citation.quote]
    assert len(levels) == 10


def test_paragraph_is_named_in_the_language_of_the_reply() -> None:
    reply = Reply((), (footnote(1, "q", "Axios"),), interface=interface_for("de"))

    assert render(reply)[0].text == "A report, no date\n[1] Axios, Absatz 4\nq"


def test_sources_that_are_too_long_are_split_between_footnotes() -> None:
    reply = Reply((), tuple(footnote(number, "q" * 1500) for number in range(1, 6)))

    assert [part.text.rpartition("[")[2][0] for part in render(reply)] == ["2", "4", "5"]
    assert [part.text[:3] for part in render(reply)[1:]] == ["[3]", "[5]"]


def test_paragraphs_of_a_document_are_set_apart_and_headings_stay_with_what_follows() -> None:
    assert pages_of("Title\nOne.\nTwo (and more).\n\n**Heading**\nThree:\nfour\n") == [
        "Title\nOne.\n\nTwo (and more).\n\n**Heading**\nThree:\nfour"
    ]


def test_page_does_not_end_with_a_heading() -> None:
    text = f"{'a' * (LONGEST_PAGE - 100)}.\nHeading\n{'b' * 200}."

    assert [page[:7] for page in pages_of(text)] == ["aaaaaaa", "Heading"]


def test_quote_is_marked_in_its_paragraph_below_the_heading() -> None:
    part = in_context("A report, ¶1 😀", "He said: no.", (9, 11))

    assert part.text == "A report, ¶1 😀\n\nHe said: no."
    assert (marked(part, "italic"), marked(part, "bold")) == (["A report, ¶1 😀"], ["no"])
