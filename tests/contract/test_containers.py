"""Dockerfile and docker-compose.yml, checked without an engine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_dockerfile_has_no_known_fault() -> None:
    check("hadolint", "--no-color", "Dockerfile")


def test_the_compose_file_fits_its_schema() -> None:
    check("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml")


def check(program: str, *arguments: str) -> None:
    result = subprocess.run(
        [Path(sys.executable).with_name(program), *arguments],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, f"{result.stdout}{result.stderr}"
