"""Reading in the documents: a quote in its paragraph, and a whole document page by page."""

from __future__ import annotations

from functools import lru_cache

from telegram import InlineKeyboardMarkup, MessageEntity
from telegram.constants import MessageEntityType

from bot.interface import Interface
from bot.replies import Reply, source_of
from bot.telegram import wording
from bot.telegram.buttons import below_context, below_page
from bot.telegram.rendering import Part, in_context, pages_of, plain
from knowledge import Document, KnowledgeBase

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
    part = in_context(wording.context_heading(interface, document, number), passage.text, marked)
    return part, below_context(reply, quote, number, document, interface)


def page_of(document: Document, page: int, interface: Interface) -> Shown | None:
    """Return a page of a document, from 1, and the buttons to those around it; None where there is no such page."""
    pages = _pages(document.text)
    if not 1 <= page <= len(pages):
        return None
    heading = f"{source_of(document, interface)}\n{wording.page_of(interface, page, len(pages))}"
    part = plain(f"{heading}\n\n{pages[page - 1]}")[0]
    length = len(heading.encode("utf-16-le")) // 2
    styled = Part(part.text, (MessageEntity(MessageEntityType.ITALIC, 0, length),))
    return styled, below_page(document, page, len(pages), interface)


def first_page(document: Document, interface: Interface) -> tuple[list[Part], InlineKeyboardMarkup | None]:
    """Return the first page of a document, as messages to send."""
    shown = page_of(document, 1, interface)
    return ([shown[0]], shown[1]) if shown else (plain(source_of(document, interface)), None)


@lru_cache(maxsize=64)
def _pages(text: str) -> list[str]:
    return pages_of(text)
