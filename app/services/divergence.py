"""The first quantity that stopped being a finite number, and the step at which it did."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from app.errors import NotReproducible, StepNotKept
from app.nn.finite import first_bad_value, first_not_finite
from app.nn.names import Names
from app.nn.spec import Floats
from app.services.library import At, Library, Span
from app.services.records import Moment, Network, NotFinite


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
    step, loss = first_bad_step(library, network)
    update_before = lost_at(library, network, step - 1) if step else None
    found = update_before or lost_at(library, network, step)
    if found is None and not math.isfinite(loss):
        return NotFinite(step, "E_batch", loss)
    return found or lost_parameter(network)


def first_bad_step(library: Library, network: Network) -> tuple[int, float]:
    """And the loss there; of what was dropped from a history only the losses are looked at."""
    for run in library.runs(network, Span(0, network.head.step)):
        losses = np.zeros(run.count) if run.losses is None else run.losses
        bad = ~np.isfinite(losses)
        bad[run.dropped :] |= bad_rows(run.thetas)
        if bad.any():
            at = int(bad.argmax())
            return run.first_step + at, float(losses[at])
    return network.head.step, 0.0


def bad_rows(thetas: Floats) -> npt.NDArray[np.bool_]:
    """(rows,): whether a number of that row is not finite."""
    finite: npt.NDArray[np.bool_] = np.logical_and.reduce(np.isfinite(thetas), axis=1)
    return ~finite


def lost_at(library: Library, network: Network, step: int) -> NotFinite | None:
    """None, too, where the step cannot be looked into any more."""
    at = At(step=step)
    try:
        spec = library.entry(network, at).setting.spec
        trace = library.trace(network, at)
    except (StepNotKept, NotReproducible):
        return None
    name = first_not_finite(spec, trace)
    return None if name is None else NotFinite(step, name, first_bad_value(spec, trace, name))


def lost_parameter(network: Network) -> NotFinite:
    head = network.head
    place = int(np.isfinite(head.state.theta).argmin())
    name = Names.of(head.spec).parameter_name(place)
    return NotFinite(head.step, name, float(head.state.theta[place]))
