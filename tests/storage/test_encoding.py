"""Numbers and specifications come back exactly as they were."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import numpy as np

from app.nn.preparation import Standardisation
from app.nn.spec import Batch, Bias, Choice, NetworkSpec
from app.services.records import About
from app.storage.encoding import (
    about_to_text,
    number_to_bytes,
    spec_to_text,
    time_to_text,
    to_about,
    to_bytes,
    to_floats,
    to_number,
    to_spec,
    to_time,
)


def test_every_bit_of_a_number_is_kept() -> None:
    values = np.array([[0.1, -0.0, math.nan], [math.inf, -math.inf, 5e-324]])
    kept = to_bytes(values)
    assert kept[:8] == b"\x9a\x99\x99\x99\x99\x99\xb9\x3f"
    again = to_floats(kept, 3)
    assert again.tobytes() == values.tobytes()
    assert not again.flags.writeable
    assert to_bytes(values.T) == np.ascontiguousarray(values.T).tobytes()


def test_one_number_or_none() -> None:
    assert to_number(number_to_bytes(None)) is None
    assert math.isnan(to_number(number_to_bytes(math.nan)) or 0.0)


def test_a_specification_is_kept() -> None:
    spec = NetworkSpec(
        sizes=(2, 3, 1),
        activations=("tanh", "sigmoid"),
        bias=Bias("shared", trainable=False),
        optimizer=Choice("sgd", {"learning_rate": 0.1, "nesterov": True}),
        batch=Batch(2, shuffle=True),
        seed=2**53 - 1,
    )
    assert to_spec(spec_to_text(spec)) == spec


def test_a_time_is_kept_and_sorts_as_text() -> None:
    early = datetime(2026, 11, 24, tzinfo=UTC)
    late = early.replace(microsecond=1)
    assert to_time(time_to_text(late)) == late
    assert time_to_text(early) < time_to_text(late)


def test_what_is_known_of_data_is_kept() -> None:
    about = About(
        input_names=["x", "y"],
        target_names=["kind=a", "kind=b"],
        classes={"kind": ["a", "b"]},
        standardised=Standardisation((0.1, 1e-300), (1.0, 3.5)),
        source={"dataset": "spiral", "count": 30, "noise": 0.1, "standardise": True},
    )
    assert to_about(about_to_text(about)) == about
    assert to_about(about_to_text(About())) == About(input_names=[], target_names=[])
    assert to_about(None) == About()
