"""A real server and a real browser, for every test that asks for them."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, sync_playwright

SLOWPROP = Path(sys.executable).with_name("slowprop")
START_SECONDS = 30

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Nothing of its own over the network, and the same pixels on every machine.
BROWSER_ARGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--no-first-run",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright keeps an event loop in this thread and refuses any other."""
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a `slowprop serve` with an empty database of its own."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    database = tmp_path_factory.mktemp("server") / "slowprop.db"
    process = subprocess.Popen(
        [SLOWPROP, "serve", "--host", "127.0.0.1", "--port", str(port)],
        env=os.environ | {"SLOWPROP_DATABASE_URL": f"sqlite:///{database}"},
    )
    try:
        wait_until_up(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_up(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, f"slowprop serve ended with {process.returncode}"
        try:
            httpx.get(f"{url}/healthz", timeout=5).raise_for_status()
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"no answer from {url} within {START_SECONDS} s")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; without one, the one that `playwright install` fetched."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path,
            chromium_sandbox=os.geteuid() != 0,  # Chromium's sandbox refuses to run as root
            args=BROWSER_ARGS,
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A fresh profile. The test fails when the page asks another origin or logs an error.

    `@pytest.mark.console_error("regex")` names an error that the test provokes.
    """
    context = browser.new_context(
        base_url=server, viewport={"width": 1280, "height": 720}, reduced_motion="reduce"
    )
    elsewhere: list[str] = []
    errors: list[str] = []

    def guard(route: Route) -> None:
        if route.request.url.startswith((f"{server}/", "data:", "blob:")):
            route.continue_()
        else:
            elsewhere.append(route.request.url)
            route.abort()

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    context.route("**/*", guard)
    page = context.new_page()
    page.on("console", note)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    expected = [mark.args[0] for mark in request.node.iter_markers("console_error")]
    assert elsewhere == []
    assert [e for e in errors if not any(re.search(known, e) for known in expected)] == []
