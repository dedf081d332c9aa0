"""Dockerfile and docker-compose.yml, checked without an engine."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from ruamel.yaml import YAML

from app.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


def test_the_dockerfile_has_no_known_fault() -> None:
    check("hadolint", "--no-color", "Dockerfile")


def test_the_compose_file_fits_its_schema() -> None:
    check("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml")


def test_the_server_accepts_the_settings_of_both_files() -> None:
    last_stage = (ROOT / "Dockerfile").read_text().rpartition("\nFROM ")[2]
    environment = dict(re.findall(r"(SLOWPROP_\w+)=(\S+)", last_stage))
    service = YAML(typ="safe").load(ROOT / "docker-compose.yml")["services"]["slowprop"]
    settings = Settings.read(environment | service["environment"])
    assert settings.host == "0.0.0.0"  # noqa: S104  # a container's port is published by its host
    assert service["ports"] == [f"127.0.0.1:8000:{settings.port}"]


def check(program: str, *arguments: str) -> None:
    result = subprocess.run(
        [Path(sys.executable).with_name(program), *arguments],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, f"{result.stdout}{result.stderr}"
