"""What the bot and other programs may import from `knowledge.curation`."""

from __future__ import annotations

import inspect
import subprocess
import sys

from knowledge import curation


def test_everything_that_is_listed_is_there_and_documented() -> None:
    described = [
        getattr(curation, name)
        for name in curation.__all__
        if name not in {"DONE", "INTERVAL", "KINDS", "LARGEST_FILE", "NEEDED", "WEIGHTS", "Ask"}
    ]

    assert curation.__all__ == sorted(curation.__all__, key=lambda name: (not name.isupper(), name.islower(), name))
    assert [value for value in described if not inspect.getdoc(value)] == []


def test_answering_does_not_import_it() -> None:
    program = "import sys, bot.asking; sys.exit('knowledge.curation' in sys.modules or 'jinja2' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
