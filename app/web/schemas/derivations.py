"""The chain rule for one parameter."""

from __future__ import annotations

from dataclasses import fields

from pydantic import Field

from app.explain.derivations import Derivation
from app.web.schemas.base import Answer, Float


class FactorOut(Answer):
    name: str
    value: Float
    latex: str
    fused: bool = Field(description="Two factors that are finite only together.")


class PathOut(Answer):
    """From the parameter's neuron, through one neuron of each later layer, to the error."""

    through: list[str]
    factors: list[FactorOut]
    product: Float


class DerivedUpdateOut(Answer):
    before: Float
    learning_rate: Float
    change: Float
    after: Float


class DerivationOut(Answer):
    """`gradient` is of the batch; factors and paths are of one example, before the reduction."""

    step: int
    parameter: str
    address: str
    example: int
    gradient: Float
    factors: list[FactorOut]
    paths: list[PathOut] = Field(description="At most 256.")
    paths_truncated: bool
    reduction_factor: Float
    contribution: Float = Field(description="Of this example; all of them sum to the gradient.")
    update: DerivedUpdateOut
    latex: str
    plain: str


def derivation_out(step: int, derivation: Derivation) -> DerivationOut:
    known = {field.name: getattr(derivation, field.name) for field in fields(derivation)}
    return DerivationOut.model_validate({"step": step, **known})
