"""`verbatim ask`: questions from the command line, the standard input or a file, and what is printed for them."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import BinaryIO

import typer

from bot.batch import answers
from bot.contract import as_object
from bot.messages import LONGEST_INPUT, TOO_LONG, cleaned, decoded, printable, too_long
from bot.output import DONE, PROBLEMS, WRONG_USE, print_json, show, stop
from bot.replies import as_plain_text, reply_to
from knowledge import KnowledgeBase, Outcome


def message_from(words: list[str]) -> str:
    """Return the question of the command line, or else, or for `-`, of the standard input."""
    if words and words != ["-"]:
        message = cleaned(" ".join(words))
    elif not words and sys.stdin.isatty():
        stop('no question; write one, such as: verbatim ask "what was demanded?"', WRONG_USE)
    else:
        message = decoded(sys.stdin.buffer.read(LONGEST_INPUT + 1))
    if not message.strip():
        stop("the question is empty; write one", WRONG_USE)
    if too_long(message):
        stop(f"the question is {TOO_LONG}; ask in fewer words", WRONG_USE)
    return message


def answer(message: str, base: KnowledgeBase, *, as_json: bool, explain: bool) -> None:
    """Ask, and print what comes of it."""
    start = time.perf_counter()
    outcome = base.ask(message)
    ms = (time.perf_counter() - start) * 1000
    if as_json:
        print_json(as_object(outcome, base, ms, explain=explain))
        return
    _print_reply(outcome, base)
    if explain:
        from bot.screens import explanation_lines, plain  # noqa: PLC0415  rich, which the answer alone may not need

        show((plain(""), *explanation_lines(outcome)))


def _print_reply(outcome: Outcome, base: KnowledgeBase) -> None:
    """Print a reply: drawn in a terminal, as plain text elsewhere."""
    reply = reply_to(outcome, base)
    if sys.stdout.isatty():
        from bot.screens import reply_lines  # noqa: PLC0415  rich, which plain text does without

        show(reply_lines(reply))
    else:
        typer.echo(printable(as_plain_text(reply)))


def answer_batch(lines: BinaryIO, base: KnowledgeBase, *, explain: bool) -> int:
    """Answer JSON lines, each as soon as it is read; return the exit code."""
    code = DONE
    for made in answers(lines, base, explain=explain):
        print_json(made)
        code = PROBLEMS if "error" in made else code
    return code


def opened(file: str) -> BinaryIO:
    """Return a file for reading bytes; `-` is the standard input."""
    if file == "-":
        return sys.stdin.buffer
    try:
        return Path(file).open("rb")
    except OSError as error:
        stop(f"{file}: cannot be read ({error.strerror}); name a file of JSON lines, or -", WRONG_USE)
