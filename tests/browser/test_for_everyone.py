"""Both languages, both themes, any size of window, keys only, a screen reader, no motion."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.lab import Lab

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"


def axe(lab: Lab) -> list[tuple[str, list[str]]]:
    lab.page.evaluate(AXE.read_text())
    found = lab.page.evaluate(f"axe.run({{ runOnly: {RULES} }})")
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe(lab: Lab, theme: str, lang: str, width: int) -> None:
    lab.page.set_viewport_size({"width": width, "height": 740})
    lab.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    lab.open(f"?lang={lang}#step=0&at=dE/dw5")
    expect(lab.page.locator("html")).to_have_attribute("lang", lang)
    lab.shows("dE/dw5")
    assert axe(lab) == []


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_along_the_way(lab: Lab, width: int) -> None:
    lab.page.set_viewport_size({"width": width, "height": 740})
    assert axe(lab) == []
    lab.do("phase:update")
    lab.shows("w5+")
    assert axe(lab) == []
    lab.do("apply")
    lab.at(step=1)
    assert axe(lab) == []
    lab.page.keyboard.press("Control+ArrowRight")
    lab.at(step=2)
    lab.do("charts")  # neither window has room for drawing and charts
    expect(lab.page.locator("#charts")).to_be_visible()
    assert axe(lab) == []


@pytest.mark.parametrize("dialog", ["new-network", "help", "table"])
def test_axe_in_dialogs(lab: Lab, dialog: str) -> None:
    lab.do(dialog)
    expect(lab.page.locator("dialog[open]")).to_be_visible()
    assert axe(lab) == []
    lab.page.keyboard.press("Escape")
    expect(lab.page.locator("dialog[open]")).to_have_count(0)


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_no_sideways_scroll_on_a_narrow_phone(lab: Lab, lang: str) -> None:
    lab.page.set_viewport_size({"width": 360, "height": 740})
    lab.open(f"?lang={lang}")
    for stop in ("phase:forward", "phase:backward", "phase:update", "apply"):
        lab.do(stop)
        fits = "document.documentElement.scrollWidth <= innerWidth"
        assert lab.page.evaluate(fits), stop


def test_the_stepper_is_in_view(lab: Lab) -> None:
    for stop in ("phase:backward", "phase:update", "apply"):
        lab.do(stop)
        lab.at(step=1 if stop == "apply" else 0)
        lab.page.wait_for_timeout(200)  # the rest of the stepper is drawn
        box = lab.page.locator("#stepper").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 720
        for control in lab.page.locator("#stepper button:visible").all():
            expect(control).to_be_in_viewport(ratio=1)
    assert lab.page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_the_other_language_keeps_the_moment(lab: Lab) -> None:
    lab.api.post(f"/networks/{lab.id}/steps", json={"count": 3})
    lab.open("#step=2&at=dE/dw5")
    lab.at(step=2, phase="backward")
    lab.shows("dE/dw5")
    lab.do("language")
    expect(lab.page.locator("html")).to_have_attribute("lang", "ko")
    expect(lab.page.locator("#panel .say")).to_contain_text("아주 조금")
    lab.at(step=2, phase="backward")
    lab.shows("dE/dw5")
    lab.page.wait_for_function("location.hash === '#step=2&at=dE/dw5'")
    lab.page.reload()
    lab.wait()
    lab.shows("dE/dw5")
    lab.at(step=2)
    expect(lab.page.locator("#stepper")).to_contain_text("역전파")
    lab.check_numbers()


def test_the_theme_is_remembered(lab: Lab) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    before = lab.page.evaluate(paper)
    lab.do("theme")
    lab.do("theme")
    expect(lab.page.locator("html")).to_have_attribute("data-theme", "dark")
    assert lab.page.evaluate(paper) != before
    lab.page.reload()
    lab.wait()
    expect(lab.page.locator("html")).to_have_attribute("data-theme", "dark")


def test_keys_alone_take_a_step(lab: Lab) -> None:
    lab.page.keyboard.press("ArrowRight")
    lab.shows("net_h1")
    lab.page.keyboard.press("ArrowRight")
    lab.shows("out_h1")
    lab.page.keyboard.press("ArrowLeft")
    lab.shows("net_h1")
    for phase in ("forward", "error", "backward", "update"):
        lab.page.keyboard.press("Shift+ArrowRight")
        lab.shows(f"phase:{phase}")
    lab.page.keyboard.press("Shift+ArrowRight")
    lab.at(step=1, phase="forward")
    lab.page.keyboard.press("Home")
    lab.at(step=0)
    lab.page.keyboard.press("End")
    lab.at(step=1)
    lab.page.keyboard.press("?")
    expect(lab.page.locator("#help-dialog")).to_be_visible()


def test_two_quick_presses_are_two_steps(lab: Lab) -> None:
    for _ in range(2):
        lab.page.keyboard.press("Control+ArrowRight")
    lab.at(step=2)
    assert lab.network()["step"] == 2


def test_the_table_has_every_number(lab: Lab) -> None:
    lab.do("table")
    rows = lab.page.locator("#table-dialog tbody tr")
    values = lab.values(0)
    expect(rows).to_have_count(len(values))
    table = {name for name, _ in lab.numbers()}
    assert set(values) <= table
    lab.check_numbers()


def test_one_polite_line_a_step(lab: Lab) -> None:
    expect(lab.page.locator("#status")).to_have_text("Step 0. The error is 0.2984.")
    lab.page.keyboard.press("Control+ArrowRight")
    expect(lab.page.locator("#status")).to_have_text("Step 1. The error is 0.2910.")


def test_formulas_are_read_from_buttons_and_mathml(lab: Lab) -> None:
    lab.do("phase:forward")
    lab.shows("net_h1")
    visible = lab.page.locator("#panel .formula .katex-html").first
    expect(visible).to_have_attribute("aria-hidden", "true")
    terms = lab.page.locator("#panel .terms [data-name]")
    assert [each.get_attribute("data-name") for each in terms.all()] == [
        "i1", "w1", "i2", "w2", "b1"
    ]  # fmt: skip
    terms.first.focus()
    expect(terms.first).to_be_in_viewport()


def test_nothing_moves_when_motion_is_reduced(lab: Lab) -> None:
    lab.do("phase:backward")
    lab.shows("dE/dout_o1")
    assert lab.page.evaluate("document.getAnimations().length") == 0
    before = lab.page.locator("#network svg").first.inner_html()
    lab.page.wait_for_timeout(300)
    assert lab.page.locator("#network svg").first.inner_html() == before


def test_nothing_moves_on_load(lab: Lab) -> None:
    lab.page.emulate_media(reduced_motion="no-preference")
    lab.open()
    before = lab.page.locator("#network svg").first.inner_html()
    lab.page.wait_for_timeout(300)
    assert lab.page.locator("#network svg").first.inner_html() == before
