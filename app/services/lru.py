"""A bounded memory of recent results; the bound is the sum of what they cost."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Lru(Generic[K, V]):
    """Forgets what was asked for longest ago. Safe to use from several threads."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._cost = 0
        self._kept: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: K, value: V, cost: int) -> None:
        """Something dearer than the whole capacity is not kept."""
        with self._lock:
            self._drop(key)
            if cost > self._capacity:
                return
            self._kept[key] = (value, cost)
            self._cost += cost
            while self._cost > self._capacity:
                self._drop(next(iter(self._kept)))

    def _drop(self, key: K) -> None:
        _, cost = self._kept.pop(key, (None, 0))
        self._cost -= cost
