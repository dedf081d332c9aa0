"""The page shows the service's numbers: at every phase, after one step, after 10 000, and back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.calculator import hand
from tests.browser.lab import PHASES, Lab

SHOWN_ERROR = '#network [data-name="E_total"]'


def test_every_phase_of_the_first_step(lab: Lab) -> None:
    assert lab.check_numbers() > 20
    for phase in PHASES:
        lab.do(f"phase:{phase}")
        lab.at(step=0, phase=phase)
        assert lab.check_numbers() > 20
    lab.do("grain:phase")
    lab.do("phase:backward")
    lab.shows("phase:backward")
    names = {name for name, _ in lab.numbers()}
    assert {"delta_o1", "dE/dw1"} <= names


def test_every_calculation_of_the_first_step(lab: Lab) -> None:
    """Walked with Next alone, from the first sum to the last new weight; each formula is right."""
    formulas = 0
    for stop, phase in stops(lab):
        lab.do("step-forward")
        lab.shows(stop)
        lab.at(step=0, phase=phase)
        if not stop.startswith("phase:"):
            # Drawn at most ten times a second; after a phase's summary there was none to be stale.
            expect(lab.page.locator(f'#panel .formula[data-of="{stop}"]')).to_be_visible()
            formulas += check_formula(lab)
    assert formulas >= 60
    lab.check_numbers()
    lab.do("step-forward")
    lab.at(step=1, phase="forward")


def stops(lab: Lab) -> list[tuple[str, str]]:
    """A phase is its calculations and then the phase as a whole."""
    answer = lab.api.get(f"/networks/{lab.id}/explanations", params={"step": 0}).json()
    found = []
    for phase in PHASES:
        names = [each["name"] for each in answer["calculations"] if each["phase"] == phase]
        found += [(name, phase) for name in (*names, f"phase:{phase}")]
    return found


def check_formula(lab: Lab) -> int:
    """Typed into a calculator, each displayed line gives the displayed result."""
    lines = {
        line.get_attribute("data-line"): line.locator("annotation").text_content() or ""
        for line in lab.page.locator("#panel .formula-right").all()
    }
    exact = lab.page.locator("#panel .formula").get_attribute("data-relation") == "="
    result = shown_number(lines["result"])
    digits = len(result.partition(".")[2])
    worked = [lines[name] for name in ("numbers", "partial") if name in lines]
    for line in worked:
        assert not exact or f"{hand(line):.{digits}f}" == f"{float(result):.{digits}f}", line
    return len(worked)


def shown_number(latex: str) -> str:
    return re.sub(r"\\htmlData\{[^{}]*\}", "", latex).strip("{} ").lstrip("+")


def test_one_step(lab: Lab) -> None:
    before = lab.values(0)
    lab.do("phase:update")
    lab.do("apply")
    lab.at(step=1, phase="forward")
    assert lab.network()["step"] == 1
    assert lab.check_numbers() > 20
    shown = dict(lab.numbers())
    assert shown["w5"] == before["w5+"] == lab.values(1)["w5"]
    assert shown["E_total@0"] == before["E_total"] > shown["E_total"]


def test_w1_visibly_changes_after_one_step(lab: Lab) -> None:
    pill = lab.page.locator('#network [data-name="w1"]').first
    before = pill.text_content() or ""
    lab.do("step-forward")
    lab.page.keyboard.press("Control+ArrowRight")
    lab.at(step=1)
    expect(pill).not_to_have_text(before)
    expect(lab.page.locator("#panel .change-row", has_text="w1")).to_contain_text("−0.000219")


def test_ten_thousand_steps(lab: Lab) -> None:
    lab.do("train")
    lab.at(step=10_000)
    assert lab.network()["step"] == 10_000
    assert lab.check_numbers() > 20
    error = dict(lab.numbers())["E_total"]
    assert error == pytest.approx(3.5101870045e-5, rel=1e-6)
    expect(lab.page.locator("#panel")).to_contain_text("Learnt by heart")
    lab.page.locator(".scrubber, [data-action=scrub]").first.focus()
    lab.page.keyboard.press("Home")
    lab.at(step=0)
    lab.check_numbers()


def test_back_restores_exactly(lab: Lab) -> None:
    walked = ["net_h1", "out_h1", "net_h2", "out_h2", "net_o1"]
    start = sorted(lab.numbers())
    seen = []
    for name in walked:
        lab.do("step-forward")
        lab.shows(name)
        seen.append(sorted(lab.numbers()))
    for name, numbers in zip(reversed(walked[:-1]), reversed(seen[:-1]), strict=True):
        lab.do("step-back")
        lab.shows(name)
        assert sorted(lab.numbers()) == numbers
    lab.do("step-back")
    expect(lab.page.locator("#panel .panel-title")).to_be_visible()
    assert sorted(lab.numbers()) == start
    assert lab.network()["revision"] == 1, "looking back changes nothing"


def test_back_over_the_border_of_a_step(lab: Lab) -> None:
    lab.do("phase:update")
    lab.shows("w5+")
    before = sorted(lab.numbers())
    lab.do("apply")
    lab.at(step=1)
    lab.do("step-back")
    lab.shows("phase:update")
    lab.at(step=0, phase="update")
    lab.do("phase:update")
    lab.shows("w5+")
    assert sorted(lab.numbers()) == before
    document = lab.network()
    assert (document["step"], document["revision"]) == (1, 2)
    lab.do("apply")
    lab.at(step=1)
    assert lab.network()["revision"] == 2, "a recorded step is replayed, not taken again"
