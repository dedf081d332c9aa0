"""Tapping explains, nudging tries, slips wait: nothing of it changes the network."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.lab import Lab


@pytest.mark.parametrize("name", ["w5", "net_h1", "out_o1", "t_o2", "E_o1", "i2", "E_total"])
def test_tapping_a_number_opens_its_explanation(lab: Lab, name: str) -> None:
    lab.select(name)
    expect(lab.page.locator("#panel .say")).to_contain_text(
        lab.page.locator(f'#panel .say [data-name="{name}"]').first.inner_text()
    )
    expect(lab.page.locator("input:visible:not([type=range])")).to_have_count(0)
    lab.check_numbers()
    lab.page.keyboard.press("Escape")
    expect(lab.page.locator("#panel .start")).to_be_visible()


def test_a_number_in_a_sentence_can_be_tapped_too(lab: Lab) -> None:
    lab.page.locator("#headline [data-name=out_o1]").click()
    lab.shows("out_o1")
    lab.page.locator("#panel .formula .katex-html [data-name=net_o1]").first.click()
    lab.shows("net_o1")


def test_pointing_at_a_term_lights_the_drawing(lab: Lab) -> None:
    lab.do("phase:forward")
    lab.shows("net_h1")
    lab.page.locator("#panel .formula .katex-html [data-name=w1]").first.hover()
    expect(
        lab.page.locator("#panel .formula .katex-html [data-name=w1][data-lit]").first
    ).to_be_visible()


def test_the_whole_chain(lab: Lab) -> None:
    lab.select("w1")
    lab.do("tab:chain")
    paths = lab.page.locator("#panel .path")
    expect(paths).to_have_count(2)
    products = [
        float(path.get_attribute("data-value") or "")
        for path in paths.locator("strong[data-value]").all()
    ]
    assert sum(products) == pytest.approx(lab.values(0)["dE/dw1"], rel=1e-12)


def test_nudge(lab: Lab) -> None:
    lab.select("w5")
    lab.do("nudge-plus")
    stops = lab.page.locator(".nudge-stop")
    expect(stops).to_have_count(4)
    nudged = lab.api.post(f"/networks/{lab.id}/forward", json={"overrides": {"w5": 0.41}}).json()
    here = lab.values(0)
    assert change(lab, "E_total") == nudged["error"]["total"] - here["E_total"]
    assert change(lab, "net_o1") == nudged["layers"][1]["net"][0][0] - here["net_o1"]
    expect(stops.last).to_contain_text("+0.000821")
    document = lab.network()
    assert (document["revision"], document["seq"]) == (1, 0), "a nudge leaves no trace"
    lab.page.keyboard.press("Escape")
    expect(stops).to_have_count(0)
    lab.check_numbers()


def change(lab: Lab, name: str) -> float:
    return number(lab.page.locator(f'.nudge-chain [data-change="{name}"]'))


def number(element: Locator) -> float:
    return float(element.get_attribute("data-value") or "")


def test_ratios_run_into_the_factors_as_the_nudge_shrinks(lab: Lab) -> None:
    factor = lab.values(0)["dE/dout_o1"]
    lab.select("w5")
    off = []
    for size in ("1", "0.01", "0.0001"):
        lab.action("nudge-size").select_option(size)
        lab.do("nudge-plus")
        expect(lab.page.locator(".nudge-stop")).to_have_count(4)
        off.append(abs(number(lab.page.locator('[data-ratio="E_total"]')) - factor))
        lab.do("nudge-restore")
        expect(lab.page.locator(".nudge-stop")).to_have_count(0)
    assert off[0] > off[1] > off[2]


def test_slips_wait_until_all_are_applied(lab: Lab) -> None:
    before = lab.values(0)
    lab.do("phase:update")
    lab.shows("w5+")
    shown = dict(lab.numbers())
    assert shown["w5"] == before["w5"], "the old weight stays in use"
    assert shown["w5+"] == before["w5+"]
    rows = lab.page.locator("#panel .lens .change-row")
    expect(rows).to_have_count(8)
    expect(lab.page.locator("#panel .lens")).to_contain_text("×20")
    expect(lab.page.locator("#panel .lens")).to_contain_text("×2\u00a0000")
    expect(lab.action("apply")).to_contain_text("8")
    assert lab.network()["step"] == 0
    lab.do("apply")
    lab.at(step=1)
    assert dict(lab.numbers())["w5"] == before["w5+"]
    assert lab.network()["step"] == 1


def test_the_question_of_the_result_leads_to_its_answer(lab: Lab) -> None:
    lab.do("phase:update")
    lab.do("apply")
    expect(lab.page.locator("#panel")).to_contain_text("0.291027924")
    expect(lab.action("ask-why")).to_have_text("Why does w5 fall and w7 rise?")
    lab.do("ask-why")
    lab.at(step=0, phase="update")
    lab.shows("w5+")


def test_playing_walks_by_itself_and_stops(lab: Lab) -> None:
    lab.action("speed").select_option("4")
    lab.do("play")
    lab.shows("out_h1")
    lab.page.keyboard.press("Space")
    expect(lab.action("play")).to_contain_text("Play")


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
def test_no_formula_is_cut(lab: Lab, width: int, height: int) -> None:
    lab.page.set_viewport_size({"width": width, "height": height})
    listed = lab.api.get(f"/networks/{lab.id}/explanations", params={"step": 0}).json()
    cut = []
    for calculation in listed["calculations"]:
        name = calculation["name"]
        lab.page.evaluate("name => { location.hash = `#step=0&at=${name}`; }", name)
        lab.shows(name)
        formula = lab.page.locator(f'#panel .formula[data-of="{name}"]')
        if formula.evaluate("row => row.scrollWidth > row.clientWidth"):
            cut.append(name)
    assert cut == []


@pytest.mark.parametrize("name", ["w1", "w8"])
def test_the_row_of_the_explained_weight_is_in_view(lab: Lab, name: str) -> None:
    lab.open(f"#step=0&at={name}%2B")
    lab.shows(f"{name}+")
    first = lab.page.locator("#panel .change-row").first
    expect(first.locator(".change-name")).to_have_text(name)
    expect(first).to_be_in_viewport(ratio=1)
    foot = lab.page.locator("#panel .panel-foot").bounding_box()
    row = first.bounding_box()
    assert foot is not None
    assert row is not None
    assert row["y"] + row["height"] <= foot["y"]
    body = lab.page.locator("#panel .panel-body")
    expect(body).to_have_attribute("data-more", "")  # it goes on below
    body.evaluate("body => body.scrollTo(0, body.scrollHeight)")
    expect(body).not_to_have_attribute("data-more", "")


def test_the_question_of_the_result_is_whole(lab: Lab) -> None:
    lab.do("step")
    lab.at(step=1)
    expect(lab.page.locator("#panel .panel-foot [data-action=ask-why]")).to_be_in_viewport(ratio=1)
