"""How much may be asked at once. Everything here is decided before any work starts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from app.errors import BadInput, Fault, TooMuchWork
from app.nn.spec import NetworkSpec
from app.services.records import Network, Setting, kept_bytes
from app.settings import Limits

MEGABYTE = 1024 * 1024


def check_size(spec: NetworkSpec, limits: Limits) -> None:
    """Raises BadInput for a network that is larger than the limits."""
    faults = list(size_faults(spec.sizes, limits))
    if faults:
        raise BadInput(faults)


def size_faults(sizes: tuple[int, ...], limits: Limits) -> Iterator[Fault]:
    if len(sizes) > limits.layers:
        detail = f"{len(sizes)} layers are too many; at most {limits.layers} work here."
        yield Fault("/layers", "too-large", detail)
        return
    for at, size in enumerate(sizes):
        if size > limits.width:
            detail = f"A layer of {size} neurons is too wide; at most {limits.width} work here."
            yield Fault(f"/layers/{at}/size", "too-large", detail)
    parameters = sum((before + 1) * size for before, size in pairwise(sizes))
    if parameters > limits.parameters:
        detail = f"{parameters} parameters are too many; at most {limits.parameters} work here."
        yield Fault("/layers", "too-large", detail)


def check_steps(network: Network, count: int, limits: Limits) -> None:
    """Raises TooMuchWork for more updates than one request may make."""
    work = network.head.state.theta.size * network.head.setting.batch_size
    small = work <= limits.small_network_work
    most = limits.steps_per_request_small if small else limits.steps_per_request
    most = max(1, min(most, limits.request_work // work))
    if count > most:
        raise TooMuchWork.at(
            "/count",
            TooMuchWork.code,
            f"At most {most} steps of this network fit into one request; "
            f'POST {{"steps": {count}}} to its trainings instead.',
        )
    check_history(network, count, "/count", limits)


def check_history(network: Network, count: int, pointer: str, limits: Limits) -> None:
    """Raises TooMuchWork when recording `count` more steps would exceed what is kept."""
    a_step = kept_bytes(1, network.head.state.theta.size)
    room = max(0, limits.history_bytes - network.kept_bytes)
    if count * a_step > room:
        raise TooMuchWork.at(
            pointer,
            TooMuchWork.code,
            f"Every step is recorded, and {limits.history_bytes // MEGABYTE} MB are kept of a "
            f"network: there is room for {room // a_step} more steps of this one. Ask for fewer, "
            f"or create a new network from its parameters.",
        )


def check_setting(setting: Setting, limits: Limits) -> None:
    """Raises TooMuchWork for batches that one pass cannot compute."""
    most = max(1, limits.request_work // setting.spec.layout.size)
    if setting.batch_size > most:
        detail = (
            f"{setting.batch_size} examples are too many for one update of this network; "
            f"use at most {most}, or a batch of that size."
        )
        raise TooMuchWork.at("/data", TooMuchWork.code, detail)


def check_batch(network: Network, rows: int, pointer: str, limits: Limits) -> None:
    """Raises TooMuchWork for more examples than one pass may compute."""
    most = max(1, limits.request_work // network.head.state.theta.size)
    if rows > most:
        detail = f"{rows} examples are too many for one pass of this network; send at most {most}."
        raise TooMuchWork.at(pointer, TooMuchWork.code, detail)
