"""Two people at one network: what one does, the other sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.lab import Lab
from tests.proxy import Proxy

Open = Callable[..., Lab]


@pytest.fixture
def open_another(browser: Browser, server: str, lab: Lab) -> Iterator[Open]:
    """The same network in another browser."""
    pages: list[Page] = []

    def opened(address: str = server) -> Lab:
        context = browser.new_context(
            base_url=address, viewport={"width": 1280, "height": 720}, reduced_motion="reduce"
        )
        pages.append(context.new_page())
        other = Lab(pages[-1], lab.api)
        other.id = lab.id
        return other.open()

    yield opened
    for page in pages:
        page.context.close()


def test_a_class_sees_each_step_of_its_teacher(lab: Lab, open_another: Open) -> None:
    student = open_another()
    for step in (1, 2, 3):
        lab.do("step")
        student.at(step=step)
    assert student.check_numbers() > 20
    assert lab.check_numbers() > 20


def test_steps_taken_over_the_api_arrive(lab: Lab) -> None:
    lab.api.post(f"/networks/{lab.id}/steps", json={"count": 5})
    lab.at(step=5)
    assert lab.check_numbers() > 20


def test_whoever_looks_at_the_past_is_left_there(lab: Lab) -> None:
    lab.api.post(f"/networks/{lab.id}/steps", json={"count": 5})
    lab.at(step=5)
    for _ in range(3):
        lab.page.keyboard.press("Control+ArrowLeft")
    lab.api.patch(f"/networks/{lab.id}/parameters", json={"values": {"w5": 0.41}})
    expect(lab.page.locator(".toast")).to_contain_text("changed elsewhere")
    lab.at(step=2)


def test_a_training_of_somebody_else_is_watched_to_its_end(lab: Lab) -> None:
    training = f"/networks/{lab.id}/trainings"
    lab.api.post(training, json={"steps": 400_000})
    expect(lab.action("cancel-training")).to_be_visible()
    lab.at(step=400_000)


def test_following_goes_where_the_presenter_is(lab: Lab, open_another: Open) -> None:
    lab.do("present")
    lab.do("step-forward", times=2)
    student = open_another()
    student.do("follow")
    student.shows("out_h1")
    lab.do("phase:backward")
    student.at(step=0, phase="backward")
    lab.select("w5")
    student.shows("w5")
    lab.do("step")
    student.at(step=1)
    student.do("follow")
    lab.do("home")
    lab.at(step=0)
    student.page.wait_for_timeout(500)
    student.at(step=1)


def test_a_deleted_network_is_said_to_be_gone_at_once(lab: Lab) -> None:
    lab.api.delete(f"/networks/{lab.id}")
    expect(lab.page.locator('[data-banner="gone"]')).to_be_visible()


def test_the_page_hears_again_after_the_connection_broke(
    lab: Lab, open_another: Open, server: str
) -> None:
    with Proxy.to(server) as proxy:
        student = open_another(proxy.url)
        for step in (1, 2, 3):
            proxy.cut()
            lab.do("step")
            student.at(step=step)
