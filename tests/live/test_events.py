"""Streams of events: complete, in order, cheap, and gone when they should be."""

from __future__ import annotations

import random
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

import pytest

from tests.jobs.conftest import Server
from tests.live.conftest import Event, listening

Start = Callable[[], Server]


def at_step(step: int) -> Callable[[Event], bool]:
    return lambda event: bool(event.data.get("step") == step)


def check_contiguous(events: list[Event]) -> None:
    """Each goes on exactly where the one before has ended."""
    for before, after in pairwise(events):
        assert after.data["after_seq"] == before.data["seq"]
        assert after.data["seq"] > before.data["seq"]


def test_a_listener_is_told_where_the_network_stands_and_then_each_step(server: Server) -> None:
    network = server.worked_example()
    server.post(f"{network}/steps", {"count": 3})
    with listening(server, network) as stream:
        first = stream.next()
        assert first.subject == "network"
        assert (first.data["step"], first.data["seq"], first.data["after_seq"]) == (3, 3, None)
        for step in (4, 5):
            made = server.post(f"{network}/steps", {"count": 1})
            told = stream.next()
            assert (told.data["after_seq"], told.data["seq"]) == (step - 1, step)
            assert told.data["loss"] == made["loss_after"]
            assert told.data["revision"] == made["revision"]


def test_what_another_server_does_is_told_too(start: Start) -> None:
    teacher, elsewhere = start(), start()
    network = teacher.worked_example()
    with listening(elsewhere, network) as stream:
        assert stream.next().data["step"] == 0
        teacher.post(f"{network}/steps", {"count": 1})
        assert stream.next().data["step"] == 1
        teacher.post(f"{network}/trainings", {"steps": 200_000})
        told = stream.until(at_step(200_001))
        assert told[0].data["training"]["total"] == 200_000
        assert told[-1].data["training"] is None
        check_contiguous([event for event in told if event.data["step"] > 1])


def test_a_stream_resumes_without_gap_or_repeat(server: Server) -> None:
    network = server.worked_example()
    events: list[Event] = []
    stepping = threading.Thread(target=many_single_steps, args=(server, network, 150))
    last: str | None = None
    stepping.start()
    while not events or events[-1].data["step"] < 150:
        with listening(server, network, last) as stream:
            for _ in range(random.randint(1, 3)):
                events.append(stream.next())
                last = events[-1].id
                if events[-1].data["step"] == 150:
                    break
    stepping.join()
    check_contiguous(events)


def many_single_steps(server: Server, network: str, count: int) -> None:
    for _ in range(count):
        server.post(f"{network}/steps", {"count": 1})
        time.sleep(0.005)


def test_resuming_at_the_newest_event_repeats_nothing(server: Server) -> None:
    network = server.worked_example()
    with listening(server, network) as stream:
        last = stream.next().id
    with listening(server, network, last) as stream:
        server.post(f"{network}/steps", {"count": 1})
        assert stream.next().data["after_seq"] == 0


@pytest.mark.parametrize("unknown", ["", "abc", "9.9.9", "1.2", "99999999999999999.1.1"])
def test_an_id_that_is_not_known_starts_anew(server: Server, unknown: str) -> None:
    network = server.worked_example()
    with listening(server, network, unknown) as stream:
        assert stream.next().data["after_seq"] is None


def test_at_most_ten_events_a_second(server: Server) -> None:
    network = server.worked_example()
    stepping = threading.Thread(target=many_single_steps, args=(server, network, 200))
    with listening(server, network) as stream:
        stepping.start()
        began = time.monotonic()
        told = stream.until(at_step(200))
        seconds = time.monotonic() - began
    stepping.join()
    assert len(told) <= 10 * seconds + 2
    check_contiguous(told)


def test_the_pointer_is_told_and_only_its_last_place_is_kept(server: Server) -> None:
    network = server.worked_example()
    server.post(f"{network}/steps", {"count": 2})
    places = [
        {"step": 1, "phase": "backward", "quantity": "dE/dw5", "selection": "w5"},
        {"step": 2},
    ]
    with listening(server, network) as stream:
        stream.next()
        for place in places:
            assert server.client.put(f"{network}/cursor", json=place).status_code == 200
            told = stream.next()
            assert told.subject == "cursor"
            assert {key: told.data[key] for key in place} == place
    with listening(server, network) as late:
        assert [late.next().subject for _ in range(2)] == ["network", "cursor"]
        assert told.data == {**told.data, "step": 2, "phase": None, "selection": None}
    with listening(server, network, told.id) as resumed:
        server.post(f"{network}/steps", {"count": 1})
        assert resumed.next().subject == "network"


def test_pointing_changes_no_revision(server: Server) -> None:
    network = server.worked_example()
    server.client.put(f"{network}/cursor", json={"step": 0})
    assert server.get(network)["revision"] == 1


def test_a_deleted_network_ends_its_streams(server: Server) -> None:
    network = server.worked_example()
    with listening(server, network) as stream:
        stream.next()
        assert server.client.delete(network).status_code == 204
        assert stream.next().subject == "deleted"
        with pytest.raises(EOFError):
            stream.next()
    assert server.client.get(f"{network}/events").status_code == 404


def test_a_server_with_open_streams_stops_within_a_second(server: Server) -> None:
    network = server.worked_example()
    with ExitStack() as streams:
        for _ in range(20):
            streams.enter_context(listening(server, network)).next()
        server.process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        server.process.wait(timeout=10)
        assert time.monotonic() - began < 1.0


def idle_reader(server: Server, network: str) -> socket.socket:
    """A client that asks for the stream, and reads it when told to."""
    url = server.client.base_url
    reader = socket.socket()
    reader.settimeout(10)
    reader.connect((url.host, url.port))
    path = f"/api/v1{network}/events"
    reader.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    return reader


def test_five_hundred_idle_streams_leave_the_server_light(server: Server) -> None:
    network, other = server.worked_example(), server.worked_example()
    health = server.client.base_url.join("/healthz")
    while server.client.get(health).json()["kernel"] != "compiled":
        time.sleep(0.1)
    with ExitStack() as streams:
        readers = [streams.enter_context(idle_reader(server, network)) for _ in range(500)]
        for reader in readers:
            assert reader.recv(65536).startswith(b"HTTP/1.1 200")
        before = cpu_seconds(server)
        time.sleep(1.0)
        assert cpu_seconds(server) - before < 0.2
        server.post(f"{other}/steps", {"count": 1})
        server.post(f"{network}/steps", {"count": 1})
        for reader in readers:
            received = b""
            while b'"step":1' not in received:
                received += reader.recv(65536)


def cpu_seconds(server: Server) -> float:
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def test_a_stream_ends_when_its_link_is_revoked(linked: Server) -> None:
    """Before it tells anything that came after."""
    made = linked.post("/networks", {"preset": "worked-example"})
    network, client = f"/networks/{made['id']}", linked.client
    view = {"Authorization": f"Bearer {made['tokens']['view']}"}
    edit = {"Authorization": f"Bearer {made['tokens']['edit']}"}
    assert client.get(f"{network}/events").status_code == 404
    with listening(linked, network, headers=view) as stream:
        stream.until(lambda event: event.subject == "network")
        link = made["tokens"]["view"].partition(".")[0]
        assert client.delete(f"{network}/links/{link}", headers=edit).status_code == 204
        client.post(f"{network}/steps", json={"count": 1}, headers=edit).raise_for_status()
        with pytest.raises(EOFError):
            stream.next()
