"""Names as symbols: `dE/dw5` is ∂E_total/∂w5 as text and a fraction in LaTeX.

The notation is the worked example's (w5, net_o1, out_o1). It follows from the name alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Symbol:
    latex: str
    plain: str


_PLAIN_WORDS = {"t": "target", "delta": "δ"}
_LATEX_WORDS = {
    "net": r"\mathrm{net}",
    "out": r"\mathrm{out}",
    "t": r"\mathrm{target}",
    "velocity": r"\mathrm{velocity}",
    "m": "m",
    "v": "v",
    "s": "s",
    "delta": r"\delta",
    "E": "E",
    "b": "b",
}
_ALONE = {
    "learning_rate": Symbol(r"\eta", "η"),
    "momentum": Symbol(r"\mu", "μ"),
    "weight_decay": Symbol(r"\lambda", "λ"),
    "beta1": Symbol(r"\beta_1", "β₁"),
    "beta2": Symbol(r"\beta_2", "β₂"),
    "rho": Symbol(r"\rho", "ρ"),
    "epsilon": Symbol(r"\epsilon", "ε"),
    "t": Symbol("t", "t"),
    "clip_scale": Symbol(r"\kappa", "κ"),
    "gradient_clip_norm": Symbol("c", "c"),
}
_DERIVATIVE = re.compile(r"d(?P<above>[^/]+)/d(?P<below>[^\[]+)(?P<example>\[\d+\])?")
_INDEXED = re.compile(r"(?P<letter>[wbi])(?P<index>[\d.]+)")


@lru_cache(maxsize=1 << 12)
def symbol(name: str, error: str = "E_total") -> Symbol:
    """`error` is what a bare E stands for: E_total, or E_batch where examples are added up."""
    if name in _ALONE:
        return _ALONE[name]
    if derivative := _DERIVATIVE.fullmatch(name):
        above = derivative["above"]
        return _derivative(
            symbol(error if above == "E" else above),
            symbol(derivative["below"]),
            derivative["example"] or "",
        )
    if name.endswith("+"):
        bare = symbol(name[:-1])
        return Symbol(rf"{bare.latex}^{{+}}", bare.plain + "⁺")
    if indexed := _INDEXED.fullmatch(name):
        return Symbol(f"{indexed['letter']}_{{{indexed['index']}}}", name)
    word, _, index = name.partition("_")
    below = index.replace("_", r"\_")
    return Symbol(f"{_LATEX_WORDS[word]}_{{{below}}}", f"{_PLAIN_WORDS.get(word, word)}_{index}")


def _derivative(above: Symbol, below: Symbol, example: str) -> Symbol:
    mark = f"^{{{example}}}" if example else ""
    return Symbol(
        rf"\frac{{\partial {above.latex}{mark}}}{{\partial {below.latex}}}",
        f"∂{above.plain}{example}/∂{below.plain}",
    )
