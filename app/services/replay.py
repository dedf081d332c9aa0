"""The whole state at any history entry, exactly as it was.

Parameters are kept at every entry; the optimizer's memory only where a run starts. Inside a run
the memory is found again by repeating the updates, and is trusted only if that gives the kept
parameters bit for bit.
"""

from __future__ import annotations

import numpy as np

from app.errors import NotFound, NotReproducible
from app.nn import kernel
from app.nn.spec import Floats
from app.nn.state import State
from app.services.batches import data_of
from app.services.ports import Histories
from app.services.records import Entry, Moment, Run


def entry(store: Histories, network_id: str, seq: int) -> Entry:
    """Raises NotFound when the history has no such entry."""
    run = run_with(store, network_id, seq)
    at = seq - run.first_seq
    return Entry(
        seq=seq,
        step=run.first_step + at,
        setting=store.setting(network_id, run.setting),
        theta=run.thetas[at],
        loss=None if run.losses is None else float(run.losses[at]),
    )


def moment(store: Histories, network_id: str, seq: int) -> Moment:
    """Raises NotFound, or NotReproducible when the replay gave other numbers."""
    found = entry(store, network_id, seq)
    run = run_with(store, network_id, seq).up_to(seq)
    memory = memories_of(store, network_id, run)[-1]
    state = State(theta=found.theta, memory=memory, step=found.step)
    return Moment(seq=seq, setting=found.setting, state=state, loss=found.loss)


def run_with(store: Histories, network_id: str, seq: int) -> Run:
    run = store.run_with(network_id, seq)
    if run is None:
        raise NotFound(f"There is no history entry {seq}.")
    return run


def memories_of(store: Histories, network_id: str, run: Run) -> Floats:
    """(count, slots, P): the optimizer's memory at every entry of a run."""
    if run.kind != "updates" or not run.memory.size:
        return np.broadcast_to(run.memory, (run.count, *run.memory.shape))
    return repeated(store, network_id, run).memories


def repeated(store: Histories, network_id: str, run: Run) -> kernel.Run:
    """The updates of a run once more, in their own setting. Raises NotReproducible."""
    before = entry(store, network_id, run.after_seq)
    start = State(theta=before.theta, memory=run.memory, step=before.step)
    setting = store.setting(network_id, run.setting)
    data = data_of(setting)
    again = kernel.run(
        setting.spec, start, data.inputs, data.targets, run.count, record_memory=True
    )
    if not same_bits(again.thetas, run.thetas):
        raise NotReproducible(
            f"Repeating the updates after step {before.step} gave other numbers than were kept "
            f"(another processor or library). Step {before.step} can be used exactly.",
            nearest=before.step,
        )
    return again


def same_bits(a: Floats, b: Floats) -> bool:
    """Unlike ==, NaN equals itself and 0.0 differs from -0.0."""
    return a.shape == b.shape and np.array_equal(a.view(np.int64), b.view(np.int64))
