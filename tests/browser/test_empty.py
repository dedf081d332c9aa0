"""Nothing to learn from, or nothing there at all: the page says so and shows the way on."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.lab import Lab

WITHOUT_DATA = {"layers": [{"size": 2}, {"size": 3}, {"size": 1}]}


@pytest.mark.parametrize("bias", ["per_neuron", "shared", "none"])
def test_without_data_the_parameters_are_shown(blank: Lab, bias: str) -> None:
    blank.create({**WITHOUT_DATA, "bias": {"mode": bias}})
    blank.open()
    parameters = blank.network()["parameters"]
    known = [w for matrix in parameters["weights"] for row in matrix for w in row]
    known += [
        b
        for layer in parameters.get("biases") or []
        for b in layer[: 1 if bias == "shared" else None]
    ]
    shown = dict(blank.numbers())
    assert shown.pop("learning_rate") == 0.5
    assert sorted(shown.values()) == sorted(known)
    assert shown["w7"] == parameters["weights"][1][0][0]
    assert "NaN" not in blank.page.inner_text("body")
    panel = blank.page.locator("#panel")
    expect(panel).to_contain_text("no data yet")
    assert panel.locator("[data-action]:visible").count() == 1
    for control in ("step-forward", "step-back", "play", "train", "phase:backward"):
        expect(blank.action(control)).to_be_disabled()
    panel.locator("[data-action=new-network]").click()
    expect(blank.page.locator("#create-dialog")).to_be_visible()


def test_a_network_without_data_is_not_the_last_one(lab: Lab) -> None:
    remembered = lab.id
    lab.create(WITHOUT_DATA)
    lab.open()
    lab.page.goto("/")
    lab.wait()
    lab.page.wait_for_url(f"**/n/{remembered}**")


def test_a_parameter_can_be_edited_without_data(blank: Lab) -> None:
    blank.create(WITHOUT_DATA)
    blank.open()
    blank.page.locator('#network [data-name="w7"]').first.dblclick()
    blank.page.locator("#editor input, .editor input").first.fill("0.25")
    blank.page.keyboard.press("Enter")
    expect(blank.page.locator('#network [data-name="w7"]').first).to_have_text("0.25")
    assert blank.network()["parameters"]["weights"][1][0][0] == 0.25


@pytest.mark.console_error("404")
def test_no_such_network(blank: Lab) -> None:
    blank.page.goto("/n/doesnotexist")
    expect(blank.page.locator('[data-banner="gone"]')).to_be_visible()
    expect(blank.page.locator("#panel h2")).to_have_count(0)
    blank.do("open-example")
    blank.wait()
    expect(blank.page.locator('[data-banner="gone"]')).to_have_count(0)
    expect(blank.page.locator('#network [data-name="w5"]').first).to_have_text("0.40")
    blank.do("new-network")  # what can be chosen is known by now
    expect(blank.page.locator('[data-action="preset:worked-example"]')).to_be_visible()


def test_what_is_no_size_is_flagged(lab: Lab) -> None:
    lab.do("new-network")
    lab.do("draft:xor")
    for size, at in (
        ("0", "/layers/0/size"),
        ("1e3", "/layers/1/size"),
        ("0x10", "/layers/2/size"),
    ):
        lab.page.locator(f'#create-dialog input[data-pointer="{at}"]').fill(size)
    lab.do("submit-network")
    for place in range(3):
        fault = lab.page.locator(f'#create-dialog [data-fault="/layers/{place}/size"]')
        expect(fault).to_contain_text("from 1")
