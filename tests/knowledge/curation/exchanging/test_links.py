"""Text fragments: the quote as a browser finds it, encoded, and told from its like by the words around it."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import given

from knowledge.curation.exchanging.links import link_to, text_fragment
from knowledge.documents import Document
from tests.exchanged import WORDS, document_of

PAGE = "https://a.example/report"


def link(text: str, quote: str, url: str = PAGE, *, last: bool = False) -> str:
    document = document_of(text, url=url)
    start = text.rindex(quote) if last else text.index(quote)
    return link_to(document.cite(start, start + len(quote)), document)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", ""),
        (PAGE, f"{PAGE}#:~:text=the%20tower"),
        (f"{PAGE}?q=1&r=2", f"{PAGE}?q=1&r=2#:~:text=the%20tower"),
        (f"{PAGE}#part-2", f"{PAGE}#part-2:~:text=the%20tower"),
        (f"{PAGE}#:~:text=else", f"{PAGE}#:~:text=the%20tower"),
    ],
)
def test_link_leads_to_the_words_on_the_page(url: str, expected: str) -> None:
    assert link("They built the tower in 1874.", "the tower", url) == expected


def test_signs_of_a_fragment_are_encoded_and_so_is_what_is_not_ascii() -> None:
    text = "It was well-built, A & B said: 100% “größer”."

    assert link(text, "well-built, A & B said: 100% “größer”") == (
        f"{PAGE}#:~:text=well%2Dbuilt%2C%20A%20%26%20B%20said%3A%20100%25%20%E2%80%9Cgr%C3%B6%C3%9Fer%E2%80%9D"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One tower fell. Another tower stands.", "Another-,tower,-stands."),
        ("The Tower fell. Another tower stands.", "Another-,tower,-stands."),
        ("A towering tower stands.", "tower"),
        ("A tower fell.\n\ntower", "fell.-,tower"),
    ],
)
def test_words_around_are_added_where_a_browser_would_find_another_place(text: str, expected: str) -> None:
    assert link(text, "tower", last=True) == f"{PAGE}#:~:text={expected}"


@given(WORDS, WORDS, WORDS)
def test_fragment_says_the_quote_in_ascii(before: str, quote: str, after: str) -> None:
    document = Document(document_of("x", url=PAGE).record, f"{before} {quote} {after}")
    start = len(before) + 1

    made = text_fragment(document.cite(start, start + len(quote)), document)

    (exact,) = [part for part in made.removeprefix(":~:text=").split(",") if part[:1] != "-" and part[-1:] != "-"]
    assert re.fullmatch(r":~:text=[A-Za-z0-9._~%,-]+", made)
    assert unquote(exact) == re.sub(r"[ \t\r\n\f]+", " ", quote)
