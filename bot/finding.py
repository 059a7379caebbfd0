"""`verbatim find`: words to look up in the documents, and what is found as a JSON object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from bot.messages import TOO_LONG, cleaned, too_long
from bot.output import WRONG_USE, stop
from knowledge import Found

SEARCH_ONLY = "Sentences nearest to this, not an answer:"
NOTHING_NEAR = "Nothing in the documents is near this."


def looked_for(words: Sequence[str]) -> str:
    """Return what the command line looks for."""
    text = cleaned(" ".join(words))
    if not text.strip():
        stop("nothing to look for; write words or a question", WRONG_USE)
    if too_long(text):
        stop(f"the text is {TOO_LONG}; look for fewer words", WRONG_USE)
    return text


def as_object(text: str, found: Sequence[Found]) -> dict[str, object]:
    """Return what was found as a JSON object; offsets are Unicode code points of the document, end-exclusive."""
    return {
        "text": text,
        "note": SEARCH_ONLY if found else NOTHING_NEAR,
        "sentences": [
            {
                **asdict(one.citation),
                "share": round(one.share, 4),
                "shared": [[one.citation.start + start, one.citation.start + end] for start, end in one.shared],
                "facts": list(one.facts),
                "skipped": one.skipped,
            }
            for one in found
        ],
    }
