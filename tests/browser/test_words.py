"""What the page says itself, in the language that was asked for."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.lab import Lab
from tests.browser.test_result import XOR

KOREAN = re.compile("[가-힣]")


def test_the_title_follows_the_language(lab: Lab) -> None:
    expect(lab.page).to_have_title("Slowprop: backpropagation in slow motion")
    lab.do("language")
    expect(lab.page).to_have_title("Slowprop: 천천히 보는 역전파")


@pytest.mark.console_error("409")
def test_a_refusal_is_told_in_korean_first(lab: Lab) -> None:
    def refuse(route: Route) -> None:
        problem = {"type": "/docs#problem-no-data", "detail": "This network has no data."}
        route.fulfill(status=409, content_type="application/problem+json", json=problem)

    lab.open("?lang=ko")
    lab.page.route("**/steps", refuse)
    lab.do("step")
    banner = lab.page.locator('[data-banner="problem"]')
    expect(banner).to_contain_text("데이터가 없습니다. (This network has no data.)")


@pytest.mark.console_error("422")
def test_faults_of_the_form_are_told_in_korean_first(lab: Lab) -> None:
    lab.open("?lang=ko")
    lab.do("new-network")
    lab.page.locator('#create-dialog input[data-pointer="/layers/1/size"]').fill("99999999")
    lab.do("submit-network")
    fault = lab.page.locator("#create-dialog .fault:not(:empty)").first
    expect(fault).to_contain_text(KOREAN)


@pytest.mark.parametrize(("text", "says"), [("1e400", "too large"), ("a lot", "no number")])
def test_too_large_is_a_number(lab: Lab, text: str, says: str) -> None:
    lab.select("w5")
    lab.do("edit:w5")
    lab.page.fill("#edit-box", text)
    lab.page.keyboard.press("Enter")
    expect(lab.page.locator("#edit-fault")).to_contain_text(says)


def test_numbers_of_notices_are_grouped(lab: Lab) -> None:
    lab.api.post(f"/networks/{lab.id}/steps", json={"count": 2000})
    lab.open("#step=0")
    lab.at(step=0)
    lab.select("w5")
    lab.do("edit:w5")
    lab.page.fill("#edit-box", "0.3")
    lab.page.keyboard.press("Enter")
    expect(lab.page.locator(".toast")).to_contain_text("Steps 1 to 2\u00a0000")


def test_a_gradient_of_a_batch_says_that_it_is_a_mean(blank: Lab) -> None:
    blank.create(XOR)
    blank.open("?lang=ko#step=0&at=dE/dw7")
    blank.shows("dE/dw7")
    blank.do("tab:chain")
    expect(blank.page.locator("#panel .chain")).to_contain_text("샘플 4개의 평균: ×0.25")
