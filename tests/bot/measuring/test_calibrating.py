"""`verbatim calibrate` as a person would start it. The fit needs scipy, which is an extra."""

from __future__ import annotations

import subprocess
import tomllib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from tests.bot.measuring.conftest import SET, Write

Program = Callable[..., subprocess.CompletedProcess[bytes]]
ROOT = Path(__file__).resolve().parents[3]


def test_weights_are_written_with_their_provenance(verbatim: Program, tmp_path: Path) -> None:
    pytest.importorskip("scipy", reason="the extra is not installed")

    done = verbatim("calibrate", str(SET), "--out", "fitted.toml")

    lines = done.stdout.decode().splitlines()
    made = tomllib.loads((tmp_path / "fitted.toml").read_text("utf-8"))
    assert (done.returncode, done.stderr) == (0, b"")
    assert (lines[0], lines[-1]) == ("questions.jsonl: 6 of 8 questions taken", "written: fitted.toml")
    assert made["provenance"]["command"] == "verbatim calibrate questions.jsonl --out fitted.toml"
    assert made["provenance"]["sets"] == [
        {
            "name": "questions.jsonl",
            "sha256": sha256(SET.read_bytes()).hexdigest(),
            "questions": 8,
            "fitted_on": 6,
        }
    ]
    assert set(made["provenance"]["versions"]) == {"python", "verbatim-bot", "numpy", "scipy"}
    assert set(made["provenance"]["cross_validated"]) == {"answered", "held", "precision", "score"}
    assert {"fact", "gap", "none", "thresholds"} <= set(made)


def test_base_can_be_fitted_on_as_if_it_had_few_phrasings(verbatim: Program, tmp_path: Path) -> None:
    pytest.importorskip("scipy", reason="the extra is not installed")

    done = verbatim("calibrate", str(SET), "--phrasings", "2", "--out", "fitted.toml")

    made = tomllib.loads((tmp_path / "fitted.toml").read_text("utf-8"))
    assert (done.returncode, done.stderr) == (0, b"")
    assert made["provenance"]["command"] == "verbatim calibrate questions.jsonl --phrasings 2 --out fitted.toml"
    assert made["provenance"]["base"]["phrasings"] <= 2 * made["provenance"]["base"]["facts"]
    assert "pieces" in made["fact"]
    assert made["thresholds"]["phrasings"] > 2


def test_nothing_is_written_unless_it_is_wanted(verbatim: Program, tmp_path: Path) -> None:
    pytest.importorskip("scipy", reason="the extra is not installed")
    before = {
        path: path.read_bytes() for path in (*ROOT.glob("knowledge/*.toml"), *tmp_path.iterdir()) if path.is_file()
    }

    assert verbatim("calibrate", str(SET)).returncode == 0
    assert {
        path: path.read_bytes() for path in (*ROOT.glob("knowledge/*.toml"), *tmp_path.iterdir()) if path.is_file()
    } == before


def test_several_sets_are_fitted_on_together(verbatim: Program, write: Write) -> None:
    pytest.importorskip("scipy", reason="the extra is not installed")
    other = write({"id": "o-1", "turns": ["Who are you?"], "answerable": False})

    done = verbatim("calibrate", str(SET), other)

    assert done.stdout.decode().splitlines()[:2] == [
        "questions.jsonl: 6 of 8 questions taken",
        "set.jsonl: 1 of 1 questions taken",
    ]


@pytest.mark.parametrize("package", ["numpy", "scipy"])
def test_missing_extra_is_told_with_its_mend(package: str, verbatim: Program, tmp_path: Path) -> None:
    if package == "scipy":
        pytest.importorskip("numpy", reason="numpy is asked for first")
    lacking = tmp_path / "lacking"
    lacking.mkdir()
    (lacking / f"{package}.py").write_text(
        f'raise ModuleNotFoundError("No module named {package!r}", name="{package}")\n', "utf-8"
    )

    done = verbatim("calibrate", str(SET), PYTHONPATH=f"{lacking}:{ROOT}")

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == (
        f"verbatim: {package} is missing, which fitting needs; install the extra: "
        "pip install 'verbatim-bot[calibrate]', or in a clone: .venv/bin/pip install --editable '.[calibrate]'\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("none.jsonl",), 2), ((), 2), ((str(SET), "--write", "--out", "x"), 2), ((str(SET), "--out", "none/x"), 2)],
)
def test_wrong_use_is_told(arguments: tuple[str, ...], code: int, verbatim: Program) -> None:
    done = verbatim("calibrate", *arguments)

    assert (done.returncode, done.stdout) == (code, b"")
    assert done.stderr != b""
