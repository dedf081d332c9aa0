"""The built page: templates, its files, and which of them a page needs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from app.errors import WrongSetting

PACKAGE = Path(__file__).resolve().parent.parent
ENTRY = "main.ts"


@dataclass(frozen=True, slots=True)
class Assets:
    """Paths below /static."""

    js: str
    css: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Built:
    templates: Path
    dist: Path
    assets: Assets


def find_built() -> Built:
    """In a wheel the page lies inside the package, in a checkout beside it.

    Raises WrongSetting when it has not been built.
    """
    inside = PACKAGE / "_web"
    root = inside if inside.is_dir() else PACKAGE.parent
    manifest = root / "static/dist/manifest.json"
    try:
        assets = read_assets(json.loads(manifest.read_text("utf-8")))
    except (OSError, ValueError, KeyError):
        raise WrongSetting(
            f"The page has not been built: there is no {manifest}. Build it with `make web`, "
            f"or install Slowprop again."
        ) from None
    return Built(root / "templates", root / "static/dist", assets)


def read_assets(manifest: dict[str, dict[str, object]]) -> Assets:
    """Vite's manifest. Raises KeyError when the page's entry is not in it."""
    entry = next((e for e in manifest.values() if e.get("isEntry")), None)
    if entry is None:
        raise KeyError(ENTRY)
    css = entry.get("css", [])
    return Assets(str(entry["file"]), tuple(map(str, css if isinstance(css, list) else [])))
