"""The benchmark's own programs, at a scale that takes no time."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bench import machine, memory
from bench.__main__ import main
from bench.load import Connection, Refused, request_of, throughput
from bench.over_http import server


def test_an_unknown_part_is_refused_with_the_known_ones() -> None:
    done = CliRunner().invoke(main, ["--only", "W9"])
    assert done.exit_code == 2
    assert "Known are W1, W2, W3, growth, memory, http." in done.output


def test_fewer_rounds_than_ratios_need_are_refused() -> None:
    assert CliRunner().invoke(main, ["--rounds", "8"]).exit_code == 2


def test_a_long_run_goes_on_from_chunk_to_chunk() -> None:
    assert memory.run(steps=30, chunk=10) == 30
    assert 10 < memory.peak() < 10_000


def test_a_bare_server_is_asked_over_kept_connections(tmp_path: Path) -> None:
    with server("bare", tmp_path) as port, Connection(port) as one, Connection(port) as other:
        assert one.json("GET", "/constant") == {"value": 0.2983711087600027}
        assert throughput([one, other], request_of("GET", "/constant"), 0.05) > 0
        assert len(one.json("GET", "/traced/3")) == 3
        with pytest.raises(Refused, match="404"):
            one.json("GET", "/nothing")


def test_the_machine_is_described_in_one_line() -> None:
    assert "\n" not in machine.described()
    assert "processor" in machine.described()
