"""Medians of ratios within rounds, and how far they spread."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """The median of the rounds' ratios, with the quartiles around it."""

    low: float
    middle: float
    high: float

    @classmethod
    def of(cls, over: Sequence[float], under: Sequence[float], factor: float = 1.0) -> Ratio:
        """over[r] / under[r] * factor, for every round r."""
        return cls.around([factor * a / b for a, b in zip(over, under, strict=True)])

    @classmethod
    def around(cls, values: Sequence[float]) -> Ratio:
        if len(values) == 1:
            return cls(values[0], values[0], values[0])
        low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
        return cls(low, middle, high)

    def __str__(self) -> str:
        return f"{short(self.middle)} ({short(self.low)} to {short(self.high)})"


def short(value: float) -> str:
    """Three significant digits, in words that a table has room for."""
    if value >= 1000:
        return f"{float(f'{value:.3g}'):,.0f}".replace(",", " ")
    return f"{value:#.3g}".rstrip(".")


def duration(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{short(seconds / size)} {unit}"
    return f"{short(seconds / 1e-9)} ns"
