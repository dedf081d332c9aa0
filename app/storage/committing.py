"""Many changes in one transaction: making a commit durable costs the disk the same for all.

Whoever waits for a change and gets the turn writes everything that waits by then, its own and
that of others; while it waits for the disk, the next changes gather.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Engine

from app.errors import Unavailable
from app.services.ports import Change, Pending
from app.services.records import Network
from app.storage.database import writing

Apply = Callable[[Connection, Network, Change], bool]
"""Writes a change; False, and nothing written, when it starts from an old revision."""


class Submitted:
    """A change on its way; one that builds on an `earlier` change is kept only if that is."""

    def __init__(
        self, committer: Committer, before: Network, change: Change, earlier: Pending | None
    ) -> None:
        self.before = before
        self.change = change
        self.earlier = earlier
        self.outcome: bool | Exception | None = None
        self._committer = committer

    def wait(self) -> None:
        self._committer.see_to(self)

    def kept(self) -> bool:
        self.wait()
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome is True

    def settle(self, outcome: bool | Exception) -> None:
        self.outcome = outcome
        self.earlier = None  # or a long row of changes would hold on to all of them


def network_of(pending: Submitted) -> str:
    """Changes are written in this order (those of one network in the order they came in), so that
    two processes which change the same networks never wait for each other in a circle."""
    return pending.before.id


class Committer:
    def __init__(self, engine: Engine, apply: Apply) -> None:
        self._engine = engine
        self._apply = apply
        self._waiting: deque[Submitted] = deque()
        self._turn = threading.Lock()

    def submit(self, before: Network, change: Change, earlier: Pending | None) -> Submitted:
        pending = Submitted(self, before, change, earlier)
        self._waiting.append(pending)
        return pending

    def see_to(self, pending: Submitted) -> None:
        with self._turn:
            if pending.outcome is None:
                waiting = [self._waiting.popleft() for _ in range(len(self._waiting))]
                self._settle(sorted(waiting, key=network_of))

    def _settle(self, batch: Sequence[Submitted]) -> None:
        """When one change cannot be written, the others of the batch must not suffer for it; when
        the database does not answer, it is not asked once more for each of them."""
        try:
            outcomes: Sequence[bool | Exception] = self._written(batch)
        except Unavailable as error:
            outcomes = [error] * len(batch)
        except Exception as error:  # noqa: BLE001 — raised where the change is waited for
            if len(batch) > 1:
                for pending in batch:
                    self._settle([pending])
                return
            outcomes = [error]
        for pending, outcome in zip(batch, outcomes, strict=True):
            pending.settle(outcome)

    def _written(self, batch: Sequence[Submitted]) -> list[bool]:
        kept: dict[Pending, bool] = {}
        with writing(self._engine) as connection:
            for pending in batch:
                earlier = pending.earlier
                before = earlier is None or kept.get(earlier, earlier.outcome is True)
                kept[pending] = before and self._apply(connection, pending.before, pending.change)
        return list(kept.values())
