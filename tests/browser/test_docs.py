"""The API's description in a browser."""

from __future__ import annotations

import httpx
from playwright.sync_api import Page, expect


def test_the_type_of_a_problem_leads_to_what_it_means(page: Page, api: httpx.Client) -> None:
    problem = api.get("/networks/none").json()
    page.goto(problem["type"])
    expect(page.locator(".opblock").first).to_be_visible()
    meaning = page.locator("#problem-not-found")
    expect(meaning).to_be_in_viewport()
    expect(meaning).to_contain_text(problem["title"])
