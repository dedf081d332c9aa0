"""What endpoints ask for, as type aliases, so that a signature reads as a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, TypeVar

from fastapi import Depends, Header, Path, Request, Response
from starlette.concurrency import run_in_threadpool

from app.errors import StaleRevision
from app.services.arrivals import Terms
from app.services.changes import Revisions, now
from app.services.library import Library
from app.services.live import Bus
from app.services.ports import Links, Quota, Standings, Store, Sweeps, Trainer, Trainings
from app.services.records import Network
from app.settings import Access, Limits, Proxies
from app.web.metrics import Metrics
from app.web.problems import NotModified

T = TypeVar("T")

QUICK_WORK = 5_000
"""Parameters x examples below which a pass takes less than handing it to a thread."""


@dataclass(frozen=True, slots=True)
class Services:
    """Everything the endpoints work with; made in `app/main.py`."""

    store: Store
    library: Library
    trainings: Trainings
    sweeps: Sweeps
    trainer: Trainer
    links: Links
    access: Access
    proxies: Proxies
    standings: Standings
    bus: Bus
    metrics: Metrics
    limits: Limits

    def terms(self, client: str) -> Terms:
        if self.access == "open":
            return Terms()
        return Terms(linked=True, quota=Quota(client, self.limits.networks_per_day))

    @property
    def deadline(self) -> datetime | None:
        """When a network that is used now is deleted if nobody opens it again."""
        if self.access == "open":
            return None
        return midnight_after(now(), self.limits.unused_days)


def midnight_after(time: datetime, days: int) -> datetime:
    """The end of the day that comes so many days later, in UTC."""
    return datetime.combine(time.date() + timedelta(days=days + 1), datetime.min.time(), UTC)


# Dependencies are `async def` throughout: FastAPI would send plain functions to a thread.
async def services_of(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


LONGEST_ID = 64
NetworkId = Annotated[
    str, Path(alias="id", max_length=LONGEST_ID, description="As given at creation.")
]
LinkId = Annotated[str, Path(alias="link_id", max_length=LONGEST_ID)]
TrainingId = Annotated[str, Path(alias="training_id", max_length=LONGEST_ID)]
SweepId = Annotated[
    str, Path(alias="id", max_length=LONGEST_ID, description="As given at creation.")
]
Here = Annotated[Services, Depends(services_of)]


async def current_network(network_id: NetworkId, here: Here) -> Network:
    """From the cache, after one cheap question to the database."""
    return here.library.network(network_id)


CurrentNetwork = Annotated[Network, Depends(current_network)]


async def expected_revisions(
    if_match: Annotated[
        str | None, Header(description='Change only this revision, e.g. "r3"; else 412.')
    ] = None,
) -> Revisions:
    if if_match is None or if_match.strip() == "*":
        return None
    found = frozenset(map(int, re.findall(r'"r(\d{1,15})"', if_match)))
    if not found:
        raise StaleRevision('If-Match names no revision of a network; one looks like "r3".')
    return found


IfMatch = Annotated[Revisions, Depends(expected_revisions)]
IfNoneMatch = Annotated[
    str | None, Header(description='Answer 304 while this is the current revision, e.g. "r3".')
]


def etag(network: Network) -> str:
    return f'"r{network.revision}"'


def tag(response: Response, network: Network, if_none_match: str | None = None) -> None:
    """Sets the ETag. Raises NotModified when the client has this revision already."""
    current = etag(network)
    if if_none_match is not None and current in re.findall(r'"[^"]*"', if_none_match):
        raise NotModified(current)
    response.headers["ETag"] = current


async def computed(network: Network, work: Callable[[], T], rows: int | None = None) -> T:
    """Small work at once, other work in a thread, so that light requests never wait for it."""
    rows = network.head.setting.batch_size if rows is None else rows
    if network.head.state.theta.size * rows <= QUICK_WORK:
        return work()
    return await run_in_threadpool(work)
