"""The pages, their files, and the headers of every answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.errors import WrongSetting
from app.web import built as built_module
from app.web.built import find_built, read_assets
from app.web.deps import Services
from app.web.problem_kinds import KINDS

Refused = Callable[..., dict[str, Any]]

pytestmark = pytest.mark.anyio

HOME = "http://localhost"


@pytest.mark.parametrize(
    ("path", "accepted", "lang"),
    [
        ("/", "en-GB,en;q=0.9", "en"),
        ("/", "ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        ("/", "fr", "en"),
        ("/?lang=ko", "en", "ko"),
        ("/?lang=fr", "ko", "ko"),
    ],
)
async def test_the_page_speaks_the_readers_language(
    client: httpx.AsyncClient, path: str, accepted: str, lang: str
) -> None:
    answer = await client.get(f"{HOME}{path}", headers={"Accept-Language": accepted})
    assert answer.status_code == 200
    assert f'<html lang="{lang}"' in answer.text
    assert 'src="/static/assets/main-1.js"' in answer.text


async def test_the_page_of_a_network(client: httpx.AsyncClient, network: str) -> None:
    network_id = network.removeprefix("/networks/")
    assert (await client.get(f"{HOME}/n/{network_id}")).status_code == 200
    missing = await client.get(f"{HOME}/n/unknown")
    assert missing.status_code == 404
    assert "<html" in missing.text


async def test_built_files_are_kept_for_ever(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{HOME}/static/assets/main-1.js")
    assert "immutable" in answer.headers["cache-control"]
    plain = await client.get(f"{HOME}/static/docs/swagger-ui.css")
    assert "cache-control" not in plain.headers


async def test_the_documentation_needs_no_other_server(client: httpx.AsyncClient) -> None:
    page = await client.get(f"{HOME}/docs")
    start = await client.get(f"{HOME}/docs/start.js")
    assert "http" not in page.text.replace("http-equiv", "")
    assert "/openapi.json" in start.text
    for kind in KINDS:
        assert f'id="problem-{kind.code}"' in page.text
    assert "javascript" in start.headers["content-type"]


async def test_every_answer_has_the_security_headers(
    app: FastAPI, client: httpx.AsyncClient, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    services: Services = app.state.services

    def broken(_: str) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(services.store, "revision", broken)
    failed = await client.get("/networks/any")
    problem = refused(failed, 500)
    assert "ZeroDivision" not in failed.text
    assert problem["type"].endswith("internal")
    answers = [failed]
    answers += [await client.get(HOME + p) for p in ("/", "/nothing", "/static/none", "/docs")]
    answers += [await client.get("/catalog", headers={"Host": "evil.example"})]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"


def test_a_page_that_was_not_built_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(built_module, "PACKAGE", tmp_path / "app")
    with pytest.raises(WrongSetting, match="The page has not been built"):
        find_built()


def test_the_manifest_names_the_entry_and_its_styles() -> None:
    manifest: dict[str, dict[str, object]] = {
        "font.woff2": {"file": "assets/font.woff2"},
        "main.ts": {"file": "assets/a.js", "isEntry": True, "css": ["assets/a.css"]},
    }
    assets = read_assets(manifest)
    assert (assets.js, assets.css) == ("assets/a.js", ("assets/a.css",))
