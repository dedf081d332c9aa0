"""Deletes what nobody needs any more: unused networks, old answers, the counts of other days.

Every server does it now and then. That two do it at a time does no harm.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

from app.errors import NotFound, Unavailable
from app.services.ports import Store

FIRST_SECONDS = 60.0
SECONDS = 60 * 60.0

log = logging.getLogger(__name__)


class Housekeeping:
    def __init__(
        self,
        store: Store,
        unused: Callable[[], Sequence[str]],
        forget: Sequence[Callable[[], None]],
    ) -> None:
        """`unused` names networks to delete, each of `forget` drops what is out of date."""
        self._store = store
        self._unused = unused
        self._forget = forget
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="housekeeping", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()

    def tidy(self) -> None:
        """Raises Unavailable."""
        for network_id in self._unused():
            with suppress(NotFound):
                self._store.delete(network_id)
        for forget in self._forget:
            forget()

    def _run(self) -> None:
        pause = FIRST_SECONDS
        while not self._stopping.wait(pause):
            pause = SECONDS
            try:
                self.tidy()
            except Unavailable as error:
                log.warning("%s", error.detail)
