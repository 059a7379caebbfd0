"""A file is there wholly or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import typer

from bot.measuring.saving import save


def test_file_is_written_over(tmp_path: Path) -> None:
    file = tmp_path / "run.jsonl"
    file.write_text("before", "utf-8")

    save(file, "after\n")

    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("run.jsonl", b"after\n")]


def test_failure_leaves_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "run.jsonl"
    file.write_text("before", "utf-8")

    with pytest.raises(UnicodeEncodeError):
        save(file, "half \ud800")

    assert [(path.name, path.read_text("utf-8")) for path in tmp_path.iterdir()] == [("run.jsonl", "before")]


def test_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "file")

    save(tmp_path / "link", "content")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text("utf-8") == "content"


def test_device_is_written_to_and_not_replaced() -> None:
    behind, device = os.openpty()

    save(Path(os.ttyname(device)), "content")

    assert os.read(behind, 100) == b"content"


def test_file_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as left:
        save(tmp_path / ("long" * 100), "content")

    assert left.value.exit_code == 1
    assert "cannot be written (File name too long); name another file" in capsys.readouterr().err
