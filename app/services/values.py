"""Single values by their names, and the first of them that stopped being a finite number."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from app.errors import NotFound
from app.nn.names import Names
from app.nn.passes import StepTrace
from app.nn.spec import NetworkSpec
from app.services.library import At, Library, Span
from app.services.records import Network, Run


@dataclass(frozen=True, slots=True)
class NotFinite:
    """The first quantity, in order of computation, that was not a finite number any more."""

    step: int
    name: str
    value: float


def by_name(
    spec: NetworkSpec, trace: StepTrace, names: Sequence[str], example: int
) -> dict[str, float]:
    """Raises NotFound for an unknown name."""
    known = Names.of(spec)
    return {name: known.value(trace, name, example) for name in names}


def in_order(
    spec: NetworkSpec, trace: StepTrace, start: int, count: int, example: int
) -> tuple[dict[str, float], int | None]:
    """`count` values in order of computation from place `start`, and the next place."""
    known = Names.of(spec)
    names = list(islice(known.all(), start, start + count + 1))
    values = {name: known.value(trace, name, example) for name in names[:count]}
    return values, start + count if len(names) > count else None


def check_example(trace: StepTrace, example: int) -> None:
    rows = len(trace.backward.forward.inputs)
    if example >= rows:
        raise NotFound(
            f"There is no example {example} in this batch; it has {rows}, counted from 0."
        )


def first_not_finite(library: Library, network: Network) -> NotFinite | None:
    """Looks back only when the network's numbers are not finite now."""
    head = network.head
    if np.isfinite(head.state.theta).all() and (head.loss is None or math.isfinite(head.loss)):
        return None
    seq = first_bad_seq(library, network)
    step = library.entry(network, At(seq=seq)).step
    # The update before made the numbers of this entry, so what went wrong may be found there.
    for candidate in ([step - 1] if step else []) + [step]:
        found = first_bad_value(library, network, candidate)
        if found is not None:
            return found
    return None


def first_bad_seq(library: Library, network: Network) -> int:
    for run in library.runs(network, Span(0, network.head.step)):
        bad = bad_entries(run)
        if bad.any():
            return run.first_seq + int(bad.argmax())
    return network.head.seq


def bad_entries(run: Run) -> npt.NDArray[np.bool_]:
    """(count,): whether a number of that entry is not finite."""
    losses = np.zeros(run.count) if run.losses is None else run.losses
    numbers = np.column_stack([run.thetas, losses])
    finite: npt.NDArray[np.bool_] = np.logical_and.reduce(np.isfinite(numbers), axis=1)
    return ~finite


def first_bad_value(library: Library, network: Network, step: int) -> NotFinite | None:
    at = At(step=step)
    spec = library.entry(network, at).setting.spec
    trace = library.trace(network, at)
    known = Names.of(spec)
    for example in range(len(trace.backward.forward.inputs)):
        for name in known.all():
            value = known.value(trace, name, example)
            if not math.isfinite(value):
                return NotFinite(step, name, value)
    return None
