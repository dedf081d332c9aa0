"""The first quantity that stopped being a finite number, and the step at which it did."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from app.nn.finite import first_bad_value, first_not_finite
from app.nn.names import Names
from app.services.library import At, Library, Span
from app.services.records import Moment, Network, NotFinite, Run


def first_lost(library: Library, network: Network) -> NotFinite | None:
    """None while the network's numbers are finite now."""
    if is_finite(network.head):
        return None
    key = (network.id, network.revision)
    found = library.lost.get(key)
    if found is None:
        found = searched(library, network)
        library.lost.put(key, found, 1)
    return found


def is_finite(moment: Moment) -> bool:
    loss = moment.loss is None or math.isfinite(moment.loss)
    return loss and bool(np.isfinite(moment.state.theta).all())


def searched(library: Library, network: Network) -> NotFinite:
    """The numbers of a step are made by the update before it, so that one is looked at first."""
    step = first_bad_step(library, network)
    update_before = lost_at(library, network, step - 1) if step else None
    return update_before or lost_at(library, network, step) or lost_parameter(network)


def first_bad_step(library: Library, network: Network) -> int:
    for run in library.runs(network, Span(0, network.head.step)):
        bad = bad_entries(run)
        if bad.any():
            return run.first_step + int(bad.argmax())
    return network.head.step


def bad_entries(run: Run) -> npt.NDArray[np.bool_]:
    """(count,): whether a number of that entry is not finite."""
    losses = np.zeros(run.count) if run.losses is None else run.losses
    numbers = np.column_stack([run.thetas, losses])
    finite: npt.NDArray[np.bool_] = np.logical_and.reduce(np.isfinite(numbers), axis=1)
    return ~finite


def lost_at(library: Library, network: Network, step: int) -> NotFinite | None:
    at = At(step=step)
    spec = library.entry(network, at).setting.spec
    trace = library.trace(network, at)
    name = first_not_finite(spec, trace)
    return None if name is None else NotFinite(step, name, first_bad_value(spec, trace, name))


def lost_parameter(network: Network) -> NotFinite:
    head = network.head
    place = int(np.isfinite(head.state.theta).argmin())
    name = Names.of(head.spec).parameter_name(place)
    return NotFinite(head.step, name, float(head.state.theta[place]))
