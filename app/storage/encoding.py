"""Records as rows: float64 as little-endian bytes, a specification as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

import numpy as np

from app.nn.preparation import Standardisation
from app.nn.spec import Batch, Bias, Choice, Floats, NetworkSpec
from app.services.records import About

LITTLE_ENDIAN = np.dtype("<f8")


def to_bytes(values: Floats) -> bytes:
    return np.ascontiguousarray(values, dtype=LITTLE_ENDIAN).tobytes()


def to_floats(kept: bytes, width: int | None = None) -> Floats:
    """Read-only, (n,), or (rows, width) when a width is given."""
    values = np.frombuffer(kept, LITTLE_ENDIAN).astype(np.float64, copy=False)
    return values if width is None else values.reshape(-1, width)


def number_to_bytes(value: float | None) -> bytes | None:
    return None if value is None else to_bytes(np.array([value]))


def to_number(kept: bytes | None) -> float | None:
    return None if kept is None else float(to_floats(kept)[0])


def spec_to_text(spec: NetworkSpec) -> str:
    fields = asdict(spec)
    return json.dumps(fields, separators=(",", ":"))


def to_spec(text: str) -> NetworkSpec:
    fields: dict[str, Any] = json.loads(text)
    return NetworkSpec(
        **fields
        | {
            "sizes": tuple(fields["sizes"]),
            "activations": tuple(fields["activations"]),
            "bias": Bias(**fields["bias"]),
            "optimizer": Choice(**fields["optimizer"]),
            "initializer": Choice(**fields["initializer"]),
            "batch": Batch(**fields["batch"]),
        }
    )


def about_to_text(about: About) -> str:
    return json.dumps(asdict(about), separators=(",", ":"))


def to_about(text: str | None) -> About:
    """That of nothing known, for data that was kept before anything was."""
    fields: dict[str, Any] = {} if text is None else json.loads(text)
    by = fields.get("standardised")
    if by is not None:
        fields["standardised"] = Standardisation(tuple(by["mean"]), tuple(by["std"]))
    return About(**fields)


def time_to_text(time: datetime) -> str:
    return time.isoformat(timespec="microseconds")


to_time = datetime.fromisoformat
