"""What a request costs, beside a bare FastAPI constant in the same rounds, on the loopback."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from bench.hosting import ROOT, environment
from bench.load import Connection, latencies, request_of, throughput
from bench.ratios import Ratio
from bench.workloads import W2, Floats

CONNECTIONS = 8
SLICE = 0.35  # seconds of each measurement in a round
LATENCY_ROUNDS = 5
TRACED = 10_000
LONG = 1_000_000  # steps of a training, each on a hundred examples: some seconds
NETWORKS = "/api/v1/networks"
CONSTANT = "a bare FastAPI constant"
COMPUTED = "a computed trace, network in the cache"
READ = "a computed trace, network from the database"
STEP = "one step with its durable commit"


@dataclass(frozen=True)
class Asked:
    """A request that is repeated, and the server that it goes to."""

    title: str
    server: str
    request: bytes


@dataclass(frozen=True)
class OverHttp:
    rates: dict[str, list[float]]  # requests per second, by what was asked, one per round
    medians: Ratio  # a light request's median latency beside trainings, over that of an idle server
    ninety_ninths: Ratio
    raw: list[float]  # seconds from asking for 10 000 steps to their arrays
    text: list[float]  # the same as JSON, computed by a bare server that stores nothing


@contextmanager
def server(kind: str, folder: Path) -> Iterator[int]:
    """The port of a running server."""
    command = [sys.executable, "-m", "bench.servers", kind, str(folder)]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(1), stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def measure(rounds: int) -> OverHttp:
    with TemporaryDirectory() as folder, ExitStack() as stack:
        ports = {
            kind: stack.enter_context(server(kind, Path(folder)))
            for kind in ("bare", "slowprop", "uncached")
        }
        for kind in ("slowprop", "uncached"):
            await_kernel(ports[kind])
        rates = throughputs(ports, rounds)
        idle, busy = beside_trainings(ports["slowprop"])
        raw, text = to_arrays(ports, rounds)
    return OverHttp(
        rates,
        Ratio.of([percentile(b, 50) for b in busy], [percentile(i, 50) for i in idle]),
        Ratio.of([percentile(b, 99) for b in busy], [percentile(i, 99) for i in idle]),
        raw,
        text,
    )


def percentile(values: list[float], percent: float) -> float:
    return float(np.percentile(values, percent))


def await_kernel(port: int, seconds: float = 120.0) -> None:
    """The service answers before its kernel is compiled; what is measured begins after that."""
    end = time.monotonic() + seconds
    with Connection(port) as connection:
        while connection.json("GET", "/healthz")["kernel"] != "compiled":
            if time.monotonic() > end:
                raise TimeoutError("the kernel was not compiled in time")
            time.sleep(0.1)


def worked_example(port: int) -> str:
    """The path of a new network."""
    return created(port, {"preset": "worked-example"})


def created(port: int, described: dict[str, Any]) -> str:
    with Connection(port) as connection:
        made = connection.json("POST", NETWORKS, described)
    return f"{NETWORKS}/{made['id']}"


def slow_network(port: int) -> str:
    """The path of a new network whose steps take long for what they record."""
    layers = [{"size": n, "activation": "tanh"} for n in W2.sizes]
    del layers[0]["activation"]
    data = {"inputs": W2.inputs.tolist() * 10, "targets": W2.targets.tolist() * 10}
    return created(port, {"layers": layers, "data": data})


def throughputs(ports: dict[str, int], rounds: int) -> dict[str, list[float]]:
    kept, stepping, read = (
        worked_example(ports[kind]) for kind in ("slowprop", "slowprop", "uncached")
    )
    questions = (
        Asked(CONSTANT, "bare", request_of("GET", "/constant")),
        Asked(COMPUTED, "slowprop", request_of("POST", f"{kept}/backward", {})),
        Asked("a trace kept from before", "slowprop", request_of("GET", f"{kept}/trace")),
        Asked(
            READ, "uncached",
            request_of("POST", f"{read}/backward", {}),
        ),
        Asked(
            STEP, "slowprop",
            request_of("POST", f"{stepping}/steps", {"count": 1}),
        ),
    )  # fmt: skip
    rates: dict[str, list[float]] = {question.title: [] for question in questions}
    for turn in range(rounds + 1):
        for question in questions:
            rate = rate_of(ports[question.server], question.request)
            if turn:  # the first is for warming up
                rates[question.title].append(rate)
    return rates


def rate_of(port: int, request: bytes) -> float:
    with ExitStack() as stack:
        connections = [stack.enter_context(Connection(port)) for _ in range(CONNECTIONS)]
        return throughput(connections, request, SLICE)


def beside_trainings(port: int) -> tuple[list[list[float]], list[list[float]]]:
    """Latencies of a light request in each round: of an idle server, and while it trains."""
    light = request_of("GET", worked_example(port))
    idle, busy = [], []
    for _ in range(LATENCY_ROUNDS):
        with Connection(port) as connection:
            latencies(connection, light, SLICE)
            idle.append(latencies(connection, light, 2 * SLICE))
        with trainings(port, 2), Connection(port) as connection:
            busy.append(latencies(connection, light, 2 * SLICE))
    return idle, busy


@contextmanager
def trainings(port: int, count: int) -> Iterator[None]:
    """So many long trainings, the first of them running."""
    networks = [slow_network(port) for _ in range(count)]
    with Connection(port) as connection:
        made = [connection.json("POST", f"{n}/trainings", {"steps": LONG}) for n in networks]
    paths = [f"{n}/trainings/{training['id']}" for n, training in zip(networks, made, strict=True)]
    wait_for(port, paths[0], {"running"})
    yield
    with Connection(port) as connection:
        for path in paths:
            connection.json("DELETE", path)
    for path in paths:
        wait_for(port, path, {"cancelled", "succeeded"})


def wait_for(port: int, path: str, states: set[str], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    with Connection(port) as connection:
        while (state := connection.json("GET", path)["state"]) not in states:
            if time.monotonic() > end:
                raise TimeoutError(f"{path} is still {state}")
            time.sleep(0.02)


def to_arrays(ports: dict[str, int], rounds: int) -> tuple[list[float], list[float]]:
    """From the click to arrays, raw from the service and as JSON from the bare server."""
    raw, text = [], []
    for _ in range(rounds):
        network = worked_example(ports["slowprop"])
        with Connection(ports["slowprop"]) as service, Connection(ports["bare"]) as bare:
            begin = time.perf_counter()
            service.json("POST", f"{network}/steps", {"count": TRACED})
            kept = arrays(service.ask(request_of("GET", f"{network}/traces?to={TRACED - 1}")))
            middle = time.perf_counter()
            read = np.array(bare.json("GET", f"/traced/{TRACED}"))
            end = time.perf_counter()
        assert np.allclose(kept, read, equal_nan=True), "both ways must tell the same numbers"
        raw.append(middle - begin)
        text.append(end - middle)
    return raw, text


def arrays(body: bytes) -> Floats:
    return np.frombuffer(body, dtype="<f8").reshape(TRACED, -1)
