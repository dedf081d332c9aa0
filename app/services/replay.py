"""The whole state at any history entry, exactly as it was.

Parameters are kept at every entry until a history is thinned; the optimizer's memory only where a
run starts. What is missing of a run of updates is found again by repeating them, and is trusted
only if that gives the kept parameters bit for bit.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from app.errors import NotFound, NotReproducible, StepNotKept
from app.nn import kernel
from app.nn.spec import Floats
from app.nn.state import State
from app.services.batches import data_of
from app.services.line import Line, holding
from app.services.ports import Histories
from app.services.records import Entry, Moment, Run
from app.services.thinning import Thinnable


def entry(store: Histories, network_id: str, seq: int) -> Entry:
    """Raises NotFound when the history has no such entry, StepNotKept, NotReproducible."""
    run = run_with(store, network_id, seq)
    at = seq - run.first_seq
    return Entry(
        seq=seq,
        step=run.first_step + at,
        setting=store.setting(network_id, run.setting),
        theta=thetas_of(store, network_id, run, at),
        loss=None if run.losses is None else float(run.losses[at]),
    )


def moment(store: Histories, network_id: str, seq: int) -> Moment:
    """Raises NotFound, StepNotKept, or NotReproducible when the replay gave other numbers."""
    run = run_with(store, network_id, seq)
    at = seq - run.first_seq
    thetas, memories = states_of(store, network_id, run, slice(at, at + 1))
    return Moment(
        seq=seq,
        setting=store.setting(network_id, run.setting),
        state=State(theta=thetas[0], memory=memories[0], step=run.first_step + at),
        loss=None if run.losses is None else float(run.losses[at]),
    )


def run_with(store: Histories, network_id: str, seq: int) -> Run:
    run = store.run_with(network_id, seq)
    if run is None:
        raise NotFound(f"There is no history entry {seq}.")
    return run


def thetas_of(store: Histories, network_id: str, run: Run, at: int) -> Floats:
    """(P,): the parameters at entry `at` of a run."""
    stored = at >= run.dropped
    found: Floats = (
        run.thetas[at - run.dropped] if stored else repeated(store, network_id, run, at).thetas[at]
    )
    return found


def states_of(store: Histories, network_id: str, run: Run, wanted: slice) -> tuple[Floats, Floats]:
    """(S, P) and (S, slots, P): parameters and optimizer memory at some entries of a run, which
    may be cut off. Raises StepNotKept, NotReproducible."""
    repeats = run.kind == "updates" and run.memory.size > 0
    if wanted.start >= run.dropped and not repeats:
        thetas = run.thetas[wanted.start - run.dropped : wanted.stop - run.dropped]
        return thetas, unchanged(run.memory, len(thetas))
    whole = run_with(store, network_id, run.first_seq) if run.dropped else run
    again = repeated(store, network_id, whole, wanted.start, wanted.stop)
    thetas = again.thetas[wanted]
    return thetas, again.memories[wanted] if repeats else unchanged(run.memory, len(thetas))


def unchanged(memory: Floats, count: int) -> Floats:
    return np.broadcast_to(memory, (count, *memory.shape))


def repeated(
    store: Histories, network_id: str, run: Run, wanted: int, stop: int | None = None
) -> kernel.Run:
    """The updates of a run once more, in their own setting, as far as they are wanted; of a run
    that was thinned all of them, because only its last row can be compared.

    Raises NotReproducible, and StepNotKept when there is nothing to begin with or to compare.
    """
    before = run_with(store, network_id, run.after_seq)
    at = run.after_seq - before.first_seq
    if run.kind != "updates" or not len(run.thetas) or at < before.dropped:
        raise not_kept(store, network_id, run.first_step + wanted)
    start = State(before.thetas[at - before.dropped], run.memory, before.first_step + at)
    setting = store.setting(network_id, run.setting)
    data = data_of(setting)
    count = run.count if run.dropped or stop is None else stop
    again = kernel.run(setting.spec, start, data.inputs, data.targets, count, record_memory=True)
    if not same_bits(again.thetas[run.dropped :], run.thetas[: count - run.dropped]):
        raise NotReproducible(
            f"Repeating the updates after step {start.step} gave other numbers than were kept "
            f"(another processor or library). Step {start.step} can be used exactly.",
            nearest=start.step,
        )
    return again


def same_bits(a: Floats, b: Floats) -> bool:
    """Unlike ==, NaN equals itself and 0.0 differs from -0.0."""
    return a.shape == b.shape and np.array_equal(a.view(np.int64), b.view(np.int64))


def not_kept(store: Histories, network_id: str, step: int) -> StepNotKept:
    nearest = min(kept_near(store, network_id, step), key=lambda kept: abs(kept - step))
    return StepNotKept(
        f"The parameters of step {step} were dropped, because more was recorded of this network "
        f"than is kept; the nearest step that can be used is {nearest}.",
        nearest=nearest,
    )


def kept_near(store: Histories, network_id: str, step: int) -> Iterator[int]:
    """Of each run of the current line the nearest step that can be used; where it stands, too."""
    head = store.network(network_id).head
    yield head.step
    history = Thinnable(store.outlines(network_id))
    readable = {run.first_seq: history.readable(at) for at, run in enumerate(history.runs)}
    line = Line.to(head.seq, store.resets(network_id))
    on_it = [
        run
        for low, high in line.oldest_first
        for run in history.runs
        if low <= run.first_seq <= high
    ]
    for run, last in holding(on_it):
        first = run.first_step + run.count - readable[run.first_seq]
        if first <= last:
            yield min(max(step, first), last)
