"""An invented base of three documents, two of which do not agree, and the revisions that the third goes through.

It lies in `tests/facts/observatory`: `dome-march` is revised in May and in July.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from knowledge import KnowledgeBase
from knowledge.curation import Revision, Shelf, Wanted, addition, extract, receive, revision_of

OBSERVATORY = Path(__file__).parent / "facts" / "observatory"

ROAD = """
[[fact]]
id = "road-closed-in-july"
claim = "The road to the hill is closed to cars in July."
act = "close"
themes = ["road"]
slots = { date = ["July"], group = ["cars"] }
quote = "The road to the hill is closed to cars in July"
phrasings = ["When is the road closed?", "Can I drive up the hill in July?"]
"""
"""The fact of the one sentence that is new in May."""


def observatory(folder: Path) -> Shelf:
    """Return the folders of the base, copied into one that is there."""
    for name in ("documents", "facts"):
        shutil.copytree(OBSERVATORY / name, folder / name)
    return Shelf.read(folder / "documents", folder / "facts")


def revised(shelf: Shelf, document: str, replaces: str, published: str) -> tuple[Shelf, Revision]:
    """Return a base with one of the revisions, none of whose drafts is reviewed, and what became of the facts."""
    path = OBSERVATORY / "revisions" / f"{document}.txt"
    wanted = Wanted(replaces=replaces, published=published, language="en", title="The Dome on Kestrel Hill")
    added = addition(path.read_bytes(), path, extract(path.read_bytes(), path.name), wanted, shelf)
    revision = revision_of(added, shelf)
    return receive(added, shelf, revision.text), revision


def reviewed(shelf: Shelf, document: str, more: str = "") -> None:
    """Accept every draft of a document, and write further records into its file."""
    path = shelf.facts / f"{document}.toml"
    path.write_text(path.read_text("utf-8").replace("draft = true\n", "") + more, "utf-8")


def in_july(folder: Path) -> Shelf:
    """Return the folders of the base with both revisions, all facts reviewed."""
    shelf, _ = revised(observatory(folder), "dome-may", "dome-march", "2024-05-02")
    reviewed(shelf, "dome-may", ROAD)
    shelf, _ = revised(shelf, "dome-july", "dome-may", "2024-07-09")
    reviewed(shelf, "dome-july")
    return shelf


def loaded(shelf: Shelf, *, drafts: bool = False) -> KnowledgeBase:
    return KnowledgeBase.load(shelf.documents, shelf.facts, drafts=drafts)
