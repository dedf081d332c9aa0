"""Writes app/nn/data/ anew from scikit-learn's copies, which nobody else has to install.

In an environment of its own: `pip install scikit-learn`, then `python scripts/shipped_data.py`.
The files come out the same, byte for byte.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits, load_iris

FOLDER = Path(__file__).resolve().parents[1] / "app/nn/data"
HEADER = "sepal_length,sepal_width,petal_length,petal_width,species"


def write_iris() -> None:
    kept = load_iris()
    names = [kept.target_names[label] for label in kept.target]
    rows = [",".join([*map(str, row), name]) for row, name in zip(kept.data, names, strict=True)]
    (FOLDER / "iris.csv").write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")


def write_digits() -> None:
    kept = load_digits()
    np.savez_compressed(
        FOLDER / "digits.npz",
        images=kept.data.astype(np.uint8),
        labels=kept.target.astype(np.uint8),
    )


write_iris()
write_digits()
