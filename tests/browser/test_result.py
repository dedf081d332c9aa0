"""The result card: whose error it is, how much of it went, and what to ask next."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.lab import Lab
from tests.browser.test_trouble import DIVERGING

XOR = {
    "layers": [{"size": 2}, {"size": 3, "activation": "tanh"}, {"size": 1}],
    "seed": 1,
    "data": {"inputs": [[0, 0], [0, 1], [1, 0], [1, 1]], "targets": [[0], [1], [1], [0]]},
}


def test_the_error_of_all_examples_comes_first(blank: Lab) -> None:
    blank.create(XOR)
    blank.open()
    blank.do("step")
    blank.at(step=1)
    rows = blank.page.locator("#panel .result-table tbody tr")
    expect(rows.first).to_contain_text("E_batch")
    expect(rows.nth(1)).to_have_text("example 1")
    expect(rows.nth(2)).to_contain_text("E_total")
    blank.check_numbers()


def test_the_question_is_about_what_moved_furthest(blank: Lab) -> None:
    blank.create(XOR)
    blank.open()
    before = blank.values(0)
    blank.do("step")
    blank.at(step=1)
    after = blank.values(1)
    moves = {name: after[name] - before[name] for name in before if re.fullmatch(r"w\d+", name)}
    down, up = min(moves, key=lambda n: moves[n]), max(moves, key=lambda n: moves[n])
    expect(blank.action("ask-why")).to_have_text(f"Why does {down} fall and {up} rise?")


def test_the_worked_example_asks_about_w5_and_w7(lab: Lab) -> None:
    lab.do("step")
    expect(lab.action("ask-why")).to_have_text("Why does w5 fall and w7 rise?")


def test_an_error_that_is_no_number_did_not_stay_the_same(blank: Lab) -> None:
    blank.create(DIVERGING)
    blank.open()
    for step in range(1, 5):
        blank.page.keyboard.press("Control+ArrowRight")
        blank.at(step=step)
    expect(blank.page.locator("#panel .result .say")).to_contain_text("went from NaN to NaN")
    bars = blank.page.locator("#panel .change-row:has([data-value=NaN]) .change-bar i")
    assert bars.count() > 0
    for bar in bars.all():
        assert bar.evaluate("bar => bar.getBoundingClientRect().width") == 0
