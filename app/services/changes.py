"""How a network changes: one revision after another, none lost.

Whoever changes a network reads it, computes, and keeps the result only if nobody was faster;
otherwise it reads and computes again. Within a process those who change one network take turns,
so that only another process can be faster. A change may start from one that is still on its way
to the disk: it is answered when both are there.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeAlias, TypeVar

from app.errors import StaleRevision, TrainingRuns, Unavailable
from app.services import thinning
from app.services.library import Library
from app.services.ports import Change, Pending, Store
from app.services.records import Network
from app.services.remembering import Remembered
from app.services.turns import Turn

T = TypeVar("T")
Revisions: TypeAlias = frozenset[int] | None
"""The revisions that a change may start from; None means any."""

PATIENCE_SECONDS = 30.0
LONGEST_PAUSE_SECONDS = 0.02
CROWDED = "Too many others are changing this network; try again in a moment."


def change(
    library: Library,
    network_id: str,
    if_match: Revisions,
    make: Callable[[Network], tuple[Change, T]],
    *,
    ahead: bool = False,
    remember: Callable[[Library, Network, T], Remembered | None] | None = None,
) -> tuple[Network, T]:
    """The network after `make`'s change has been kept, and what else `make` answered.

    `ahead` lets `make` start from a network that is not durable yet, whose history it must not
    read. `remember` writes an answer that is kept with the change, from the history as it will be.
    Raises StaleRevision when the current revision is none of `if_match`, and AlreadyAnswered.
    """
    ahead = ahead and remember is None
    turn = library.turns.of(network_id)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (left := deadline - time.monotonic()) > 0:
        with taken(turn, left):
            before, earlier = turn.newest(ahead=ahead) or (library.network(network_id), None)
            check_revision(before, if_match)
            made, answer = make(before)
            made = fitting(library.store, made, earlier)
            if remember is not None:
                foreseen = library.foreseeing(made)
                made = replace(made, answer=remember(foreseen, made.after, answer))
            pending = library.store.submit(before, made, earlier)
            turn.pass_on(made.after, pending)
        if pending.kept():
            library.remember(made.after)
            return made.after, answer
        time.sleep(random.uniform(0, LONGEST_PAUSE_SECONDS))  # noqa: S311 — spreads, hides nothing
    raise Unavailable(CROWDED)


def fitting(store: Store, made: Change, earlier: Pending | None) -> Change:
    """The change, and what is dropped of the history to make room for it. Raises TooMuchWork."""
    if made.after.kept_bytes <= store.history_bytes:
        return made
    if earlier is not None:
        earlier.wait()  # what is thinned must be there
    fitted = thinning.with_room(store, made)
    thinning.check_room(store, fitted)
    return fitted


@contextmanager
def taken(turn: Turn, seconds: float) -> Iterator[None]:
    if not turn.lock.acquire(timeout=seconds):
        raise Unavailable(CROWDED)
    try:
        yield
    finally:
        turn.lock.release()


def check_revision(network: Network, if_match: Revisions) -> None:
    if if_match is not None and network.revision not in if_match:
        raise StaleRevision(
            f'If-Match does not name the current revision, which is "r{network.revision}". '
            f"Read the network again, then repeat the change."
        )


def refuse_while_training(network: Network) -> None:
    if network.training is not None:
        raise TrainingRuns(
            f"Training {network.training} owns this network. "
            f"Wait until it has ended, or cancel it with DELETE."
        )


def now() -> datetime:
    return datetime.now(UTC)
