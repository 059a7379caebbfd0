"""Pages photographed by Chromium, without a window."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from tests.screens.page import WIDTH

COLOURS = 48
"""In a picture: enough for letters on a few grounds, and a quarter of the bytes that all colours take."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
LONGEST_S = 60

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions"),
    "--force-device-scale-factor=2",
)

MISSING = f"pictures need Chromium: none of {', '.join(BROWSERS)} is on the path; install it (apt-get install chromium)"

_SIZE = re.compile(r'data-size="(\[[^"]+\])"')


class BrowserError(Exception):
    """There is no browser, or it draws nothing."""


def browser() -> str:
    """Return the path of a browser.

    Raises:
        BrowserError: there is none.
    """
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    raise BrowserError(MISSING)


def photograph(page: Path, picture: Path, columns: int) -> Path:
    """Write a picture of all of a page with so many columns of screens, two pixels for each of CSS; return its path.

    Raises:
        BrowserError: there is no browser, or it draws nothing.
    """
    width = 16 + columns * (WIDTH + 16)
    height = _height(page, width)
    _run([f"--window-size={width},{height}", f"--screenshot={picture}", page.as_uri()])
    if not picture.is_file():
        raise BrowserError(f"{picture}: the browser wrote no picture")
    with Image.open(picture) as whole:
        few = whole.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(picture, optimize=True)
    return picture


def _height(page: Path, width: int) -> int:
    """Return how high a page is, in pixels of CSS, asked of the page itself."""
    asking = "<script>document.documentElement.dataset.size=JSON.stringify([document.body.offsetHeight])</script>"
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "page.html"
        copy.write_text(page.read_text("utf-8") + asking, "utf-8")
        told = _run([f"--window-size={width},1000", "--dump-dom", copy.as_uri()])
    found = _SIZE.search(told)
    if not found:
        raise BrowserError(f"{page}: the browser does not tell how high it is")
    (height,) = json.loads(found[1])
    return int(height)


def _run(arguments: Sequence[str]) -> str:
    """Run the browser with a profile of its own; return what it prints."""
    with TemporaryDirectory() as profile:
        done = subprocess.run(
            [browser(), *FLAGS, f"--user-data-dir={profile}", *arguments],
            capture_output=True,
            text=True,
            timeout=LONGEST_S,
            check=False,
        )
    if done.returncode:
        raise BrowserError(f"the browser ended with {done.returncode}: {done.stderr[-500:]}")
    return done.stdout
