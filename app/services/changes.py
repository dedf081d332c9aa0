"""How a network changes: one revision after another, none lost.

Whoever changes a network reads it, computes, and keeps the result only if nobody was faster;
otherwise it reads and computes again. So a slow computation never holds a lock.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias, TypeVar

from app.errors import StaleRevision, TrainingRuns, Unavailable
from app.services.library import Library
from app.services.ports import Change
from app.services.records import Network

T = TypeVar("T")
Revisions: TypeAlias = frozenset[int] | None
"""The revisions that a change may start from; None means any."""

PATIENCE_SECONDS = 30.0
LONGEST_PAUSE_SECONDS = 0.02


def change(
    library: Library,
    network_id: str,
    if_match: Revisions,
    make: Callable[[Network], tuple[Change, T]],
) -> tuple[Network, T]:
    """The network after `make`'s change has been kept, and what else `make` answered.

    Raises StaleRevision when the current revision is none of `if_match`.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        before = library.network(network_id)
        check_revision(before, if_match)
        made, answer = make(before)
        if library.store.commit(before, made):
            library.remember(made.after)
            return made.after, answer
        time.sleep(random.uniform(0, LONGEST_PAUSE_SECONDS))  # noqa: S311 — spreads, hides nothing
    raise Unavailable("Too many others are changing this network; try again in a moment.")


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
