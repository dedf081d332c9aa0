"""How the service does, for Prometheus: requests by route, open streams, what the database holds.

Every process counts for itself. Labels are templates of routes, never ids, so that their number is
bounded and nothing that is counted leads to a network.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.services.ports import Census

MEDIA_TYPE = CONTENT_TYPE_LATEST
BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)
UNKNOWN = "unknown"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    def __init__(self, census: Census, streams: Callable[[], int]) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self._registry.register(Counted(census, streams))
        self._seconds = Histogram(
            "slowprop_request_seconds",
            "Time until an answer begins, by route.",
            ("method", "route", "status"),
            buckets=BUCKETS,
            registry=self._registry,
        )

    def answered(self, scope: Scope, status: int, seconds: float) -> None:
        """`status` of an answer that began `seconds` after its request."""
        self._seconds.labels(method_of(scope), route_of(scope), status).observe(seconds)

    def text(self) -> bytes:
        """Raises Unavailable."""
        return generate_latest(self._registry)


def method_of(scope: Scope) -> str:
    method: str = scope["method"]
    return method if method in METHODS else UNKNOWN


def route_of(scope: Scope) -> str:
    """Its template."""
    return getattr(scope.get("route"), "path", None) or mounted(scope)


def mounted(scope: Scope) -> str:
    """What no route answered: a file of the page, or an address that nothing has."""
    root: str = scope.get("root_path", "")
    return root or UNKNOWN


class Counted(Collector):
    """What is counted when somebody asks."""

    def __init__(self, census: Census, streams: Callable[[], int]) -> None:
        self._census = census
        self._streams = streams

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing: the registry would count everything to find the names."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield GaugeMetricFamily(
            "slowprop_event_streams", "Open event streams of this process.", self._streams()
        )
        yield GaugeMetricFamily(
            "slowprop_networks", "Networks in the database.", self._census.networks()
        )
        trainings = GaugeMetricFamily(
            "slowprop_trainings", "Trainings in the database, by state.", labels=["state"]
        )
        for state, count in self._census.trainings().items():
            trainings.add_metric([state], count)
        yield trainings


class Measured:
    """Around the application: notes every answer."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._metrics.answered(scope, message["status"], time.perf_counter() - began)
            await send(message)

        await self._app(scope, receive, noted)
