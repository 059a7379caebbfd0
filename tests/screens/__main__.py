"""Draw the screens: HTML pages with columns of them, or with --png a picture of each page.

    python -m tests.screens [--out DIR] [--png]

The pictures in `screens/` are made by `make screens`.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from knowledge import KnowledgeBase
from tests.screens.page import page
from tests.screens.pictures import BrowserError, browser, photograph
from tests.screens.telling import all_sheets


def main() -> int:
    """Draw; return the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=Path("build/screens"), help="the folder to write to")
    parser.add_argument("--png", action="store_true", help="photograph the pages with Chromium")
    given = parser.parse_args()
    try:
        draw(given.out.resolve(), png=given.png)
    except BrowserError as error:
        print(f"screens: {error}", file=sys.stderr)
        return 1
    return 0


def draw(out: Path, *, png: bool) -> None:
    """Write the pages to a folder, or their pictures.

    Raises:
        BrowserError: a picture cannot be made.
    """
    if png:
        browser()  # before the work: without it nothing comes of it
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        for number, columns in enumerate(asyncio.run(all_sheets(KnowledgeBase.load())), start=1):
            drawn = (Path(folder) if png else out) / f"screens-{number}.html"
            drawn.write_text(page(columns), "utf-8")
            if png:
                drawn = photograph(drawn, out / f"screens-{number}.png", len(columns))
            print(drawn)


if __name__ == "__main__":
    sys.exit(main())
