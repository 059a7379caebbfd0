"""Durations in milliseconds, summed up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median


def median_and_p99(ms: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 99th percentile (nearest rank) of at least one duration."""
    return median(ms), sorted(ms)[math.ceil(0.99 * len(ms)) - 1]
