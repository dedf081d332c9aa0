"""What "the same number" means, in two strengths."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.nn.arrays import Floats


def close(found: Any, expected: Any) -> None:
    """1e-10 relative, at least 1e-13; the same number where it is not finite."""
    wanted = np.asarray(expected)
    assert np.shape(found) == wanted.shape
    finite = np.isfinite(wanted)
    assert np.array_equal(np.asarray(found)[~finite], wanted[~finite], equal_nan=True)
    difference = np.abs(np.asarray(found)[finite] - wanted[finite])
    assert np.all(difference <= np.maximum(1e-10 * np.abs(wanted[finite]), 1e-13))


def same(one: Floats, other: Floats) -> None:
    assert one.shape == other.shape
    assert one.tobytes() == other.tobytes()
