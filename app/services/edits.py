"""Changes that a person makes between updates; all but a new name are history entries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.errors import BadInput, Fault, NotFound
from app.nn.names import Names
from app.nn.passes import State, start
from app.nn.registry import Value
from app.nn.spec import Choice, Floats, NetworkSpec, check
from app.services import bounds
from app.services.changes import Revisions, change, check_revision, now, refuse_while_training
from app.services.creation import loss_at
from app.services.data import check_data
from app.services.library import At, Library
from app.services.ports import Change
from app.services.records import Data, Kind, Moment, Network, Run, Setting
from app.services.remembering import Remembered
from app.settings import Limits


@dataclass(frozen=True, slots=True)
class Patch:
    """What to change of a network. What is not given stays, inside optimizer and batch too."""

    rename: bool = False
    name: str | None = None
    optimizer_name: str | None = None
    optimizer_options: Mapping[str, Value] = field(default_factory=dict)
    batch: Mapping[str, Any] = field(default_factory=dict)
    data: Data | None = None

    @property
    def changes_settings(self) -> bool:
        return any((self.optimizer_name, self.optimizer_options, self.batch, self.data is not None))


def patch(
    library: Library, network_id: str, wanted: Patch, if_match: Revisions, limits: Limits
) -> Network:
    """Raises BadInput, TrainingRuns; then nothing has changed."""

    def make(network: Network) -> tuple[Change, None]:
        named = replace(network, name=wanted.name) if wanted.rename else network
        if not wanted.changes_settings:
            return Change(replace(named, revision=network.revision + 1, updated_at=now())), None
        refuse_while_training(network)
        setting = new_setting(network.head, wanted)
        bounds.check_setting(setting, limits)
        bounds.check_history(network, 1, "", limits)
        state = kept_state(network.head, setting.spec)
        return added(named, "settings", setting, state, setting), None

    return change(library, network_id, if_match, make)[0]


def new_setting(head: Moment, wanted: Patch) -> Setting:
    """Numbered by the entry that brings it."""
    spec = replace(
        head.spec,
        optimizer=new_optimizer(head.spec.optimizer, wanted),
        batch=replace(head.spec.batch, **wanted.batch),
    )
    if not remembers(head.spec, spec):
        spec = replace(spec, optimizer_since=head.step)
    check(spec)
    check_data(spec, wanted.data)
    return Setting(head.seq + 1, spec, wanted.data or head.setting.data)


def new_optimizer(current: Choice, wanted: Patch) -> Choice:
    """Another optimizer starts from its own defaults."""
    name = wanted.optimizer_name or current.name
    kept = current.options if name == current.name else {}
    return Choice(name, {**kept, **wanted.optimizer_options})


def kept_state(head: Moment, spec: NetworkSpec) -> State:
    """The same numbers; the optimizer's memory goes on where the new one has the same kind."""
    fresh = start(spec, head.state.theta)
    memory = head.state.memory if remembers(head.spec, spec) else fresh.memory
    return replace(fresh, memory=memory, step=head.step)


def remembers(old: NetworkSpec, new: NetworkSpec) -> bool:
    """Whether it is the same optimizer, with the same kinds of memory."""
    return old.optimizer.name == new.optimizer.name and old.memory == new.memory


def delete(library: Library, network_id: str, if_match: Revisions) -> None:
    """With all of its history. A training of it notices and ends."""
    check_revision(library.network(network_id), if_match)
    library.store.delete(network_id)


def set_parameters(
    library: Library,
    network_id: str,
    values: Mapping[str, float],
    if_match: Revisions,
    limits: Limits,
) -> Network:
    """Raises BadInput for a name that the network does not have."""

    def make(network: Network) -> tuple[Change, None]:
        refuse_while_training(network)
        bounds.check_history(network, 1, "/values", limits)
        head = network.head
        theta = overridden(head.spec, head.state.theta, values, "/values")
        return added(network, "edit", head.setting, replace(head.state, theta=theta)), None

    return change(library, network_id, if_match, make)[0]


def overridden(
    spec: NetworkSpec, theta: Floats, values: Mapping[str, float], pointer: str
) -> Floats:
    """`theta` (P,) with some parameters, by name or address, replaced. Raises BadInput."""
    if not values:
        return theta
    names = Names.of(spec)
    changed = theta.copy()
    faults: list[Fault] = []
    for name, value in values.items():
        try:
            changed[names.index(name)] = value
        except NotFound as error:
            faults.append(Fault(f"{pointer}/{escaped(name)}", "unknown-name", error.detail))
    if faults:
        raise BadInput(faults)
    changed.setflags(write=False)
    return changed


def escaped(key: str) -> str:
    """A key as one token of a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


def reset(
    library: Library,
    network_id: str,
    to: At,
    if_match: Revisions,
    limits: Limits,
    remember: Callable[[Library, Network], Remembered] | None = None,
) -> Network:
    """Back to an earlier entry, exactly: numbers, optimizer memory, settings, place in the data.

    Raises NotFound for a step or entry that does not exist, NotReproducible, TrainingRuns.
    """

    def make(network: Network) -> tuple[Change, None]:
        refuse_while_training(network)
        bounds.check_history(network, 1, "", limits)
        target = library.moment(network, to)
        moment = replace(target, seq=network.head.seq + 1)
        run = Run.of("reset", moment, after_seq=target.seq)
        return Change(network.extended((run,), moment, now()), (run,)), None

    def told(known: Library, network: Network, _: None) -> Remembered | None:
        return remember and remember(known, network)

    return change(library, network_id, if_match, make, remember=told if remember else None)[0]


def added(
    network: Network, kind: Kind, setting: Setting, state: State, new: Setting | None = None
) -> Change:
    """One more entry after the head."""
    head = network.head
    moment = Moment(head.seq + 1, setting, state, loss_at(setting, state))
    run = Run.of(kind, moment, after_seq=head.seq)
    return Change(network.extended((run,), moment, now()), (run,), setting=new)
