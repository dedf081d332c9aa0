"""Whatever a listener misses, it is told everything once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.services.live import Position, news
from app.services.records import Pointer, Standing


def standing(revision: int, seq: int, pointed: int) -> Standing:
    pointer = Pointer(0) if pointed else None
    return Standing(revision, seq, seq, 0.5, None, pointed, pointer)


@given(
    moves=st.lists(st.sampled_from(["step", "rename", "point"]), max_size=40),
    seen=st.lists(st.booleans(), min_size=40, max_size=40),
)
def test_events_join_up_and_end_at_the_truth(moves: list[str], seen: list[bool]) -> None:
    revision, seq, pointed = 1, 0, 0
    known: Position | None = None
    told_seq, told_pointed, told_revision = None, 0, 0
    for move, sees in zip(moves, seen, strict=False):
        seq += move == "step"
        revision += move != "point"
        pointed += move == "point"
        if not sees:
            continue
        for event in news(known, standing(revision, seq, pointed)):
            if event.subject == "network":
                assert event.after_seq == told_seq
                assert event.position.revision > told_revision
                told_seq, told_revision = event.position.seq, event.position.revision
            else:
                assert event.position.pointed > told_pointed
                told_pointed = event.position.pointed
            known = Position.read(str(event.position))  # as after a reconnection
        assert known == Position(seq, revision, pointed)
        assert not news(known, standing(revision, seq, pointed))


def test_a_position_that_lies_ahead_starts_anew() -> None:
    told = news(Position(5, 9, 0), standing(2, 1, 0))
    assert [(event.subject, event.after_seq) for event in told] == [("network", None)]
