"""Links to a quote on a page: text fragments, by which a browser scrolls to the words and marks them."""

from __future__ import annotations

import re
import string

from knowledge.documents import Citation, Document

MOST_AROUND = 12
"""Words taken from either side of a quote to tell it from its like, at the most."""

DIRECTIVE = ":~:text="

_PLAIN = frozenset(string.ascii_letters + string.digits + "._~")
"""What stands in a text fragment as it is; the dash, comma and ampersand are its signs, and so are encoded."""

_SPACE = re.compile(r"[ \t\r\n\f]+")


def link_to(citation: Citation, document: Document) -> str:
    """Return a link to a quote in its place; empty where the document has no address."""
    url = document.record.url
    if not url:
        return ""
    page, _, place = url.partition("#")
    return f"{page}#{place.partition(':~:')[0]}{text_fragment(citation, document)}"


def text_fragment(citation: Citation, document: Document) -> str:
    """Return the directive that finds a quote, with the words around it where the quote alone is found elsewhere too.

    Source: the text fragments of the Web Incubator Community Group, `:~:text=[prefix-,]text[,-suffix]`. A browser
    takes the first place that fits, in any case of its letters, between whole words; parts may be parted by space.
    """
    exact, text = _flat(citation.quote), _flat(document.text)
    before, after = _words_around(citation, document)
    prefix = suffix = ""
    for around in range(MOST_AROUND + 1):
        prefix, suffix = " ".join(before[max(0, len(before) - around) :]), " ".join(after[:around])
        if _found(text, prefix, exact, suffix) < 2:
            break
    parts = (f"{_encoded(prefix)}-," if prefix else "", _encoded(exact), f",-{_encoded(suffix)}" if suffix else "")
    return DIRECTIVE + "".join(parts)


def _words_around(citation: Citation, document: Document) -> tuple[list[str], list[str]]:
    """Return the words before a quote and behind it: of its paragraph, or else of the next one; none spans two."""
    number = citation.paragraph - 1
    here = document.paragraphs[number]
    before, after = document.text[here.start : citation.start].split(), document.text[citation.end : here.end].split()
    if not before and number > 0:
        before = document.paragraphs[number - 1].text.split()
    if not after and number + 1 < len(document.paragraphs):
        after = document.paragraphs[number + 1].text.split()
    return before, after


def _found(text: str, *parts: str) -> int:
    """Return how often parts stand in a text one behind the other, whole words only."""
    wanted = [part for part in parts if part]
    pattern = r"\s*".join(map(re.escape, wanted))
    begins = r"(?<!\w)" if re.match(r"\w", wanted[0]) else ""
    ends = r"(?!\w)" if re.search(r"\w\Z", wanted[-1]) else ""
    return sum(1 for _ in re.finditer(rf"{begins}(?={pattern}{ends})", text, re.IGNORECASE))


def _flat(text: str) -> str:
    """Return a text as a page shows it, without line breaks and several spaces in a row."""
    return _SPACE.sub(" ", text)


def _encoded(text: str) -> str:
    """Return a text percent-encoded, as a part of a directive."""
    return "".join(chr(byte) if chr(byte) in _PLAIN else f"%{byte:02X}" for byte in text.encode())
