"""A network of one's own: made in the dialog, walked through, trained."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.lab import PHASES, Lab


def open_dialog(lab: Lab) -> None:
    lab.do("new-network")
    expect(lab.page.locator("#create-dialog")).to_be_visible()


def fill(lab: Lab, pointer: str, text: str) -> None:
    lab.page.locator(f'#create-dialog input[data-pointer="{pointer}"]').fill(text)


def create(lab: Lab) -> None:
    before = lab.page.url
    lab.do("submit-network")
    expect(lab.page.locator("#create-dialog")).not_to_be_visible()
    lab.page.wait_for_function("before => location.href !== before", arg=before)
    lab.id = lab.page.evaluate("location.pathname.split('/').pop()")


def test_3_4_2_tanh_end_to_end(lab: Lab) -> None:
    open_dialog(lab)
    lab.do("draft:regression")
    create(lab)
    spec = lab.network()["spec"]
    assert [layer["size"] for layer in spec["layers"]] == [3, 4, 2]
    assert [layer.get("activation") for layer in spec["layers"][1:]] == ["tanh", "tanh"]
    tidy = [weight for matrix in spec["parameters"]["weights"] for row in matrix for weight in row]
    assert all(weight == round(weight, 2) for weight in tidy), "tidy numbers have two digits"
    for phase in PHASES:
        lab.do(f"phase:{phase}")
        lab.at(step=0, phase=phase)
        assert lab.check_numbers() > 20
    lab.do("apply")
    lab.at(step=1)
    lab.check_numbers()
    lab.action("example").select_option("1")
    expect(lab.page.locator('#headline [data-name="i1"]')).to_have_text("0.90")


def test_an_adam_network(lab: Lab) -> None:
    """The learning rate follows the optimizer; the numbers on the page are the service's."""
    open_dialog(lab)
    lab.do("draft:regression")
    optimizer = lab.page.locator('#create-dialog select[data-pointer="/optimizer/name"]')
    offered = [entry["name"] for entry in lab.api.get("/catalog").json()["optimizers"]]
    assert optimizer.evaluate("list => [...list.options].map(({value}) => value)") == offered
    rate = lab.page.locator('#create-dialog input[data-pointer="/optimizer/learning_rate"]')
    optimizer.select_option("sgd")
    expect(rate).to_have_value("0.5")
    optimizer.select_option("adam")
    expect(rate).to_have_value("0.001")
    create(lab)
    chosen = lab.network()["spec"]["optimizer"]
    assert (chosen["name"], chosen["learning_rate"], chosen["beta1"]) == ("adam", 0.001, 0.9)
    lab.do("phase:update")
    lab.at(step=0, phase="update")
    assert lab.check_numbers() > 20
    lab.do("apply")
    lab.at(step=1)
    lab.check_numbers()
    values = lab.values(0)
    assert abs(abs(values["w5+"] - values["w5"]) - 0.001) < 1e-7


def test_layers_are_added_and_removed(lab: Lab) -> None:
    open_dialog(lab)
    lab.do("draft:xor")
    lab.do("add-layer")
    fill(lab, "/layers/2/size", "2")
    create(lab)
    assert [layer["size"] for layer in lab.network()["spec"]["layers"]] == [2, 3, 2, 1]
    assert lab.page.locator('#network [data-name="out_h2_2"]').count() == 1


def test_a_block_of_cells_is_pasted(lab: Lab) -> None:
    open_dialog(lab)
    lab.do("draft:xor")
    lab.page.evaluate("""() => {
      const cell = document.querySelector('[data-pointer="/data/inputs/0/0"]');
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', '0,5\\t1/4\\t1\\n2\\t3\\t0');
      const options = { clipboardData, bubbles: true, cancelable: true };
      cell.dispatchEvent(new ClipboardEvent('paste', options));
    }""")
    create(lab)
    data = lab.network()["spec"]["data"]
    assert data["inputs"][:2] == [[0.5, 0.25], [2, 3]]
    assert data["targets"][:2] == [[1], [0]]


def test_a_fault_stands_at_its_field_and_nothing_is_lost(lab: Lab) -> None:
    open_dialog(lab)
    lab.do("draft:xor")
    fill(lab, "/optimizer/learning_rate", "fast")
    lab.do("submit-network")
    fault = lab.page.locator('[data-fault="/optimizer"]')
    expect(fault).to_contain_text("no number")
    lab.page.keyboard.press("Escape")
    expect(lab.page.locator("#create-dialog")).not_to_be_visible()
    open_dialog(lab)
    rate = lab.page.locator('input[data-pointer="/optimizer/learning_rate"]')
    expect(rate).to_have_value("fast")


@pytest.mark.console_error("422")
def test_what_the_service_refuses_stands_at_its_field(lab: Lab) -> None:
    open_dialog(lab)
    fill(lab, "/layers/1/size", "5000")
    lab.do("submit-network")
    expect(lab.page.locator('[data-fault="/layers/1/size"]')).not_to_be_empty()
    expect(lab.page.locator('input[data-pointer="/layers/1/size"]')).to_have_value("5000")


def choose(lab: Lab, source: str) -> None:
    lab.page.locator('select[data-pointer="/data/dataset"]').select_option(source)


def size_of(lab: Lab, place: int) -> str:
    box = lab.page.locator(f'#create-dialog input[data-pointer="/layers/{place}/size"]')
    assert box.get_attribute("readonly") is not None
    return box.input_value()


def test_a_data_set_of_the_catalogue(lab: Lab) -> None:
    open_dialog(lab)
    choose(lab, "xor")
    assert (size_of(lab, 0), size_of(lab, 2)) == ("2", "1")
    create(lab)
    spec = lab.network()["spec"]
    assert [layer["size"] for layer in spec["layers"]] == [2, 3, 1]
    assert spec["data"]["source"] == {"dataset": "xor"}
    assert spec["data"]["targets"] == [[0], [1], [1], [0]]
    lab.do("phase:update")
    lab.at(step=0, phase="update")
    lab.do("apply")
    lab.at(step=1)
    assert lab.check_numbers() > 20


def test_options_of_a_data_set_and_their_faults(lab: Lab) -> None:
    open_dialog(lab)
    choose(lab, "moons")
    fill(lab, "/data/count", "many")
    lab.do("submit-network")
    expect(lab.page.locator('[data-fault="/data/count"]')).to_contain_text("no number")
    fill(lab, "/data/count", "12")
    fill(lab, "/data/noise", "0,05")
    fill(lab, "/data/test_fraction", "1/4")
    lab.do("field:standardise")
    create(lab)
    data = lab.network()["spec"]["data"]
    assert data["source"] == {
        "dataset": "moons",
        "count": 12,
        "noise": 0.05,
        "seed": 1,
        "standardise": True,
        "test_fraction": 0.25,
        "split_seed": 1,
    }
    assert (len(data["inputs"]), len(data["test_inputs"])) == (9, 3)


def test_a_pasted_csv(lab: Lab) -> None:
    open_dialog(lab)
    choose(lab, "csv")
    text = "length;width;kind\n5,1;3,5;setosa\n6,3;3,3;other\n4,9;3;setosa\n"
    lab.page.locator('textarea[data-pointer="/data/csv"]').fill(text)
    preview = lab.page.locator("#create-dialog .preview")
    expect(preview).to_contain_text("3 examples, 2 inputs, 2 targets")
    expect(preview).to_contain_text("length, width → kind=other, kind=setosa")
    assert (size_of(lab, 0), size_of(lab, 2)) == ("2", "2")
    create(lab)
    data = lab.network()["spec"]["data"]
    assert data["inputs"] == [[5.1, 3.5], [6.3, 3.3], [4.9, 3]]
    assert data["targets"] == [[0, 1], [1, 0], [0, 1]]
    for phase in PHASES:
        lab.do(f"phase:{phase}")
        lab.at(step=0, phase=phase)
        assert lab.check_numbers() > 20


@pytest.mark.console_error("422")
def test_faults_of_a_csv_name_row_and_column(lab: Lab) -> None:
    open_dialog(lab)
    choose(lab, "csv")
    area = lab.page.locator('textarea[data-pointer="/data/csv"]')
    area.fill("x1,x2,y\n1,2,0\n1,abc,1\n,2,1\n")
    fault = lab.page.locator('[data-fault="/data/csv"]')
    expect(fault).to_contain_text("Row 3, column 'x2': 'abc' is not a number.")
    expect(fault).to_contain_text("Row 4, column 'x1': the cell is empty.")
    fill(lab, "/data/targets", "x3")
    area.fill("x1,x2,y\n1,2,0\n1,3,1\n")
    expect(lab.page.locator('[data-fault="/data/targets"]')).to_contain_text("Known: x1, x2, y.")
    expect(fault).to_be_empty()
    fill(lab, "/data/targets", "0, y")
    expect(lab.page.locator("#create-dialog .preview")).to_contain_text("x2 → x1, y")
    create(lab)
    assert lab.network()["spec"]["data"]["targets"] == [[1, 0], [1, 1]]
