"""Starts a contestant's process and speaks with it; see child.py for the other end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.contestants import LISTED

ROOT = Path(__file__).resolve().parents[1]
HEAVY = ROOT / ".venv-bench"  # scripts/install-bench makes it
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
# A library is to find out for itself which processor it runs on.
UNSET = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "PYTHONPATH")


class Ended(Exception):
    """A contestant's process died; the message says how."""


class Hosted:
    def __init__(self, name: str, threads: int) -> None:
        self.name = name
        self.threads = threads
        self.process = subprocess.Popen(
            [python_of(name), "-m", "bench.child", name],
            cwd=ROOT,
            env=environment(threads),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ask(self, op: str, **more: Any) -> dict[str, Any]:
        """Raises Ended."""
        assert self.process.stdin
        assert self.process.stdout
        try:
            self.process.stdin.write(json.dumps({"op": op, **more}) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise Ended(self.last_words()) from None
        line = self.process.stdout.readline()
        if not line:
            raise Ended(self.last_words())
        answer: dict[str, Any] = json.loads(line)
        return answer

    def last_words(self) -> str:
        assert self.process.stderr
        said = self.process.stderr.read().strip().splitlines() or ["without a word"]
        return f"ended with status {self.process.wait()}: {said[-1]}"

    def close(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert pipe
            pipe.close()
        self.process.wait()


def python_of(name: str) -> str:
    """Heavy competitors have an environment of their own; without it they report as missing."""
    heavy = HEAVY / "bin/python"
    return str(heavy) if LISTED[name].package and heavy.exists() else sys.executable


def environment(threads: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in UNSET}
    return kept | dict.fromkeys(THREADS, str(threads))


def reason_missing(name: str, said: str) -> str:
    """Why a contestant is not there: what its installation said, if there was one."""
    package = LISTED[name].package
    log = HEAVY / f"{package}.failed"
    return f"{said} ({log.read_text().strip()})" if package and log.is_file() else said
