"""A page with a network of its own, and the service beside it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page

from tests.browser.lab import Lab

EXAMPLE = {"preset": "worked-example"}


@pytest.fixture
def api(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{server}/api/v1", timeout=60) as client:
        yield client


@pytest.fixture
def lab(page: Page, api: httpx.Client) -> Lab:
    """The worked example, just opened."""
    made = Lab(page, api)
    made.create(EXAMPLE)
    return made.open()


@pytest.fixture
def blank(page: Page, api: httpx.Client) -> Lab:
    """No network yet: the test says which."""
    return Lab(page, api)
