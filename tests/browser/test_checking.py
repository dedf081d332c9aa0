"""A gradient measured on the page, and alarms that lead to their cause."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.lab import Lab
from tests.browser.test_for_everyone import axe

XOR = {"inputs": [[0, 0], [0, 1], [1, 0], [1, 1]], "targets": [[0], [1], [1], [0]]}
TWINS: dict[str, Any] = {
    "layers": [{"size": 2}, {"size": 2, "activation": "relu"}, {"size": 1}],
    "parameters": {"weights": [[[0.4, 0.3], [0.4, 0.3]], [[0.3, 0.3]]], "biases": [[0, 0], [0]]},
    "data": XOR,
}
DEAD: dict[str, Any] = TWINS | {
    "parameters": {"weights": [[[0.4, 0.3], [0.1, 0.2]], [[0.3, 0.5]]], "biases": [[0, -9], [0]]}
}


def value(lab: Lab, kind: str) -> float:
    return float(lab.page.locator(f'[data-check="{kind}"]').get_attribute("data-value") or "")


@pytest.mark.parametrize("name", ["w1", "w5", "dE/dw8"])
def test_a_gradient_is_measured(lab: Lab, name: str) -> None:
    lab.open(f"#step=0&at={name}")
    lab.shows(name)
    lab.do("tab:check")
    expect(lab.page.locator("[data-verdict=agrees]")).to_be_visible()
    analytic = lab.values(0)[f"dE/d{name.removeprefix('dE/d')}"]
    assert value(lab, "numeric") == pytest.approx(analytic, rel=1e-6)
    assert value(lab, "relative") < 1e-6
    assert 1e-7 <= value(lab, "best-h") <= 1e-2
    expect(lab.page.get_by_role("img", name="relative difference")).to_be_visible()
    lab.check_numbers()
    assert axe(lab) == []


def test_keys_alone_reach_it_and_words_follow_the_language(lab: Lab) -> None:
    lab.select("w5")
    lab.action("tab:check").focus()
    lab.page.keyboard.press("Enter")
    expect(lab.page.locator("[data-verdict=agrees]")).to_contain_text("they agree")
    expect(lab.action("tab:check")).to_have_attribute("aria-pressed", "true")
    expect(lab.action("tab:check")).to_be_focused()
    lab.do("language")
    expect(lab.page.locator("[data-verdict=agrees]")).to_contain_text("일치")
    lab.do("tab:now")
    lab.shows("w5")


def test_what_has_no_gradient_says_what_to_choose(lab: Lab) -> None:
    lab.select("net_h1")
    lab.do("tab:check")
    expect(lab.page.locator("#panel .check")).to_contain_text("Choose a weight or a bias")


@pytest.mark.console_error("503")
def test_a_failed_measurement_can_be_repeated(lab: Lab) -> None:
    def fail(route: Route) -> None:
        route.fulfill(status=503, json={"title": "No", "detail": "The database does not answer."})

    lab.select("w5")
    lab.page.route("**/gradient-checks", fail, times=1)
    lab.do("tab:check")
    expect(lab.page.locator("#panel .check [role=alert]")).to_contain_text("Nothing was measured")
    lab.page.locator("#panel .check [data-action='tab:check']").click()
    expect(lab.page.locator("[data-verdict=agrees]")).to_be_visible()


def test_a_kink_is_named(blank: Lab) -> None:
    at_corner = {"weights": [[[2.0]], [[1.0]]], "biases": [[-1.0], [0.0]]}
    blank.create(
        {
            "layers": [{"size": 1}, {"size": 1, "activation": "relu"}, {"size": 1}],
            "parameters": at_corner,
            "data": {"inputs": [[0.5]], "targets": [[1.0]]},
        }
    )
    blank.open("#step=0&at=w1")
    blank.shows("w1")
    blank.do("tab:check")
    expect(blank.page.locator("[data-verdict=kink]")).to_contain_text("h1")
    expect(blank.page.locator("[data-kink=net_h1]")).to_be_visible()


@pytest.mark.parametrize(
    ("spec", "kind", "factor"),
    [(TWINS, "twins", "dnet_o1/dout_h1"), (DEAD, "dead", "dout_h2/dnet_h2")],
)
def test_an_alarm_shows_where(blank: Lab, spec: dict[str, Any], kind: str, factor: str) -> None:
    blank.create(spec)
    blank.open()
    alarm = blank.page.locator(f"[data-alarm={kind}]")
    expect(alarm).to_contain_text(factor)
    assert axe(blank) == []
    alarm.get_by_role("button").click()
    blank.shows(factor)
    blank.check_numbers()


def test_no_alarm_no_strip(lab: Lab) -> None:
    with lab.page.expect_response("**/alarms?*") as answer:
        lab.page.keyboard.press("Control+ArrowRight")
    assert answer.value.json()["alarms"] == []
    expect(lab.page.locator("#panel .alarms")).to_be_hidden()


def test_alarms_follow_the_step_and_the_language(blank: Lab) -> None:
    blank.create(TWINS)
    blank.open()
    alarm = blank.page.locator("[data-alarm=twins]")
    expect(alarm).to_contain_text("Twins")
    blank.do("language")
    expect(alarm).to_contain_text("쌍둥이")
    blank.api.patch(f"/networks/{blank.id}/parameters", json={"values": {"w1": 0.9}})
    blank.page.reload()
    blank.wait()
    expect(alarm).to_have_count(0)


def test_more_alarms_wait_behind_a_line(blank: Lab) -> None:
    three = {"weights": [[[0.4, 0.3]] * 2 + [[0.1, 0.2]], [[0.3, 0.3, 0.5]]]}
    layers = [{"size": 2}, {"size": 3, "activation": "relu"}, {"size": 1}]
    parameters = three | {"biases": [[0, 0, -9], [0]]}
    blank.create({"layers": layers, "parameters": parameters, "data": XOR})
    blank.open()
    expect(blank.page.locator("[data-alarm=dead]")).to_be_visible()
    expect(blank.page.locator("[data-alarm=twins]")).to_be_hidden()
    blank.page.get_by_text("one more alarm").click()
    expect(blank.page.locator("[data-alarm=twins]")).to_be_visible()


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_a_phone(blank: Lab, lang: str, theme: str) -> None:
    blank.page.set_viewport_size({"width": 360, "height": 740})
    blank.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    blank.create(TWINS)
    blank.open(f"?lang={lang}#step=0&at=dE/dw5")
    blank.shows("dE/dw5")
    blank.do("tab:check")
    expect(blank.page.locator("[data-verdict=agrees]")).to_be_visible()
    expect(blank.page.locator("[data-alarm=twins]")).to_be_visible()
    assert blank.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(blank) == []
