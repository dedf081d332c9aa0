"""Tables as text: what is found out, what is read back, every fault by row and column."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import BadInput, Fault
from app.services import csv_text, tables
from app.services.tables import Columns

FLOATS = st.floats(allow_nan=False, allow_infinity=False)
LABELS = st.text(st.characters(codec="utf-8", categories=["L", "P", "S"]), min_size=1, max_size=8)


def read(text: str, *targets: str | int, header: bool | None = None, **how: Any) -> Columns:
    table = csv_text.read(text, header=header)
    return tables.to_columns(table, targets or (-1,), one_hot=how.get("one_hot"))


def faults(text: str, *targets: str | int, **how: Any) -> tuple[Fault, ...]:
    with pytest.raises(BadInput) as caught:
        read(text, *targets, **how)
    return caught.value.faults


@pytest.mark.parametrize(
    "text",
    [
        "x1,x2,t\n1,2.5,3\n4,5,6\n",
        "x1;x2;t\n1;2.5;3\n4;5;6\n",
        "x1;x2;t\n1;2,5;3\n4;5;6\n",
        "x1\tx2\tt\n1\t2,5\t3\n4\t5\t6",
        "x1\tx2\tt\r\n1\t2.5\t3\r\n4\t5\t6\r\n",
        "x1,x2,t\r1,2.5,3\r4,5,6\r",
        "\ufeffx1,x2,t\n1,2.5,3\n4,5,6\n",
        "\n\nx1,x2,t\n\n1,2.5,3\n , ,\n4,5,6\n\n\n",
        ' x1 , "x2" ,t\n1, 2.5 , 3\n4,5,6\n'.replace('" ', '"'),
        '"x1","x2","t"\n"1","2.5","3"\n"4","5","6"\n',
        "x1,x2,t\n+1,25e-1,.3E1\n4.,5,6\n",
    ],
)
def test_one_table_in_many_writings(text: str) -> None:
    found = read(text)
    assert found.input_names == ("x1", "x2")
    assert found.target_names == ("t",)
    assert found.inputs.tolist() == [[1, 2.5], [4, 5]]
    assert found.targets.tolist() == [[3], [6]]
    assert found.classes == {}


def test_minus_signs_for_people_and_spaces_are_read() -> None:
    assert read("1;−2\n−3,5; 4 \n").inputs.tolist() == [[1], [-3.5]]


@pytest.mark.parametrize(
    ("text", "header", "names"),
    [
        ("1,2\n3,4\n", None, ("column1",)),
        ("x,y\n3,4\n", None, ("x",)),
        ("5.1,setosa\n6.0,other\n", None, ("column1",)),
        ("2019,2020\n3,4\n5,6\n", True, ("2019",)),
        ("a,b\n", False, ()),
        (",y\n3,4\n", None, ("column1",)),
    ],
)
def test_the_header_is_found(text: str, header: bool | None, names: tuple[str, ...]) -> None:
    if names:
        assert read(text, header=header).input_names == names
    else:
        assert "Column 'column1' holds no numbers" in faults(text, header=header)[0].detail


@pytest.mark.parametrize(
    ("targets", "inputs", "found"),
    [
        ((), ["a", "b", "c"], ["d"]),
        (("d",), ["a", "b", "c"], ["d"]),
        ((-1,), ["a", "b", "c"], ["d"]),
        ((3,), ["a", "b", "c"], ["d"]),
        ((0,), ["b", "c", "d"], ["a"]),
        (("b", -1), ["a", "c"], ["b", "d"]),
        (("d", "a"), ["b", "c"], ["d", "a"]),
    ],
)
def test_targets_by_name_or_place(
    targets: tuple[str | int, ...], inputs: list[str], found: list[str]
) -> None:
    made = read("a,b,c,d\n1,2,3,4\n5,6,7,8\n", *targets)
    assert (list(made.input_names), list(made.target_names)) == (inputs, found)
    column = dict(zip("abcd", [1.0, 2.0, 3.0, 4.0], strict=True))
    assert made.inputs[0].tolist() == [column[name] for name in inputs]
    assert made.targets[0].tolist() == [column[name] for name in found]


def test_labels_become_one_hot_in_sorted_order() -> None:
    made = read("x,kind,y\n1,b,5\n2,a,6\n3,c,7\n4,a,8\n", "kind", "y")
    assert made.target_names == ("kind=a", "kind=b", "kind=c", "y")
    assert made.classes == {"kind": ("a", "b", "c")}
    assert made.targets.tolist() == [[0, 1, 0, 5], [1, 0, 0, 6], [0, 0, 1, 7], [1, 0, 0, 8]]


def test_numbers_become_one_hot_on_request_in_their_own_order() -> None:
    made = read("x,digit\n1,10\n2,9\n3,10\n", one_hot=True)
    assert made.classes == {"digit": ("9", "10")}
    assert made.targets.tolist() == [[0, 1], [1, 0], [0, 1]]


def test_a_formula_is_text() -> None:
    (fault,) = faults("x,y\n1,2\n=1+1,3\n")
    assert fault.detail == "Row 3, column 'x': '=1+1' is not a number."


def test_rows_are_counted_as_a_spreadsheet_does() -> None:
    """The header and blank rows count; a line break inside quotes does not."""
    found = faults('x1,"x\n2",y\n1,2,3\n\n1,abc,3\n')
    assert found == (Fault("/data/csv", "bad-cell", "Row 4, column 'x 2': 'abc' is not a number."),)


@pytest.mark.parametrize(
    ("text", "targets", "pointer", "said"),
    [
        ("", (), "/data/csv", "no rows"),
        ("\n\n", (), "/data/csv", "no rows"),
        ("x,y\n", (), "/data/csv", "no rows under the header"),
        ("x\n1\n2\n", (), "/data/csv", "only one column"),
        ("x,y\n1,2\n3\n", (), "/data/csv", "Row 3 has 1 cell, but there are 2 columns."),
        ("x,y\n1,2\n3,4,5\n6,7\n", (), "/data/csv", "Row 3 has 3 cells"),
        ("x,x\n1,2\n", (), "/data/csv", "Two columns are called 'x'"),
        (f"{'x' * 201},y\n1,2\n", (), "/data/csv", "The name of column 1 has over 200"),
        ("x,y\n1,2\n", ("z",), "/data/targets/0", "Unknown column 'z'. Known: x, y."),
        ("x,y\n1,2\n", ("xx",), "/data/targets/0", "Did you mean 'x'?"),
        ("x,y\n1,2\n", (2,), "/data/targets/0", "There is no column 2; places go from 0 to 1"),
        ("x,y\n1,2\n", (-3,), "/data/targets/0", "from -1 back to -2."),
        ("x,y,z\n1,2,3\n", ("y", 1), "/data/targets/1", "'y' is named twice"),
        ("x,y\n1,2\n", (0, 1), "/data/targets", "there are no inputs"),
        ("x,y\n1,2\n,4\n", (), "/data/csv", "Row 3, column 'x': the cell is empty."),
        ("x,y\n1,2\n3,\n", (), "/data/csv", "Row 3, column 'y': the cell is empty."),
        ("x,y\n1,2\nnan,4\n", (), "/data/csv", "Row 3, column 'x': 'nan' is not a number."),
        ("x,y\n1,2\n1_0,4\n", (), "/data/csv", "'1_0' is not a number."),
        ("x,y\n1,2\n٣,4\n", (), "/data/csv", "'٣' is not a number."),
        ("x,y\n1,2\n1e999,4\n", (), "/data/csv", "'1e999' is above 1.8e308."),
        ("x,y\n1,2\n3,many\n", (), "/data/csv", "Row 3, column 'y': 'many' is not a number."),
        ('x,y\n1,2\n"1,5",4\n', (), "/data/csv", "the decimal mark is '.' here."),
        ("x;y\n1,5;2\n1.5;4\n", (), "/data/csv", "the decimal mark is ',' here."),
        ("x;y\n1,5;2\n1.234,5;4\n", (), "/data/csv", "'1.234,5' is not a number."),
        ("c,y\nred,1\nblue,2\n", (), "/data/csv", "Column 'c' holds no numbers"),
        ("x,c\n1,a\n2,a\n", (), "/data/csv", "Column 'c' holds one label only"),
        ("x,c\n1,a\n2,\n3,b\n", (), "/data/csv", "Row 3, column 'c': the cell is empty."),
        (f"x,c\n1,{'a' * 201}\n2,b\n", (), "/data/csv", "Row 2, column 'c': over 200 characters"),
        ('x,y\n1,"2\n', (), "/data/csv", "cannot be read: unexpected end of data."),
        ('x,y\n1,"2"3\n', (), "/data/csv", "cannot be read: ',' expected after"),
        (f'x,y\n1,"{"2" * 140_000}"\n', (), "/data/csv", "cannot be read: field larger than"),
    ],
)
def test_every_fault(text: str, targets: tuple[str | int, ...], pointer: str, said: str) -> None:
    (fault,) = faults(text, *targets)
    assert fault.pointer == pointer
    assert said in fault.detail
    assert fault.detail.endswith(".")


def test_labels_where_numbers_are_asked_for() -> None:
    found = faults("x,c\n1,a\n2,b\n", one_hot=False)
    assert [fault.detail for fault in found] == [
        "Row 2, column 'c': 'a' is not a number.",
        "Row 3, column 'c': 'b' is not a number.",
    ]


def test_faults_come_row_by_row_those_of_whole_columns_first() -> None:
    found = faults("a,b,c,t\n1,x,?,1\n!,y,2,\n3,z,3,3\n")
    assert [fault.detail.split(" holds")[0].split(":")[0] for fault in found] == [
        "Column 'b'",
        "Row 2, column 'c'",
        "Row 3, column 'a'",
        "Row 3, column 't'",
    ]


def test_many_faults_are_counted_not_listed() -> None:
    rows = "".join(f"{'?' if row % 2 else row},1\n" for row in range(100))
    found = faults(f"x,y\n{rows}")
    assert len(found) == 21
    assert found[0].detail == "Row 3, column 'x': '?' is not a number."
    assert found[-1].detail == "There are 30 more faults like these."


def test_a_long_cell_is_cut() -> None:
    (fault,) = faults(f"x,y\n1,2\n{'q' * 5000},4\n")
    assert len(fault.detail) < 120


def test_what_is_too_large_is_refused_before_it_is_made() -> None:
    assert "200000 columns; at most 2048" in faults("1," * 199_999 + "1")[0].detail
    labels = "".join(f"{row},label{row}\n" for row in range(1025))
    assert "holds 1025 labels; at most 1024" in faults(f"x,c\n{labels}")[0].detail
    many = "".join(f"{row},{row % 1000}\n" for row in range(3000))
    assert "numbers work here" in faults(f"x,c\n{many}", one_hot=True)[0].detail


@settings(deadline=None)
@given(
    st.lists(st.lists(FLOATS, min_size=3, max_size=3), min_size=1, max_size=8),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_numbers_come_back_bit_for_bit(
    rows: list[list[float]], delimiter: str, line_end: str
) -> None:
    text = "".join(delimiter.join(map(repr, row)) + line_end for row in rows)
    found = read(text, 1)
    assert np.column_stack([found.inputs[:, 0], found.targets, found.inputs[:, 1]]).tolist() == rows


@settings(deadline=None)
@given(st.lists(st.tuples(FLOATS, LABELS), min_size=2, max_size=12))
def test_labels_of_any_kind_come_back(rows: list[tuple[float, str]]) -> None:
    out = StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(["x", "label"])
    writer.writerows([repr(x), label] for x, label in rows)
    labels = sorted({label for _, label in rows})
    if len(labels) == 1:
        assert "one label only" in faults(out.getvalue(), one_hot=True)[0].detail
        return
    found = read(out.getvalue(), one_hot=True)
    assert found.classes == {"label": tuple(labels)}
    assert [labels[place] for place in found.targets.argmax(axis=1)] == [lab for _, lab in rows]
    assert np.all(found.targets.sum(axis=1) == 1)


@settings(deadline=None)
@given(st.text(max_size=200), st.lists(st.integers(-5, 5) | st.text(max_size=3), max_size=3))
def test_no_text_breaks_it(text: str, targets: list[str | int]) -> None:
    """Either a table of finite numbers, or faults that end in a full stop."""
    found, refused = None, ()
    try:
        found = read(text, *targets)
    except BadInput as error:
        refused = error.faults
    assert all(fault.detail.endswith(".") for fault in refused)
    assert (found is None) == bool(refused)
    if found is not None:
        assert np.all(np.isfinite(found.inputs))
        assert len(found.inputs) == len(found.targets) > 0
