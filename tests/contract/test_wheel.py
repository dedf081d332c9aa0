"""A wheel is enough: it carries the page, the templates, the migrations and the data sets."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder with Slowprop from its wheel; what it needs is in this environment."""
    run("hatchling", "build", "--target", "wheel", "--directory", str(tmp_path), cwd=ROOT)
    (wheel,) = tmp_path.glob("*.whl")
    folder = tmp_path / "installed"
    run("pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(folder), str(wheel))
    return folder


def test_an_installed_wheel_serves_the_page(installed: Path, serve: Callable[..., str]) -> None:
    url = serve(installed / "bin/slowprop", PYTHONPATH=str(installed))
    page = httpx.get(url)
    assert 'src="/static/assets/' in page.text
    networks = f"{url}/api/v1/networks"
    assert httpx.post(networks, json={"preset": "worked-example"}).status_code == 201
    for name, sizes in (("iris", (4, 3)), ("digits", (64, 10))):
        asked = {"layers": [{"size": size} for size in sizes], "data": {"dataset": name}}
        assert httpx.post(networks, json=asked).status_code == 201


def run(module: str, *arguments: str, cwd: Path | None = None) -> None:
    subprocess.run([sys.executable, "-m", module, *arguments], cwd=cwd, check=True)
