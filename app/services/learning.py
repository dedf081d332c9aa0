"""Updates and their record: what `steps` makes in a request and a training makes in chunks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.nn import kernel
from app.services.batches import data_of
from app.services.records import Moment, Run, kept_bytes
from app.services.summaries import summary_of

RUN_BYTES = 1024 * 1024
"""About what one run holds at most, so that reading one entry never reads much more."""
CHUNK_BYTES = 4 * RUN_BYTES
"""About what a training makes at most before it is kept."""


@dataclass(frozen=True, slots=True)
class Learned:
    """The record of some updates, in order, and the moment after the last of them."""

    runs: tuple[Run, ...]
    head: Moment


def learn(start: Moment, count: int) -> Learned:
    """`count` updates from `start`, which may be none. Raises NoData."""
    runs: list[Run] = []
    head = start
    for size in run_sizes(count, start.state.theta.size):
        run, head = one_run(head, size)
        runs.append(run)
    return Learned(tuple(runs), head)


def one_run(start: Moment, count: int) -> tuple[Run, Moment]:
    data = data_of(start.setting)
    made = kernel.run(start.spec, start.state, data.inputs, data.targets, count)
    run = Run(
        kind="updates",
        first_seq=start.seq + 1,
        first_step=start.step + 1,
        after_seq=start.seq,
        setting=start.setting.number,
        memory=start.state.memory,
        losses=made.losses[1:],
        thetas=made.thetas,
        summary=summary_of(start.step + 1, made.losses[1:], made.thetas),
    )
    head = Moment(start.seq + count, start.setting, made.state, float(made.losses[-1]))
    return run, head


def run_sizes(count: int, size: int) -> Iterator[int]:
    """`count` updates of `size` parameters, cut so that no run exceeds RUN_BYTES."""
    longest = longest_run(size)
    while count > 0:
        yield min(count, longest)
        count -= longest


def longest_run(size: int) -> int:
    return max(1, RUN_BYTES // kept_bytes(1, size))


def longest_chunk(size: int) -> int:
    return max(1, CHUNK_BYTES // kept_bytes(1, size))
