"""Every activation and every loss of the catalogue, on the page."""

from __future__ import annotations

import math

import httpx
import pytest
from playwright.sync_api import expect

from app.nn.activations import ACTIVATIONS
from app.nn.losses import LOSSES
from tests.browser.lab import PHASES, Lab
from tests.browser.test_for_everyone import axe
from tests.browser.test_new_network import create, open_dialog

DATA = {"inputs": [[0.5, -0.3]], "targets": [[1, 0]]}


def network(hidden: str, output: str, loss: str) -> dict[str, object]:
    layers = [{"size": 2}, {"size": 3, "activation": hidden}, {"size": 2, "activation": output}]
    return {"layers": layers, "loss": loss, "seed": 3, "data": DATA}


def walk(lab: Lab) -> None:
    """Through the four phases and one step; every number shown is the service's."""
    for phase in PHASES:
        lab.do(f"phase:{phase}")
        lab.at(step=0, phase=phase)
        assert lab.check_numbers() > 20
    lab.do("apply")
    lab.at(step=1)
    lab.check_numbers()


def test_the_catalogue_is_what_is_tested(api: httpx.Client) -> None:
    catalogue = api.get("/catalog").json()
    assert [entry["name"] for entry in catalogue["activations"]] == list(ACTIVATIONS)
    assert [entry["name"] for entry in catalogue["losses"]] == list(LOSSES)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation(blank: Lab, name: str) -> None:
    hidden = "tanh" if ACTIVATIONS[name].joint else name
    blank.create(network(hidden, name, "half_squared_error"))
    blank.open()
    drawn = blank.page.locator("#network g.f").last
    expect(drawn.locator(".borders" if ACTIVATIONS[name].joint else ".curve")).to_be_attached()
    walk(blank)


@pytest.mark.parametrize("name", LOSSES)
def test_every_loss(blank: Lab, name: str) -> None:
    blank.create(network("tanh", LOSSES[name].needs or "linear", name))
    blank.open()
    walk(blank)
    blank.do("phase:error")
    blank.select("E_o1")
    blank.check_numbers()


@pytest.fixture(params=["cross_entropy", "squared_error"])
def shares(blank: Lab, request: pytest.FixtureRequest) -> Lab:
    """A network whose outputs are shares of 1."""
    blank.create(network("tanh", "softmax", request.param))
    return blank.open("#step=0&at=delta_o2")


def cells(lab: Lab) -> dict[str, float]:
    entries = lab.page.locator("#panel table.matrix td [data-name]").all()
    return {
        entry.get_attribute("data-name") or "": float(entry.get_attribute("data-value") or "")
        for entry in entries
    }


def test_the_matrix_is_the_service_s(shares: Lab) -> None:
    shares.shows("delta_o2")
    values = shares.values(0)
    names = [f"dout_o{row}/dnet_o{column}" for row in (1, 2) for column in (1, 2)]
    assert cells(shares) == {name: values[name] for name in names}
    expect(shares.page.locator(".matrix th[data-column]")).to_have_text("net_o2")
    heads = shares.page.locator(".matrix th[scope=row]")
    assert heads.all_text_contents() == ["out_o1", "out_o2"]
    shares.page.locator('.matrix [data-name="dout_o1/dnet_o2"]').click()
    shares.shows("dout_o1/dnet_o2")
    current = shares.page.locator(".matrix [aria-current=true]")
    expect(current).to_have_attribute("data-name", "dout_o1/dnet_o2")
    shares.check_numbers()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_with_a_matrix(shares: Lab, theme: str, width: int) -> None:
    shares.page.set_viewport_size({"width": width, "height": 740})
    shares.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    shares.shows("delta_o2")
    expect(shares.page.locator(".matrix")).to_be_visible()
    assert axe(shares) == []


def test_infinite_factors_stay_readable(blank: Lab) -> None:
    weights = [[[1000, 0], [0, 1]], [[1000, 0], [-1000, 0]]]
    spec = network("linear", "sigmoid", "binary_cross_entropy") | {
        "layers": [{"size": 2}, {"size": 2, "activation": "linear"},
                   {"size": 2, "activation": "sigmoid"}],
        "parameters": {"weights": weights, "biases": [[0, 0], [0, 0]]},
        "data": {"inputs": [[1, 1]], "targets": [[0, 1]]},
    }  # fmt: skip
    blank.create(spec)
    blank.open("#step=0&at=dE/dout_o2")
    blank.shows("dE/dout_o2")
    factor = blank.page.locator('#network .tag [data-name="dE/dout_o2"]')
    expect(factor).to_have_text("×−∞")
    expect(blank.page.locator("#panel .say")).to_contain_text("−∞")
    assert dict(blank.numbers())["dE/dout_o2"] == -math.inf
    for gap in blank.page.locator("#network .gap").all():
        bar, axis = gap.locator(".bar").bounding_box(), gap.locator(".axis").bounding_box()
        assert bar is not None
        assert axis is not None
        assert axis["y"] - 1 <= bar["y"]
        assert bar["y"] + bar["height"] <= axis["y"] + axis["height"] + 1
    walk(blank)


def test_a_refused_pair_cannot_be_chosen(lab: Lab) -> None:
    """A loss brings its output activation along; another activation brings another loss."""
    open_dialog(lab)
    lab.do("draft:xor")
    output = lab.page.locator('#create-dialog select[data-pointer="/layers/2/activation"]')
    hidden = lab.page.locator('#create-dialog select[data-pointer="/layers/1/activation"]')
    loss = lab.page.locator('#create-dialog select[data-pointer="/loss"]')
    assert hidden.locator("option[value=softmax]").count() == 0
    for name, entry in LOSSES.items():
        loss.select_option(name)
        expect(loss).to_have_value(name)
        if entry.needs:
            expect(output).to_have_value(entry.needs)
            expect(loss.locator(f"option[value={name}]")).to_contain_text(entry.needs)
    expect(lab.page.locator("#create-dialog .switched")).to_contain_text("softmax")
    output.select_option("tanh")
    expect(loss).to_have_value("half_squared_error")
    expect(lab.page.locator("#create-dialog .switched")).to_contain_text("cross-entropy")
    loss.select_option("binary_cross_entropy")
    create(lab)
    spec = lab.network()["spec"]
    assert (spec["loss"], spec["layers"][-1]["activation"]) == ("binary_cross_entropy", "sigmoid")
