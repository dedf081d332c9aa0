"""A phone: nothing wider than the screen, and everything in the dock under the finger."""

from __future__ import annotations

import pytest

from tests.browser.lab import Lab

WIDTHS = (390, 360)
# What the middle of a control belongs to: the control, or whatever lies over it.
UNDER_FINGER = """control => {
  const box = control.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return control.contains(top);
}"""
CONTROLS = (
    *("phase:forward", "phase:error", "phase:backward", "phase:update"),
    *("step-back", "play", "grain", "step-forward", "scrub", "reset", "table", "step"),
    "train-menu",
)


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_is_as_wide_as_the_phone(lab: Lab, width: int, lang: str) -> None:
    lab.page.set_viewport_size({"width": width, "height": 844})
    lab.api.post(f"/networks/{lab.id}/steps", json={"count": 50})
    lab.open(f"?lang={lang}#step=20")
    lab.at(step=20)
    for phase in ("forward", "error", "backward", "update"):
        lab.action("grain").select_option("phase")
        lab.do(f"phase:{phase}")
        lab.shows(f"phase:{phase}")
        assert lab.page.evaluate("document.documentElement.scrollWidth") <= width, phase


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_control_of_the_dock_can_be_tapped(lab: Lab, width: int, lang: str) -> None:
    lab.page.set_viewport_size({"width": width, "height": 844})
    training = lab.api.post(f"/networks/{lab.id}/trainings", json={"steps": 10_000}).json()
    lab.open(f"?lang={lang}")
    lab.at(step=10_000)
    assert training["total"] == 10_000
    for name in CONTROLS:
        control = lab.page.locator(f'#stepper [data-action="{name}"]:visible')
        assert control.count() == 1, name
        box = control.bounding_box()
        assert box is not None, name
        assert 0 <= box["x"] <= width - box["width"], name
        assert min(box["width"], box["height"]) >= 36, (name, box)
        assert control.evaluate(UNDER_FINGER), name


def test_one_whole_step_is_a_button(lab: Lab) -> None:
    reset = lab.page.locator("#stepper [data-action=reset]")
    assert reset.is_visible()
    assert reset.is_disabled()
    lab.page.locator("#stepper [data-action=step]").click()
    lab.at(step=1)
    assert reset.is_enabled()
    reset.click()
    lab.at(step=0)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_layer_of_the_dialog_is_one_line(lab: Lab, width: int) -> None:
    lab.page.set_viewport_size({"width": width, "height": 844})
    lab.do("new-network")
    tops = """() => ['size', 'activation'].map((field) => document
      .querySelector(`#create-dialog [data-pointer="/layers/1/${field}"]`)
      .getBoundingClientRect().top)"""
    size, activation = lab.page.evaluate(tops)
    assert size == activation


def test_a_fault_keeps_clear_of_the_box_it_is_about(lab: Lab) -> None:
    lab.select("w5")
    lab.do("edit:w5")
    lab.page.fill("#edit-box", "abc")
    lab.page.keyboard.press("Enter")
    lab.page.wait_for_selector("#edit-fault:not(:empty)")
    gap = """() => document.querySelector('#edit-fault').getBoundingClientRect().top
      - document.querySelector('#edit-box').getBoundingClientRect().bottom"""
    assert lab.page.evaluate(gap) >= 6


@pytest.mark.parametrize("width", WIDTHS)
def test_the_factors_of_the_strip_keep_between_its_stops(lab: Lab, width: int) -> None:
    lab.page.set_viewport_size({"width": width, "height": 844})
    for name in ("dE/dw5", "dE/dw1"):
        lab.open(f"#step=0&at={name}")
        lab.shows(name)
        overlaps = lab.page.evaluate("""() => {
          const boxes = (what) => [...document.querySelectorAll(`#panel .strip ${what}`)]
            .map((element) => element.getBoundingClientRect());
          return boxes('.strip-arrow > button').filter((one) => boxes('.strip-node').some((other) =>
            one.left < other.right && other.left < one.right && one.top < other.bottom
              && other.top < one.bottom)).length;
        }""")
        assert overlaps == 0
        fits = "document.documentElement.scrollWidth <= innerWidth"
        assert lab.page.evaluate(fits)
