"""Figures beside one another: one row a figure, one column a way of ranking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """A figure with what it should reach and what each way of ranking reached.

    Attributes:
        share: it is a share, shown in percent; else a number in [0, 1] with three digits.
        goal: None where there is none.
        figures: by way of ranking.
    """

    name: str
    figures: Mapping[str, float]
    goal: float | None = None
    share: bool = True

    def shown(self, figure: float | None) -> str:
        """Return a figure as it is printed."""
        if figure is None:
            return "-"
        return f"{100 * figure:.1f}" if self.share else f"{figure:.3f}"


@dataclass(frozen=True, slots=True)
class Table:
    """A title and its rows, all with the same ways of ranking."""

    title: str
    rows: tuple[Row, ...]

    def __str__(self) -> str:
        width = max(len(row.name) for row in self.rows)
        ways = list(self.rows[0].figures)
        lines = [self.title, "", f"{'':{width}}{'goal':>10}" + "".join(f"{way:>11}" for way in ways)]
        for row in self.rows:
            figures = "".join(f"{row.shown(row.figures[way]):>11}" for way in ways)
            lines.append(f"{row.name:{width}}{row.shown(row.goal):>10}{figures}")
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        """Return the table as a JSON object; figures are in [0, 1]."""
        rows = {
            row.name: {"goal": row.goal, **{way: round(figure, 4) for way, figure in row.figures.items()}}
            for row in self.rows
        }
        return {"title": self.title, "figures": rows}
