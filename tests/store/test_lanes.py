"""Lanes and their queues: who has used little goes first, and nobody is crowded out."""

from __future__ import annotations

import threading

import pytest

from kg.errors import QueryAbandoned, QueryBusy
from kg.store.lanes import FairQueue, Gone, Lane, Shapes, Waiting


def queued(queue: FairQueue, clients: str) -> None:
    for client in clients:
        queue.push(Waiting(client))


def order(queue: FairQueue, cost: float = 1.0) -> str:
    found = ""
    while (one := queue.pop()) is not None:
        found += one.client
        queue.charge(one.client, cost)
    return found


def test_clients_take_turns() -> None:
    queue = FairQueue(100)
    queued(queue, "aaaaabbc")
    assert order(queue) == "abcabaaa"


def test_who_costs_more_waits_longer() -> None:
    queue = FairQueue(100)
    queued(queue, "aaab" + "b" * 20)
    queue.charge("a", 10)
    assert order(queue).startswith("b" * 10)


def test_rest_is_not_saved_up() -> None:
    queue = FairQueue(100)
    queue.charge("a", 5)
    queued(queue, "a")
    order(queue)
    queued(queue, "bbbbaaaa")
    assert order(queue)[:4] in ("baba", "bbab")


def test_a_full_queue_pushes_out_the_last_of_whoever_has_most() -> None:
    queue = FairQueue(4)
    queued(queue, "aaab")
    out = queue.push(Waiting("c"))
    assert out is not None
    assert out.client == "a"
    assert len(queue) == 4
    newest = Waiting("a")
    assert queue.push(newest) is newest
    assert sorted(order(queue)) == ["a", "a", "b", "c"]


def test_of_a_clients_own_the_one_that_is_expected_to_take_least_is_next() -> None:
    queue, known = FairQueue(4), {"endless": 0.0, "medium": 0.0}
    endless = [Waiting("a", lambda: known["endless"]) for _ in range(4)]
    for one in endless:
        queue.push(one)
    known["endless"] = 30.0  # learnt only now
    medium = Waiting("a", lambda: known["medium"])
    assert queue.push(medium) is endless[3], "the last of those that take most leaves the full queue"
    assert queue.push(again := Waiting("a", lambda: 60.0)) is again
    assert [queue.pop() for _ in range(4)] == [medium, *endless[:3]]


def test_how_long_the_last_queries_of_a_kind_took_is_known() -> None:
    shapes = Shapes()
    expected = shapes.seconds("ASK { ?s ?p 1 }")
    assert expected() == 0
    shapes.took("ASK { ?s ?p 2 }", 30)
    assert expected() == 30
    shapes.took("ASK { ?s ?p 3 }", 10)
    assert expected() == 20


def test_a_place_is_taken_and_given_back() -> None:
    lane = Lane("x", 1, 5)
    assert lane.try_enter("a")
    assert not lane.try_enter("b")
    with pytest.raises(QueryBusy):
        lane.enter("b", Gone(), 0.01)
    lane.leave("a", 0.1)
    lane.enter("b", Gone(), 0.01)
    assert (lane.taken, lane.waiting) == (1, 0)


def test_who_waits_is_called_and_who_goes_is_not() -> None:
    lane = Lane("x", 1, 5)
    lane.enter("a", Gone(), 1)
    gone, outcome = Gone(), []

    def wait() -> None:
        with pytest.raises(QueryAbandoned):
            lane.enter("b", gone, 60)
        outcome.append("gone")

    thread = threading.Thread(target=wait)
    thread.start()
    while not lane.waiting:
        pass
    gone.tell()
    thread.join()
    assert outcome == ["gone"]
    lane.leave("a", 0)
    assert (lane.taken, lane.waiting) == (0, 0)


def test_what_is_stopped_when_a_client_goes() -> None:
    gone, stopped = Gone(), []
    with gone.stops(lambda: stopped.append(1)):
        pass
    gone.tell()
    assert stopped == []
    with pytest.raises(QueryAbandoned), gone.stops(lambda: stopped.append(1)):
        stopped.append(2)
    assert stopped == []


def test_queries_that_differ_in_constants_are_of_one_shape() -> None:
    shapes = Shapes()
    shapes.note("SELECT * { ?s rdfs:label 'a b' . FILTER(?x > 1.5) } # one", True)
    assert shapes.is_long('SELECT  *  { ?s <http://example.org/p> "c\\"d" . FILTER(?x > 27) }')
    assert not shapes.is_long("SELECT ?s { ?s rdfs:label 'a b' }")


def test_a_shape_is_judged_by_its_last_queries() -> None:
    shapes = Shapes()
    shapes.note("ASK {}", True)
    shapes.note("ASK {}", False)
    assert not shapes.is_long("ASK {}")
    for _ in range(5):
        shapes.note("ASK {}", True)
    assert shapes.is_long("ASK {}")


@pytest.mark.parametrize("part", ['"""', "'''", '"', "'", "\\", "a", "a:", "<", "<a", "?", "1", "#", '"\\', '" \' """', "-", "_:"])
def test_the_shape_of_a_hostile_text_takes_no_time(part: str) -> None:
    shapes = Shapes()
    shapes.note(part * 100_000, True)
    assert shapes.is_long(part * 100_000)


def test_who_gets_no_place_is_told_why_and_when_to_ask_again() -> None:
    lane = Lane("long", 1, 1)
    for _ in range(40):
        lane.enter("a", Gone(), 0)
        lane.leave("a", 20)
    lane.enter("a", Gone(), 0)
    with pytest.raises(QueryBusy, match="none became free within 0 s: 0 of at most 1 wait, 0 of them from your address") as told:
        lane.enter("a", Gone(), 0)
    assert 18 <= told.value.seconds <= 20
    waiting = threading.Thread(target=lane.enter, args=("a", Gone(), 600))
    waiting.start()
    while not lane.waiting:
        pass
    with pytest.raises(QueryBusy, match="places for long queries are taken, and the queue is full: 1 of at most 1 wait, 1 of them") as told:
        lane.enter("a", Gone(), 0)
    assert 36 <= told.value.seconds <= 40
    lane.leave("a", 1)
    waiting.join()
