"""Whose turn it is to change a network, among the threads of this process."""

from __future__ import annotations

from threading import Lock
from weakref import WeakValueDictionary

from app.services.ports import Pending
from app.services.records import Network


class Turn:
    """Of one network. What it knows is read and changed by whoever holds `lock`."""

    def __init__(self) -> None:
        self.lock = Lock()
        self._newest: tuple[Network, Pending] | None = None

    def newest(self, *, ahead: bool) -> tuple[Network, Pending] | None:
        """The network as the change that is on its way will make it; None when none is.

        Unless `ahead`, that change is waited for.
        """
        if self._newest is None or self._newest[1].outcome is not None:
            return None
        if ahead:
            return self._newest
        self._newest[1].wait()
        return None

    def pass_on(self, after: Network, pending: Pending) -> None:
        self._newest = after, pending


class Turns:
    """Kept only as long as somebody waits."""

    def __init__(self) -> None:
        self._kept: WeakValueDictionary[str, Turn] = WeakValueDictionary()
        self._lock = Lock()

    def of(self, network_id: str) -> Turn:
        with self._lock:
            return self._kept.setdefault(network_id, Turn())
