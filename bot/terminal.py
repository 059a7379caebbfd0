"""`verbatim chat`: the conversation in a terminal, and as a script when its input is a pipe."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from pathlib import Path

from bot.library import found_lines, source_list
from bot.line_editing import edited_lines
from bot.messages import LONGEST_INPUT, TOO_LONG, cleaned, decoded, too_long
from bot.reloading import Newer, Watch
from bot.replies import Reply, example_questions, reply_to, scope_of, source_of
from bot.screens import (
    LOUD,
    QUIET,
    WARNING,
    Line,
    Screen,
    drawn,
    explanation_lines,
    in_place,
    plain,
    reply_lines,
    screen,
)
from knowledge import Conversation, KnowledgeBase, Outcome

COMMANDS = {
    "/sources": "the documents that are answered from",
    "/source N": "footnote N of the last answer in its place, the quote marked",
    "/find WORDS": "the sentences that are nearest to some words, or to a question",
    "/why": "how the last reply was decided",
    "/help": "this list",
    "/quit": "leave; so do Ctrl-D and Ctrl-C",
}
"""What can be typed beside questions, with what it does."""

WORDS = tuple(command.split()[0] for command in COMMANDS)


def converse(base: KnowledgeBase, history: Path | None, watch: Watch | None = None) -> None:
    """Talk until the person, or the input, has no more to say.

    Args:
        base: what is answered from.
        history: file that keeps what was typed for the next time; None keeps nothing.
        watch: where a changed base comes from; without it, the base stays as it is.
    """
    if sys.stdin.isatty() and sys.stdout.isatty():
        _talk_with_person(base, history, watch)
    else:
        _run_script(base, watch)


def _talk_with_person(base: KnowledgeBase, history: Path | None, watch: Watch | None) -> None:
    """Talk with somebody who types; to interrupt is a way to leave."""
    show, talk = screen(), Talk(base)
    try:
        _print(show, welcome(base))
        for line in edited_lines("> ", WORDS, history):
            _print(show, [*_renewed(talk, watch), plain(""), *talk.replies(line), plain("")])
            if talk.is_over:
                return
    except KeyboardInterrupt:
        pass
    show.print()


def _run_script(base: KnowledgeBase, watch: Watch | None) -> None:
    """Reply to each line of the standard input, without a prompt."""
    show, talk = screen(), Talk(base)
    while not talk.is_over and (raw := sys.stdin.buffer.readline(LONGEST_INPUT + 2)):
        rest = raw
        while not rest.endswith(b"\n") and (rest := sys.stdin.buffer.readline(LONGEST_INPUT)):
            pass  # the end of a line whose beginning says already that it is too long
        if raw.strip():
            _print(show, [*_renewed(talk, watch), *talk.replies(decoded(raw)), plain("")])
            sys.stdout.flush()


def _renewed(talk: Talk, watch: Watch | None) -> list[Line]:
    """Let a talk go on with a changed base where there is one; return what is to be said of it."""
    if watch is None or not watch.changed():
        return []
    from asyncio import run  # noqa: PLC0415  heavy, and needed by nobody whose base stays as it is

    found = run(watch.newest())
    if isinstance(found, Newer):
        watch.serves(found)
        talk.goes_on_with(found.base)
        return [plain(f"The base was changed: answers come from {scope_of(found.base)} now.", QUIET)]
    if not found.problems:
        return []
    first, more = found.problems[0], len(found.problems) - 1
    rest = f" (and {more} more; verbatim check tells all)" if more else ""
    return [plain(f"The base was changed, but the one of before is kept: {first}{rest}", WARNING)]


def _print(show: Screen, lines: list[Line]) -> None:
    for line in lines:
        show.print(line)


def welcome(base: KnowledgeBase) -> list[Line]:
    """Return what the bot answers from, and questions that it answers."""
    examples = example_questions(base)
    return [
        plain(f"Verbatim answers from {scope_of(base)}, in the words that stand there:", LOUD),
        *source_list(base),
        plain("What is not there is not answered."),
        *([plain(""), plain("Ask, for example:")] if examples else []),
        *(Line("  ", drawn(example)) for example in examples),
        plain(""),
        plain("/help lists the commands; Ctrl-D leaves.", QUIET),
        plain(""),
    ]


class Talk:
    """One conversation: what was said, what the last reply showed, and whether it is over."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._shown_from = base
        self._conversation = Conversation()
        self._outcome: Outcome | None = None
        self._reply = Reply((), ())
        self.is_over = False

    def goes_on_with(self, base: KnowledgeBase) -> None:
        """Answer from another base from now on; what was shown last can still be looked into."""
        self._base = base

    def replies(self, line: str) -> list[Line]:
        """Return what is shown for a line: the reply to a question, a choice or a command."""
        message = cleaned(line).strip()
        if not message:
            return [plain("Please ask a question; /help lists the commands.", QUIET)]
        if too_long(message):
            return [plain(f"That is {TOO_LONG}; please ask in fewer words.", WARNING)]
        if message.startswith("/"):
            return self._obey(message)
        if message.isdecimal() and self._reply.suggestions:
            return self._choose(int(message))
        return self._tell(self._base.ask(message, self._conversation))

    def _tell(self, outcome: Outcome) -> list[Line]:
        """Return the reply to an outcome, and remember both."""
        self._conversation = self._conversation.after(outcome)
        self._outcome = outcome
        self._reply, self._shown_from = reply_to(outcome, self._base), self._base
        hint = [plain("Type a number to choose.", QUIET)] if self._reply.suggestions else []
        return [*reply_lines(self._reply), *hint]

    def _choose(self, number: int) -> list[Line]:
        """Return the reply to a suggestion chosen by its number, from 1."""
        suggestions = self._reply.suggestions
        if not 1 <= number <= len(suggestions):
            return [plain(f"Please choose a number from 1 to {len(suggestions)}, or ask a question.", WARNING)]
        chosen = suggestions[number - 1]
        fact = self._base.fact(chosen.fact)
        if fact is None:
            return [plain("This can no longer be chosen: the base was changed. Please ask a question.", WARNING)]
        return self._tell(self._base.tell([fact], chosen.text))

    def _obey(self, message: str) -> list[Line]:  # noqa: PLR0911  one for each command
        """Return what a command shows."""
        command, _, rest = message.partition(" ")
        match command.lower():
            case "/sources":
                return list(source_list(self._base))
            case "/source":
                return self._source(rest.strip())
            case "/find":
                return self._find(rest.strip())
            case "/why":
                return self._why()
            case "/help":
                return [Line(f"  {name:<12} ", drawn(meaning), style=LOUD) for name, meaning in COMMANDS.items()]
            case "/quit" | "/exit":
                self.is_over = True
                return [plain("Goodbye.", QUIET)]
            case _:
                return [plain(_unknown(command))]

    def _why(self) -> list[Line]:
        """Return how the last reply was decided."""
        if self._outcome is None:
            return [plain("Nothing has been asked yet.")]
        return list(explanation_lines(self._outcome))

    def _find(self, text: str) -> list[Line]:
        """Return the sentences that are nearest to a text; the conversation goes on as if nothing was asked."""
        if not text:
            return [plain("Please write what to look for behind /find: words, or a question.")]
        return list(found_lines(self._base.find(text), self._base))

    def _source(self, number: str) -> list[Line]:
        """Return the paragraph of a footnote of the last reply, with the quote marked."""
        footnotes = self._reply.footnotes
        if not footnotes:
            return [plain("The last reply has no footnotes; ask a question first.")]
        wanted = number.strip("[]") or ("1" if len(footnotes) == 1 else "")
        footnote = next((footnote for footnote in footnotes if str(footnote.number) == wanted), None)
        if footnote is None:
            return [plain(f"Please name a footnote from 1 to {len(footnotes)}, such as: /source 1")]
        document = next(
            document for document in self._shown_from.documents if document.id == footnote.citation.document
        )
        return [plain(source_of(document), QUIET), in_place(footnote.citation, document)]


def _unknown(command: str) -> str:
    """Return a kind word on a command that there is not."""
    close = get_close_matches(command.lower(), WORDS, n=1)
    return f"I do not know {command[:40]}; {f'did you mean {close[0]}?' if close else '/help lists the commands.'}"
