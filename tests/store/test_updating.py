"""Writes from outside: users' own graphs change, those that are made do not, and what is acknowledged is seen."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat, Store, Triple, parse

from kg.errors import (
    GraphRefused,
    NoSuchGraph,
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    QueryTooLarge,
    StoreBusy,
    StoreError,
    StoreFailed,
    UncertainChange,
)
from kg.prefixes import known
from kg.settings import read
from kg.store import retention, union
from kg.store.embedded import Writer, snapshot, sorted_nquads
from kg.store.processes import EndedError
from kg.store.revisions import Revision
from kg.store.updater import Order, Reply, Update
from kg.store.version import FORMAT, Version
from kg.store.worker import opened
from kg.updating import Door
from server import problems
from tests.snapshots import BASE, FACTS, FEW, cross_product

VERSION = Version(FORMAT, BASE, "vocabulary", "policy")
MINE = "http://example.org/mine"
OTHER = "http://example.org/other"
P = "<http://example.org/p>"
MADE = [quad for quad in FEW if str(quad.graph_name) != "DEFAULT"]


ENDLESS = f"INSERT {{ <a:1> {P} ?n }} WHERE {{ SELECT (COUNT(*) AS ?n) {{ {cross_product(14)} }} }}"
DOUBLED = " ".join(f"BIND(CONCAT(?v{number}, ?v{number}) AS ?v{number + 1})" for number in range(30))
HUNGRY = f"INSERT {{ <a:1> {P} ?v30 }} WHERE {{ BIND('0123456789' AS ?v0) {DOUBLED} }}"


def door_of(folder: Path, timeout: float = 300, memory: int = 1500) -> Door:
    def mend() -> None:
        (folder / "PENDING").unlink()

    return Door(read({}, store=folder, timeout=timeout, memory=memory), VERSION, known(BASE), mend)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A store in which graphs stand that were made."""
    folder = tmp_path / "store"
    with Writer(folder, VERSION) as writer:
        writer.initialise(MADE)
        writer.publish()
    return folder


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """A door to a store with made graphs, for what changes nothing."""
    folder = tmp_path_factory.mktemp("shared")
    with Writer(folder, VERSION) as writer:
        writer.initialise(MADE)
        writer.publish()
    with door_of(folder) as door:
        yield door


def seen(folder: Path, graph: str | None = None) -> list[str]:
    """What readers see of what is not made, or of one graph."""
    return [line.decode() for line in sorted_nquads(snapshot(folder), graph) if graph or f"{BASE}graph/" not in line.decode()]


def triples(text: str) -> Iterable[Triple]:
    return [quad.triple for quad in parse(text, RdfFormat.N_TRIPLES)]  # type: ignore[misc]


def test_an_update_is_seen_when_it_returns(made: Path) -> None:
    with door_of(made) as door:
        first = door.update(f"INSERT DATA {{ <a:1> {P} 1 . GRAPH <{MINE}> {{ <a:2> {P} 2 }} }}")
        assert len(seen(made)) == 2
        assert first.revision is not None
        assert snapshot(made).name == first.revision.tag
        second = door.update(f"DELETE WHERE {{ ?s {P} ?o }} ; INSERT {{ GRAPH ?g {{ ?s {P} 3 }} }} WHERE {{ GRAPH ?g {{ ?s {P} 2 }} }}")
    assert second.revision is not None
    assert second.revision.number == first.revision.number + 1
    assert len(seen(made)) == 2
    assert len(seen(made, MINE)) == 2
    assert len(sorted_nquads(snapshot(made))) == len(MADE) + 2


def test_known_prefixes_need_no_declaration(made: Path) -> None:
    with door_of(made) as door:
        door.update("INSERT DATA { actor:badr rdfs:label 'mine' }")
    assert f"<{BASE}id/actor/badr>" in seen(made)[0]


GROUP = f"{{ GRAPH <{FACTS}> {{ ?s ?p ?o }} }}"


@pytest.mark.parametrize(
    "text",
    [
        f"INSERT DATA {{ GRAPH <{FACTS}> {{ <a:1> {P} 1 }} }}",
        f"INSERT DATA {{ GRAPH <{BASE}graph/new> {{ <a:1> {P} 1 }} }}",
        f"INSERT DATA {{ <a:1> {P} 1 }} ; DELETE WHERE {GROUP}",
        f"WITH <{FACTS}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
        f"INSERT {{ GRAPH ?g {{ ?s ?p 1 }} }} WHERE {{ GRAPH <{FACTS}> {{ ?s ?p ?o }} BIND(IRI(CONCAT('{BASE}gra', 'ph/facts')) AS ?g) }}",
        f"INSERT DATA {{ <a:1> {P} <{FACTS}> }} ; INSERT {{ GRAPH ?g {{ ?s {P} 1 }} }} WHERE {{ ?s {P} ?g }}",
        f"CLEAR GRAPH <{FACTS}>",
        f"DROP SILENT GRAPH <{FACTS}>",
        f"CREATE GRAPH <{BASE}graph/article/1>",
        f"COPY DEFAULT TO <{FACTS}>",
        f"MOVE <{FACTS}> TO <{MINE}>",
        f"PREFIX g: <{BASE}gr\\u0061ph/> ADD DEFAULT TO g:facts",
        "CLEAR ALL",
        f"INSERT DATA {{ <a:1> {P} 1 }} ; DROP NAMED",
    ],
)
def test_made_graphs_are_not_changed_and_nothing_of_the_update_is_done(shared: Door, text: str) -> None:
    before = sorted_nquads(snapshot(shared.settings.folder))
    with pytest.raises(GraphRefused, match="`kg"):
        shared.update(text)
    assert sorted_nquads(snapshot(shared.settings.folder)) == before
    with Writer(shared.settings.folder, VERSION) as writer:
        assert len(list(writer.database)) == len(before)


def test_what_only_reads_made_graphs_may_write_to_others(made: Path) -> None:
    with door_of(made) as door:
        door.update(f"INSERT {{ GRAPH <{MINE}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{FACTS}> {{ ?s ?p ?o }} }} ; COPY <{FACTS}> TO <{OTHER}>")
        assert len(seen(made, MINE)) == len(seen(made, OTHER)) == len(seen(made, FACTS)) == 3
        door.update(f"DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g IN (<{MINE}>, <{OTHER}>)) }}")
    assert seen(made) == []


def test_in_a_store_without_made_graphs_all_may_be_emptied(tmp_path: Path) -> None:
    with door_of(tmp_path) as door:
        door.update("CLEAR ALL")
        door.update(f"INSERT DATA {{ <a:1> {P} 1 . GRAPH <{MINE}> {{ <a:2> {P} 2 }} }}")
        assert len(seen(tmp_path)) == 2
        door.update("DROP ALL")
    assert seen(tmp_path) == []


def test_the_dataset_of_the_protocol_stands_in_for_using(made: Path) -> None:
    with door_of(made) as door:
        door.update(f"INSERT DATA {{ GRAPH <{MINE}> {{ <a:1> {P} 1 }} }}")
        door.update(f"INSERT {{ <a:2> {P} ?o }} WHERE {{ ?s {P} ?o }}", using_graphs=[MINE])
        door.update(f"INSERT {{ <a:3> {P} ?g }} WHERE {{ GRAPH ?g {{ ?s {P} ?o }} }}", using_named=[MINE])
        assert len(seen(made)) == 3
        for text in (
            f"WITH <{MINE}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
            f"DELETE {{ ?s ?p ?o }} USING <{MINE}> WHERE {{ ?s ?p ?o }}",
        ):
            with pytest.raises(QueryError, match="using-graph-uri"):
                door.update(text, using_graphs=[MINE])
        with pytest.raises(QueryError, match="absolute"):
            door.update("DELETE WHERE { ?s ?p ?o }", using_graphs=["no iri"])


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("LOAD <http://127.0.0.1:1/>", QueryRefused, "LOAD"),
        ("CLEAR DEFAULT ; LOAD <file:///etc/passwd> INTO GRAPH <http://example.org/mine>", QueryRefused, "LOAD"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }", QueryRefused, "SERVICE"),
        ("INSERT DATA { <a:1> <b:1> }", QuerySyntaxError, "line 1"),
    ],
)
def test_what_is_not_carried_out_is_told_and_the_next_is(shared: Door, text: str, kind: type[QueryError], words: str) -> None:
    with pytest.raises(kind, match=words):
        shared.update(text)
    assert seen(shared.settings.folder) == []
    assert isinstance(shared.update("DELETE WHERE { <a:0> ?p ?o }").revision, Revision)


def test_a_silent_load_changes_nothing_and_what_follows_is_carried_out(shared: Door) -> None:
    shared.update(f"LOAD SILENT <file:///etc/passwd> INTO GRAPH <http://example.org/mine> ; INSERT DATA {{ <a:9> {P} 9 }}")
    assert len(seen(shared.settings.folder)) == 1
    shared.update(f"DELETE DATA {{ <a:9> {P} 9 }}")


def test_what_silent_hides_is_told(made: Path) -> None:
    none = "http://example.org/none"
    with door_of(made) as door:
        door.update(f"CREATE GRAPH <{MINE}> ; CREATE GRAPH <{OTHER}>")
        for text, told in (
            (f"LOAD SILENT <http://127.0.0.1:1/> INTO GRAPH <{MINE}>", ["<http://127.0.0.1:1/> was left out"]),
            (f"CLEAR SILENT GRAPH <{none}>", ["no such graph"]),
            (f"DROP SILENT GRAPH <{none}> ; DROP SILENT GRAPH <{MINE}>", [f"<{none}> did nothing"]),
            (f"CREATE SILENT GRAPH <{OTHER}> ; CREATE SILENT GRAPH <{MINE}>", [f"<{OTHER}> did nothing: there is such a graph"]),
            (f"MOVE SILENT <{none}> TO <{OTHER}>", [f"found no such graph, so that <{OTHER}> is empty"]),
            (f"DROP SILENT GRAPH <{MINE}> ; DROP SILENT GRAPH <{MINE}>", []),
            (f"CREATE GRAPH <{none}> ; CLEAR SILENT GRAPH <{none}>", []),
            (f"DROP SILENT DEFAULT ; INSERT {{ <a:1> {P} ?x }} WHERE {{ BIND (<a:no>(1) AS ?x) }}", ["no function <a:no>"]),
        ):
            warnings = door.update(text).warnings
            assert [word in warning for word, warning in zip(told, warnings, strict=True)] == [True] * len(told), text


def test_patterns_of_updates_mean_what_the_recommendation_says(made: Path) -> None:
    with door_of(made) as door:
        door.update(f"INSERT {{ <a:1> {P} ?s }} WHERE {{ ?s {P}* <a:nowhere> }}")
    assert "nowhere" in seen(made)[0]


def test_what_changes_nothing_makes_no_revision(made: Path) -> None:
    with door_of(made) as door:
        first = door.update(
            f"INSERT DATA {{ <a:1> {P} 1 . GRAPH <{MINE}> {{ <a:2> {P} 2 . <a:2> {P} 3 }} }} ; CREATE GRAPH <{OTHER}>"
        ).revision
        one, two, three = (f'<a:{min(n, 2)}> {P} "{n}"^^<http://www.w3.org/2001/XMLSchema#integer> .' for n in (1, 2, 3))
        for idle in (
            lambda: door.update(f"INSERT DATA {{ <a:1> {P} 01 . GRAPH <{MINE}> {{ <a:2> {P} 3 }} }} ; INSERT DATA {{}}"),
            lambda: door.update(f"DELETE DATA {{ <a:1> {P} 2 }} ; DELETE DATA {{ GRAPH <{OTHER}> {{ <a:1> {P} 1 }} }}"),
            lambda: door.update("LOAD SILENT <a:document>"),
            lambda: door.put_graph(MINE, triples(f"{two}\n{three}")),
            lambda: door.add_to_graph(MINE, triples(two)),
            lambda: door.put_graph(OTHER, []),
            lambda: door.put_graph(None, triples(one)),
        ):
            assert idle().revision == first
            assert snapshot(made).name == str(first)
        for number, change in enumerate(
            (
                lambda: door.put_graph(MINE, triples(two)),
                lambda: door.add_to_graph(MINE, triples(f"<a:1> {P} _:b .")),
                lambda: door.put_graph("http://example.org/new", []),
                lambda: door.update(f"INSERT DATA {{ <a:1> {P} 1 }} ; DELETE DATA {{ <a:1> {P} 1 }}"),
            ),
            1,
        ):
            revision = change().revision
            assert revision is not None
            assert first is not None
            assert revision.number == first.number + number
    assert union.beside(snapshot(made)) is None


def test_what_was_not_shown_before_is_shown_by_a_change_that_is_none(made: Path) -> None:
    with door_of(made) as door:
        with Writer(made, VERSION) as writer:
            writer.changing()
            writer.database.update(f"INSERT DATA {{ <a:1> {P} 1 }}")
        door.update(f"INSERT DATA {{ <a:1> {P} 1 }}")
    assert len(seen(made)) == 1


def test_a_fault_of_the_store_is_not_told_as_one_of_the_request(made: Path) -> None:
    with door_of(made) as door:
        with pytest.raises(QueryError, match="does not exist"):
            door.update("DROP GRAPH <http://example.org/none>")
        for path in (made / "graph").glob("*.sst"):
            content = bytearray(path.read_bytes())
            content[: len(content) // 2] = bytes(len(content) // 2)
            path.unlink()  # snapshots hold the same file
            path.write_bytes(content)
        with pytest.raises(StoreFailed, match="could not be read or written"):
            door.update("INSERT { ?s <a:new> ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")


def test_an_update_that_takes_too_long_costs_itself_only(made: Path) -> None:
    with door_of(made) as door:
        patient, door.settings = door.settings, replace(door.settings, timeout=1)
        with pytest.raises(QueryTimeout, match="update was stopped after 1 seconds"):
            door.update(ENDLESS)
        door.settings = patient
        door.update(f"INSERT DATA {{ <a:2> {P} 2 }}")
    assert len(seen(made)) == 1


def test_an_update_that_takes_too_much_memory_costs_itself_only(made: Path) -> None:
    with door_of(made, memory=900) as door:
        door.update(f"INSERT DATA {{ <a:1> {P} 1 }}")
        with pytest.raises(QueryTooLarge, match="KG_MEMORY"):
            door.update(HUNGRY)
        door.update(f"INSERT DATA {{ <a:2> {P} 2 }}")
    assert len(seen(made)) == 2


def test_a_graph_is_put_added_to_and_dropped(made: Path) -> None:
    with door_of(made) as door:
        assert door.put_graph(MINE, triples(f"<a:1> {P} _:b .\n_:b {P} <a:2> .")).created is True
        assert door.put_graph(MINE, triples(f'<a:1> {P} _:b .\n<a:3> {P} "x"@en .\n<a:4> {P} "y\\n\\"" .')).created is False
        assert len(seen(made, MINE)) == 3
        assert door.add_to_graph(MINE, triples(f"<a:1> {P} _:b .")).created is False
        assert len(seen(made, MINE)) == 4, "the blank node of another document is another"
        assert door.add_to_graph(OTHER, []).created is True
        assert NamedNode(OTHER) in Store.read_only(str(snapshot(made))).named_graphs()
        assert door.put_graph(MINE, []).created is False
        assert seen(made, MINE) == []
        assert door.put_graph(None, triples(f"<a:1> {P} <a:2> .")).created is False
        assert door.put_graph(None, triples(f"<a:1> {P} <a:3> .")).created is False
        assert len(seen(made)) == 1
        door.delete_graph(None)
        door.delete_graph(MINE)
        for act in (lambda: door.delete_graph(MINE), lambda: door.delete_graph("http://example.org/none")):
            with pytest.raises(NoSuchGraph):
                act()
        for refused in (
            lambda: door.delete_graph(FACTS),
            lambda: door.put_graph(f"{BASE}graph/x", []),
            lambda: door.add_to_graph(FACTS, []),
        ):
            with pytest.raises(GraphRefused):
                refused()
        with pytest.raises(QueryError, match="absolute"):
            door.put_graph("no iri", [])
    assert len(seen(made, FACTS)) == 3


def test_updates_at_once_are_all_carried_out_and_seen(made: Path) -> None:
    with door_of(made) as door, ThreadPoolExecutor(24) as threads:
        start = Revision(snapshot(made).name).number

        def write(number: int) -> Revision:
            revision = door.update(f"INSERT DATA {{ <a:{number}> {P} {number} }}").revision
            assert revision is not None
            assert f"<a:{number}>" in "".join(seen(made)), "acknowledged before readers see it"
            return revision

        given = {revision.number for revision in threads.map(write, range(60))}
        assert len(seen(made)) == 60
        assert snapshot(made).name.startswith(f"{max(given)}-")
        assert max(given) - start == len(given)


def test_updates_that_wait_are_shown_together(made: Path) -> None:
    with door_of(made) as door, ThreadPoolExecutor(24) as threads:
        start = Revision(snapshot(made).name).number
        with Writer(made, VERSION):  # which the first of them waits for, and the others for the first
            asked = []
            for number in range(24):
                asked.append(threads.submit(door.update, f"INSERT DATA {{ <a:{number}> {P} {number} }}"))
                while not door._busy or len(door._waiting) < number:
                    time.sleep(0.01)
        shown = [one.result().revision for one in asked]
        given = sorted(revision.number - start for revision in shown if revision)
    assert given == [1, *[2] * 23]
    assert len(seen(made)) == 24


def test_one_that_fails_fails_alone_among_those_that_are_shown_together(made: Path) -> None:
    with door_of(made, memory=900) as door, ThreadPoolExecutor(9) as threads:
        texts = [f"INSERT DATA {{ <a:{number}> {P} {number} }}" for number in range(6)]
        bad = [
            HUNGRY,
            "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
            "CLEAR ALL",
        ]
        asked = [threads.submit(door.update, text) for text in (*texts[:3], *bad, *texts[3:])]
        kinds = [type(each.exception()) for each in asked]
    assert kinds == [*[type(None)] * 3, QueryTooLarge, GraphRefused, GraphRefused, *[type(None)] * 3]
    assert len(seen(made)) == 6


def test_another_writer_is_waited_for_then_told(made: Path) -> None:
    with door_of(made, timeout=0.5) as door, Writer(made, VERSION), pytest.raises(StoreBusy, match="Another process"):
        door.update(f"INSERT DATA {{ <a:1> {P} 1 }}")


def test_what_an_earlier_run_left_is_mended_first(made: Path) -> None:
    with door_of(made) as door:
        (made / "PENDING").write_bytes(b"")
        door.update(f"INSERT DATA {{ <a:1> {P} 1 }}")
    assert not (made / "PENDING").exists()


def test_users_graphs_outlast_a_graph_made_anew_and_a_copy(made: Path) -> None:
    with door_of(made) as door:
        door.update(f"INSERT DATA {{ <a:1> {P} _:b . GRAPH <{MINE}> {{ <a:2> {P} 2 }} }} ; CREATE GRAPH <{OTHER}>")
    before = sorted_nquads(snapshot(made))
    for act in (lambda w: w.initialise(MADE[:2]), lambda w: w.initialise(MADE), lambda w: w.renew()):
        with Writer(made, VERSION) as writer:
            act(writer)
            writer.publish()
        assert NamedNode(OTHER) in Store.read_only(str(snapshot(made))).named_graphs()
        assert len(seen(made)) == 2
    assert sorted_nquads(snapshot(made)) == before


def test_graphs_made_under_another_base_are_no_users_graphs(made: Path) -> None:
    base = "http://example.org/base/"
    with door_of(made) as door:
        door.update(f"INSERT DATA {{ <a:1> {P} 1 }}")
    with Writer(made, Version(FORMAT, base, "vocabulary", "policy")) as writer:
        writer.initialise([])
        writer.publish()
    assert len(sorted_nquads(snapshot(made))) == 1


def test_what_users_wrote_is_taken_from_the_snapshot_when_the_database_is_damaged(made: Path) -> None:
    with door_of(made) as door:
        door.update(f"INSERT DATA {{ <a:1> {P} 1 }}")
    for path in (made / "graph").iterdir():
        path.unlink()  # the snapshot holds the same files
        path.write_bytes(b"")
    with Writer(made, VERSION) as writer:
        writer.initialise(MADE)
        writer.publish()
    assert len(seen(made)) == 1


def test_stages_that_derive_see_nothing_of_users_graphs(made: Path) -> None:
    with door_of(made) as door:
        door.update(f"COPY <{FACTS}> TO <{MINE}> ; COPY <{FACTS}> TO DEFAULT")
    with Writer(made, VERSION) as writer:
        assert set(writer.store) == set(MADE)
        assert len(list(writer.store.quads_for_pattern(None, None, None))) == len(MADE)
        assert NamedNode(MINE) not in writer.store.named_graphs()
        assert len(set(writer.database)) == len(MADE) + 6


WRITING = r"""
    import sys
    from concurrent.futures import ThreadPoolExecutor
    from pathlib import Path
    from kg.errors import StoreError
    from tests.store.test_updating import door_of, P
    door = door_of(Path(sys.argv[1]))
    def write(number):
        try:
            door.update(f"INSERT DATA {{ <a:{number}> {P} {number} }}")
        except StoreError:
            return
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(int(sys.argv[2]), 100000)))
"""


@pytest.mark.parametrize("whom", ["server", "worker"])
def test_nothing_acknowledged_is_lost_when_processes_are_killed(made: Path, whom: str) -> None:
    root = str(Path(__file__).resolve().parents[2])
    acknowledged: set[str] = set()
    for round in range(2):
        command = [sys.executable, "-c", textwrap.dedent(WRITING), str(made), str(round * 1000)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": root})
        assert process.stdout is not None
        for lines, line in enumerate(process.stdout, 1):
            acknowledged.add(line.strip())
            if whom == "worker" and lines in (6, 15):
                _kill_children(process.pid)
            if lines == 24:
                process.kill()
                break
        acknowledged.update(line.strip() for line in process.stdout if line.endswith("\n"))
        process.wait()
        process.stdout.close()
        there = {line.split("<a:")[1].split(">")[0] for line in seen(made)}
        assert acknowledged <= there
        assert len(acknowledged) >= 24 * (round + 1)


def _kill_children(pid: int) -> None:
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread or a process that has ended meanwhile
            for child in children.read_text().split():
                os.kill(int(child), signal.SIGKILL)


def test_a_door_that_closes_ends_its_process(made: Path) -> None:
    door = door_of(made)
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(door.update, ENDLESS)
        while (process := door._process) is None:
            assert not asked.done()
            time.sleep(0.01)
        door.close()
        assert str(asked.exception(300)).startswith("The update was stopped: the server is shutting down.")
    assert process.pid is None
    assert door._process is None


@pytest.mark.parametrize("closers", [1, 3])
@pytest.mark.parametrize("pause", [0.0, 0.1, 0.4])
def test_a_door_may_be_closed_from_any_thread_at_any_moment(made: Path, closers: int, pause: float) -> None:
    door = door_of(made)
    together = threading.Barrier(closers)

    def close() -> None:
        together.wait()
        door.close()

    with ThreadPoolExecutor(1) as askers, ThreadPoolExecutor(closers) as threads:
        asked = askers.submit(door.update, ENDLESS)
        asked_later = askers.submit(door.update, ENDLESS)
        time.sleep(pause)
        for closed in [threads.submit(close) for _ in range(closers)]:
            closed.result(300)
        for refused in (asked, asked_later):
            assert str(refused.exception(300)).startswith("The update was stopped: the server is shutting down.")
    assert door._process is None


def test_of_a_change_that_was_cut_short_nobody_says_that_it_may_be_tried_again(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with door_of(made) as door:
        door.update(f"INSERT DATA {{ <a:1> {P} 1 }}")
        assert door._process is not None
        process, ask = door._process, door._process.ask

        def ask_and_die(order: Order, seconds: float | None) -> Reply:
            reply = ask(order, seconds)
            if isinstance(order, Update):  # made, and then it dies before it can say so
                process.kill()
                raise EndedError(-signal.SIGKILL, begun=True)
            return reply

        monkeypatch.setattr(process, "ask", ask_and_die)
        with pytest.raises(UncertainChange, match="Look whether") as told:
            door.update(f"INSERT DATA {{ <a:2> {P} 2 }}")
        row = problems.status(told.value)
        assert (row.code, row.retry_after) == (500, None)
        door.update(f"INSERT DATA {{ <a:3> {P} 3 }}")
    assert len(seen(made)) == 3


def test_what_was_made_but_could_not_be_shown_is_told_and_shown_with_the_next(made: Path) -> None:
    with door_of(made) as door:
        before = snapshot(made)
        shutil.move(made / "snapshots", made / "elsewhere")
        (made / "snapshots").write_bytes(b"in the way")
        written = door.update(f"INSERT DATA {{ <a:1> {P} 1 }}")
        assert (written.revision, "next one, but not yet" in written.unseen) == (None, True)
        assert snapshot(made) == before
        (made / "snapshots").unlink()
        shutil.move(made / "elsewhere", made / "snapshots")
        assert seen(made) == []
        door.update(f"INSERT DATA {{ <a:2> {P} 2 }}")
    assert len(seen(made)) == 2


@pytest.mark.parametrize(
    "copy",
    [
        f"INSERT DATA {{ GRAPH <{MINE}> {{ actor:badr isnad:componentOf actor:pmf }} }}",
        "INSERT DATA { actor:badr rdfs:label 'Badr Organization'@en ; a [] }",
        f"INSERT DATA {{ actor:badr isnad:hasStrength '+020000'^^xsd:integer }} ; DELETE DATA {{ <a:1> {P} 1 }}",
        f"ADD <{FACTS}> TO <{MINE}>",
        f"INSERT {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ BIND(<{MINE}> AS ?g) GRAPH <{FACTS}> {{ ?s ?p ?o }} }}",
        None,
    ],
)
def test_however_a_triple_comes_to_stand_twice_it_is_seen(made: Path, copy: str | None) -> None:
    with door_of(made) as door:
        door.update(f"INSERT DATA {{ <a:1> {P} 1 . GRAPH <{MINE}> {{ <a:2> {P} <<( <a:1> {P} 'x'@en--ltr )>> }} }}")
        assert union.beside(snapshot(made)) is None
        if copy is None:
            door.add_to_graph(MINE, [quad.triple for quad in MADE])
        else:
            door.update(copy)
        door.update(f"INSERT DATA {{ _:new {P} _:other }} ; CREATE GRAPH <{OTHER}>")
        beside = union.beside(snapshot(made))
        assert beside is not None
        united = Store.read_only(str(beside))
        whole = {quad.triple for quad in Store.read_only(str(snapshot(made)))}
        assert {quad.triple for quad in united.quads_for_pattern(None, None, None, DefaultGraph())} == whole
        assert NamedNode(OTHER) in united.named_graphs()
        door.update(f"DROP SILENT GRAPH <{MINE}> ; CLEAR DEFAULT")
    assert union.beside(snapshot(made)) is None


def test_a_literal_is_a_literal(made: Path) -> None:
    with door_of(made) as door:
        door.put_graph(MINE, [Triple(NamedNode("a:1"), NamedNode("a:p"), Literal("} ; CLEAR ALL # ", language="en"))])
        door.put_graph(MINE, [Triple(NamedNode("a:1"), NamedNode("a:p"), Literal('"} ; CLEAR ALL # \\'))])
    assert len(seen(made, MINE)) == 1
    assert len(seen(made, FACTS)) == 3


def test_a_reader_still_finds_the_snapshot_that_it_has_just_learnt_of(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "KEPT_SECONDS", 1e6)
    learnt = snapshot(made)
    with Writer(made, VERSION) as writer:
        for _ in range(6):
            writer.publish()
    assert len(opened(str(learnt)).store) == len(MADE)
    for path in (made / "snapshots").iterdir():
        os.utime(path, (1, 1))
    with Writer(made, VERSION) as writer:
        writer.publish()
    assert not learnt.exists()


def test_a_snapshot_that_is_being_dropped_is_none(made: Path) -> None:
    with door_of(made) as door:
        door.update(f"COPY <{FACTS}> TO <{MINE}>")
    learnt = snapshot(made)
    assert opened(str(learnt)).united is not None
    next(learnt.glob("*.sst")).unlink()
    with pytest.raises(OSError, match=r"\."):
        opened(str(learnt))


@pytest.mark.parametrize("opened", [False, True])
def test_a_process_that_dies_before_it_meets_an_update_is_replaced(made: Path, monkeypatch: pytest.MonkeyPatch, opened: bool) -> None:
    with door_of(made) as door:
        door.update(f"INSERT DATA {{ <a:0> {P} 0 }}")
        begin = door._begin

        def begin_and_die() -> None:
            monkeypatch.undo()
            if opened:
                begin()
            assert door._process is not None
            door._process.kill()
            while door._process.pid is not None:
                pass
            if not opened:
                begin()

        monkeypatch.setattr(door, "_begin", begin_and_die)
        door.update(f"INSERT DATA {{ <a:1> {P} 1 }}")
    assert len(seen(made)) == 2


def test_no_update_is_refused_for_what_earlier_ones_have_used(made: Path) -> None:
    doubled = " ".join(f"BIND(CONCAT(?v{number}, ?v{number}) AS ?v{number + 1})" for number in range(23))
    large = f"INSERT {{ <a:1> {P} ?n }} WHERE {{ BIND('0123456789' AS ?v0) {doubled} BIND(STRLEN(?v23) AS ?n) }}"
    with door_of(made, memory=700) as door:
        for _ in range(4):
            door.update(large)
        for number in range(40):
            door.update(f"INSERT DATA {{ <a:2> {P} {number} }}")
            assert door._process is None or door._process.pid is None or space_of(door._process.pid) < 700 << 20
    assert len(seen(made)) == 41


def space_of(pid: int) -> int:
    """Bytes of address space that a process has."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[0]) * resource.getpagesize()


def test_a_process_that_cannot_be_started_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    with door_of(tmp_path) as door, pytest.raises(StoreError, match="cannot be started"):
        door.update("CLEAR DEFAULT")
