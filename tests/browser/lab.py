"""A page with a network of its own, and the service's numbers to compare with."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import httpx
from playwright.sync_api import Locator, Page, expect

SETTLING_MS = 120

PHASES = ("forward", "error", "backward", "update")

# Every number on the page, as the page itself names it; what cannot be seen does not count.
NUMBERS = """() => [...document.querySelectorAll('[data-name][data-value]')]
  .filter((number) => number.checkVisibility())
  .map((number) => [number.dataset.name, number.dataset.value])"""


class Lab:
    """One network, on the page and over HTTP."""

    def __init__(self, page: Page, api: httpx.Client) -> None:
        self.page = page
        self.api = api
        self.id = ""

    def create(self, spec: Mapping[str, object]) -> str:
        answer = self.api.post("/networks", json=spec)
        assert answer.status_code == 201, answer.text
        self.id = answer.json()["id"]
        return self.id

    def open(self, query: str = "") -> Lab:
        self.page.goto(f"/n/{self.id}{query}")
        self.wait()
        return self

    def wait(self) -> None:
        self.page.wait_for_selector("html[data-ready]")
        self.page.evaluate("document.fonts.ready.then(() => null)")

    def action(self, name: str) -> Locator:
        """The control of an action that can be seen; there may be two, in panel and stepper."""
        return self.page.locator(f'[data-action="{name}"]:visible').first

    def do(self, name: str, times: int = 1) -> None:
        for _ in range(times):
            self.action(name).click()

    def at(self, *, step: int | None = None, phase: str | None = None) -> None:
        if step is not None:
            expect(self.page.locator("html")).to_have_attribute("data-step", str(step))
        if phase is not None:
            expect(self.page.locator("html")).to_have_attribute("data-phase", phase)

    def shows(self, name: str) -> None:
        """The panel explains this quantity."""
        expect(self.page.locator(f'#panel [data-subject="{name}"]')).to_be_visible()
        # The formula is drawn at most ten times a second, so that it may come a moment later.
        stale = self.page.locator(f'#panel .formula:visible:not([data-of="{name}"])')
        expect(stale).to_have_count(0)

    def select(self, name: str) -> None:
        self.page.locator(f'#network [data-name="{name}"]').first.click()
        self.shows(name)

    def numbers(self) -> list[tuple[str, float]]:
        """What is drawn once everything is: frames, and formulas at most ten times a second."""
        before, now = None, self.drawn()
        while now != before:
            self.page.wait_for_timeout(SETTLING_MS)
            before, now = now, self.drawn()
        return [(name, float(value)) for name, value in now]

    def drawn(self) -> list[list[str]]:
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        found: list[list[str]] = self.page.evaluate(NUMBERS)
        return found

    def values(self, step: int) -> dict[str, float]:
        """Every value of a step, by name, as the service tells it."""
        values: dict[str, float] = {}
        query: dict[str, Any] = {"step": step}
        while True:
            page = self.api.get(f"/networks/{self.id}/values", params=query).json()
            values.update({name: float(value) for name, value in page["values"].items()})
            if not page.get("next_page_token"):
                return values
            query["page_token"] = page["next_page_token"]

    def network(self) -> dict[str, Any]:
        document: dict[str, Any] = self.api.get(f"/networks/{self.id}").json()
        return document

    def check_numbers(self) -> int:
        """Every number on the page is the service's, bit for bit. Answers how many there were."""
        step = int(self.page.locator("html").get_attribute("data-step") or "")
        known: dict[int, dict[str, float]] = {}
        numbers = self.numbers()
        for name, shown in numbers:
            bare, _, other = name.partition("@")
            at = int(other) if other else step
            known.setdefault(at, self.values(at) if at not in known else {})
            assert same(shown, known[at][bare]), f"{name}: {shown} is not {known[at][bare]}"
        return len(numbers)


def same(one: float, other: float) -> bool:
    return one == other or (math.isnan(one) and math.isnan(other))
