"""Answers that are one array: raw numbers, for whoever accepts them."""

from __future__ import annotations

from typing import Annotated

from fastapi import Header, Response

from app.nn.spec import Floats
from app.web.declared import BINARY

Accept = Annotated[str, Header()]


def raw(values: Floats) -> Response:
    """Little-endian float64, row by row."""
    shape = ",".join(map(str, values.shape))
    return Response(
        values.astype("<f8", copy=False).tobytes(),
        media_type=BINARY,
        headers={"Slowprop-Shape": shape},
    )
