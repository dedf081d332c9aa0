"""A database that does not answer in time: 503, nothing changed, and when to come again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from app.main import create_app
from app.settings import Settings
from app.storage.database import open_database, writing
from app.storage.tables import networks
from app.web.built import Built
from tests.web.conftest import connected

Refused = Callable[..., dict[str, Any]]

pytestmark = pytest.mark.anyio


@pytest.fixture
async def hurried(
    built: Built, database_url: str, tmp_path: Path
) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(database_url, kernel_cache=tmp_path / "kernels", database_seconds=1)
    app = create_app(settings, built)
    async with connected(app) as client:
        yield client
    app.state.services.store._engine.dispose()


async def test_a_change_that_has_to_wait_too_long(
    hurried: httpx.AsyncClient, database_url: str, refused: Refused
) -> None:
    made = (await hurried.post("/networks", json={"preset": "worked-example"})).json()
    steps = f"/networks/{made['id']}/steps"
    other = open_database(database_url)
    with writing(other) as connection:
        connection.execute(update(networks).values(name="held"))
        answer = await hurried.post(steps, json={})
    other.dispose()
    problem = refused(answer, 503)
    assert problem["type"].endswith("problem-unavailable")
    assert answer.headers["retry-after"] == "1"
    assert (await hurried.post(steps, json={})).json()["step"] == 1
