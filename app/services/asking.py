"""Questions that change nothing: a forward or backward pass with other inputs or parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.errors import BadInput, Fault
from app.nn import passes
from app.nn.passes import BackwardTrace, ForwardTrace
from app.nn.spec import Floats, NetworkSpec
from app.nn.state import State
from app.services import bounds
from app.services.batches import next_batch
from app.services.edits import overridden
from app.services.library import HEAD, At, Library
from app.services.records import Network, Setting
from app.settings import Limits


@dataclass(frozen=True, slots=True)
class Question:
    """Without `inputs` it is about the network's own batch at that moment.

    With `standardise` the inputs sent are still in the units of the data before that was
    standardised.
    """

    at: At = HEAD
    inputs: Floats | None = None
    targets: Floats | None = None
    overrides: Mapping[str, float] = field(default_factory=dict)
    standardise: bool = False


def forward(
    library: Library, network: Network, question: Question, limits: Limits
) -> tuple[int, ForwardTrace]:
    """(step, trace). Raises NotFound, BadInput, NoData."""
    entry = library.entry(network, question.at)
    spec = entry.setting.spec
    theta = overridden(spec, entry.theta, question.overrides, "/overrides")
    inputs, targets = asked_examples(entry.setting, entry.step, question)
    bounds.check_batch(network, len(inputs), "/inputs", limits)
    return entry.step, passes.forward(spec, theta, inputs, targets, path=entry.setting.path)


def backward(
    library: Library, network: Network, question: Question, limits: Limits
) -> tuple[int, BackwardTrace]:
    """(step, trace). Raises NotFound, BadInput, NoData, NotReproducible."""
    moment = library.moment(network, question.at)
    theta = overridden(moment.spec, moment.state.theta, question.overrides, "/overrides")
    inputs, targets = asked_examples(moment.setting, moment.step, question)
    if targets is None:
        detail = "A backward pass needs targets: send as many as there are inputs."
        raise BadInput.at("/targets", "missing", detail)
    bounds.check_batch(network, len(inputs), "/inputs", limits)
    state = State(theta, moment.state.memory, moment.step)
    path = moment.setting.path
    return moment.step, passes.backward(moment.spec, state, inputs, targets, path=path)


def asked_examples(setting: Setting, step: int, question: Question) -> tuple[Floats, Floats | None]:
    """Inputs (N, n0) and targets (N, K), own ones where none were sent."""
    if question.inputs is None:
        if question.standardise:
            detail = (
                "The network's own batch is standardised already; send inputs, or leave this out."
            )
            raise BadInput.at("/standardise", "no-inputs", detail)
        batch = next_batch(setting, step)
        inputs, targets = batch.inputs, batch.targets
    else:
        inputs, targets = question.inputs, None
    if question.targets is not None:
        targets = question.targets
    check_examples(setting.spec, inputs, targets)
    return treated(setting, inputs) if question.standardise else inputs, targets


def treated(setting: Setting, inputs: Floats) -> Floats:
    """Inputs as the data's own were treated. Raises BadInput when those were left as they are."""
    by = None if setting.data is None else setting.data.about.standardised
    if by is None:
        detail = "The data of this network was not standardised, so leave this out."
        raise BadInput.at("/standardise", "not-standardised", detail)
    return by.apply(inputs)


def check_examples(spec: NetworkSpec, inputs: Floats, targets: Floats | None) -> None:
    faults: list[Fault] = []
    if inputs.shape[1] != spec.sizes[0]:
        detail = f"Each input has {spec.sizes[0]} numbers, one per input neuron."
        faults.append(Fault("/inputs", "wrong-shape", detail))
    wanted = (len(inputs), spec.sizes[-1])
    if targets is not None and targets.shape != wanted:
        detail = f"{wanted[0]} targets of {wanted[1]} numbers each are needed."
        faults.append(Fault("/targets", "wrong-shape", detail))
    if faults:
        raise BadInput(faults)
