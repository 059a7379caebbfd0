"""`verbatim gaps --work`: gaps filled one after another, by single keys; each change is proven and written at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import typer

from bot.curating.gap_lines import gap_lines, shortened
from bot.line_editing import edited_line
from bot.output import DONE
from bot.screens import LOUD, NUMBER, QUIET, QUOTED, WARNING, WRONG, Line, Screen, drawn, plain, screen
from bot.settings import Settings, cache_folder
from knowledge import KnowledgeBase, VerbatimError
from knowledge.curation import (
    FactText,
    Gap,
    NotWritten,
    State,
    file_of,
    hear,
    save_all,
    with_drafts,
    with_phrasings,
    with_unsaid,
)

KEYS = {
    "u": "unsaid: the documents do not say it",
    "a": "add: the wordings go to the unsaid above",
    "p": "phrasings: the wordings go to one of the facts above",
    "f": "fact: a draft from the sentence above",
    "s": "skip",
    "q": "quit",
}

RELATED = 0.05
"""Share from which a fact is worth reading instead, in [0, 1]: what readers are shown beside an abstention."""


class Cancelled(Exception):  # noqa: N818  it is no error
    """Somebody thought better of it; nothing was written."""


def work_on(gaps: Sequence[Gap], settings: Settings, base: KnowledgeBase) -> int:
    """Go through gaps with whoever sits at the terminal; return the exit code."""
    desk = Desk(settings, base, screen())
    try:
        for number, gap in enumerate(gaps, start=1):
            if not desk.is_settled(gap) and not desk.work(gap, f"{number}/{len(gaps)}  "):
                break
    except (KeyboardInterrupt, EOFError):
        desk.show.print()
    desk.show.print(plain(f"{desk.written} written, {desk.skipped} skipped", LOUD))
    return DONE


class Desk:
    """What is worked with: the base as it is by now, and how much was done."""

    def __init__(self, settings: Settings, base: KnowledgeBase, show: Screen) -> None:
        self._documents, self._facts = settings.documents, settings.facts
        self._base = base
        self.show = show
        self.written = self.skipped = 0

    def is_settled(self, gap: Gap) -> bool:
        """Return whether what was written for other gaps settles this one too; tell it."""
        if not self.written or self._open(gap):
            return False
        self.show.print(Line("", drawn(f"settled with another: {gap.wordings[0].text}", QUIET)))
        return True

    def work(self, gap: Gap, mark: str) -> bool:
        """Show a gap and do what the keys say; return whether the next one is wanted."""
        acts: dict[str, Callable[[Gap], str]] = {
            "u": self._write_unsaid,
            "a": self._add_to_unsaid,
            "p": self._write_phrasings,
            "f": self._write_draft,
        }
        self._print(plain(""), *gap_lines(gap, self._base, mark))
        while True:
            self._print(Line("  ", drawn("  ".join(f"{key} {meaning.split(':')[0]}" for key, meaning in KEYS.items()))))
            key = typer.getchar()[:1].lower()
            if key in {"s", "q"}:
                self.skipped += key == "s"
                return key == "s"
            if key not in acts:
                self._print(*(Line(f"  {known}  ", drawn(meaning), style=NUMBER) for known, meaning in KEYS.items()))
                continue
            try:
                told = acts[key](gap)
            except Cancelled as reason:
                self._print(plain(f"{reason}; nothing was written", WARNING))
            except NotWritten as error:
                self._print(plain(f"{error}; nothing was written", WRONG))
            else:
                self.written += 1
                self._print(plain(told, QUOTED), plain(self._outcome(gap), QUIET))
                return True

    def _write_unsaid(self, gap: Gap) -> str:
        """Write that the documents do not say it."""
        wordings = self._wordings(gap)
        about = self._line("the documents do not state: ", " ".join(gap.topics))
        related = [fact.id for fact, share in gap.facts if share >= RELATED]
        path = file_of(self._document(gap), self._facts)
        self._save({path: with_unsaid(path, about, wordings, related)})
        return f'{path}: unsaid "{about}", {_counted(wordings)}'

    def _add_to_unsaid(self, gap: Gap) -> str:
        """Add wordings to what is known to be unsaid."""
        if gap.unsaid is None:
            raise Cancelled("nothing unsaid is near")
        about = gap.unsaid[0].about
        wordings = self._wordings(gap)
        path = self._file_with_unsaid(about)
        self._save({path: with_unsaid(path, about, wordings, ())})
        return f'{path}: unsaid "{about}", {_counted(wordings)} more'

    def _write_phrasings(self, gap: Gap) -> str:
        """Add phrasings to one of the nearest facts."""
        if not gap.facts:
            raise Cancelled("no fact is near")
        facts = [fact for fact, _ in gap.facts]
        self._print(
            *(Line(f"  {number}  ", drawn(fact.id), style=NUMBER) for number, fact in enumerate(facts, start=1))
        )
        chosen = self._line("number of the fact: ", "1")
        if not chosen.isascii() or not chosen.isdecimal() or not 1 <= int(chosen) <= len(facts):
            raise Cancelled(f"there is no fact {chosen}")
        fact = facts[int(chosen) - 1]
        wordings = self._wordings(gap)
        path = file_of(fact.citation.document, self._facts)
        self._save({path: with_phrasings(path, fact.id, wordings)})
        return f"{path}: fact {fact.id}, {_counted(wordings)} more"

    def _write_draft(self, gap: Gap) -> str:
        """Write the draft of a fact from the nearest sentence."""
        if gap.sentence is None:
            raise Cancelled("no sentence is near")
        wordings = self._wordings(gap)
        names, texts = with_drafts(gap.sentence, self._documents, self._facts, wordings)
        self._save(texts)
        return f"draft {', '.join(names)}; it is served when somebody has reviewed it"

    def _wordings(self, gap: Gap) -> tuple[str, ...]:
        """Return the wordings that are to be written: those that ask for something else are left out by a person."""
        if not gap.usable:
            raise Cancelled("every wording is too long or holds personal data; write one into the file by hand")
        self._print(
            *(
                Line(f"  {number}  ", drawn(shortened(wording)), style=NUMBER)
                for number, wording in enumerate(gap.usable, start=1)
            )
        )
        left_out = set(self._line("leave out numbers (Enter keeps all): ", "", needed=False).split())
        kept = tuple(wording for number, wording in enumerate(gap.usable, start=1) if str(number) not in left_out)
        unknown = left_out - {str(number) for number in range(1, len(gap.usable) + 1)}
        if unknown:
            raise Cancelled(f"there is no wording {min(unknown)}")
        if not kept:
            raise Cancelled("no wording is left")
        return kept

    def _document(self, gap: Gap) -> str:
        """Return the id of the document that a gap is nearest to."""
        if gap.sentence is not None:
            return gap.sentence.citation.document
        return gap.facts[0][0].citation.document if gap.facts else self._base.documents[0].id

    def _file_with_unsaid(self, about: str) -> Path:
        for document in self._base.documents:
            path = file_of(document.id, self._facts)
            if about in FactText.read(path).keys("unsaid"):
                return path
        raise NotWritten(f'{self._facts}: no unsaid "{about}" any more')

    def _save(self, texts: Mapping[Path, str]) -> None:
        """Write files if the base is sound with them, and take the base over as it is then."""
        self._print(plain("proving …", QUIET))
        problems = save_all(texts, self._documents, self._facts)
        if problems:
            raise NotWritten("\n".join(map(str, problems)))
        try:
            self._base = KnowledgeBase.load(self._documents, self._facts, cache=cache_folder())
        except VerbatimError as error:
            raise NotWritten(f"written, but the base has problems of its own now: {error}") from None

    def _outcome(self, gap: Gap) -> str:
        """Return what has become of a gap."""
        return f"{self._open(gap)} of {gap.times} would still be asked in vain"

    def _open(self, gap: Gap) -> int:
        """Return how many askings of a gap are open with the base as it is by now."""
        return sum(any(one.state is State.OPEN for one in parts) for parts in hear(gap.askings, self._base))

    def _line(self, prompt: str, prefilled: str, *, needed: bool = True) -> str:
        """Return a typed line."""
        line = " ".join(edited_line(prompt, prefilled).split())
        if needed and not line:
            raise Cancelled("the line is empty")
        return line

    def _print(self, *lines: Line) -> None:
        for line in lines:
            self.show.print(line)


def _counted(wordings: Sequence[str]) -> str:
    return f"{len(wordings)} {'wording' if len(wordings) == 1 else 'wordings'}"
