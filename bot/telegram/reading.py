"""Reading in the documents: a quote in its paragraph, and a whole document page by page."""

from __future__ import annotations

from functools import lru_cache

from telegram import InlineKeyboardMarkup, MessageEntity
from telegram.constants import MessageEntityType

from bot.interface import Interface
from bot.messages import cleaned
from bot.replies import Reply, source_of
from bot.telegram import wording
from bot.telegram.buttons import below_context, below_page
from bot.telegram.rendering import Part, in_context, pages_of, plain
from knowledge import Document, KnowledgeBase

LONGEST_HEADING = 300
"""Characters of a heading above a page or a paragraph; with what stands below they fit into a message."""

Shown = tuple[Part, InlineKeyboardMarkup | None]


def quote_in_context(
    reply: Reply, quote: int, paragraph: int, base: KnowledgeBase, interface: Interface
) -> Shown | None:
    """Return a paragraph with a quote of a reply marked in it, and the buttons below.

    Args:
        reply: the answer whose quotes are looked at.
        quote: number of the footnote.
        paragraph: which paragraph to show, from 1; 0 for that of the quote.
        base: the documents.
        interface: the language.

    Returns:
        None where there is no such quote or paragraph.
    """
    if not 1 <= quote <= len(reply.footnotes):
        return None
    cited = reply.footnotes[quote - 1].citation
    document = next(document for document in base.documents if document.id == cited.document)
    number = paragraph or cited.paragraph
    if number > len(document.paragraphs):
        return None
    passage = document.paragraphs[number - 1]
    inside = passage.start <= cited.start < passage.end
    marked = (cited.start - passage.start, min(cited.end, passage.end) - passage.start) if inside else None
    part = in_context(_heading(wording.context_heading(interface, document, number)), passage.text, marked)
    return part, below_context(
        reply, quote, number, document, _page_at(document, cited.start if inside else passage.start), interface
    )


def page_of(document: Document, page: int, interface: Interface, *, from_answer: bool = False) -> Shown | None:
    """Return a page of a document and the buttons to those around it; None where there is no such page.

    Args:
        document: that is read.
        page: which, from 1.
        interface: the language.
        from_answer: whether an answer led here, to which there is a way back.
    """
    pages = _pages(document.text)
    if not 1 <= page <= len(pages):
        return None
    heading = f"{_heading(source_of(document, interface))}\n{wording.page_of(interface, page, len(pages))}"
    part = plain(f"{heading}\n\n{pages[page - 1]}")[0]
    length = len(heading.encode("utf-16-le")) // 2
    styled = Part(part.text, (MessageEntity(MessageEntityType.ITALIC, 0, length),))
    return styled, below_page(document, page, len(pages), interface, from_answer=from_answer)


def first_page(document: Document, interface: Interface) -> tuple[list[Part], InlineKeyboardMarkup | None]:
    """Return the first page of a document, as messages to send."""
    shown = page_of(document, 1, interface)
    return ([shown[0]], shown[1]) if shown else (plain(source_of(document, interface)), None)


def _heading(text: str) -> str:
    """Return a heading that leaves room for what stands below it."""
    line = " ".join(cleaned(text).split())
    return line if len(line) <= LONGEST_HEADING else f"{line[: LONGEST_HEADING - 1].rstrip()}…"


def _page_at(document: Document, position: int) -> int:
    """Return the number of the page on which a position of a document stands, from 1."""
    before, shown = _solid(cleaned(document.text[:position])), 0
    pages = _pages(document.text)
    for number, page in enumerate(pages, start=1):
        shown += _solid(page)
        if before < shown:
            return number
    return len(pages)


def _solid(text: str) -> int:
    """Return how many characters of a text are no white space, which pages may change."""
    return sum(map(len, text.split()))


@lru_cache(maxsize=64)
def _pages(text: str) -> list[str]:
    return pages_of(text)
