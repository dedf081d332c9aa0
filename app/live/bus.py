"""Who listens to which network, and the thread that wakes them.

The thread sleeps until some commit was made, by this process or another. Then it asks once where
all networks that anybody listens to stand now, and tells those whose network has moved. However
many listen, a change costs one question; and what was missed is never lost, because where a
network stands now is all that has to be known.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from contextlib import suppress

from app.errors import Crowded, SlowpropError, Unavailable, unknown_network
from app.services.ports import Commits, Standings
from app.services.records import Standing

RETRY_SECONDS = 1.0

log = logging.getLogger(__name__)


class Place:
    """A listener, on the event loop that it was made on."""

    def __init__(self, leave: Callable[[Place], None]) -> None:
        self._leave = leave
        self.standing: Standing | None = None
        self.closing = False
        self._news = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    async def changed(self, seconds: float) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()
        found = self._news.is_set()
        self._news.clear()
        return found

    def tell(self, standing: Standing | None) -> None:
        """From any thread."""
        self._soon(lambda: self._take(standing))

    def leave(self) -> None:
        self._leave(self)

    def close(self) -> None:
        """From any thread."""
        self.closing = True
        self._soon(self._news.set)

    def _take(self, standing: Standing | None) -> None:
        """What was read later may arrive earlier."""
        if standing is None or self.standing is None or not standing.older_than(self.standing):
            self.standing = standing
            self._news.set()

    def _soon(self, call: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the loop has ended, and with it the listener
            self._loop.call_soon_threadsafe(call)


class Bus:
    """At most `most` listeners; `start` it once, `close` it at the end."""

    def __init__(self, standings: Standings, commits: Commits, most: int) -> None:
        self._standings = standings
        self._commits = commits
        self._most = most
        self._places: dict[Place, str] = {}
        self._lock = threading.Lock()
        self._wanted = threading.Event()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="bus", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def count(self) -> int:
        """How many listen."""
        return len(self._places)

    def close(self) -> None:
        """Waits for nobody: streams end by themselves."""
        self._closing.set()
        self._wanted.set()
        for place in self._taken():
            place.close()

    def join(self) -> None:
        """Waits for the thread, after `close`."""
        if self._thread.is_alive():
            self._thread.join(timeout=RETRY_SECONDS)

    def listen(self, network_id: str) -> Place:
        """Seated before the first look, so that nothing can happen in between unnoticed."""
        place = Place(self._leave)
        self._seat(place, network_id)
        try:
            place.standing = self._standings.of([network_id]).get(network_id)
            if place.standing is None:
                raise unknown_network(network_id)
        except SlowpropError:
            place.leave()
            raise
        return place

    def _seat(self, place: Place, network_id: str) -> None:
        with self._lock:
            if len(self._places) >= self._most:
                raise Crowded(
                    f"{self._most} listeners are connected, which is as many as this server takes. "
                    f"Try again in a moment, or read the network with If-None-Match."
                )
            self._places[place] = network_id
            self._wanted.set()
        if self._closing.is_set():
            place.close()

    def _leave(self, place: Place) -> None:
        with self._lock:
            self._places.pop(place, None)
            if not self._places and not self._closing.is_set():
                self._wanted.clear()

    def _taken(self) -> dict[Place, str]:
        with self._lock:
            return dict(self._places)

    def _run(self) -> None:
        due = False
        while not self._closing.is_set():
            self._wanted.wait()
            try:
                due = due or self._commits.made()
                if due:
                    self._look()
                    due = False
            except Unavailable as error:
                log.warning("%s", error.detail)
                self._commits.close()
                self._closing.wait(RETRY_SECONDS)
        self._commits.close()

    def _look(self) -> None:
        places = self._taken()
        now = self._standings.of(set(places.values()))
        for place, network_id in places.items():
            standing = now.get(network_id)
            if standing != place.standing:
                place.tell(standing)
