"""What the services need from the outside, as Protocols; `app/main.py` wires the real ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

from app.services.line import Line
from app.services.records import (
    Claim,
    Curve,
    Link,
    Network,
    Outline,
    Pointer,
    Run,
    Setting,
    Standing,
    Summary,
    Sweep,
    Training,
    Trial,
)
from app.services.remembering import Remembered, Ticket


@dataclass(frozen=True, slots=True)
class Change:
    """All that one call changes, to be kept in one transaction or not at all.

    `begun` is a new training. `training` is the progress of one; with it nothing of the change
    is kept unless the training goes on under the same fence.
    `answer` is remembered with it; when its key is taken nothing is kept: AlreadyAnswered.
    """

    after: Network
    runs: tuple[Run, ...] = ()
    setting: Setting | None = None
    begun: Training | None = None
    training: Training | None = None
    rows: Mapping[int, int] = field(default_factory=dict)
    """How many last rows stay of runs that are thinned, 1 or 0, by their first seq."""
    answer: Remembered | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """How many networks a client may make in a day."""

    client: str
    most: int


@dataclass(frozen=True, slots=True)
class Beside:
    """What is kept in one transaction with a new network."""

    links: tuple[Link, ...] = ()
    answer: Remembered | None = None
    quota: Quota | None = None


NOTHING = Beside()
Besides: TypeAlias = Callable[[Network], Beside]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of networks, newest first, and where the next one begins."""

    networks: tuple[Network, ...]
    next: str | None


class Pending(Protocol):
    """A change on its way to the disk."""

    @property
    def outcome(self) -> bool | Exception | None:
        """True when it is durable, False when somebody else was faster, None until then."""

    def wait(self) -> None:
        """Until there is an outcome."""

    def kept(self) -> bool:
        """Waits for the outcome, and raises it if it is an error."""


class Histories(Protocol):
    """Networks and their histories, to be read. Every method raises NotFound for an unknown
    network."""

    def revision(self, network_id: str) -> int:
        """The cheap question behind every cached read."""

    def network(self, network_id: str) -> Network: ...

    def setting(self, network_id: str, number: int) -> Setting: ...

    def resets(self, network_id: str) -> Sequence[tuple[int, int]]:
        """(seq of the reset, seq it went back to), in order."""

    def run_with(self, network_id: str, seq: int) -> Run | None:
        """The run that holds an entry; None when there is no such entry."""

    def outlines(self, network_id: str) -> Sequence[Outline]:
        """Of every run, in order."""

    def last_at(self, network_id: str, step: int, low: int, high: int) -> int | None:
        """The last seq of low..high whose entry stands at `step`."""

    def runs(self, network_id: str, low: int, high: int, first: int, last: int) -> Iterator[Run]:
        """The runs that begin at seq low..high and touch the steps first..last, in order.

        A run is cut off after seq `high`.
        """

    def curves(
        self, network_id: str, low: int, high: int, first: int, last: int
    ) -> Iterator[Curve]:
        """The losses of the same runs, without reading their parameters."""

    def summaries(
        self, network_id: str, low: int, high: int, first: int, last: int, *, losses_only: bool
    ) -> Iterator[Run | Curve | Summary]:
        """The same runs: the summary where there is one, of the whole run even when it goes on
        after `high`; else the run, or its losses."""


class Store(Histories, Protocol):
    """Networks and their histories. Every method raises NotFound for an unknown network."""

    history_bytes: int
    """How much may be kept of the history of one network."""

    def check(self) -> None:
        """Raises Unavailable when the database does not answer, or has another schema."""

    def page(self, after: str | None, size: int) -> Page: ...

    def add(self, network: Network, start: Run, beside: Beside = NOTHING) -> None:
        """Raises AlreadyAnswered, TooMany; then nothing has been kept."""

    def fork(self, network: Network, line: Line, beside: Besides) -> Network:
        """Adds a network with its own copy of its origin's history along `line`, which ends at
        its head; `beside` is asked for when it is known what became of it. Raises NotFound when
        the origin is gone, AlreadyAnswered, TooMany."""

    def submit(self, before: Network, change: Change, earlier: Pending | None = None) -> Pending:
        """Commit without waiting. With `earlier`, a change that was submitted and made `before`,
        this one is kept only if that one is."""

    def commit(self, before: Network, change: Change) -> bool:
        """Keep the change durably; False when `before` is no longer the current revision."""

    def delete(self, network_id: str) -> None: ...


class Standings(Protocol):
    """Where networks stand, for those who watch them."""

    def of(self, network_ids: Iterable[str]) -> Mapping[str, Standing]:
        """Of those that exist. One cheap question for all of them."""

    def point(self, network_id: str, to: Pointer) -> None:
        """Durable when it returns. Raises NotFound."""


class Commits(Protocol):
    """Notices that something was committed, by whichever process."""

    def made(self) -> bool:
        """Waits for a short time; whether there may have been a commit since the last call.

        Raises Unavailable; then the next call says True, once it can be asked again.
        """

    def close(self) -> None: ...


class Census(Protocol):
    """How much there is, for those who run the service. Raises Unavailable."""

    def networks(self) -> int: ...

    def trainings(self) -> Mapping[str, int]:
        """By state; states that none is in are left out."""


class Trainings(Protocol):
    """Trainings as they are kept, and the claims that say who computes one."""

    def training(self, network_id: str, training_id: str) -> Training:
        """Raises NotFound."""

    def of_network(self, network_id: str) -> Sequence[Training]:
        """Newest first."""

    def ask_to_cancel(self, training_id: str) -> None: ...

    def claim(self) -> Claim | None:
        """Take up the training whose turn it is; None when nobody waits."""

    def anybody_waits(self) -> bool:
        """Whether there is a training that nobody computes."""

    def beats(self) -> Mapping[Claim, int]:
        """Everything that is being computed, with a number that changes while it is."""

    def beat(self, claims: Iterable[Claim]) -> None:
        """Tell the others that these are still being computed."""

    def release(self, claim: Claim, *, died: bool = False) -> None:
        """Let others take it up, at the end of the queue. A claim that is out of date is none.

        `died` counts how often a worker ended in the middle of it, without a step between.
        """


@dataclass(frozen=True, slots=True)
class NewTrial:
    """A trial with its network and the training that owns it."""

    number: int
    choices: Mapping[str, Any]
    network: Network
    training: Training


@dataclass(frozen=True, slots=True)
class SweepPage:
    """One page of sweeps, newest first, and where the next one begins."""

    sweeps: tuple[Sweep, ...]
    next: str | None


class Sweeps(Protocol):
    """Sweeps and their trials."""

    def add(self, sweep: Sweep, trials: Sequence[NewTrial]) -> None:
        """All of it in one transaction."""

    def sweep(self, sweep_id: str) -> Sweep:
        """Raises NotFound."""

    def page(self, after: str | None, size: int) -> SweepPage: ...

    def trials(self, sweep_id: str, after: int = 0, size: int | None = None) -> Sequence[Trial]:
        """Those with a number above `after`, in order."""

    def cancel(self, sweep_id: str) -> None:
        """Those that nobody computes end at once, the others after their chunk.
        Raises NotFound.
        """


class Answers(Protocol):
    """Answers that may be asked for again."""

    def find(self, ticket: Ticket) -> Remembered | None:
        """The first answer to a request with that key, whatever was asked."""


class Links(Protocol):
    """Who may do what with which network."""

    def link(self, link_id: str) -> Link | None:
        """A cheap question: it stands before every request."""

    def of(self, subject: str) -> Sequence[Link]:
        """Oldest first."""

    def add(self, link: Link, answer: Remembered | None) -> None: ...

    def used(self, link: Link) -> None:
        """Somebody came by it today."""

    def revoke(self, subject: str, link_id: str) -> bool:
        """Durable when it returns. False for the last link that edits, which stays.

        Raises NotFound.
        """


class Trainer(Protocol):
    """Whoever computes trainings in the background."""

    def wake(self) -> None:
        """There may be something to do."""
