"""Recorded series along the current line, whole or thinned so that nothing seen is lost."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.errors import BadInput, Fault, NotFound, TooMuchWork
from app.nn.names import Names
from app.nn.spec import Floats
from app.services import overview
from app.services.buckets import Axis, Thinned
from app.services.library import Library, Span
from app.services.records import Curve, Network, Run
from app.settings import Limits

LOSS_NAMES = frozenset({"loss", "E_batch"})


def span(network: Network, first: int, last: int | None, beside: Network | None = None) -> Span:
    """Default is up to where the network stands, or the one `beside` it if that is further.

    Raises BadInput for from > to, NotFound for a step that was not reached.
    """
    head = max(one.head.step for one in (network, beside) if one is not None)
    last = head if last is None else last
    if first > last:
        detail = f"from is {first} and to is {last}; from must not be above to."
        raise BadInput.at("/from", "out-of-range", detail)
    if last > head:
        raise NotFound(f"Step {last} has not been reached; the network is at step {head}.")
    return Span(first, last)


def series(
    library: Library, network: Network, names: Sequence[str], over: Span, limits: Limits
) -> Floats:
    """(names, steps): each at every step, NaN where it was not kept.

    Raises BadInput for unknown names, TooMuchWork for several long series.
    """
    columns = columns_of(network, names)
    check_size(over, len(names), limits)
    read = library.curves if all(at is None for at in columns) else library.runs
    values = np.full((len(names), over.count), np.nan)
    for run in read(network, over):
        fill(values, columns, run, over)
    return values


def thinned(library: Library, network: Network, names: Sequence[str], axis: Axis) -> list[Thinned]:
    """Each in buckets. Raises BadInput for unknown names."""
    return overview.thinned_series(library, network, columns_of(network, names), axis)


def columns_of(network: Network, names: Sequence[str]) -> list[int | None]:
    return [column(network, name) for name in names]


def column(network: Network, name: str) -> int | None:
    """The place of a parameter in theta; None for the loss."""
    if name in LOSS_NAMES:
        return None
    known = Names.of(network.head.spec)
    try:
        return known.index(name)
    except NotFound:
        told = known.unknown("series", name)
        detail = f"Network {network.id}: {told} The error is loss."
        raise BadInput([Fault("/series", "unknown-name", detail)]) from None


def check_size(over: Span, series: int, limits: Limits) -> None:
    """One series may be as long as the history."""
    most = max(1, limits.traced_numbers // over.count)
    if series > most:
        detail = f"At most {most} series of {over.count} steps fit into one answer; ask for fewer."
        raise TooMuchWork.at("/series", TooMuchWork.code, detail)


def fill(values: Floats, columns: Sequence[int | None], run: Run | Curve, over: Span) -> None:
    """Writes what `run` knows; later entries with the same step overwrite earlier ones."""
    source, target = over.shared_with(run)
    for row, at in zip(values, columns, strict=True):
        if at is not None and isinstance(run, Run):
            row[target] = run.column(at)[source]
        elif at is None and run.losses is not None:
            row[target] = run.losses[source]
