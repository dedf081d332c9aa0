"""The two array types that everything here is made of, and how an array is closed for writing."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]


def frozen(values: npt.ArrayLike) -> Floats:
    """A C-contiguous float64 view that cannot be written to; copies only if it must."""
    array = np.ascontiguousarray(values, dtype=np.float64).view()
    array.flags.writeable = False
    return array
