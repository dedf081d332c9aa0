"""From what somebody asks for to a network with its first history entry."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy.typing as npt

from app.nn import initializers, passes
from app.nn.passes import State
from app.nn.spec import MAX_SEED, Floats, NetworkSpec, check, flatten
from app.services import bounds
from app.services.batches import next_batch
from app.services.changes import now
from app.services.data import check_data
from app.services.records import Data, Moment, Network, Run, Setting
from app.settings import Limits


@dataclass(frozen=True, slots=True)
class Draft:
    """A network that somebody asks for; numbers are still in the shapes that were sent."""

    spec: NetworkSpec
    name: str | None = None
    seeded: bool = False
    weights: Sequence[npt.ArrayLike] | None = None
    biases: Sequence[npt.ArrayLike] | None = None
    data: Data | None = None


def drafted(draft: Draft, limits: Limits) -> Network:
    """The network, not kept yet. Raises BadInput."""
    bounds.check_size(draft.spec, limits)
    check(draft.spec)
    spec = draft.spec if draft.seeded else replace(draft.spec, seed=secrets.randbelow(MAX_SEED + 1))
    check_data(spec, draft.data)
    setting = Setting(0, spec, draft.data)
    bounds.check_setting(setting, limits)
    start = passes.start(spec, first_parameters(spec, draft))
    return first_revision(draft.name, setting, start)


def first_parameters(spec: NetworkSpec, draft: Draft) -> Floats:
    if draft.weights is None:
        return initializers.draw(spec)
    return flatten(spec, draft.weights, draft.biases)


def first_revision(name: str | None, setting: Setting, start: State) -> Network:
    head = Moment(0, setting, start, loss_at(setting, start))
    time = now()
    return Network(
        id=secrets.token_hex(8),
        name=name,
        revision=1,
        head=head,
        training=None,
        kept_bytes=Run.of("start", head, after_seq=0).kept_bytes,
        created_at=time,
        updated_at=time,
    )


def loss_at(setting: Setting, state: State) -> float | None:
    """E_batch of the next update's batch; None without data."""
    if setting.data is None:
        return None
    batch = next_batch(setting, state.step)
    trace = passes.forward(
        setting.spec, state.theta, batch.inputs, batch.targets, path=setting.path
    )
    return None if trace.errors is None else trace.errors.total
