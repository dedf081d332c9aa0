"""Networks as resources: created, read, changed, gone back."""

from __future__ import annotations

from datetime import datetime
from sys import maxsize
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from app.errors import unknown
from app.nn.layout import biases_of, weights_of
from app.nn.spec import Floats, NetworkSpec
from app.services.edits import Patch
from app.services.library import At
from app.services.links import Token
from app.services.presets import PRESETS, WORKED_EXAMPLE
from app.services.records import Network, NotFinite
from app.web.schemas.base import (
    Answer,
    Asked,
    AskedInQuery,
    Count,
    Float,
    Option,
    Step,
    Text,
    example,
)
from app.web.schemas.data import DataIn
from app.web.schemas.data_out import data_out
from app.web.schemas.spec import (
    BatchOut,
    BiasOut,
    ParametersOut,
    SpecIn,
    SpecOut,
    choice_out,
    layers_out,
)

MANY_NUMBERS = 10_000


def needs_layers_or_preset(schema: dict[str, Any]) -> None:
    """What the model says of itself: a preset has layers, so none need be given beside it."""
    schema.pop("required", None)
    schema["examples"] = [{"preset": "worked-example"}, dict(WORKED_EXAMPLE)]


class NetworkIn(SpecIn):
    """A specification, or a preset with the keys beside it laid over."""

    model_config = ConfigDict(json_schema_extra=needs_layers_or_preset)

    preset: Text | None = Field(default=None, description="A ready network from the catalog.")

    @model_validator(mode="before")
    @classmethod
    def lay_over_preset(cls, given: object) -> object:
        if isinstance(given, dict) and isinstance(name := given.get("preset"), str):
            # Under an unknown name any preset will do, so that only the name is a fault.
            return {**PRESETS.get(name, next(iter(PRESETS.values()))), **given}
        return given

    @field_validator("preset")
    @classmethod
    def know_preset(cls, name: str | None) -> str | None:
        if name is not None and name not in PRESETS:
            sentence = unknown("preset", name, PRESETS)
            raise PydanticCustomError("unknown_name", "{told}", {"told": sentence})
        return name


class OptimizerPatch(Asked):
    """Options that are not given stay as they are."""

    model_config = ConfigDict(extra="allow", **example({"learning_rate": 0.1}))
    __pydantic_extra__: dict[str, Option] = Field(init=False)
    name: Text | None = None


class BatchPatch(Asked):
    size: Count | None = None
    shuffle: bool = False


class NetworkPatch(Asked):
    model_config = example(
        {"name": "Slower", "optimizer": {"learning_rate": 0.1}},
        {"batch": {"size": 2}, "data": {"inputs": [[0.0, 1.0]], "targets": [[0.01, 0.99]]}},
    )

    name: Text | None = None
    optimizer: OptimizerPatch | None = None
    batch: BatchPatch | None = None
    data: DataIn | None = None

    def patch(self) -> Patch:
        """Raises BadInput."""
        optimizer = self.optimizer or OptimizerPatch()
        return Patch(
            rename="name" in self.model_fields_set,
            name=self.name,
            optimizer_name=optimizer.name,
            optimizer_options=dict(optimizer.__pydantic_extra__),
            batch={} if self.batch is None else self.batch.model_dump(exclude_unset=True),
            data=None if self.data is None else self.data.data(),
        )


class ResetIn(Asked):
    """To a step of the current line, or to any entry of the history."""

    model_config = example({"step": 0})

    step: Step | None = None
    seq: Step | None = None

    @model_validator(mode="after")
    def one_of_both(self) -> Self:
        if (self.step is None) == (self.seq is None):
            raise PydanticCustomError("one_of", "Give either a step or a seq.")
        return self

    @property
    def at(self) -> At:
        return At(self.step, self.seq)


class ForkIn(Asked):
    """From a step of the current line, from any entry of the history, or from now."""

    model_config = example({"step": 0}, {"name": "What if"})

    step: Step | None = None
    seq: Step | None = None
    name: Text | None = Field(default=None, description="Default: the name of the original.")

    @model_validator(mode="after")
    def not_both(self) -> Self:
        if self.step is not None and self.seq is not None:
            raise PydanticCustomError("one_of", "Give either a step or a seq, or neither for now.")
        return self

    @property
    def at(self) -> At:
        return At(self.step, self.seq)


class NetworkQuery(AskedInQuery):
    full: bool = Field(default=False, description="Write numbers out, however many they are.")


class PageQuery(AskedInQuery):
    page_size: int = Field(default=50, ge=1, le=1000)
    page_token: Annotated[str, Field(max_length=200)] | None = None


class NotFiniteOut(Answer):
    """The first quantity, in order of computation, that was not a finite number any more."""

    step: int
    name: str
    value: Float


class OriginOut(Answer):
    """The moment of another network from which this one was forked; that may be gone since."""

    id: str
    step: int


class ThinnedOut(Answer):
    """What was dropped because more was recorded than is kept. Losses never are."""

    dropped: int = Field(description="Entries that cannot be used any more: step-not-kept.")
    recomputed: int = Field(description="Entries that are repeated from kept ones when asked for.")
    longest_gap: int = Field(description="How many entries in a row were dropped at most.")


class NetworkLinks(Answer):
    self: str
    page: str
    parameters: str
    trace: str
    history: str


class NetworkOut(Answer):
    id: str
    name: str | None
    revision: int
    step: int
    seq: int
    arithmetic: str = Field(description="Which path computes it: scalar, lanes or blas.")
    spec: SpecOut
    parameters: ParametersOut = Field(description="As they are now.")
    loss: Float | None = Field(description="E_batch of the next update; null without data.")
    first_not_finite: NotFiniteOut | None
    training: str | None = Field(description="The training that owns the network now.")
    forked_from: OriginOut | None
    thinned: ThinnedOut | None = Field(description="Null while every step is kept.")
    created_at: datetime
    updated_at: datetime
    expires_at: datetime | None = Field(
        description="When it is deleted unless somebody opens it before; null where none ever is."
    )
    links: NetworkLinks


class TokensOut(Answer):
    """Sent as `Authorization: Bearer …`. Whoever has one gets in, and they are shown only once."""

    edit: str
    view: str


class CreatedOut(NetworkOut):
    tokens: TokensOut | None = Field(description="Where networks are seen by links.")
    tokens_shown: bool | None = Field(
        description="False when they were shown with the first answer."
    )


class NetworkSummary(Answer):
    id: str
    name: str | None
    revision: int
    step: int
    sizes: list[int]
    loss: Float | None
    created_at: datetime
    updated_at: datetime


class NetworkList(Answer):
    networks: list[NetworkSummary]
    next_page_token: str | None


def network_out(
    network: Network,
    start: Floats,
    not_finite: NotFinite | None,
    *,
    full: bool,
    expires_at: datetime | None = None,
) -> NetworkOut:
    """`start` (P,) are the parameters of step 0."""
    home = f"/api/v1/networks/{network.id}"
    head = network.head
    return NetworkOut(
        id=network.id,
        name=network.name,
        revision=network.revision,
        step=head.step,
        seq=head.seq,
        arithmetic=head.setting.path,
        spec=spec_out(network, start, home, full=full),
        parameters=parameters_out(head.spec, head.state.theta, f"{home}/parameters", full=full),
        loss=head.loss,
        first_not_finite=not_finite_out(not_finite),
        training=network.training,
        forked_from=None if network.origin is None else OriginOut.model_validate(network.origin),
        thinned=None if network.thinned is None else ThinnedOut.model_validate(network.thinned),
        created_at=network.created_at,
        updated_at=network.updated_at,
        expires_at=expires_at,
        links=NetworkLinks(
            self=home,
            page=f"/n/{network.id}",
            parameters=f"{home}/parameters",
            trace=f"{home}/trace",
            history=f"{home}/history",
        ),
    )


def created_out(
    shown: NetworkOut, tokens: tuple[Token, Token] | None, *, linked: bool
) -> CreatedOut:
    """`linked` without tokens is an answer to be told again: tokens are told once."""
    told = None if tokens is None else TokensOut(edit=tokens[0].text, view=tokens[1].text)
    more = {"tokens": told, "tokens_shown": tokens is not None if linked else None}
    return CreatedOut.model_validate(dict(shown) | more)


def spec_out(network: Network, start: Floats, home: str, *, full: bool) -> SpecOut:
    spec = network.head.spec
    return SpecOut(
        name=network.name,
        layers=layers_out(spec),
        loss=spec.loss,
        reduction=spec.reduction,
        bias=BiasOut(mode=spec.bias.mode, trainable=spec.bias.trainable),
        optimizer=choice_out(spec.optimizer.name, spec.optimizer_options),
        update_order=spec.update_order,
        initializer=choice_out(spec.initializer.name, spec.initializer.options),
        seed=spec.seed,
        batch=BatchOut(size=spec.batch.size, shuffle=spec.batch.shuffle),
        parameters=parameters_out(spec, start, f"{home}?full=true", full=full),
        data=data_out(
            network.head.setting.data, f"{home}?full=true", most=maxsize if full else MANY_NUMBERS
        ),
    )


def parameters_out(spec: NetworkSpec, theta: Floats, home: str, *, full: bool) -> ParametersOut:
    if theta.size > MANY_NUMBERS and not full:
        return ParametersOut(href=home)
    biases = biases_of(spec, theta)
    return ParametersOut(
        weights=[w.tolist() for w in weights_of(spec, theta)],
        biases=None if biases is None else [b.tolist() for b in biases],
    )


def summary_out(network: Network) -> NetworkSummary:
    return NetworkSummary(
        id=network.id,
        name=network.name,
        revision=network.revision,
        step=network.head.step,
        sizes=list(network.head.spec.sizes),
        loss=network.head.loss,
        created_at=network.created_at,
        updated_at=network.updated_at,
    )


def not_finite_out(found: NotFinite | None) -> NotFiniteOut | None:
    return None if found is None else NotFiniteOut.model_validate(found)
