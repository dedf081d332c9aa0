"""A network with 153 000 weights: the page asks for what it draws, so that it opens and steps."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Response, expect

from tests.browser.lab import Lab, same

SIZES = (200, 300, 300, 10)
EXAMPLES = 20
# Fetching everything took 468 requests and 16 MB, and 6 MB again at every step.
OPENING, STEP = (20, 800_000), (20, 800_000)  # requests, bytes


def create(lab: Lab) -> None:
    draw = random.Random(1)
    rows = [[[draw.random() for _ in range(width)] for width in (200, 10)] for _ in range(EXAMPLES)]
    data = {"inputs": [row[0] for row in rows], "targets": [row[1] for row in rows]}
    lab.create({"layers": [{"size": size} for size in SIZES], "seed": 1, "data": data})


def test_a_large_network_opens_and_steps_quickly(blank: Lab) -> None:
    create(blank)
    with within(blank, *OPENING):
        blank.open()
        filled(blank)
    check_drawn(blank, 0)
    for step in (1, 2):
        with within(blank, *STEP):
            blank.page.keyboard.press("Control+ArrowRight")
            blank.at(step=step)
            filled(blank)
    check_drawn(blank, 2)


def test_a_large_network_is_walked_through(blank: Lab) -> None:
    create(blank)
    blank.open()
    blank.do("phase:backward")
    blank.shows("dE/dout_o1")
    blank.do("step-forward", 3)
    blank.shows("dE/dw150001[0]")
    blank.do("phase:update")
    blank.shows("w150001+")
    blank.do("step-back")  # the whole backward phase
    blank.do("step-back")  # its last calculation, far from what has been read
    blank.shows("dE/db_h1_300")
    expect(blank.page.locator('[data-action="phase:backward"] small')).to_contain_text("/")
    check_drawn(blank, 0)


@contextmanager
def within(lab: Lab, requests: int, size: int) -> Iterator[None]:
    """The page asks the service at most so often, for at most so many bytes."""
    answers: list[Response] = []

    def listen(answer: Response) -> None:
        answers.append(answer)

    lab.page.on("response", listen)
    yield
    lab.page.remove_listener("response", listen)
    whole = [a for a in answers if "/api/" in a.url and not a.url.endswith("/events")]
    sizes = [int(a.headers["content-length"]) for a in whole]
    assert len(sizes) < requests
    assert sum(sizes) < size


def filled(lab: Lab) -> None:
    """Every number that is drawn has come."""
    lab.page.wait_for_function(
        """() => [...document.querySelectorAll('#network [data-name][data-value]')]
          .filter((number) => number.checkVisibility())
          .every((number) => number.dataset.value !== 'NaN')"""
    )


def check_drawn(lab: Lab, step: int) -> None:
    """Every number on the page is the service's, bit for bit."""
    filled(lab)
    shown = [(name, value) for name, value in lab.numbers() if "@" not in name]
    assert len(shown) > 20
    names = sorted({name for name, _ in shown})
    query = {"step": str(step), "names": ",".join(names)}
    known = lab.api.get(f"/networks/{lab.id}/values", params=query).json()["values"]
    assert [name for name, value in shown if not same(value, known[name])] == []
