"""Where the parts are put together: `create_app(settings)` and nothing else wires them."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI

from app import __version__
from app.jobs.choice import trainer_of
from app.jobs.housekeeping import Housekeeping
from app.live.bus import Bus
from app.nn import kernel
from app.services.library import Library
from app.settings import LOOPBACK, Settings
from app.storage.answers import DatabaseAnswers
from app.storage.census import DatabaseCensus
from app.storage.commits import commits_of
from app.storage.database import open_database
from app.storage.links import DatabaseLinks
from app.storage.quotas import DatabaseQuotas
from app.storage.schema import migrate
from app.storage.standings import DatabaseStandings
from app.storage.store import DatabaseStore
from app.storage.sweeps import DatabaseSweeps
from app.storage.trainings import DatabaseTrainings
from app.trainer import TrainingTrade
from app.web import openapi, pages, problems
from app.web.accessed import Accessed
from app.web.built import Built, find_built
from app.web.deps import Services
from app.web.guard import Guard
from app.web.metrics import Measured, Metrics
from app.web.once import Repetitions
from app.web.openapi import NOTE
from app.web.routers import (
    catalog,
    checks,
    data,
    explanations,
    health,
    history,
    links,
    live,
    networks,
    parameters,
    passes,
    sweeps,
    trainings,
)
from app.web.shell import Shell
from app.web.throttle import Throttle


def create_app(settings: Settings, built: Built | None = None) -> FastAPI:
    """Raises WrongSetting when the database or the built page cannot be used."""
    built = built or find_built()
    engine = open_database(settings.database_url, settings.database_seconds)
    migrate(engine)
    limits = settings.limits
    store = DatabaseStore(engine, limits.history_bytes)
    trainings_store = DatabaseTrainings(engine)
    trade = TrainingTrade(
        settings.database_url,
        settings.database_seconds,
        settings.kernel_cache,
        limits.history_bytes,
    )
    trainer = trainer_of(settings, trainings_store, trade)
    standings = DatabaseStandings(engine)
    bus = Bus(standings, commits_of(engine), limits.listeners)
    linked = settings.access == "links"
    links_store, answers = DatabaseLinks(engine), DatabaseAnswers(engine)
    housekeeping = Housekeeping(
        store,
        # With open access nobody comes by links, so none of them tells what is in use.
        partial(links_store.unused, limits.unused_days) if linked else list,
        [answers.forget, DatabaseQuotas(engine).forget],
    )
    metrics = Metrics(DatabaseCensus(engine), bus.count)

    def load_kernel() -> None:
        """After another process has compiled it if need be: here that would slow every request."""
        trainer.ready.wait()
        kernel.load(settings.kernel_cache)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        trainer.start()
        bus.start()
        housekeeping.start()
        threading.Thread(target=load_kernel, daemon=True).start()
        yield
        bus.close()
        housekeeping.stop()
        trainer.stop()
        bus.join()
        engine.dispose()

    app = FastAPI(
        title="Slowprop",
        version=__version__,
        description=NOTE,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.state.services = Services(
        store=store,
        library=Library(store),
        trainings=trainings_store,
        sweeps=DatabaseSweeps(engine),
        trainer=trainer,
        links=links_store,
        access=settings.access,
        proxies=settings.trusted_proxies,
        standings=standings,
        bus=bus,
        metrics=metrics,
        limits=limits,
    )
    for module in (
        passes,
        networks,
        parameters,
        history,
        explanations,
        trainings,
        links,
        live,
        sweeps,
        checks,
        data,
        catalog,
        health,
    ):  # fmt: skip — those asked most come first
        # Not included: an included router looks through its routes anew with every request.
        app.router.routes += module.router.routes
    pages.install(app, built)
    problems.install(app)
    openapi.install(app)
    Repetitions(answers).install(app)
    if linked:
        throttle = Throttle(limits.requests_per_second, limits.requests_at_once)
        Guard(links_store, throttle).install(app)
    app.add_middleware(Measured, metrics=metrics)
    app.add_middleware(
        Shell, hosts=hosts(settings), header_bytes=limits.header_bytes, embed=settings.embed
    )
    if settings.log != "warnings":
        app.add_middleware(Accessed)
    return app


def hosts(settings: Settings) -> frozenset[str] | None:
    """The names that the server answers to; None for any. Where networks are seen by links, a page
    of another site that asks under a name of its own has no token to send, so none need be named.
    """
    if settings.access == "links" and not settings.allowed_hosts:
        return None
    return LOOPBACK | settings.allowed_hosts
