"""A store with one network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from app.nn.spec import NetworkSpec
from app.services.creation import Draft
from app.services.records import Network
from app.settings import Limits
from app.storage.database import open_database
from app.storage.schema import migrate
from app.storage.store import DatabaseStore
from tests.making import create


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_database(database_url)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine: Engine) -> DatabaseStore:
    return DatabaseStore(engine)


@pytest.fixture
def network(store: DatabaseStore) -> Network:
    draft = Draft(NetworkSpec((2, 2), ("sigmoid",)), name="kept")
    return create(store, draft, Limits())
