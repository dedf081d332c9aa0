"""How much one client may ask for, by a bucket of requests that fills up again as time goes by.

Only the event loop comes here, so nothing is locked. Each process counts for itself. What nobody
has asked for longest is forgotten first, so memory is bounded, whoever asks from wherever.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.errors import TooMany

BURST_SECONDS = 5
"""Who was quiet for so long may ask at once for what that time would have allowed."""
MOST_CLIENTS = 20_000


@dataclass(slots=True)
class Bucket:
    left: float
    at: float
    inside: int = 0


class Throttle:
    def __init__(
        self, per_second: int, at_once: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_second = per_second
        self._at_once = at_once
        self._clock = clock
        self._buckets: OrderedDict[object, Bucket] = OrderedDict()

    @contextmanager
    def admitted(self, client: object, *, lasting: bool = False) -> Iterator[None]:
        """Raises TooMany. An answer that is `lasting` is not counted as one of those at once."""
        bucket = self._bucket(client)
        self._take(bucket)
        if lasting:
            yield
            return
        if bucket.inside >= self._at_once:
            raise TooMany(f"At most {self._at_once} requests at once; wait for one to end.", 1)
        bucket.inside += 1
        try:
            yield
        finally:
            bucket.inside -= 1

    def _take(self, bucket: Bucket) -> None:
        now = self._clock()
        refilled = bucket.left + (now - bucket.at) * self._per_second
        bucket.left, bucket.at = min(self._full, refilled), now
        if bucket.left < 1:
            seconds = math.ceil((1 - bucket.left) / self._per_second)
            raise TooMany(f"At most {self._per_second} requests a second; wait a moment.", seconds)
        bucket.left -= 1

    def _bucket(self, client: object) -> Bucket:
        bucket = self._buckets.get(client)
        if bucket is None:
            bucket = self._buckets[client] = Bucket(self._full, self._clock())
            self._forget()
        self._buckets.move_to_end(client)
        return bucket

    def _forget(self) -> None:
        if len(self._buckets) > MOST_CLIENTS:
            self._buckets.popitem(last=False)

    @property
    def _full(self) -> float:
        return float(self._per_second * BURST_SECONDS)
