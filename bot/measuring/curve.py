"""The risk-coverage curve as a picture: where its points and ticks lie on a small canvas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.curation import Covered

WIDTH, HEIGHT = 420.0, 300.0
"""Of the canvas, in units of which a phone shows about 0.85 pixels and a wide screen 1.3."""

LEFT, RIGHT, TOP, BOTTOM = 52.0, 404.0, 16.0, 250.0
"""Edges of the plot on the canvas; y grows downwards."""

COVERAGES = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Ticks of the axis of coverage."""

TOPS = (0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Risks at which the axis may end; the first that holds the curve is taken."""

STEPS = 4
"""Parts of the axis of risk."""

Tick = tuple[float, str]
"""Where a tick lies, and what is written at it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A curve to be drawn.

    Attributes:
        points: of the line, as SVG's `polyline` takes them.
        end: where all answers are given; None when nothing was answered.
        across, up: ticks of coverage and of risk.
    """

    points: str
    end: tuple[float, float] | None
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]


def picture(curve: Sequence[Covered]) -> Picture:
    """Return the picture of a risk-coverage curve, given from the surest answers alone to all of them."""
    highest = max((point.risk for point in curve), default=0.0)
    top = next(known for known in TOPS if known >= highest)
    places = [(_x(point.coverage), _y(point.risk, top)) for point in curve]
    return Picture(
        points=" ".join(f"{x},{y}" for x, y in places),
        end=places[-1] if places else None,
        across=tuple((_x(coverage), f"{coverage:.0%}") for coverage in COVERAGES),
        up=tuple((_y(top * step / STEPS, top), _percent(top * step / STEPS)) for step in range(STEPS + 1)),
    )


def _x(coverage: float) -> float:
    return round(LEFT + coverage * (RIGHT - LEFT), 1)


def _y(risk: float, top: float) -> float:
    return round(BOTTOM - risk / top * (BOTTOM - TOP), 1)


def _percent(share: float) -> str:
    return f"{share * 100:.4g}%"
