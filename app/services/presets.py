"""Networks that need no thought: each is a specification in the API's own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WORKED_EXAMPLE: Mapping[str, Any] = {
    "name": "Worked example",
    "layers": [
        {"size": 2},
        {"size": 2, "activation": "sigmoid"},
        {"size": 2, "activation": "sigmoid"},
    ],
    "loss": "half_squared_error",
    "reduction": "mean",
    "bias": {"mode": "shared", "trainable": False},
    "optimizer": {"name": "sgd", "learning_rate": 0.5},
    "update_order": "simultaneous",
    "initializer": {"name": "xavier_uniform"},
    "seed": 1,
    "batch": {"size": None, "shuffle": False},
    "parameters": {
        "weights": [[[0.15, 0.20], [0.25, 0.30]], [[0.40, 0.45], [0.50, 0.55]]],
        "biases": [[0.35, 0.35], [0.60, 0.60]],
    },
    "data": {"inputs": [[0.05, 0.10]], "targets": [[0.01, 0.99]]},
}

SENTENCES: Mapping[str, Mapping[str, str]] = {
    "worked-example": {
        "en": "Two inputs, two hidden neurons, two outputs: the network that is worked through "
        "by hand in many courses.",
        "ko": "입력 둘, 은닉 뉴런 둘, 출력 둘: 여러 강의에서 손으로 풀어 보는 신경망입니다.",
    },
}

PRESETS: Mapping[str, Mapping[str, Any]] = {"worked-example": WORKED_EXAMPLE}
