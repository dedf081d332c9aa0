"""A server whose database goes away and comes back: told as it is, and over without a restart."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.jobs.conftest import Server
from tests.postgres import Postgres


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    """A server that may be killed."""
    server = Postgres()
    server.start()
    yield server
    server.remove()


@pytest.fixture
def server(postgres: Postgres) -> Iterator[Server]:
    server = Server(postgres.new(), SLOWPROP_DATABASE_SECONDS="2")
    yield server
    server.end()


def test_requests_go_on_after_the_database_was_killed(server: Server, postgres: Postgres) -> None:
    network = server.worked_example()
    answers: list[httpx.Response] = []
    enough = threading.Event()

    def keep_stepping() -> None:
        while not enough.is_set():
            answers.append(server.client.post(f"{network}/steps", json={"count": 1}))

    def acknowledged() -> list[int]:
        return [answer.json()["step"] for answer in answers if answer.is_success]

    stepping = threading.Thread(target=keep_stepping)
    stepping.start()
    server.until(lambda: len(acknowledged()) > 20)
    postgres.kill()
    server.until(lambda: answers[-1].status_code == 503)
    before = acknowledged()
    assert server.client.get(network).status_code == 503
    postgres.start()
    server.until(lambda: len(acknowledged()) > len(before) + 20)
    enough.set()
    stepping.join()
    check_refusals([answer for answer in answers if not answer.is_success])
    steps = acknowledged()
    # The one step that was on its way when the database died may have been kept all the same.
    assert steps[: len(before)] == list(range(1, len(before) + 1))
    assert steps[len(before)] in {len(before) + 1, len(before) + 2}
    found = server.get(network)
    assert (found["step"], found["seq"], found["revision"]) == (steps[-1],) * 2 + (steps[-1] + 1,)
    assert len(server.get(f"{network}/history")["series"]["loss"]["last"]) == steps[-1] + 1


def check_refusals(refused: list[httpx.Response]) -> None:
    for answer in refused:
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "1"
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["type"] in {
            "/docs#problem-unavailable",
            "/docs#problem-outcome-unknown",
        }
        assert "pg-" not in answer.text  # where the database is, is nobody's business
    doubts = [answer for answer in refused if answer.json()["type"].endswith("outcome-unknown")]
    assert len(doubts) <= 1


def test_a_database_that_hangs_is_told_in_time(server: Server, postgres: Postgres) -> None:
    network = server.worked_example()
    postgres.suspend()
    began = time.monotonic()
    answers = [server.client.get(network) for _ in range(5)]
    assert time.monotonic() - began < 8
    postgres.resume()
    assert {answer.status_code for answer in answers} == {503}
    time.sleep(1)
    assert server.post(f"{network}/steps", {"count": 1})["step"] == 1
