"""What a worker does: a training in chunks, each kept as it is made.

Progress is kept together with the steps, so that none is made twice or forgotten, and only
under the fence of the claim, so that whoever was taken for dead can go on without harm.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.errors import NotFound
from app.nn.arrays import Floats
from app.services.changes import now
from app.services.evaluation import evaluated
from app.services.learning import Learned, learn, longest_chunk
from app.services.ports import Change, Store, Trainings
from app.services.records import (
    Claim,
    Evaluate,
    Evaluation,
    Moment,
    Network,
    Run,
    Training,
    TrainingState,
)
from app.services.stopping import Best, Held, Rule, first_held
from app.services.thinning import with_room

FIRST_CHUNK = 4096
FIRST_CHUNK_WORK = 20_000_000
"""Parameters x examples x steps that take much less than CHUNK_SECONDS on any machine."""
CHUNK_SECONDS = 0.1
TURN_SECONDS = 1.0
"""How long a training is computed while others wait."""
MOST_DEATHS = 10
"""So often may a worker end in the middle of it without a step kept in between."""
DEADLY = "Its workers died again and again at the same step; the network may be too large for them."


def compute(store: Store, trainings: Trainings, claim: Claim) -> None:
    """A training from wherever it stands, to its end or until it is another one's turn.

    Whoever computes it may be killed at any time.
    """
    if claim.deaths >= MOST_DEATHS:
        fail(store, trainings, claim, DEADLY)
        return
    try:
        began = time.perf_counter()
        training = trainings.training(claim.network_id, claim.training_id)
        size = first_size(store.network(claim.network_id), training)
        watch = Stopwatch()
        while training.fence == claim.fence and not training.ended:
            started = time.perf_counter()
            training = advance(store, trainings, training, size, watch)
            ended = time.perf_counter()
            if ended - began > TURN_SECONDS and trainings.anybody_waits():
                return
            size = next_size(size, ended - started)
    except NotFound:
        return  # the network was deleted meanwhile


class Stopwatch:
    """The time of a chunk, with that of keeping the one before: what a training really takes."""

    def __init__(self) -> None:
        self._since = time.perf_counter()

    def seconds(self) -> float:
        return time.perf_counter() - self._since

    def lap(self) -> float:
        """The time until now; from here on it counts anew."""
        since, self._since = self._since, time.perf_counter()
        return self._since - since


def first_size(network: Network, training: Training) -> int:
    """Many steps of a small network, few of a large one, whose speed is not known yet."""
    work = network.head.state.theta.size * rows_per_step(network, training)
    return FIRST_CHUNK if work * FIRST_CHUNK <= FIRST_CHUNK_WORK else 1


def rows_per_step(network: Network, training: Training) -> float:
    """Examples that pass through the network in one step, those of its evaluations included."""
    setting, evaluate = network.head.setting, training.evaluate
    test = None if setting.data is None else setting.data.test
    if test is None or evaluate is None or evaluate.every is None:
        return setting.batch_size
    return setting.batch_size + len(test[0]) / evaluate.every


def advance(
    store: Store, trainings: Trainings, known: Training, size: int, watch: Stopwatch
) -> Training:
    """One chunk, kept; or the end. Raises NotFound when network or training are gone."""
    network = store.network(known.network_id)
    training = trainings.training(known.network_id, known.id)
    if training.fence != known.fence or network.training != training.id:
        return training
    if training.cancel:
        return finish(store, network, training, "cancelled", None)
    return learn_chunk(store, network, training, size, watch)


def learn_chunk(
    store: Store, network: Network, training: Training, size: int, watch: Stopwatch
) -> Training:
    """When somebody else changed the network meanwhile, nothing is kept: try again."""
    chunk = next_chunk(network, training, chunk_size(network, training, size))
    progress = progressed(network, training, chunk, watch)
    after = network.extended(chunk.learned.runs, chunk.learned.head, now())
    if progress.ended:
        after = replace(after, training=None)
    made = with_room(store, Change(after, chunk.learned.runs, training=progress))
    return progress if store.commit(network, made) else training


def chunk_size(network: Network, training: Training, size: int) -> int:
    most = min(size, training.total - training.done, longest_chunk(network.head.state.theta.size))
    if training.stop.seconds is None or training.rate is None:
        return most
    in_time = int((training.stop.seconds - training.seconds) * training.rate)
    return max(1, min(most, in_time))


@dataclass(frozen=True, slots=True)
class Chunk:
    """Updates, up to the step at which a rule holds or as many as were asked for."""

    learned: Learned
    count: int
    stopped_by: Rule | None
    best: Best


def next_chunk(network: Network, training: Training, count: int) -> Chunk:
    """Made again when a rule holds before its end: the same numbers, but not too many."""
    learned = learn(network.head, count)
    held, best = judged(network.head, training, learned.runs)
    if held is None:
        return Chunk(learned, count, None, best)
    fewer = held.at - training.done
    return Chunk(learn(network.head, fewer), fewer, held.rule, best)


def judged(head: Moment, training: Training, runs: Sequence[Run]) -> tuple[Held | None, Best]:
    """The first rule that holds; before the first update the start is looked at too."""
    stop, best, done = training.stop, training.best, training.done
    held = None
    if done == 0:
        held, best = first_held(stop, best, 0, losses_of(head.loss), head.state.theta[None])
    for run in runs:
        if held is None:
            held, best = first_held(stop, best, done + 1, losses_of(run.losses), run.thetas)
        done += run.count
    return held, best


def losses_of(given: Floats | float | None) -> Floats:
    """(count,); a training has data, so there are losses."""
    return np.atleast_1d(np.asarray(given, dtype=np.float64))


def progressed(network: Network, training: Training, chunk: Chunk, watch: Stopwatch) -> Training:
    done = training.done + chunk.count
    stopped_by = chunk.stopped_by
    if stopped_by is None and done < training.total and out_of_time(training, watch):
        stopped_by = "seconds"
    ended = stopped_by is not None or done == training.total
    seen = evaluations(network.head, training, chunk, ended=ended)
    return replace(
        training,
        state="succeeded" if ended else "running",
        done=done,
        loss=chunk.learned.head.loss,
        stopped_by=stopped_by,
        best=chunk.best,
        evaluations=(*training.evaluations, *seen),
        seconds=training.seconds + watch.lap(),
        updated_at=now(),
    )


def out_of_time(training: Training, watch: Stopwatch) -> bool:
    spent = training.seconds + watch.seconds()
    return training.stop.seconds is not None and spent >= training.stop.seconds


def evaluations(
    head: Moment, training: Training, chunk: Chunk, *, ended: bool
) -> Iterator[Evaluation]:
    """Those that fall into the chunk, which began at `head`."""
    if training.evaluate is None:
        return
    for done in due(training.evaluate, training.done, training.done + chunk.count, ended=ended):
        updates = done - training.done
        yield evaluated(head.setting, head.step + updates, theta_after(head, chunk, updates))


def due(evaluate: Evaluate, before: int, last: int, *, ended: bool) -> Iterator[int]:
    """After which updates of `before + 1` to `last` an evaluation is due."""
    every = evaluate.every
    if every is not None:
        yield from range(before - before % every + every, last + 1, every)
    if ended and (every is None or last % every or last == before):
        yield last


def theta_after(head: Moment, chunk: Chunk, updates: int) -> Floats:
    """(P,) after so many updates of the chunk."""
    if updates == 0:
        return head.state.theta
    runs = iter(chunk.learned.runs)
    run = next(runs)
    while updates > run.count:
        updates -= run.count
        run = next(runs)
    theta: Floats = run.thetas[updates - 1]
    return theta


def finish(
    store: Store, network: Network, training: Training, state: TrainingState, problem: str | None
) -> Training:
    """The end, when the last chunk did not bring it. Not kept if somebody was faster."""
    ended = replace(training, state=state, problem=problem, updated_at=now())
    after = replace(network, revision=network.revision + 1, training=None)
    return ended if store.commit(network, Change(after, training=ended)) else training


def fail(store: Store, trainings: Trainings, claim: Claim, problem: str) -> None:
    """The end of a training that cannot go on, unless somebody else computes it now."""
    training = trainings.training(claim.network_id, claim.training_id)
    while training.fence == claim.fence and not training.ended:
        finish(store, store.network(claim.network_id), training, "failed", problem)
        training = trainings.training(claim.network_id, claim.training_id)


def next_size(size: int, seconds: float) -> int:
    """Chunks of about CHUNK_SECONDS; never more than four times the last one."""
    return max(1, int(size * min(4.0, CHUNK_SECONDS / max(seconds, 1e-6))))
