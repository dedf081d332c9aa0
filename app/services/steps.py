"""Taking steps in a request: every update is kept, with its parameters and its loss."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from app.nn.spec import Floats
from app.services import bounds
from app.services.batches import trace_of
from app.services.changes import Revisions, change, now, refuse_while_training
from app.services.learning import learn
from app.services.library import Library
from app.services.ports import Change
from app.services.records import Moment, Network
from app.services.remembering import Remembered
from app.settings import Limits

Found: TypeAlias = tuple[float | None, Moment]
"""The loss before all updates, and the moment before the last."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What `count` updates did. `gradient` (P,) belongs to the last, which led from `last`."""

    network: Network
    count: int
    loss_before: float | None
    last: Moment
    gradient: Floats


def take(
    library: Library,
    network_id: str,
    count: int,
    if_match: Revisions,
    limits: Limits,
    remember: Callable[[Library, Steps], Remembered] | None = None,
) -> Steps:
    """Raises NoData, TrainingRuns, TooMuchWork; then nothing has changed."""

    def make(network: Network) -> tuple[Change, Found]:
        refuse_while_training(network)
        bounds.check_steps(network, count, limits)
        until_last = learn(network.head, count - 1)
        whole = learn(until_last.head, 1)
        runs = until_last.runs + whole.runs
        change = Change(network.extended(runs, whole.head, now()), runs)
        return change, (network.head.loss, until_last.head)

    def done(network: Network, found: Found) -> Steps:
        loss_before, last = found
        return Steps(network, count, loss_before, last, gradient_at(last))

    def told(known: Library, network: Network, found: Found) -> Remembered | None:
        return remember and remember(known, done(network, found))

    keep = told if remember else None
    return done(*change(library, network_id, if_match, make, ahead=True, remember=keep))


def gradient_at(moment: Moment) -> Floats:
    """dE_batch/dparameter (P,) of the next update's batch."""
    return trace_of(moment).backward.gradient
