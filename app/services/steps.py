"""Taking steps in a request: every update is kept, with its parameters and its loss."""

from __future__ import annotations

from dataclasses import dataclass

from app.nn.spec import Floats
from app.services import bounds
from app.services.batches import trace_of
from app.services.changes import Revisions, change, now, refuse_while_training
from app.services.learning import learn
from app.services.library import Library
from app.services.ports import Change
from app.services.records import Moment, Network
from app.settings import Limits


@dataclass(frozen=True, slots=True)
class Steps:
    """What `count` updates did. `gradient` (P,) belongs to the last, which led from `last`."""

    network: Network
    count: int
    loss_before: float | None
    last: Moment
    gradient: Floats


def take(
    library: Library, network_id: str, count: int, if_match: Revisions, limits: Limits
) -> Steps:
    """Raises NoData, TrainingRuns, TooMuchWork; then nothing has changed."""

    def make(network: Network) -> tuple[Change, tuple[float | None, Moment]]:
        refuse_while_training(network)
        bounds.check_steps(network, count, limits)
        until_last = learn(network.head, count - 1)
        whole = learn(until_last.head, 1)
        runs = until_last.runs + whole.runs
        change = Change(network.extended(runs, whole.head, now()), runs)
        return change, (network.head.loss, until_last.head)

    network, (loss_before, last) = change(library, network_id, if_match, make, ahead=True)
    return Steps(network, count, loss_before, last, gradient_at(last))


def gradient_at(moment: Moment) -> Floats:
    """dE_batch/dparameter (P,) of the next update's batch."""
    return trace_of(moment).backward.gradient
