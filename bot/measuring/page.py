"""The report of `verbatim eval --html`: one page that needs no script, no other file and no network.

Whatever comes from a set, a run or a document is text to it: the template escapes every value.
"""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from bot.measuring import curve
from bot.measuring.measured import Measured, at_shares
from bot.replies import as_plain_text, reply_to, source_of
from knowledge import KnowledgeBase
from knowledge.curation import INTERVAL, Asked, Verdict

TEMPLATE = "page.html"


def page(measured: Measured, base: KnowledgeBase) -> str:
    """Return the report on a measurement as HTML."""
    surroundings = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    surroundings.filters["percent"] = "{:.1%}".format
    surroundings.filters["signed"] = "{:+.1%}".format
    template = surroundings.from_string(files("bot.measuring").joinpath(TEMPLATE).read_text("utf-8"))
    return template.render(
        measured=measured,
        sources=[source_of(document) for document in base.documents],
        verdicts=tuple(Verdict),
        interval=INTERVAL,
        curve=measured.curve,
        at_shares=at_shares(measured.curve),
        picture=curve.picture(measured.curve),
        canvas=curve,
        reply=lambda asked: _reply(asked, base),
    )


def _reply(asked: Asked, base: KnowledgeBase) -> str:
    """Return what a reader was shown for a question."""
    return as_plain_text(reply_to(asked.outcome, base))
