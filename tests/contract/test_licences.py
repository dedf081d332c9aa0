"""Whoever is served a package of others is served its licence too."""

from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "static/dist"


def test_every_package_in_the_page_is_listed_with_its_licence() -> None:
    licences = (DIST / "licenses.md").read_text()
    shipped = set(json.loads((ROOT / "package.json").read_text())["dependencies"])
    bundled = shipped - {"swagger-ui-dist"}  # copied beside the bundle, with its licence
    assert {name for name in bundled if f"\n## {name} - " not in licences} == set()


def test_the_api_docs_come_with_their_licence() -> None:
    assert "Apache License" in (DIST / "docs/LICENSE").read_text()
