"""How far a sweep is, and which of its trials is the best."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.services.records import Sweep, Training, TrainingState, Trial, TrialState

UNFINISHED = {"queued", "running"}


@dataclass(frozen=True, slots=True)
class Tally:
    """`total` and `done` are steps of all trials; what a trial ended without is not counted."""

    sweep: Sweep
    trials: int
    states: Mapping[TrialState, int]
    state: TrainingState
    total: int
    done: int
    rate: float | None
    """Steps per second of all trials together, since the sweep began."""
    best: Trial | None

    @property
    def seconds_left(self) -> float | None:
        if self.state not in UNFINISHED:
            return 0.0
        return (self.total - self.done) / self.rate if self.rate else None


def tally(sweep: Sweep, trials: Sequence[Trial]) -> Tally:
    known = [trial.training for trial in trials if trial.training is not None]
    done = sum(training.done for training in known)
    states = Counter(trial.state for trial in trials)
    return Tally(
        sweep=sweep,
        trials=len(trials),
        states=states,
        state=state_of(sweep, states),
        total=sum(t.done if t.ended else t.total for t in known),
        done=done,
        rate=rate_of(sweep, known, done),
        best=best_of(sweep, trials),
    )


def state_of(sweep: Sweep, states: Mapping[TrialState, int]) -> TrainingState:
    if set(states) == {"queued"}:
        return "queued"
    if UNFINISHED & states.keys():
        return "running"
    if sweep.cancel:
        return "cancelled"
    return "succeeded" if "succeeded" in states else "failed"


def rate_of(sweep: Sweep, known: Sequence[Training], done: int) -> float | None:
    if not done:
        return None
    last = max(training.updated_at for training in known)
    seconds = (last - sweep.created_at).total_seconds()
    return done / seconds if seconds > 0 else None


def best_of(sweep: Sweep, trials: Sequence[Trial]) -> Trial | None:
    """The smallest finite loss of those that have succeeded; the first of equals."""
    scored = [(score(sweep, trial), trial) for trial in trials if trial.state == "succeeded"]
    finite = [(loss, trial) for loss, trial in scored if loss is not None and math.isfinite(loss)]
    return min(finite, key=lambda found: found[0], default=(None, None))[1]


def score(sweep: Sweep, trial: Trial) -> float | None:
    if sweep.judged_by == "test_loss":
        return None if trial.evaluation is None else trial.evaluation.loss
    return None if trial.training is None else trial.training.loss
