"""What gradient clipping did in this step: a grey line under every card that it concerns."""

from __future__ import annotations

import numpy as np

from app.explain.digits import show
from app.explain.model import Sentence
from app.explain.scene import Scene
from app.nn.spec import trainable_mask


def clipping_note(scene: Scene) -> Sentence:
    """Nothing without clipping; else the norm, the limit, and the scale where it cuts."""
    scale = scene.clip_scale()
    if scale is None:
        return ()
    gradient = scene.trace.backward.gradient[trainable_mask(scene.spec)]
    cut = "kept" if scale.value == 1 else "cut"
    return scene.say(
        f"clipping.{cut}",
        norm=show(float(np.linalg.norm(gradient))).text,
        limit=show(scene.option("gradient_clip_norm").value).text,
        scale=show(scale.value).text,
    )
