"""What all requests and answers have in common.

Requests are strict: no unknown keys, no text for numbers, no NaN. Answers write numbers with the
fewest digits that read back to the same float, and numbers that are not finite as text. That
last setting works only on the model that owns the field, so every answer derives from `Answer`.
"""

from __future__ import annotations

import math
from typing import Annotated, Self, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    ModelWrapValidatorHandler,
    PlainValidator,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from app.errors import unknown
from app.nn.registry import Value
from app.web.sentences import SENTENCES, sentence_of

MAX_STEP = 2**53 - 1
NOT_FINITE = ["NaN", "Infinity", "-Infinity"]


class KnowsItsKeys(BaseModel):
    """Says which keys are known when there is one that is not."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="wrap")
    @classmethod
    def name_the_known_keys(cls, given: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(given)
        except ValidationError as error:
            lines = [line(raw, cls.known_keys()) for raw in error.errors(include_input=False)]
            raise ValidationError.from_exception_data(cls.__name__, lines) from None

    @classmethod
    def known_keys(cls) -> list[str]:
        return [field.alias or name for name, field in cls.model_fields.items()]


def line(raw: ErrorDetails, known: list[str]) -> InitErrorDetails:
    """One fault again, without what was sent."""
    kind = raw["type"]
    sentence = sentence_of(kind, raw["msg"], raw.get("ctx", {}))
    if kind == "extra_forbidden":
        kind, sentence = "unknown_key", unknown("key", str(raw["loc"][-1]), known)
    told = PydanticCustomError(kind, "{told}", {"told": sentence})
    return InitErrorDetails(type=told, loc=raw["loc"], input=None)


class Asked(KnowsItsKeys):
    """A request body, or part of one."""

    model_config = ConfigDict(strict=True)


class AskedInQuery(KnowsItsKeys):
    """Query parameters: here text becomes numbers."""


class Answer(BaseModel):
    model_config = ConfigDict(
        ser_json_inf_nan="strings", from_attributes=True, populate_by_name=True
    )


def without_control_characters(text: str) -> str:
    if not text.isprintable():
        raise PydanticCustomError(
            "control_character", "A name may not hold control characters; leave them out."
        )
    return text


Number = Annotated[float, Field(allow_inf_nan=False)]
"""A number in a request."""


def number_or_flag(given: object) -> Value:
    if given is None or isinstance(given, bool):
        return given
    if isinstance(given, int | float) and math.isfinite(given):
        return float(given)
    if isinstance(given, int | float):
        raise PydanticCustomError("finite_number", "{told}", {"told": SENTENCES["finite_number"]})
    raise PydanticCustomError("number_or_flag", "Must be a number, true, false or null.")


Option = Annotated[
    Value,
    PlainValidator(number_or_flag),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "boolean"}, {"type": "null"}]}),
]
"""The value of an option of an optimizer or initializer; null where it is not in use."""

Vector: TypeAlias = Annotated[list[Number], Field(min_length=1)]
Matrix: TypeAlias = Annotated[list[Vector], Field(min_length=1)]

Text = Annotated[str, Field(max_length=200), AfterValidator(without_control_characters)]

Step = Annotated[int, Field(ge=0, le=MAX_STEP)]
Count = Annotated[int, Field(ge=1, le=MAX_STEP)]
Id = Annotated[str, Field(max_length=64)]

Float = Annotated[
    float,
    WithJsonSchema(
        {"anyOf": [{"type": "number"}, {"type": "string", "enum": NOT_FINITE}]},
        mode="serialization",
    ),
]
"""A number in an answer: float64, or one of the three words."""

Floats1: TypeAlias = list[Float]
Floats2: TypeAlias = list[list[Float]]
Floats3: TypeAlias = list[list[list[Float]]]


def example(*values: JsonValue) -> ConfigDict:
    """Shows `values` in the API's description."""
    return ConfigDict(json_schema_extra={"examples": [*values]})
