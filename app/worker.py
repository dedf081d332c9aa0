"""Computes trainings until it is told to stop; `slowprop worker`. It serves nothing."""

from __future__ import annotations

import signal
import threading
from types import FrameType

import click

from app.errors import WrongSetting
from app.jobs.choice import pool_maker
from app.jobs.dispatcher import Dispatcher
from app.settings import Settings
from app.storage.database import open_database
from app.storage.schema import migrate
from app.storage.trainings import DatabaseTrainings
from app.trainer import TrainingTrade


def run(settings: Settings) -> None:
    """Until SIGINT or SIGTERM. Raises WrongSetting."""
    if settings.workers == 0 and settings.dask_scheduler is None:
        raise WrongSetting(
            "With SLOWPROP_WORKERS=0 this would compute nothing; 1 or more works, "
            "or SLOWPROP_DASK_SCHEDULER=tcp://host:8786."
        )
    engine = open_database(settings.database_url, settings.database_seconds)
    migrate(engine)
    trade = TrainingTrade(
        settings.database_url,
        settings.database_seconds,
        settings.kernel_cache,
        settings.limits.history_bytes,
    )
    dispatcher = Dispatcher(DatabaseTrainings(engine), pool_maker(settings, trade))
    stopping = when_told()
    dispatcher.start()
    click.echo(f"Slowprop computes trainings with {workers_of(settings)}")
    stopping.wait()
    dispatcher.stop()
    engine.dispose()


def when_told() -> threading.Event:
    """Set by SIGINT or SIGTERM."""
    told = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        told.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, on_signal)
    return told


def workers_of(settings: Settings) -> str:
    if settings.dask_scheduler is not None:
        return f"those of {settings.dask_scheduler}"
    return "1 worker" if settings.workers == 1 else f"{settings.workers} workers"
