"""Sets on the harbour: a sound one that is kept beside this file, and others that tests write."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SET = Path(__file__).with_name("questions.jsonl")
"""Eight questions on the two documents of the harbour, all of which are answered or held as they should be."""

Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a set into the folder in which the program runs; return its name."""

    def written(*questions: dict[str, Any], name: str = "set.jsonl") -> str:
        lines = (json.dumps({"kind": "plain", **question}) for question in questions)
        (tmp_path / name).write_text("".join(f"{line}\n" for line in lines), "utf-8")
        return name

    return written
