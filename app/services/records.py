"""What the services keep: networks, their history entries and their trainings.

All of it is frozen. A history entry is one update, edit, reset or change of settings; `seq`
counts entries, `step` counts updates. Entries made by one call are kept together as a `Run`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

import numpy as np

from app.nn import batches
from app.nn.places import Phase
from app.nn.preparation import Standardisation
from app.nn.registry import Value
from app.nn.spec import Arithmetic, Floats, NetworkSpec, arithmetic
from app.nn.state import State
from app.services.stopping import Best, Rule, Stop

Kind: TypeAlias = Literal["start", "updates", "edit", "reset", "settings"]
Role: TypeAlias = Literal["edit", "view"]
Notation: TypeAlias = Literal["worked-example", "matrices", "pytorch"]
TrialState: TypeAlias = Literal["queued", "running", "succeeded", "failed", "cancelled", "deleted"]
TrainingState: TypeAlias = Literal["queued", "running", "succeeded", "failed", "cancelled"]

BYTES_PER_NUMBER = 8


@dataclass(frozen=True, slots=True)
class About:
    """What is remembered of examples besides their numbers; empty where nothing is known.

    `classes` are the labels of each target column that became one-hot, `standardised` is what
    was done to the inputs, `source` the data set they came from with its options.
    """

    input_names: Sequence[str] = ()
    target_names: Sequence[str] = ()
    classes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    standardised: Standardisation | None = None
    source: Mapping[str, Value | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Data:
    """The examples to learn from: inputs (N, n0), targets (N, K).

    `test` are examples kept apart: (M, n0) and (M, K); no update ever sees them. `key` is the
    key under which the examples were sent, for pointing at faults; it is not kept.
    """

    inputs: Floats
    targets: Floats
    test: tuple[Floats, Floats] | None = None
    about: About = About()
    key: str = "inputs"


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything in force at an entry besides the numbers that learning changes."""

    number: int
    spec: NetworkSpec
    data: Data | None

    @property
    def batch_size(self) -> int:
        """The number of examples in a full batch; 1 without data."""
        return 1 if self.data is None else batches.size(self.spec, len(self.data.inputs))

    @property
    def path(self) -> Arithmetic:
        """The arithmetic of every request: a function of the sizes and the full batch alone."""
        return arithmetic(self.spec, self.batch_size)


@dataclass(frozen=True, slots=True)
class Entry:
    """One history entry without its optimizer memory: enough for a forward pass."""

    seq: int
    step: int
    setting: Setting
    theta: Floats
    loss: float | None


@dataclass(frozen=True, slots=True)
class Moment:
    """One history entry with the whole state from which the next update starts."""

    seq: int
    setting: Setting
    state: State
    loss: float | None

    @property
    def step(self) -> int:
        return self.state.step

    @property
    def spec(self) -> NetworkSpec:
        return self.setting.spec


@dataclass(frozen=True, slots=True)
class Run:
    """`count` consecutive entries: entry i has seq `first_seq + i` and step `first_step + i`.

    `after_seq` is the entry it continues from: the one before, for a reset the one gone back to.
    `memory` (slots, P) is the optimizer's memory from which the run started, `losses` (count,)
    is E_batch at each entry (None without data), `thetas` (count - dropped, P) the parameters
    there, but for the first `dropped` entries. A long run has a `summary`, (3, bins, 1 + P).
    """

    kind: Kind
    first_seq: int
    first_step: int
    after_seq: int
    setting: int
    memory: Floats
    losses: Floats | None
    thetas: Floats
    dropped: int = 0
    summary: Floats | None = None

    @classmethod
    def of(cls, kind: Kind, moment: Moment, after_seq: int) -> Run:
        """A single entry: the start, an edit, a reset or a change of settings."""
        return cls(
            kind=kind,
            first_seq=moment.seq,
            first_step=moment.step,
            after_seq=after_seq,
            setting=moment.setting.number,
            memory=moment.state.memory,
            losses=None if moment.loss is None else np.array([moment.loss]),
            thetas=moment.state.theta[None, :],
        )

    @property
    def count(self) -> int:
        return self.dropped + len(self.thetas)

    def column(self, at: int) -> Floats:
        """(count,): one parameter at every entry, NaN where it was dropped."""
        if not self.dropped:
            return self.thetas[:, at]
        kept = self.thetas[:, at] if len(self.thetas) else np.empty(0)
        return np.concatenate([np.full(self.dropped, np.nan), kept])

    def up_to(self, seq: int) -> Run:
        """The entries up to `seq`, or all when it lies behind them; then without a summary."""
        count = min(self.count, seq - self.first_seq + 1)
        dropped = min(self.dropped, count)
        return replace(
            self,
            losses=None if self.losses is None else self.losses[:count],
            thetas=self.thetas[: count - dropped],
            dropped=dropped,
            summary=None,
        )

    @property
    def kept_bytes(self) -> int:
        return kept_bytes(self.count, self.thetas.shape[1]) + self.memory.nbytes


@dataclass(frozen=True, slots=True)
class Curve:
    """The losses (count,) of a run and nothing else; None where there was no data."""

    first_step: int
    count: int
    losses: Floats | None


@dataclass(frozen=True, slots=True)
class Summary:
    """A whole run in short: (3, bins, 1 + P), see `app/services/summaries.py`."""

    first_seq: int
    first_step: int
    count: int
    numbers: Floats


@dataclass(frozen=True, slots=True)
class Outline:
    """What is kept of a run, in numbers; `rows` are the last ones of its parameters."""

    first_seq: int
    first_step: int
    count: int
    rows: int
    row_bytes: int
    memory_bytes: int
    repeats: bool
    """It is made of updates, so it could be made again."""

    @classmethod
    def of(cls, run: Run) -> Outline:
        return cls(
            run.first_seq,
            run.first_step,
            run.count,
            len(run.thetas),
            run.thetas.shape[1] * BYTES_PER_NUMBER,
            run.memory.nbytes,
            run.kind == "updates",
        )

    @property
    def last_seq(self) -> int:
        return self.first_seq + self.count - 1

    @property
    def kept_bytes(self) -> int:
        return self.count * BYTES_PER_NUMBER + self.rows * self.row_bytes + self.memory_bytes

    @property
    def hollow(self) -> Outline:
        """With its last row only."""
        return replace(self, rows=1)

    @property
    def empty(self) -> Outline:
        """Without any row, and without the memory that would be of no use then."""
        return replace(self, rows=0, memory_bytes=0)


@dataclass(frozen=True, slots=True)
class Thinned:
    """What was dropped of a history: `dropped` entries can no longer be read, at most
    `longest_gap` in a row; `recomputed` ones are repeated from kept ones when they are asked for.
    """

    dropped: int
    recomputed: int
    longest_gap: int


@dataclass(frozen=True, slots=True)
class Origin:
    """The moment of another network at which a fork began; that network may be gone."""

    id: str
    step: int


@dataclass(frozen=True, slots=True)
class Network:
    id: str
    name: str | None
    revision: int
    head: Moment
    training: str | None
    """The id of the training that owns the network now."""
    kept_bytes: int
    created_at: datetime
    updated_at: datetime
    origin: Origin | None = None
    thinned: Thinned | None = None

    def extended(self, runs: Sequence[Run], head: Moment, now: datetime) -> Network:
        """The next revision, once `runs` have been added to the history."""
        return replace(
            self,
            revision=self.revision + 1,
            head=head,
            kept_bytes=self.kept_bytes + sum(run.kept_bytes for run in runs),
            updated_at=now,
        )


@dataclass(frozen=True, slots=True)
class Evaluate:
    """Look at the test examples every so many steps, and at the end (None: only then)."""

    every: int | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """On the test examples, at a step of the network; `accuracy` where there are classes."""

    step: int
    loss: float
    accuracy: float | None


@dataclass(frozen=True, slots=True)
class Training:
    """`fence` counts how often somebody took it up: what is made under an older one is refused.
    `held` says that somebody computes it now.
    """

    id: str
    network_id: str
    state: TrainingState
    total: int
    done: int
    seconds: float
    """Time spent on it so far, over all restarts; waiting for a turn is none."""
    cancel: bool
    loss: float | None
    problem: str | None
    created_at: datetime
    updated_at: datetime
    stop: Stop = field(default_factory=Stop)
    stopped_by: Rule | None = None
    best: Best = field(default_factory=Best)
    evaluate: Evaluate | None = None
    evaluations: tuple[Evaluation, ...] = ()
    sweep_id: str | None = None
    fence: int = 0
    held: bool = False

    @property
    def ended(self) -> bool:
        return self.state not in {"queued", "running"}

    @property
    def rate(self) -> float | None:
        """Steps per second."""
        return self.done / self.seconds if self.seconds > 0 and self.done else None

    @property
    def seconds_left(self) -> float | None:
        if self.ended:
            return 0.0
        return (self.total - self.done) / self.rate if self.rate else None


@dataclass(frozen=True, slots=True)
class Link:
    """What one token lets its holder do with one network. Of the secret only a digest is kept."""

    id: str
    subject: str
    """The id of the network."""
    role: Role
    digest: bytes
    created_at: datetime
    used_on: date


@dataclass(frozen=True, slots=True)
class Sweep:
    """`axes` is what is varied; trials are compared by `judged_by`."""

    id: str
    name: str | None
    axes: Mapping[str, Sequence[Any]]
    judged_by: Literal["test_loss", "loss"]
    cancel: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Trial:
    """One combination. `training` is None once its network has been deleted."""

    number: int
    choices: Mapping[str, Any]
    network_id: str
    training: Training | None

    @property
    def state(self) -> TrialState:
        return "deleted" if self.training is None else self.training.state

    @property
    def evaluation(self) -> Evaluation | None:
        """The last one."""
        if self.training is None or not self.training.evaluations:
            return None
        return self.training.evaluations[-1]


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody's right to compute a training, as long as its fence is this one."""

    network_id: str
    training_id: str
    fence: int
    deaths: int = field(default=0, compare=False)
    """How often a worker ended in the middle of it since a step was last kept."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where a presenter stands, for those who follow: a step, and what of it is looked at."""

    step: int
    phase: Phase | None = None
    quantity: str | None = None
    selection: str | None = None
    notation: Notation | None = None
    example: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the training is that owns a network."""

    id: str
    state: TrainingState
    total: int
    done: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a network stands, without its numbers. `pointed` counts the moves of the pointer."""

    revision: int
    seq: int
    step: int
    loss: float | None
    training: Progress | None
    pointed: int
    pointer: Pointer | None

    def older_than(self, other: Standing) -> bool:
        return self.revision < other.revision or self.pointed < other.pointed


@dataclass(frozen=True, slots=True)
class NotFinite:
    """The first quantity, in order of computation, that was not a finite number any more."""

    step: int
    name: str
    value: float


def kept_bytes(count: int, size: int) -> int:
    """What `count` recorded steps of `size` parameters take up, losses included."""
    return count * (size + 1) * BYTES_PER_NUMBER
