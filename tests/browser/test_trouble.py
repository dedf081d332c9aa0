"""What can go wrong: a restart, no connection, a network that is gone, numbers that explode."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import EXAMPLE
from tests.browser.lab import Lab
from tests.conftest import free_port, wait_until_up

DIVERGING = {
    "layers": [{"size": 1}, {"size": 1, "activation": "linear"}],
    "optimizer": {"name": "sgd", "learning_rate": 1e300},
    "parameters": {"weights": [[[0.5]]], "biases": [[0.1]]},
    "data": {"inputs": [[2.0]], "targets": [[1.0]]},
}


class Server:
    """One that can be stopped and started again at the same address, on the same database."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {"SLOWPROP_DATABASE_URL": f"sqlite:///{folder / 'slowprop.db'}"}
        self.start()

    def start(self) -> None:
        program = Path(sys.executable).with_name("slowprop")
        self.process = subprocess.Popen(
            [program, "serve", "--port", str(self.port)], env=os.environ | self.environment
        )
        wait_until_up(self.url, self.process)

    def stop(self, *, kill: bool = False) -> None:
        self.process.kill() if kill else self.process.terminate()
        self.process.wait(timeout=10)


@pytest.fixture
def restartable(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path)
    yield made
    made.stop()


def test_a_restart_in_between_keeps_everything(browser: Browser, restartable: Server) -> None:
    context = browser.new_context(base_url=restartable.url, reduced_motion="reduce")
    page = context.new_page()
    with httpx.Client(base_url=f"{restartable.url}/api/v1", timeout=60) as api:
        lab = Lab(page, api)
        page.goto("/")
        lab.wait()
        page.wait_for_url("**/n/*")
        lab.id = page.evaluate("location.pathname.split('/').pop()")
        lab.do("phase:update")
        lab.do("apply")
        lab.at(step=1)
        before = lab.values(1)
        restartable.stop(kill=True)
        restartable.start()
        assert lab.values(1) == before
        lab.do("step-forward")
        lab.shows("net_h1")
        lab.check_numbers()
        page.goto("/")  # a later visit comes back to the same network
        lab.wait()
        assert page.evaluate("location.pathname") == f"/n/{lab.id}"
        lab.at(step=1)
        lab.check_numbers()
    context.close()


@pytest.mark.console_error("ERR_INTERNET_DISCONNECTED")
def test_offline_and_back(lab: Lab) -> None:
    lab.page.context.set_offline(True)
    lab.do("phase:backward")
    banner = lab.page.locator('[data-banner="offline"]')
    expect(banner).to_be_visible()
    lab.at(step=0, phase="forward")
    lab.check_numbers()
    lab.page.context.set_offline(False)
    banner.locator("[data-action=retry]").click()
    expect(banner).to_have_count(0)
    lab.do("phase:backward")
    lab.at(phase="backward")
    lab.check_numbers()


@pytest.mark.console_error("404")
def test_a_network_deleted_elsewhere(lab: Lab) -> None:
    lab.api.delete(f"/networks/{lab.id}")
    lab.do("phase:update")
    lab.do("step-forward")
    expect(lab.page.locator('[data-banner="gone"]')).to_be_visible()
    lab.do("open-example")
    expect(lab.page.locator('[data-banner="gone"]')).to_have_count(0)
    lab.at(step=0, phase="forward")
    lab.page.wait_for_function("id => !location.pathname.endsWith(id)", arg=lab.id)
    lab.id = lab.page.evaluate("location.pathname.split('/').pop()")
    lab.check_numbers()


@pytest.mark.console_error("ERR_FAILED")
def test_steps_taken_elsewhere_are_found_even_when_no_stream_tells_of_them(blank: Lab) -> None:
    lab = blank
    lab.page.route("**/events", lambda route: route.abort())
    lab.create(EXAMPLE)
    lab.open()
    lab.api.post(f"/networks/{lab.id}/steps", json={"count": 3})
    lab.do("phase:update")
    lab.do("apply")
    expect(lab.page.locator(".toast")).to_contain_text("step 4")
    lab.check_numbers()


def test_a_diverging_network_says_what_went_wrong_first(blank: Lab) -> None:
    blank.create(DIVERGING)
    blank.open()
    for step in (1, 2):
        blank.page.keyboard.press("Control+ArrowRight")
        blank.at(step=step)
    first = blank.network()["first_not_finite"]
    lost = blank.page.locator("[data-first-not-finite]")
    expect(lost).to_have_attribute("data-first-not-finite", first["name"])
    expect(blank.page.locator("#panel .alarm")).to_contain_text(f"step {first['step']}")
    assert blank.check_numbers() > 5
    shown = [value for _, value in blank.numbers()]
    assert any(value != value or abs(value) == float("inf") for value in shown)
    blank.do("phase:backward")
    blank.at(phase="backward")
    blank.check_numbers()


@pytest.mark.console_error("422")
def test_a_refusal_is_told_and_nothing_is_lost(lab: Lab) -> None:
    def refuse(route: Route) -> None:
        problem = {"title": "No", "status": 422, "detail": "Not today.", "errors": []}
        route.fulfill(status=422, content_type="application/problem+json", json=problem)

    lab.page.route("**/steps", refuse)
    lab.do("phase:update")
    lab.do("apply")
    expect(lab.page.locator('[data-banner="problem"]')).to_contain_text("Not today.")
    lab.at(step=0, phase="update")
    lab.page.unroute("**/steps")
    lab.do("apply")
    lab.at(step=1)
    expect(lab.page.locator('[data-banner="problem"]')).to_have_count(0)


def test_a_slow_answer_shows_that_something_is_awaited(lab: Lab) -> None:
    slow_down(lab.page)
    lab.do("phase:backward")
    expect(lab.page.locator("html[data-waiting]")).to_have_count(1)
    lab.at(phase="backward")
    expect(lab.page.locator("html[data-waiting]")).to_have_count(0)


def slow_down(page: Page) -> None:
    page.evaluate("""() => {
      const real = window.fetch;
      window.fetch = async (...request) => {
        await new Promise((done) => setTimeout(done, 600));
        return real(...request);
      };
    }""")
