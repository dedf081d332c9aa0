"""Many traced steps at once: every named value of each, as one array."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np

from app.errors import TooMuchWork
from app.nn import kernel
from app.nn.names import Names
from app.nn.spec import Floats, Ints
from app.services.batches import data_of
from app.services.library import Library, Span, in_force
from app.services.records import Network, Setting
from app.services.replay import states_of
from app.settings import Limits


@dataclass(frozen=True, slots=True)
class States:
    """The states at consecutive steps, and the number of the setting in force at each."""

    thetas: Floats  # (S, P)
    memories: Floats  # (S, slots, P)
    settings: Ints  # (S,)


def columns(network: Network) -> tuple[str, ...]:
    return columns_of(network.head.setting)


def some_columns(network: Network, start: int, count: int | None) -> tuple[list[str], int | None]:
    """`count` names from place `start` on, and the next place: the others are not even made."""
    if count is None:
        return list(columns(network)[start:]), None
    names = list(islice(Names.of(network.head.spec).all(), start, start + count + 1))
    return names[:count], start + count if len(names) > count else None


def columns_of(setting: Setting) -> tuple[str, ...]:
    return Names.of(setting.spec).columns


def rows(
    library: Library,
    network: Network,
    over: Span,
    example: int,
    limits: Limits,
    names: Sequence[str] | None = None,
) -> Floats:
    """(steps, columns): of `names`, or of all. A value that did not exist at a step is NaN there.

    Raises NoData, NotFound, NotReproducible, TooMuchWork.
    """
    data_of(network.head.setting)
    wanted = columns(network) if names is None else checked(network, names)
    check_size(over, len(wanted), limits)
    states = recorded(library, network, over)
    values = np.full((len(states.settings), len(wanted)), np.nan)
    for piece in pieces(states.settings):
        setting = library.store.setting(network.id, int(states.settings[piece.start]))
        known = None if names is None else shared(setting, names)
        found = traced(setting, states, piece, over.first + piece.start, example, known)
        place(values[piece], found, wanted, columns_of(setting) if known is None else known)
    return values


def checked(network: Network, names: Sequence[str]) -> Sequence[str]:
    """Raises NotFound for a name that the network does not have."""
    known = Names.of(network.head.spec)
    for name in names:
        known.phase(name)
    return names


def shared(setting: Setting, wanted: Sequence[str]) -> Sequence[str]:
    """Those that an earlier setting has, too: its optimizer may have remembered less."""
    known = Names.of(setting.spec)
    return [name for name in wanted if known.has(name)]


def check_size(over: Span, width: int, limits: Limits) -> None:
    most = max(1, limits.traced_numbers // width)
    if over.last - over.first >= most:
        detail = f"At most {most} steps of this network fit into one answer; ask for fewer."
        raise TooMuchWork.at("/to", TooMuchWork.code, detail)


def recorded(library: Library, network: Network, over: Span) -> States:
    count, size = over.last - over.first + 1, network.head.state.theta.size
    states = States(
        thetas=np.empty((count, size)),
        memories=np.zeros((count, 0, size)),
        settings=np.zeros(count, dtype=np.int64),
    )
    for run, live in in_force(library.runs(network, over), over):
        source, target = live.shared_with(run)[0], live.within(over)
        thetas, memories = states_of(library.store, network.id, run, source)
        states = with_slots(states, memories.shape[1])
        states.thetas[target] = thetas
        states.memories[target, : memories.shape[1]] = memories
        states.settings[target] = run.setting
    return states


def with_slots(states: States, slots: int) -> States:
    """Room for `slots` numbers of memory per parameter."""
    missing = slots - states.memories.shape[1]
    if missing <= 0:
        return states
    wider = np.pad(states.memories, ((0, 0), (0, missing), (0, 0)))
    return States(states.thetas, wider, states.settings)


def pieces(settings: Ints) -> Iterator[slice]:
    """Stretches of steps with one setting."""
    starts = [0, *(np.flatnonzero(np.diff(settings)) + 1).tolist(), len(settings)]
    for start, stop in pairwise(starts):
        yield slice(start, stop)


def traced(
    setting: Setting,
    states: States,
    piece: slice,
    first: int,
    example: int,
    names: Sequence[str] | None,
) -> Floats:
    data = data_of(setting)
    slots = len(setting.spec.memory)
    memories = states.memories[piece, :slots] if slots else None
    return kernel.trace_rows(
        setting.spec,
        states.thetas[piece],
        memories,
        data.inputs,
        data.targets,
        first,
        example,
        names,
    )


def place(target: Floats, found: Floats, wanted: Sequence[str], known: Sequence[str]) -> None:
    """Writes the columns `known` where `wanted` has them."""
    if wanted == known:
        target[:] = found
        return
    at = {name: column for column, name in enumerate(known)}
    for column, name in enumerate(wanted):
        if name in at:
            target[:, column] = found[:, at[name]]
