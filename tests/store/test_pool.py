"""Query processes: they answer, stop, and are replaced."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal

from kg.errors import (
    IsnadError,
    QueryAbandoned,
    QueryBusy,
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    QueryTooLarge,
    StoreEmpty,
    StoreError,
)
from kg.formats import CSV, JSON, N_TRIPLES, TSV
from kg.prefixes import known
from kg.settings import Settings, read
from kg.store.lanes import Gone
from kg.store.pool import Asked, Asker, Pool
from tests.patience import PATIENCE, comes
from tests.snapshots import AUTHORITY, BASE, FACTS, FEW, LABEL, cross_product, quad, snapshot

SETTINGS = read({}, timeout=PATIENCE, memory=1500, workers=2)
ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {cross_product(14)} }}"
HUNGRY = f"SELECT * {{ {cross_product(9)} }} ORDER BY ?v0"


def pool_of(folder: Path | Callable[[], Path], settings: Settings = SETTINGS) -> Pool:
    return Pool(settings, folder if callable(folder) else lambda: folder, known(BASE))


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return snapshot(tmp_path_factory.mktemp("few"))


@pytest.fixture(scope="module")
def pool(few: Path) -> Iterator[Pool]:
    with pool_of(few) as pool:
        yield pool


def values(pool: Pool, query: str, default: tuple[str, ...] = (), named: tuple[str, ...] = ()) -> list[str]:
    """The values of the first column, sorted."""
    return sorted(pool.answer(query, CSV, default, named).body.decode().splitlines()[1:])


def pids(pool: Pool) -> list[int]:
    """The processes that answer."""
    return pool._standby.pids


def gone(pid: int) -> bool:
    """Whether a process ends in the time to come."""
    return comes(lambda: ended(pid))


def ended(pid: int) -> bool:
    """Whether there is no such process, or what is left of it waits for its parent."""
    try:
        return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_queries_may_use_the_known_prefixes(pool: Pool) -> None:
    assert values(pool, "SELECT ?s { ?s isnad:componentOf actor:pmf }") == [f"{BASE}id/actor/badr", f"{BASE}id/actor/kataib"]


def test_the_default_graph_is_the_union_of_all(pool: Pool) -> None:
    assert len(values(pool, "SELECT ?s { ?s ?p ?o }")) == len(FEW)


def test_the_plain_default_graph_is_a_setting(few: Path) -> None:
    with pool_of(few, replace(SETTINGS, union_default_graph=False)) as pool:
        assert values(pool, "SELECT ?s { ?s ?p ?o }") == ["http://example.org/plain"]


@pytest.mark.parametrize("union", [True, False])
def test_from_means_what_the_specification_says(few: Path, union: bool) -> None:
    facts, both = 3, 6
    with pool_of(few, replace(SETTINGS, union_default_graph=union)) as pool:
        assert len(values(pool, f"SELECT ?s FROM <{FACTS}> {{ ?s ?p ?o }}")) == facts
        assert len(values(pool, f"SELECT ?s FROM <{FACTS}> FROM <{AUTHORITY}> {{ ?s ?p ?o }}")) == both
        assert values(pool, f"SELECT ?s FROM NAMED <{FACTS}> {{ ?s ?p ?o }}") == []
        assert values(pool, f"SELECT DISTINCT ?g FROM NAMED <{FACTS}> {{ GRAPH ?g {{ ?s ?p ?o }} }}") == [FACTS]
        assert values(pool, f"SELECT ?g FROM <{FACTS}> {{ GRAPH ?g {{ ?s ?p ?o }} }}") == []


def test_the_dataset_of_the_protocol_stands_in_for_from(pool: Pool) -> None:
    assert len(values(pool, "SELECT ?s { ?s ?p ?o }", default=(FACTS,))) == 3
    assert len(values(pool, f"SELECT ?s FROM <{AUTHORITY}> {{ ?s ?p ?o }}", default=(FACTS, AUTHORITY))) == 6
    assert values(pool, "SELECT ?s { ?s ?p ?o }", named=(FACTS,)) == []
    assert values(pool, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", named=(FACTS,)) == [FACTS]
    assert values(pool, "SELECT ?g { GRAPH ?g { ?s ?p ?o } }", default=(FACTS,)) == []


def test_a_graph_iri_that_is_none_is_told(pool: Pool) -> None:
    with pytest.raises(QueryError, match="cannot be answered"):
        pool.answer("ASK {}", JSON, ["no iri"])


def test_first_rows_are_kept_and_all_counted(pool: Pool) -> None:
    answer = pool.answer("SELECT * { ?s ?p ?o }", TSV, keep=2)
    assert (answer.rows, answer.kept) == (len(FEW), 2)
    assert pool.answer("DESCRIBE actor:badr", N_TRIPLES).rows == 4


def test_syntax_errors_come_with_their_place(pool: Pool) -> None:
    with pytest.raises(QuerySyntaxError, match="line 2, column 3: the prefix nix: is not declared") as caught:
        pool.answer("ASK {\n  nix:x ?p ?o }", JSON)
    assert (caught.value.line, caught.value.column) == (2, 3)


def test_a_function_that_is_not_there_is_told_beside_the_answer(pool: Pool) -> None:
    answer = pool.answer("SELECT (<http://example.org/f>(1) AS ?x) {}", JSON)
    assert b'bindings":[{}]' in answer.body
    assert ["http://example.org/f" in warning for warning in answer.warnings] == [True]
    assert pool.answer("ASK {}", JSON).warnings == ()


@pytest.mark.parametrize(
    ("query", "kind", "words"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", QueryRefused, "SERVICE"),
        ("CLEAR ALL", QueryRefused, "CLEAR"),
        (f"SELECT * {{ FILTER({'(' * 20_000}1{')' * 20_000}) }}", QueryTooLarge, "nested too deeply"),
        (f"SELECT * {{ {cross_product(8)} }}", QueryTooLarge, "KG_MAX_ANSWER"),
    ],
)
def test_what_cannot_be_answered_is_told_and_the_next_is_answered(pool: Pool, query: str, kind: type[QueryError], words: str) -> None:
    with pytest.raises(kind, match=words):
        pool.answer(query, JSON)
    assert pool.answer("ASK {}", JSON).kind == "boolean"


def test_a_query_that_runs_too_long_is_stopped_and_its_process_replaced(few: Path) -> None:
    with pool_of(few, replace(SETTINGS, timeout=1.0, workers=1)) as pool:
        before = pids(pool)
        with pytest.raises(QueryTimeout, match="after 1 seconds"):
            pool.answer(ENDLESS, JSON)
        assert all(gone(pid) for pid in before)
        pool.settings = SETTINGS
        assert pool.answer("ASK {}", JSON).kind == "boolean"


def test_a_query_that_takes_too_much_memory_is_stopped(few: Path) -> None:
    with pool_of(few, replace(SETTINGS, memory=800, workers=1)) as pool:
        with pytest.raises(QueryTooLarge, match="KG_MEMORY"):
            pool.answer(HUNGRY, JSON)
        assert pool.answer("ASK {}", JSON).kind == "boolean"


def test_too_little_memory_to_open_the_store_is_told_by_its_setting(few: Path) -> None:
    with pool_of(few, replace(SETTINGS, memory=100, workers=1)) as pool, pytest.raises(StoreError, match="KG_MEMORY"):
        pool.answer("ASK {}", JSON)


@pytest.mark.parametrize(
    ("number", "kind"), [(signal.SIGKILL, QueryTooLarge), (signal.SIGSEGV, QueryTooLarge), (signal.SIGTERM, StoreError)]
)
def test_a_process_killed_in_the_middle_of_a_query_fails_that_query_only(few: Path, number: signal.Signals, kind: type[IsnadError]) -> None:
    with pool_of(few, replace(SETTINGS, workers=1)) as pool, ThreadPoolExecutor(1) as threads:
        pool.answer("ASK {}", JSON)
        asked = threads.submit(pool.answer, ENDLESS, JSON)
        assert comes(lambda: pool.long.taken == 1)
        os.kill(pids(pool)[0], number)
        with pytest.raises(kind):
            asked.result(PATIENCE)
        assert pool.answer("ASK {}", JSON).kind == "boolean"


def test_a_process_killed_between_queries_is_replaced_unseen(few: Path) -> None:
    with pool_of(few, replace(SETTINGS, workers=1)) as pool:
        pool.answer("ASK {}", JSON)
        for pid in pids(pool):
            os.kill(pid, signal.SIGKILL)
            assert gone(pid)
        assert pool.answer("ASK {}", JSON).kind == "boolean"


def test_many_threads_get_their_own_answers(pool: Pool) -> None:
    def ask(number: int) -> bool:
        rows = json.loads(pool.answer(f"SELECT ({number} AS ?n) {{}}", JSON).body)["results"]["bindings"]
        return bool(rows[0]["n"]["value"] == str(number))

    with ThreadPoolExecutor(16) as threads:
        assert all(threads.map(ask, range(200)))


def test_many_long_queries_leave_short_ones_their_processes(few: Path) -> None:
    with pool_of(few, replace(SETTINGS, workers=1, long_workers=1)) as pool, ThreadPoolExecutor(8) as threads:
        long = [threads.submit(pool.answer, f"{ENDLESS} # {number}", JSON) for number in range(8)]
        short = [pool.answer(f"SELECT ({number} AS ?n) {{}}", JSON) for number in range(50)]
        assert len(short) == 50
        assert not any(asked.done() for asked in long)
        pool.close()
        assert all(isinstance(asked.exception(PATIENCE), QueryError) for asked in long)


def test_a_long_query_goes_on_where_it_began(few: Path) -> None:
    with pool_of(few, replace(SETTINGS, workers=1, long_workers=1)) as pool:
        assert values(pool, f"SELECT (COUNT(*) AS ?n) {{ {cross_product(6)} }}") == ["1000000"]


def test_queries_that_find_the_queue_full_are_told_so(few: Path) -> None:
    with pool_of(few, replace(SETTINGS, queue=4, timeout=3.0)) as pool, ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(pool.answer, ENDLESS, JSON) for _ in range(8)]
        kinds = [type(one.exception(PATIENCE)) for one in asked]
        assert set(kinds) == {QueryBusy, QueryTimeout}
        pool.settings = SETTINGS
        assert pool.answer("ASK {}", JSON).kind == "boolean"


def test_a_client_that_goes_stops_its_query(few: Path) -> None:
    with pool_of(few) as pool, ThreadPoolExecutor(2) as threads:
        askers = [Asker(), Asker()]  # one has the place for long queries, one waits for it
        asked = [threads.submit(pool.answer, ENDLESS, JSON, asker=asker) for asker in askers]
        assert comes(lambda: pool.long.waiting == 1)
        before = pids(pool)
        for asker in askers:
            asker.gone.tell()
        assert all(isinstance(one.exception(PATIENCE), QueryAbandoned) for one in asked)
        assert any(gone(pid) for pid in before)
        assert (pool.short.taken, pool.long.taken, pool.long.waiting) == (0, 0, 0)
        with pytest.raises(QueryAbandoned):
            pool.answer("ASK {}", JSON, asker=askers[0])


def test_no_place_and_no_process_is_lost_whatever_happens(few: Path) -> None:
    queries = [
        "ASK {}", "nonsense", ENDLESS, f"SELECT * {{ {cross_product(8)} }}", f"SELECT (COUNT(*) AS ?n) {{ {cross_product(6)} }}",
    ]  # fmt: skip
    with pool_of(few, replace(SETTINGS, timeout=0.5, memory=900)) as pool, ThreadPoolExecutor(16) as threads:
        asked = []
        for number in range(60):
            asker = Asker(f"client {number % 5}")
            asked.append(threads.submit(pool.answer, queries[number % len(queries)], JSON, asker=asker))
            if number % 7 == 0:
                asker.gone.tell()
        for one in asked:
            assert isinstance(one.exception(PATIENCE), QueryError | None)
        assert (pool.short.taken, pool.short.waiting, pool.long.taken, pool.long.waiting) == (0, 0, 0, 0)
        assert len(pids(pool)) == len(pool._standby._idle) <= SETTINGS.workers


def test_an_answer_names_its_revision_and_whether_it_can_be_repeated(pool: Pool) -> None:
    assert pool.answer("ASK {}", JSON).revision == "snapshot"
    assert pool.answer("SELECT ('NOW()' AS ?x) {}", JSON).repeatable
    for changing in ("NOW()", "RAND()", "uuid()", "STRUUID()", "BNODE()"):
        assert not pool.answer(f"SELECT ({changing} AS ?x) {{}}", JSON).repeatable


def test_every_query_is_told_of_without_its_text(few: Path) -> None:
    told: list[Asked] = []
    with Pool(SETTINGS, lambda: few, {}, told.append) as pool:
        pool.answer("SELECT * { ?s ?p ?o }", JSON)
        for wrong in ("nonsense", "DROP ALL"):
            with pytest.raises(QueryError):
                pool.answer(wrong, JSON)
    assert [(one.outcome, one.rows) for one in told] == [("answered", len(FEW)), ("invalid", None), ("refused", None)]
    assert told[0].bytes > 100
    assert "nonsense" not in repr(told)


def test_a_new_snapshot_is_seen_by_the_next_query_and_the_old_may_go(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    now = [snapshot(tmp_path / "a", FEW[:1])]
    with pool_of(lambda: now[0]) as pool:
        for _ in range(4):
            assert len(values(pool, "SELECT ?s { ?s ?p ?o }")) == 1
        now[0] = snapshot(tmp_path / "b")
        shutil.rmtree(tmp_path / "a")
        for _ in range(4):
            assert len(values(pool, "SELECT ?s { ?s ?p ?o }")) == len(FEW)


def test_a_snapshot_that_goes_before_it_is_opened_is_asked_for_once_more(tmp_path: Path) -> None:
    answers = iter([tmp_path / "deleted", snapshot(tmp_path)])
    with pool_of(lambda: next(answers), replace(SETTINGS, workers=1)) as pool:
        assert len(values(pool, "SELECT ?s { ?s ?p ?o }")) == len(FEW)


def test_a_snapshot_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pool_of(tmp_path / "none") as pool, pytest.raises(StoreError, match="cannot be read"):
        pool.answer("ASK {}", JSON)


def test_an_empty_store_is_told_in_its_own_words() -> None:
    def empty() -> Path:
        raise StoreEmpty("Nothing here yet; run `kg add`.")

    with pool_of(empty) as pool, pytest.raises(StoreEmpty, match="kg add"):
        pool.answer("ASK {}", JSON)


def test_closing_ends_all_processes_also_those_at_work(few: Path) -> None:
    pool = pool_of(few)
    with ThreadPoolExecutor(1) as threads:
        with pool:
            asked = threads.submit(pool.answer, ENDLESS, JSON)
            assert comes(lambda: pool.long.taken == 1)
            before = pids(pool)
        with pytest.raises(QueryError, match="shutting down"):
            asked.result(PATIENCE)
    assert len(before) == 2
    assert all(gone(pid) for pid in before)


def test_nothing_is_started_once_it_is_closed(few: Path) -> None:
    with pool_of(few) as pool:
        pass
    with pytest.raises(QueryBusy, match="shutting down"):
        pool.refresh()
    with pytest.raises(QueryBusy, match="shutting down"):
        pool.answer("ASK {}", JSON)
    assert pool.processes == []


def test_no_process_outlives_an_owner_that_was_killed_in_the_middle_of_a_query(few: Path) -> None:
    script = f"""
        import threading, time
        from pathlib import Path
        from kg.settings import read
        from kg.store.pool import Pool
        from kg.formats import JSON
        pool = Pool(read({{}}, memory=1500, workers=2), lambda: Path({str(few)!r}), {{}}).__enter__()
        threading.Thread(target=pool.answer, args=({ENDLESS!r}, JSON), daemon=True).start()
        while not pool.long.taken:
            time.sleep(0.02)
        print(*pool.processes, flush=True)
        time.sleep({PATIENCE})
    """
    root = str(Path(__file__).resolve().parents[2])
    command = [sys.executable, "-c", textwrap.dedent(script)]
    owner = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": root})
    assert owner.stdout is not None
    workers = [int(pid) for pid in owner.stdout.readline().split()]
    assert len(workers) >= 3
    owner.kill()
    owner.wait()
    owner.stdout.close()
    assert all(gone(pid) for pid in workers)


def test_a_large_snapshot_may_lose_its_folder_while_it_is_read(tmp_path: Path) -> None:
    many = (quad(f"http://example.org/{number}", LABEL, Literal(f"label {number}"), FACTS) for number in range(20_000))
    folder = snapshot(tmp_path, many)
    with pool_of(folder, replace(SETTINGS, workers=1)) as pool:
        assert values(pool, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == ["20000"]
        shutil.rmtree(folder)
        assert values(pool, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == ["20000"]


def test_a_medium_query_does_not_wait_behind_the_endless_ones_of_its_own_address(few: Path) -> None:
    with pool_of(few, replace(SETTINGS, timeout=1.0, workers=1, long_workers=1)) as pool, ThreadPoolExecutor(6) as threads:
        with pytest.raises(QueryTimeout):
            pool.answer(ENDLESS, JSON)  # from now on it is known for what it is
        pool.settings = SETTINGS
        pool.long.enter("", Gone(), PATIENCE)
        endless = [threads.submit(pool.answer, f"{ENDLESS} # {number}", JSON) for number in range(4)]
        assert comes(lambda: pool.long.waiting == 4)
        medium = threads.submit(pool.answer, f"SELECT (COUNT(*) AS ?n) {{ {cross_product(7)} }}", JSON)
        assert comes(lambda: pool.long.waiting == 5)
        pool.long.leave("", 0)
        assert medium.result(PATIENCE).rows == 1
        assert not any(one.done() for one in endless)
        pool.close()
