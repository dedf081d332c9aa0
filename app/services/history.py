"""Recorded series along the current line, thinned so that nothing seen is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.errors import BadInput, Fault, NotFound
from app.nn.names import Names
from app.nn.spec import Floats, Ints
from app.services.library import Library, Span
from app.services.records import Curve, Network, Run

BLOCK_NUMBERS = 4_000_000  # 32 MB of float64
LOSS_NAMES = frozenset({"loss", "E_batch"})


@dataclass(frozen=True, slots=True)
class Thinned:
    """One series in buckets: the smallest, the largest and the last value of each."""

    low: Floats
    high: Floats
    last: Floats


def span(network: Network, first: int, last: int | None) -> Span:
    """Raises BadInput for from > to, NotFound for a step that was not reached."""
    head = network.head.step
    last = head if last is None else last
    if first > last:
        detail = f"from is {first} and to is {last}; from must not be above to."
        raise BadInput.at("/from", "out-of-range", detail)
    if last > head:
        raise NotFound(f"Step {last} has not been reached; the network is at step {head}.")
    return Span(first, last)


def series(library: Library, network: Network, names: Sequence[str], over: Span) -> list[Floats]:
    """One array (steps,) per name: its value at every step. Raises BadInput for unknown names."""
    columns = [column(network, name) for name in names]
    read = library.curves if all(at is None for at in columns) else library.runs
    values = np.full((len(names), over.last - over.first + 1), np.nan)
    for run in read(network, over):
        fill(values, columns, run, over)
    return list(values)


def thinned_series(
    library: Library, network: Network, names: Sequence[str], over: Span, step: int
) -> list[Thinned]:
    """Each series in buckets of `step` values, read in blocks: ten million steps need not fit
    into memory. Raises BadInput for unknown names.
    """
    blocks = [
        [thinned(values, step) for values in series(library, network, names, block)]
        for block in blocks_of(over, step, len(names))
    ]
    return [joined(parts) for parts in zip(*blocks, strict=True)]


def blocks_of(over: Span, step: int, count: int) -> Iterator[Span]:
    """Spans of whole buckets, of about BLOCK_NUMBERS of `count` series."""
    length = max(1, BLOCK_NUMBERS // (count * step)) * step
    for first in range(over.first, over.last + 1, length):
        yield Span(first, min(first + length - 1, over.last))


def joined(parts: Sequence[Thinned]) -> Thinned:
    return Thinned(
        low=np.concatenate([part.low for part in parts]),
        high=np.concatenate([part.high for part in parts]),
        last=np.concatenate([part.last for part in parts]),
    )


def column(network: Network, name: str) -> int | None:
    """The place of a parameter in theta; None for the loss."""
    if name in LOSS_NAMES:
        return None
    known = Names.of(network.head.spec)
    try:
        return known.index(name)
    except NotFound:
        detail = f"{known.unknown('series', name)} The error is loss."
        raise BadInput([Fault("/series", "unknown-name", detail)]) from None


def fill(values: Floats, columns: Sequence[int | None], run: Run | Curve, over: Span) -> None:
    """Writes what `run` knows; later entries with the same step overwrite earlier ones."""
    source, target = over.shared_with(run)
    for row, at in zip(values, columns, strict=True):
        if at is not None and isinstance(run, Run):
            row[target] = run.thetas[source, at]
        elif at is None and run.losses is not None:
            row[target] = run.losses[source]


def stride(over: Span, max_points: int) -> int:
    """The smallest number of steps per bucket that needs no more than `max_points` buckets."""
    return -(-(over.last - over.first + 1) // max_points)


def bucket_ends(over: Span, step: int) -> Ints:
    """The last step of each bucket."""
    ends = np.arange(over.first + step - 1, over.last + step, step)
    return np.minimum(ends, over.last)


def thinned(values: Floats, step: int) -> Thinned:
    """(steps,) -> buckets of `step` values; a NaN makes its bucket's minimum and maximum NaN."""
    starts = np.arange(0, len(values), step)
    ends = np.minimum(starts + step, len(values)) - 1
    return Thinned(
        low=np.minimum.reduceat(values, starts),
        high=np.maximum.reduceat(values, starts),
        last=values[ends],
    )
