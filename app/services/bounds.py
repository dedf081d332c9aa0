"""How much may be asked at once. Everything here is decided before any work starts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from app.errors import BadInput, Fault, TooMuchWork
from app.nn.spec import NetworkSpec
from app.services.records import BYTES_PER_NUMBER, Network, Setting, kept_bytes
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
    size = network.head.state.theta.size
    work = size * network.head.setting.batch_size
    small = work <= limits.small_network_work
    most = limits.steps_per_request_small if small else limits.steps_per_request
    recorded = limits.history_bytes // kept_bytes(1, size)
    most = max(1, min(most, limits.request_work // work, recorded))
    check_history(network, min(count, most), "/count", limits)
    if count > most:
        detail = f"At most {most} steps of this network fit into one request"
        detail += instead(count, room(network, limits), limits)
        raise TooMuchWork.at("/count", TooMuchWork.code, detail)


def instead(count: int, kept: int, limits: Limits) -> str:
    """What does work: a training, as long as it may be."""
    longest = min(limits.steps_per_training, kept)
    if count <= longest:
        return f'; POST {{"steps": {count}}} to its trainings instead.'
    return f', and at most {longest} into a training: POST {{"steps": {longest}}} to its trainings.'


def room(network: Network, limits: Limits) -> int:
    """How many more history entries a network can have: their losses take up half of what is kept,
    and are never dropped."""
    return max(0, limits.history_bytes // 2 // BYTES_PER_NUMBER - network.head.seq)


def check_history(network: Network, count: int, pointer: str, limits: Limits) -> None:
    """Raises TooMuchWork when the losses of `count` more steps would exceed what is kept."""
    left = room(network, limits)
    if count > left:
        raise TooMuchWork.at(
            pointer,
            TooMuchWork.code,
            f"Every loss is recorded, and {limits.history_bytes // MEGABYTE} MB are kept of a "
            f"network: there is room for {left} more steps of this one. Ask for fewer, "
            f"or create a new network from its parameters.",
        )


def check_setting(setting: Setting, limits: Limits, pointer: str = "/data") -> None:
    """Raises TooMuchWork for batches that one pass cannot compute."""
    most = max(1, limits.request_work // setting.spec.layout.size)
    if setting.batch_size > most:
        detail = (
            f"{setting.batch_size} examples are too many for one update of this network; "
            f"use at most {most}, or a batch of that size."
        )
        raise TooMuchWork.at(pointer, TooMuchWork.code, detail)


def check_batch(network: Network, rows: int, pointer: str, limits: Limits) -> None:
    """Raises TooMuchWork for more examples than one pass may compute."""
    most = max(1, limits.request_work // network.head.state.theta.size)
    if rows > most:
        detail = f"{rows} examples are too many for one pass of this network; send at most {most}."
        raise TooMuchWork.at(pointer, TooMuchWork.code, detail)
