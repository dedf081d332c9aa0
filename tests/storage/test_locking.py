"""A writer among writers that hardly ever let go."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from app.errors import Unavailable
from app.storage.database import open_database, writing


def test_a_gap_of_milliseconds_is_found(tmp_path: Path) -> None:
    """SQLite's own waiting finds about one such gap in a second."""
    engine = open_database(f"sqlite:///{tmp_path / 'slowprop.db'}")
    stopping = threading.Event()

    def write_nearly_always() -> None:
        while not stopping.is_set():
            with writing(engine):
                time.sleep(0.03)
            time.sleep(0.003)

    busy = threading.Thread(target=write_nearly_always)
    busy.start()
    began = time.monotonic()
    for _ in range(10):
        with writing(engine):
            pass
        time.sleep(0.02)
    seconds = time.monotonic() - began
    stopping.set()
    busy.join()
    engine.dispose()
    assert seconds < 3


def test_waiting_has_an_end(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'slowprop.db'}", seconds=1)
    with writing(engine):
        began = time.monotonic()
        with pytest.raises(Unavailable, match="locked"), writing(engine):
            pass
        assert 0.9 < time.monotonic() - began < 5
    engine.dispose()
