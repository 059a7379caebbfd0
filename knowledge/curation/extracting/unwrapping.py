"""Lines joined to paragraphs: what a hyphen at the end of a line means, the rest of the document tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

SHOWN = 5
"""Words that a note shows."""

LONGEST_WORD = 100
"""Characters at the end of a line among which a divided word is looked for."""

_LAST = re.compile(r"(\w+(?:[-\u2010]\w+)*)([-\u2010\u00ad])$")
_FIRST = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"\w+(?:[-\u2010]\w+)*")


def joined(blocks: Iterable[Sequence[str]]) -> tuple[list[str], tuple[str, ...]]:
    """Return each block of lines as one paragraph, and notes on words that ran over the end of a line.

    A word that is divided at the end of a line loses its hyphen, unless the document writes it with one elsewhere, or
    the second half does not begin with a small letter.
    """
    held = [list(block) for block in blocks]
    known = Counter(word.casefold() for block in held for line in block for word in _WORDS.findall(line))
    divided: list[str] = []
    paragraphs = [_paragraph(block, known, divided) for block in held]
    if not divided:
        return paragraphs, ()
    listed = ", ".join(dict.fromkeys(divided[:SHOWN])) + (" ..." if len(divided) > SHOWN else "")
    many = f"{len(divided)} words were" if len(divided) > 1 else "a word was"
    return paragraphs, (f"{many} put together over the end of a line: {listed}",)


def _paragraph(lines: Sequence[str], known: Counter[str], divided: list[str]) -> str:
    """Return lines as one; words whose halves were put together are added to `divided`."""
    parts: list[str] = []
    for line in lines:
        above = parts[-1] if parts else ""
        last, first = _LAST.search(above[-LONGEST_WORD:]), _FIRST.match(line)
        if last is None or first is None:
            parts += [" ", line] if parts else [line]
            continue
        whole, hyphenated = f"{last[1]}{first.group()}", f"{last[1]}-{first.group()}"
        if last[2] == "\u00ad" or not _keeps_hyphen(first.group(), whole.casefold(), hyphenated.casefold(), known):
            divided.append(whole)
            parts[-1] = above[:-1]
        parts.append(line)
    return "".join(parts)


def _keeps_hyphen(second: str, whole: str, hyphenated: str, known: Counter[str]) -> bool:
    """Return whether the hyphen at the end of a line belongs to the word."""
    if not second[0].islower():
        return True
    return known[hyphenated] > 0 and known[whole] == 0
