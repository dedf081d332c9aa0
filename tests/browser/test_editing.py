"""Select is not edit; an edit, a reset and their undo."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.lab import Lab

BOX = "#edit-box"


def edit(lab: Lab, text: str) -> None:
    lab.page.fill(BOX, text)
    lab.page.keyboard.press("Enter")


@pytest.mark.parametrize("way", ["pencil", "double-click", "F2"])
def test_ways_to_edit(lab: Lab, way: str) -> None:
    if way == "double-click":
        lab.page.locator('#network [data-name="w5"]').first.dblclick()
    else:
        lab.select("w5")
        expect(lab.page.locator(BOX)).to_have_count(0)
        lab.do("edit:w5") if way == "pencil" else lab.page.keyboard.press("F2")
    expect(lab.page.locator(BOX)).to_have_value("0.40")
    edit(lab, "0.41")
    expect(lab.page.locator(BOX)).to_have_count(0)
    expect(lab.page.locator('#network [data-name="w5"]').first).to_have_text("0.41")
    assert lab.values(0)["w5"] == 0.41
    lab.check_numbers()


@pytest.mark.parametrize(("text", "value"), [("0,5", 0.5), ("1/4", 0.25), ("−1.5e-3", -0.0015)])
def test_numbers_as_people_write_them(lab: Lab, text: str, value: float) -> None:
    lab.select("w5")
    lab.do("edit:w5")
    edit(lab, text)
    expect(lab.page.locator(BOX)).to_have_count(0)
    assert lab.values(0)["w5"] == value


def test_what_is_no_number_is_kept_and_explained(lab: Lab) -> None:
    lab.select("w5")
    lab.do("edit:w5")
    edit(lab, "a lot")
    expect(lab.page.locator("#edit-fault")).to_contain_text("1/3")
    expect(lab.page.locator(BOX)).to_have_value("a lot")
    lab.page.keyboard.press("Escape")
    expect(lab.page.locator(BOX)).to_have_count(0)
    assert lab.network()["revision"] == 1


def test_undo_of_an_edit(lab: Lab) -> None:
    before = lab.values(0)
    lab.select("w5")
    lab.do("edit:w5")
    edit(lab, "2")
    expect(lab.page.locator(".toast")).to_contain_text("w5 is now 2")
    lab.page.locator("#panel .panel-head").click()
    lab.page.keyboard.press("Control+z")
    expect(lab.page.locator('#network [data-name="w5"]').first).to_have_text("0.40")
    assert lab.values(0) == before


def test_editing_the_past_keeps_the_old_run(lab: Lab) -> None:
    lab.api.post(f"/networks/{lab.id}/steps", json={"count": 20})
    end = lab.values(20)
    lab.open("#step=5")
    lab.at(step=5)
    lab.select("w5")
    lab.do("edit:w5")
    edit(lab, "0.3")
    toast = lab.page.locator(".toast")
    expect(toast).to_contain_text("Steps 6 to 20 left the line")
    assert lab.network()["step"] == 5
    lab.do("charts")
    old = lab.page.locator('#charts [data-past="E_batch"]')
    expect(old).to_have_count(1)
    expect(lab.page.locator('#charts [data-past="w5"]')).to_have_count(1)
    toast.locator('[data-action="undo"]').click()
    expect(lab.page.locator(".step-count")).to_contain_text("20")
    assert lab.network()["step"] == 20
    assert lab.values(20) == end
    expect(old).to_have_count(0)


def test_reset_and_its_undo(lab: Lab) -> None:
    lab.do("phase:update")
    lab.do("apply")
    lab.at(step=1)
    after = lab.values(1)
    lab.do("reset")
    lab.at(step=0)
    expect(lab.page.locator(".toast")).to_be_visible()
    assert lab.network()["step"] == 0
    lab.page.locator('.toast [data-action="undo"]').click()
    lab.at(step=1)
    assert lab.values(1) == after


def test_the_old_run_stays_until_the_next_network(lab: Lab) -> None:
    lab.api.post(f"/networks/{lab.id}/steps", json={"count": 20})
    lab.open("#step=0")
    lab.at(step=0)
    lab.select("w5")
    lab.do("edit:w5")
    edit(lab, "0.3")
    lab.do("charts")
    old = lab.page.locator('#charts [data-past="E_batch"]')
    expect(old).to_be_visible()  # nothing but the old run, so far
    lab.do("step")
    lab.at(step=1)
    expect(old).to_be_visible()
    lab.do("new-network")
    lab.do("preset:worked-example")
    expect(lab.page.locator("#create-dialog")).not_to_be_visible()
    expect(old).not_to_be_visible()
    for step in (1, 2):
        lab.page.keyboard.press("Control+ArrowRight")
        lab.at(step=step)
    expect(lab.page.locator("#charts .curve-line").first).to_be_visible()
    expect(old).to_have_count(0)
