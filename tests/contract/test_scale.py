"""The profile `scale` of docker-compose.yml without an engine: its commands and settings, each run
as an ordinary user on a read-only file system, with nothing but what its service is given.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from ruamel.yaml import YAML

from app.settings import Settings
from tests.conftest import free_port
from tests.postgres import Postgres

ROOT = Path(__file__).resolve().parents[2]
SERVICES = YAML(typ="safe").load(ROOT / "docker-compose.yml")["services"]
APPS = ("127.0.0.2", "127.0.0.3")
HOSTS = "127.0.0.1 localhost scheduler\n" + "".join(f"{address} app\n" for address in APPS)
USER = ("--unshare-user", "--uid", "10001", "--gid", "10001", "--cap-drop", "ALL")
SECONDS = 60


class House:
    """Starts services as their containers would be started."""

    def __init__(self, folder: Path, postgres: Postgres) -> None:
        self.folder = folder
        self.postgres = postgres
        self.kernels = folder / "kernels"
        filled = Settings.read({}).kernel_cache  # as the image has it
        shutil.copytree(filled, self.kernels) if filled.exists() else self.kernels.mkdir()
        (folder / "hosts").write_text(HOSTS)
        (folder / "database_url").write_text(postgres.new())
        self.image = dict(re.findall(r"(SLOWPROP_\w+)=(\S+)", (ROOT / "Dockerfile").read_text()))
        self._ending = ExitStack()

    def start(self, service: str, **instead: str) -> subprocess.Popen[bytes]:
        known = SERVICES[service]
        given = {name: expanded(str(value)) for name, value in known["environment"].items()}
        command = known.get("command", ["slowprop", "serve"])
        settings = self.image | given | {"SLOWPROP_KERNEL_CACHE": str(self.kernels)} | instead
        return self.run(command, settings, secret=bool(known.get("secrets")))

    def run(
        self, command: list[str], settings: Mapping[str, str], *, secret: bool = False
    ) -> subprocess.Popen[bytes]:
        path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
        log = self._ending.enter_context((self.folder / f"{command[0]}.log").open("ab"))
        process = subprocess.Popen(
            ["bwrap", *self._walls(secret=secret), *command],
            env={"PATH": path, "HOME": "/tmp", **settings},  # noqa: S108 — its own
            stderr=log,
            stdout=log,
        )
        self._ending.callback(end, process)
        return process

    def close(self) -> None:
        self._ending.close()

    def _walls(self, *, secret: bool) -> list[str | Path]:
        walls: list[str | Path] = ["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
        walls += ["--tmpfs", "/tmp", "--tmpfs", "/run"]  # noqa: S108
        walls += ["--ro-bind", ROOT, ROOT, "--ro-bind", self.postgres.folder, self.postgres.folder]
        walls += ["--bind", self.kernels, self.kernels]
        walls += ["--ro-bind", self.folder / "hosts", "/etc/hosts"]
        if secret:
            walls += ["--ro-bind", self.folder / "database_url", "/run/secrets/database_url"]
        return [*walls, *USER, "--die-with-parent", "--chdir", "/"]


def expanded(value: str) -> str:
    """As compose does it when the variable is not set."""
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value)


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture
def house(tmp_path: Path, postgres: Postgres) -> Iterator[House]:
    house = House(tmp_path, postgres)
    yield house
    house.close()


def until(url: str) -> None:
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            httpx.get(url, timeout=5).raise_for_status()
        except httpx.HTTPError:
            assert time.monotonic() < deadline, url
            time.sleep(0.1)
        else:
            return


def test_the_whole_house(house: House) -> None:
    house.start("scheduler")
    for _ in range(2):
        house.start("compute")
    apps = [house.start("app", SLOWPROP_HOST=address) for address in APPS]
    for address in APPS:
        until(f"http://{address}:8000/readyz")
    house.start("trainer")
    port = free_port()
    caddy = ["caddy", "run", "--adapter", "caddyfile", "--config", str(ROOT / "deploy/Caddyfile")]
    house.run(caddy, {"SLOWPROP_SITE": f":{port}"})
    gateway = f"http://127.0.0.1:{port}"
    until(f"{gateway}/")
    check_what_is_hidden(gateway)
    with httpx.Client(base_url=f"{gateway}/api/v1", timeout=SECONDS) as client:
        network = check_creation(client)
        check_training(client, network)
        apps[0].kill()
        check_that_it_goes_on(client, network)


def check_what_is_hidden(gateway: str) -> None:
    for path in ("metrics", "readyz", "healthz"):
        assert httpx.get(f"{gateway}/{path}").status_code == 404


def check_creation(client: httpx.Client) -> str:
    """In the mode `links`: without its token nobody finds it."""
    made: dict[str, Any] = client.post("/networks", json={"preset": "worked-example"}).json()
    path = f"/networks/{made['id']}"
    assert client.get(path).status_code == 404
    client.headers["Authorization"] = f"Bearer {made['tokens']['edit']}"
    assert client.get(path).json()["step"] == 0
    return path


def check_training(client: httpx.Client, network: str) -> None:
    """Dask's workers compute it; the stream tells of it through the gateway."""
    asked = client.post(f"{network}/trainings", json={"steps": 20_000})
    assert asked.status_code == 202, asked.text
    with client.stream("GET", f"{network}/events") as stream:
        for line in stream.iter_lines():
            if line.startswith("data: ") and json.loads(line[6:]).get("step") == 20_000:
                break
    assert client.get(network).json()["step"] == 20_000


def check_that_it_goes_on(client: httpx.Client, network: str) -> None:
    """One server of two has died: what is asked again, under the same key, is done once."""
    for step in range(20_001, 20_011):
        key = {"Idempotency-Key": f"step-{step}"}
        deadline = time.monotonic() + SECONDS
        while (made := client.post(f"{network}/steps", json={"count": 1}, headers=key)).is_error:
            assert time.monotonic() < deadline, made.text
            time.sleep(0.1)
        assert made.json()["step"] == step
    assert client.get(network).json()["step"] == 20_010


def test_nothing_can_be_written_but_what_is_given(house: House) -> None:
    script = "import os, sys; print(os.getuid()); open('/etc/passwd', 'a')"
    with subprocess.Popen(
        ["bwrap", *house._walls(secret=False), sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(os.environ),
        text=True,
    ) as tried:
        out, fault = tried.communicate()
    assert out.strip() == "10001"
    assert "Read-only file system" in fault
