"""All parts of a federated query are asked of one snapshot, by one deadline; when it goes meanwhile, the query begins anew."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kg.answers import Answer
from kg.errors import EndpointFailed, IsnadError, QuerySyntaxError, QueryTooLarge, StoreError
from kg.formats import JSON
from kg.querying import PLACES, Querying
from kg.settings import read
from kg.sparql.inspection import services
from tests.federate.inside import PREFIXES
from tests.federate.strange import GOOD, Strange, reply, strange
from tests.patience import PATIENCE

KEYS = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"a:b"}}]}}'
FOUND = '{"head":{"vars":["o","s"]},"results":{"bindings":[]}}'


@dataclass
class Told:
    """Stands in for a pool: says what it is asked and told. It drops its first snapshot at the part with this number."""

    folder: Path
    drops: int | None = None
    asked: list[tuple[Path, str]] = field(default_factory=list)
    told: list[Answer | IsnadError | None] = field(default_factory=list)
    until: list[float] = field(default_factory=list)

    def current(self) -> Path:
        path = self.folder / ("first" if self.drops is None or len(self.asked) < self.drops else "second")
        path.mkdir(exist_ok=True)
        return path

    def answer(self, text: str, *given: Any, admitted: Any, until: float, part: bool) -> Answer:  # noqa: ARG002
        assert part
        assert time.monotonic() < until
        self.until.append(until)
        assert not services(admitted.tree)
        path = given[5]
        self.asked.append((path, admitted.text))
        if len(self.asked) == self.drops:
            path.rmdir()
            raise StoreError("The store cannot be read.")
        return Answer(KEYS, JSON.content_type, "solutions", 1, 1)

    def tell(self, text: str, came: Answer | IsnadError | None, *_: object) -> None:  # noqa: ARG002
        self.told.append(came)


def answer(pool: Any, there: Strange, text: str) -> Answer:
    querying = Querying(read({}, federation_allow=there.address), pool, PREFIXES)
    return querying.answer(text.replace("THERE", f"<{there.address}>"), JSON)


TEXT = "SELECT * { ?s :p 1 SERVICE THERE { ?s :q ?o } }"


def test_a_query_is_asked_of_one_snapshot_and_cannot_be_repeated(tmp_path: Path) -> None:
    pool = Told(tmp_path)
    with strange(reply(FOUND)) as there:
        assert not answer(pool, there, TEXT).repeatable
    assert [path.name for path, _ in pool.asked] == ["first", "first"]
    assert len(there.asked) == 1


@pytest.mark.parametrize("drops", [1, 2])
def test_a_query_whose_snapshot_goes_begins_anew(drops: int, tmp_path: Path) -> None:
    pool = Told(tmp_path, drops)
    with strange(reply(FOUND)) as there:
        answer(pool, there, TEXT)
    assert [path.name for path, _ in pool.asked] == ["first"] * drops + ["second"] * 2


def test_each_query_is_told_of_once_whatever_comes_of_it(tmp_path: Path) -> None:
    pool = Told(tmp_path)
    with strange(reply(GOOD, "text/html")) as there:
        with pytest.raises(EndpointFailed):
            answer(pool, there, TEXT)
        with pytest.raises(QueryTooLarge):
            answer(pool, there, "SELECT * {" + " SERVICE THERE {}" * 51 + "}")
        with pytest.raises(QuerySyntaxError):
            answer(pool, there, "SELECT * { SERVICE THERE { }")
    with strange(reply(FOUND)) as there:
        answer(pool, there, TEXT)
    assert [type(came) for came in pool.told] == [EndpointFailed, QueryTooLarge, QuerySyntaxError, Answer]


def test_the_time_of_a_query_begins_when_it_has_a_place(tmp_path: Path) -> None:
    pool = Told(tmp_path)
    with strange(reply(FOUND)) as there, ThreadPoolExecutor(1) as threads:
        querying = Querying(read({}, federation_allow=there.address), pool, PREFIXES)  # type: ignore[arg-type]
        lane = querying._lane
        for _ in range(PLACES):
            assert lane.try_enter("others")
        asked = threads.submit(querying.answer, TEXT.replace("THERE", f"<{there.address}>"), JSON)
        while not lane.waiting:
            time.sleep(0.01)
        freed = time.monotonic()
        lane.leave("others", 0.0)
        asked.result(PATIENCE)
    assert min(pool.until) >= freed + read({}).timeout
