"""Series gathered into buckets of steps: the smallest, the largest and the last value of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.nn.spec import Floats, Ints
from app.services.library import Span
from app.services.summaries import BIN


@dataclass(frozen=True, slots=True)
class Axis:
    """Buckets of `stride` steps over a span. Wide ones are made of whole bins of a summary, so
    the first of them may be short; the last may always be."""

    over: Span
    stride: int

    @property
    def origin(self) -> int:
        """Where the first bucket would begin, were it whole."""
        first = self.over.first
        return first - first % self.stride if self.wide else first

    @property
    def wide(self) -> bool:
        return self.stride % BIN == 0

    @property
    def count(self) -> int:
        return (self.over.last - self.origin) // self.stride + 1

    @property
    def ends(self) -> Ints:
        """The last step of each bucket."""
        ends = self.origin + self.stride * np.arange(1, self.count + 1) - 1
        return np.minimum(ends, self.over.last)


def axis(over: Span, max_points: int) -> Axis:
    """The narrowest buckets of which `max_points` are enough."""
    stride = -(-(over.last - over.first + 1) // max_points)
    if stride < BIN:
        return Axis(over, stride)
    found = Axis(over, in_bins(stride))
    if found.count <= max_points:
        return found
    if max_points == 1:
        return Axis(over, in_bins(over.last + 1))
    return Axis(over, in_bins(-(-(over.last - over.first + 1) // (max_points - 1))))


def in_bins(steps: int) -> int:
    return -(-steps // BIN) * BIN


@dataclass(frozen=True, slots=True)
class Cells:
    """Single steps, or bins of them, of some series. `steps` (cells,) never fall; `low`, `high`
    and `last` are (series, cells)."""

    steps: Ints
    low: Floats
    high: Floats
    last: Floats


@dataclass(frozen=True, slots=True)
class Thinned:
    """One series in buckets. Where nothing of it was kept, `kept` is false."""

    low: Floats
    high: Floats
    last: Floats
    kept: npt.NDArray[np.bool_]


class Buckets:
    """Filled with cells in the order of their steps; a step is told once."""

    def __init__(self, axis: Axis, series: int) -> None:
        shape = series, axis.count
        self._axis = axis
        self._low = np.full(shape, np.inf)
        self._high = np.full(shape, -np.inf)
        self._last = np.full(shape, np.nan)
        self._kept = np.zeros(shape, dtype=np.bool_)

    def add(self, series: Sequence[int], cells: Cells) -> None:
        """A NaN among the cells makes the minimum and maximum of its bucket NaN."""
        if not (len(cells.steps) and series):
            return
        into = (cells.steps - self._axis.origin) // self._axis.stride
        starts = np.concatenate([[0], np.flatnonzero(np.diff(into)) + 1])
        ends = np.append(starts[1:], len(into)) - 1
        at = np.ix_(series, into[starts])
        self._low[at] = np.minimum(self._low[at], np.minimum.reduceat(cells.low, starts, axis=1))
        self._high[at] = np.maximum(self._high[at], np.maximum.reduceat(cells.high, starts, axis=1))
        self._last[at] = cells.last[:, ends]
        self._kept[at] = True

    def series(self) -> list[Thinned]:
        return [
            Thinned(*one) for one in zip(self._low, self._high, self._last, self._kept, strict=True)
        ]
