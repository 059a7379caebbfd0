"""Weights of passages that were fitted on every other article of a file, so that none is ranked by its own."""

from __future__ import annotations

import tomllib
from pathlib import Path

from knowledge.ranking.passages import PassageWeights, load_passage_weights

HALVES = Path(__file__).resolve().parent / "halves.toml"


def weights_of(sha256: str, article: int) -> PassageWeights:
    """Return the weights for an article of a file: fitted on the other half of it, or the shipped ones.

    Articles 0, 2, 4 ... are one half. The shipped weights have seen nothing of any other file.
    """
    tables = tomllib.loads(HALVES.read_text("utf-8")) if HALVES.exists() else {}
    if tables.get("sha256") != sha256:
        return load_passage_weights()
    half = tables["without_odd" if article % 2 else "without_even"]
    return PassageWeights(half["sentence"], half["none"]["bias"])
