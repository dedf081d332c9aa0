"""The drawing: every number inside its cell, nothing printed over anything else."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from tests.browser.lab import Lab

SIZES = ((1440, 900), (1280, 720), (390, 844), (360, 740))

# Numbers of capsules whose ink leaves the cell that their middle stands in.
OUTSIDE = """() => {
  const boxes = document.querySelectorAll('#network .neuron, #network .target, #network .total');
  const leaves = (text, cells) => {
    const ink = text.getBoundingClientRect();
    const middle = ink.left + ink.width / 2;
    return !cells.some(({ left, right }) =>
      left < middle && middle < right && ink.left >= left + 1 && ink.right <= right - 1);
  };
  return [...boxes].flatMap((box) => {
    const cells = [...box.querySelectorAll('.ring, .plate, .backing')]
      .map((cell) => cell.getBoundingClientRect());
    return [...box.querySelectorAll('text.value')]
      .filter((text) => text.textContent && leaves(text, cells))
      .map((text) => text.textContent);
  });
}"""
# Where the texts of a part stand: left, right, top, bottom, without the air around their lines.
TEXTS = """part => [...document.querySelectorAll(`#network ${part} text`)]
  .filter((text) => text.textContent)
  .map((text) => text.getBoundingClientRect())
  .map(({ left, right, top, bottom }) => [left, right, top + 4, bottom - 4])"""


def overlap(one: list[float], other: list[float]) -> bool:
    across = one[0] < other[1] and other[0] < one[1]
    return across and one[2] < other[3] and other[2] < one[3]


def view(lab: Lab, size: tuple[int, int], steps: int) -> None:
    lab.page.set_viewport_size({"width": size[0], "height": size[1]})
    if steps:
        lab.api.post(f"/networks/{lab.id}/trainings", json={"steps": steps})
    lab.open()
    lab.at(step=steps)
    lab.numbers()


@pytest.mark.parametrize("steps", [0, 10_000])
@pytest.mark.parametrize("size", SIZES)
def test_numbers_stay_in_their_cells(lab: Lab, size: tuple[int, int], steps: int) -> None:
    view(lab, size, steps)
    assert lab.page.evaluate(OUTSIDE) == []


@pytest.mark.parametrize("size", SIZES)
def test_a_small_total_error_keeps_three_digits(lab: Lab, size: tuple[int, int]) -> None:
    view(lab, size, 10_000)
    texts: list[Any] = lab.page.evaluate(TEXTS, ".total")
    assert not any(overlap(one, other) for one, other in combinations(texts, 2))
    shown = lab.page.locator('#network .total [data-name="E_total"]').text_content() or ""
    digits = shown.partition("×")[0].replace(".", "").lstrip("0")
    assert len(digits) >= 3, shown
    box = lab.page.locator("#network .total .plate").bounding_box()
    frame = lab.page.locator("#network svg").first.bounding_box()
    assert box is not None
    assert frame is not None
    assert box["x"] + box["width"] <= frame["x"] + frame["width"]


# Texts of the charts that stick out of them.
CUT = """() => [...document.querySelectorAll('#charts svg')].flatMap((svg) => {
  const all = svg.getBoundingClientRect();
  const out = (text) => {
    const { left, right, top } = text.getBoundingClientRect();
    return left < all.left || right > all.right || top + 3 < all.top;
  };
  return [...svg.querySelectorAll('text')].filter((text) => text.textContent && out(text))
    .map((text) => text.textContent);
})"""

SEQUENTIAL = {
    "layers": [{"size": 2}, {"size": 2}, {"size": 2}],
    "update_order": "sequential",
    "bias": {"mode": "shared", "trainable": False},
    "parameters": {
        "weights": [[[0.15, 0.2], [0.25, 0.3]], [[0.4, 0.45], [0.5, 0.55]]],
        "biases": [[0.35, 0.35], [0.6, 0.6]],
    },
    "data": {"inputs": [[0.05, 0.1]], "targets": [[0.01, 0.99]]},
}


@pytest.mark.parametrize("size", SIZES[:2])
def test_gradients_keep_clear_of_the_old_values(blank: Lab, size: tuple[int, int]) -> None:
    blank.page.set_viewport_size({"width": size[0], "height": size[1]})
    blank.create(SEQUENTIAL)
    blank.open("#step=0&at=dE/dout_h1")
    blank.shows("dE/dout_h1")
    ghosts = blank.page.evaluate(TEXTS, ".slip.is-old")
    gradients = blank.page.evaluate(TEXTS, ".gradient")
    assert len(ghosts) >= 2
    assert len(gradients) >= 2
    assert not any(overlap(ghost, gradient) for ghost in ghosts for gradient in gradients)


@pytest.mark.parametrize("name", ["w5", "w7"])
def test_a_pill_that_is_asked_for_has_the_digits_of_the_sentence(lab: Lab, name: str) -> None:
    lab.page.set_viewport_size({"width": 1280, "height": 720})
    lab.api.post(f"/networks/{lab.id}/steps", json={"count": 20})
    lab.open(f"#step=20&at={name}")
    lab.shows(name)
    sentence = lab.page.locator(f'#panel .say [data-name="{name}"]').first.inner_text()
    pill = lab.page.locator(f'#network .pill [data-name="{name}"]')
    assert pill.text_content() == sentence


def test_nothing_of_a_chart_is_cut(lab: Lab) -> None:
    lab.page.set_viewport_size({"width": 1440, "height": 900})
    for steps in (2, 10_000):
        lab.api.post(f"/networks/{lab.id}/trainings", json={"steps": steps})
        lab.open()
        lab.at(step=steps if steps == 2 else steps + 2)
        lab.page.wait_for_selector("#charts svg .mark-text")
        assert lab.page.evaluate(CUT) == []
