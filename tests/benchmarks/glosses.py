"""How questions in another language are glossed, and whether they are answered as in English.

    python -m tests.benchmarks.glosses CODE [--all]
    python -m tests.benchmarks.glosses CODE --message TEXT

Prints each wording of `tests/cases/languages/CODE.toml` that is answered otherwise than the English one, with its
gloss; with --all every wording. Then how many are answered alike, declined or answered otherwise, and the time per
message.
"""

from __future__ import annotations

import argparse
import statistics
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bot.replies import cited_in
from knowledge.base import KnowledgeBase
from knowledge.language.glossaries import Glossaries, load_glossaries
from knowledge.language.glossing import gloss
from knowledge.language.lexicon import load_lexicon
from knowledge.language.spelling import english_words
from knowledge.outcomes import Outcome

CASES = Path(__file__).resolve().parent.parent / "cases" / "languages"


class Compared(NamedTuple):
    """One wording beside the English one: "alike", "declined" or "different"."""

    table: str
    id: str
    wording: str
    gloss: str
    verdict: str
    ms: float


def shipped_glossaries(base: KnowledgeBase) -> Glossaries:
    """Return the glossaries with the names of a base."""
    lexicon = load_lexicon()
    chat = {word for row in lexicon.chat_spellings.meanings for word in row.split()}
    return load_glossaries(base.names, lexicon.spellings | english_words() | chat)


def compared(code: str, base: KnowledgeBase, glossaries: Glossaries) -> Iterator[Compared]:
    """Yield every wording of a language, asked, beside what the English wording gets."""
    english = tomllib.loads((CASES / "en.toml").read_text("utf-8"))
    for table, rows in tomllib.loads((CASES / f"{code}.toml").read_text("utf-8")).items():
        for key, wordings in rows.items():
            wanted = base.ask(english[table][key])
            for wording in wordings:
                begun = time.thread_time()
                glossed = gloss(wording, glossaries)
                spent = 1000 * (time.thread_time() - begun)
                text = glossed.text if glossed else wording
                yield Compared(table, key, wording, text, _verdict(base.ask(text), wanted), spent)


def _verdict(outcome: Outcome, wanted: Outcome) -> str:
    if cited_in(outcome) == cited_in(wanted) and (cited_in(wanted) or type(outcome) is type(wanted)):
        return "alike"
    return "different" if cited_in(outcome) else "declined"


def main() -> None:
    """Print glosses and figures of one language."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("code", metavar="CODE")
    parser.add_argument("--all", action="store_true", help="print every wording")
    parser.add_argument("--message", metavar="TEXT", help="gloss this and no more")
    given = parser.parse_args()
    base = KnowledgeBase.load()
    glossaries = shipped_glossaries(base)
    if given.message:
        glossed = gloss(given.message, glossaries)
        print(glossed.text if glossed else glossaries.recognise(given.message))
        for source, meant in glossed.pairs if glossed else ():
            print(f"  {source}  ->  {meant}")
        return
    rows = list(compared(given.code, base, glossaries))
    for row in rows:
        if given.all or row.verdict != "alike":
            print(f"{row.verdict:9}  {row.id}\n           {row.wording}\n           {row.gloss}")
    for table in dict.fromkeys(row.table for row in rows):
        counts = Counter(row.verdict for row in rows if row.table == table)
        print(f"{table}: {dict(counts)} of {counts.total()}")
    spent = [row.ms for row in rows]
    print(f"ms per message (processor time): median {statistics.median(spent):.2f}, most {max(spent):.2f}")


if __name__ == "__main__":
    main()
