"""Whether the service answers, can work, and what it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from app.settings import Limits
from app.storage.database import writing
from app.web.built import Built
from tests.databases import Databases
from tests.web.conftest import connected, made

pytestmark = pytest.mark.anyio
Refused = Callable[..., dict[str, Any]]


def counted(body: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(body)
        for sample in family.samples
    }


def requests_of(body: str, route: str, status: str) -> float:
    return sum(
        value
        for (name, labels), value in counted(body).items()
        if name == "slowprop_request_seconds_count"
        and {("route", route), ("status", status)} <= {*labels}
    )


@pytest.fixture
def own(built: Built, databases: Databases, tmp_path: Path) -> Iterator[FastAPI]:
    with made(built, databases, tmp_path, Limits()) as app:
        yield app


async def test_requests_are_counted_by_route_and_never_by_id(own: FastAPI) -> None:
    async with connected(own) as client:
        made = (await client.post("/networks", json={"preset": "worked-example"})).json()
        for _ in range(3):
            await client.get(f"/networks/{made['id']}")
        await client.get("/networks/nobody")
        await client.get("/nowhere/at/all")
        body = (await client.get("http://localhost/metrics")).text
    assert requests_of(body, "/api/v1/networks/{id}", "200") == 3
    assert requests_of(body, "/api/v1/networks/{id}", "404") == 1
    assert requests_of(body, "unknown", "404") == 1
    assert made["id"] not in body
    assert "nowhere" not in body


async def test_the_database_is_counted(own: FastAPI) -> None:
    async with connected(own) as client:
        made = (await client.post("/networks", json={"preset": "worked-example"})).json()
        await client.post(f"/networks/{made['id']}/trainings", json={"steps": 10})
        body = (await client.get("http://localhost/metrics")).text
    found = counted(body)
    assert found["slowprop_networks", ()] == 1
    assert found["slowprop_trainings", (("state", "queued"),)] == 1
    assert found["slowprop_event_streams", ()] == 0
    assert found["process_resident_memory_bytes", ()] > 1e6


async def test_readiness_tells_the_truth_about_the_database(own: FastAPI, refused: Refused) -> None:
    engine = own.state.services.store._engine
    async with connected(own) as client:
        assert (await client.get("http://localhost/readyz")).json() == {"status": "ready"}
        with writing(engine) as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        problem = refused(await client.get("http://localhost/readyz"), 503)
        assert "schema 9999" in problem["detail"]
        with writing(engine) as connection:
            connection.execute(text("DROP TABLE alembic_version"))
        refused(await client.get("http://localhost/readyz"), 503)
        assert (await client.get("http://localhost/healthz")).status_code == 200
