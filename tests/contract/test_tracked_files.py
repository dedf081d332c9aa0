"""What no tracked file may say: where one machine keeps things, or where packages come from."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Each pattern is spelled so that this file does not match it.
FORBIDDEN = re.compile(
    r"registry\.npmjs|pypi\.org|files\.pythonhosted|deb\.debian\.org|docker\.io"
    r"|/wor[k]/|/roo[t]/|/hom[e]/\w|/Users[/]|[.]{2}/shared"
)


def test_no_registry_host_and_no_machine_path() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    names = filter(None, listed.stdout.split("\0"))
    assert [found for name in names for found in forbidden_lines(name)] == []


def forbidden_lines(name: str) -> list[str]:
    path = ROOT / name
    if not path.is_file():  # deleted, not yet committed
        return []
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return [f"{name}:{n}: {line}" for n, line in enumerate(lines, 1) if FORBIDDEN.search(line)]
