"""Data as it is answered: complete, so that posting it gives the same examples again."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict, Field

from app.services.data import widths
from app.services.records import About, Data
from app.web.schemas.base import Answer, Floats1, Floats2


def is_empty(value: object) -> bool:
    return value is None or value == {}


def optional(description: str | None = None) -> Any:  # noqa: ANN401 — as pydantic's Field
    return Field(default=None, exclude_if=is_empty, description=description)


class StandardisationOut(Answer):
    mean: list[float]
    std: list[float]


class SourceOut(Answer):
    """The data set and its options; posting it as `data` makes the same examples."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, int | float | bool] = Field(init=False)
    dataset: str


class DataOut(Answer):
    """Above 10 000 numbers `href`, where they are found, in place of the numbers."""

    inputs: Floats2 | None = optional()
    targets: Floats2 | None = optional()
    test_inputs: Floats2 | None = optional("Examples that no update ever sees.")
    test_targets: Floats2 | None = optional()
    input_names: list[str] | None = optional()
    target_names: list[str] | None = optional()
    classes: dict[str, list[str]] | None = optional()
    standardised: StandardisationOut | None = optional("What was done to the inputs.")
    source: SourceOut | None = optional()
    href: str | None = optional()


def data_out(data: Data | None, home: str, *, most: int) -> DataOut | None:
    """With numbers up to `most` of them, else with `home`."""
    if data is None:
        return None
    about, test = data.about, data.test or ()
    arrays = (data.inputs, data.targets, *test)
    names = ("inputs", "targets", "test_inputs", "test_targets")
    many = sum(array.size for array in arrays) > most
    written: dict[str, Any] = (
        {"href": home} if many else {n: a.tolist() for n, a in zip(names, arrays, strict=False)}
    )
    return DataOut(**written, **about_out(about))


def about_out(about: About) -> dict[str, Any]:
    by = about.standardised
    return {
        "input_names": list(about.input_names) or None,
        "target_names": list(about.target_names) or None,
        "classes": {name: list(labels) for name, labels in about.classes.items()},
        "standardised": by and StandardisationOut(mean=list(by.mean), std=list(by.std)),
        "source": SourceOut.model_validate(dict(about.source)) if about.source else None,
    }


class PreviewOut(Answer):
    """What the data would give a network."""

    input_size: int = Field(description="The size of a first layer that fits.")
    target_size: int = Field(description="The size of a last layer that fits.")
    examples: int
    test_examples: int
    input_names: list[str]
    target_names: list[str]
    classes: dict[str, list[str]]
    standardised: StandardisationOut | None
    first_inputs: list[Floats1] = Field(description="The first rows, as the network gets them.")
    first_targets: list[Floats1]


SHOWN_ROWS = 5


def preview_out(data: Data) -> PreviewOut:
    input_size, target_size = widths(data)
    about = about_out(data.about)
    return PreviewOut(
        input_size=input_size,
        target_size=target_size,
        examples=len(data.inputs),
        test_examples=0 if data.test is None else len(data.test[0]),
        input_names=about["input_names"] or [],
        target_names=about["target_names"] or [],
        classes=about["classes"],
        standardised=about["standardised"],
        first_inputs=data.inputs[:SHOWN_ROWS].tolist(),
        first_targets=data.targets[:SHOWN_ROWS].tolist(),
    )
