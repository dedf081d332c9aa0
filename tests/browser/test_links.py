"""Where networks are seen by links: what a link for looking shows, and how links are passed on."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import EXAMPLE
from tests.browser.lab import Lab

STEPS = 2


@pytest.fixture(scope="module")
def server(serve: Callable[..., str]) -> str:
    return serve(Path(sys.executable).with_name("slowprop"), SLOWPROP_ACCESS="links")


@pytest.fixture
def made(api: httpx.Client) -> dict[str, Any]:
    """The worked example after two steps."""
    network: dict[str, Any] = api.post("/networks", json=EXAMPLE).json()
    headers = {"Authorization": f"Bearer {network['tokens']['edit']}"}
    answer = api.post(f"/networks/{network['id']}/steps", json={"count": STEPS}, headers=headers)
    assert answer.status_code == 200
    return network


@pytest.fixture
def lab(page: Page, api: httpx.Client, made: dict[str, Any]) -> Lab:
    lab = Lab(page, api)
    lab.id = made["id"]
    return lab


def test_a_network_that_is_made_here_has_its_link_in_the_address(page: Page) -> None:
    page.goto("/")
    page.wait_for_selector("html[data-ready]")
    expect(page).to_have_url(re.compile(r"/n/\w+(\?lang=en)?#edit=[\w.-]+&step=0"))
    page.locator('[data-action="step"]').click()
    expect(page.locator("html")).to_have_attribute("data-step", "1")
    expect(page).to_have_url(re.compile("&step=1"))
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("html")).to_have_attribute("data-step", "1")


def test_a_link_for_looking_walks_through_what_is_recorded(lab: Lab, made: dict[str, Any]) -> None:
    lab.open(f"#view={made['tokens']['view']}&step=0")
    lab.at(step=0)
    for step in range(1, STEPS + 1):
        lab.do("step")
        lab.at(step=step)
    expect(lab.action("step")).to_be_disabled()
    lab.do("step-back")
    expect(lab.action("step")).to_be_enabled()
    expect(lab.page).to_have_url(re.compile(rf"#view={re.escape(made['tokens']['view'])}&step=1"))


def test_what_would_change_the_network_is_disabled_and_says_why(
    lab: Lab, made: dict[str, Any]
) -> None:
    lab.open(f"#view={made['tokens']['view']}")
    expect(lab.page.locator(".looking")).to_have_text("For looking only")
    for action in ("train", "train-menu", "reset", "present", "step"):
        expect(lab.action(action)).to_be_disabled()
        expect(lab.action(action)).to_have_attribute("title", re.compile("needs a link that edits"))
    lab.select("w5")
    expect(lab.action("edit:w5")).to_be_disabled()
    lab.page.keyboard.press("F2")
    expect(lab.page.locator("#notices")).to_contain_text("needs a link that edits")
    expect(lab.page.locator("#edit-box")).to_have_count(0)


def test_the_last_moment_plays_to_its_end_and_stops(lab: Lab, made: dict[str, Any]) -> None:
    lab.open(f"#view={made['tokens']['view']}&step={STEPS}")
    for phase in ("error", "backward", "update"):
        lab.page.keyboard.press("Shift+ArrowRight")
        lab.at(phase=phase)
    lab.page.keyboard.press("Shift+ArrowRight")
    expect(lab.page.locator("#notices")).to_contain_text("needs a link that edits")
    lab.at(step=STEPS, phase="update")


def test_links_are_passed_on_from_the_dialog(lab: Lab, made: dict[str, Any]) -> None:
    page = lab.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lab.open(f"#edit={made['tokens']['edit']}&step=1")
    lab.do("share")
    edit, view = page.locator("input#share-edit"), page.locator("input#share-view")
    expect(edit).to_have_value(
        re.compile(rf"/n/{lab.id}(\?lang=en)?#edit={re.escape(made['tokens']['edit'])}")
    )
    lab.do("link:view")  # this tab came by a link for editing, so one for looking has to be made
    expect(view).to_have_value(re.compile(rf"/n/{lab.id}(\?lang=en)?#view=[\w.-]+&step=1"))
    lab.do("copy:share-view")
    expect(lab.action("copy:share-view")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == view.input_value()
    other = page.context.new_page()
    other.goto(copied)
    other.wait_for_selector("html[data-ready]")
    expect(other.locator(".looking")).to_be_visible()
    expect(other.locator("html")).to_have_attribute("data-step", "1")


def test_who_may_look_passes_on_only_that(lab: Lab, made: dict[str, Any]) -> None:
    lab.open(f"#view={made['tokens']['view']}")
    lab.do("share")
    expect(lab.page.locator("#share-view")).to_be_visible()
    expect(lab.page.locator("#share-edit")).to_have_count(0)


def test_the_token_is_in_no_address_that_is_asked_for(lab: Lab, made: dict[str, Any]) -> None:
    token = made["tokens"]["edit"]
    asked: list[Request] = []
    lab.page.on("request", lambda request: asked.extend([request]))
    lab.open(f"#edit={token}")
    assert any(request.headers.get("authorization") == f"Bearer {token}" for request in asked)
    secret = token.partition(".")[2]
    assert [request.url for request in asked if secret in request.url.partition("#")[0]] == []


@pytest.mark.console_error("404")
def test_without_the_link_there_is_no_such_network(lab: Lab) -> None:
    lab.page.goto(f"/n/{lab.id}")
    expect(lab.page.locator("#notices")).to_contain_text("no longer there")
