"""Killed at any boundary, the store reopens consistent, and a rerun ends in the same bytes.

A child is killed with SIGKILL before and after every step that reaches the disk.  Children are forked from a server that has never opened a
store: the engine's threads do not survive a fork.
"""

from __future__ import annotations

import multiprocessing
import shutil
import signal
from collections.abc import Callable
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from kg import settings
from kg.pipeline import Pipeline

from . import nursery
from .conftest import lines, pipeline
from .takendown import articles, found


@pytest.fixture(scope="module")
def fork() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([nursery.__name__])
    return context


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with nothing but the vocabulary, to begin from."""
    folder = tmp_path_factory.mktemp("start") / "s"
    pipeline(folder).add([])
    return folder


def boundaries(folder: Path, act: str) -> list[str]:
    """The names of all boundaries that an act passes."""
    passed: list[str] = []
    nursery.ACTS[act](Pipeline(settings.read({}, store=folder), boundary=passed.append))
    return passed


def killed_at(fork: ForkServerContext, folder: Path, act: str, number: int) -> None:
    child = fork.Process(target=nursery.killed, args=(folder, act, number))
    child.start()
    child.join(120)
    assert child.exitcode == -signal.SIGKILL, "the act must pass the boundary at which it is to be killed"


def check(
    fork: ForkServerContext,
    tmp_path: Path,
    start: Path | None,
    act: str,
    allowed: Callable[[list[bytes], list[bytes]], bool],
    then: Callable[[Path], None] = lambda _: None,
) -> None:
    """Kills the act at each of its boundaries, where one comes again and again at its first and its last; readers see only `allowed` states, and a rerun
    ends in the same bytes; `then` looks on."""
    whole = tmp_path / "whole"
    if start:
        shutil.copytree(start, whole)
    names = boundaries(whole, act)
    wanted = lines(whole)
    assert len(names) > 8
    last = len(names) - 1
    for number in sorted({place for name in names for place in (names.index(name), last - names[::-1].index(name))}):
        name = names[number]
        if name.startswith("before ") and number and names[number - 1].startswith("after "):
            continue  # nothing reaches the disk between the two: a kill there is that of the boundary ahead of it
        folder = tmp_path / f"killed-{number}"
        if start:
            shutil.copytree(start, folder)
        killed_at(fork, folder, act, number)
        found = lines(folder) if (folder / "CURRENT").exists() else None
        assert found is None or allowed(found, wanted), f"a reader sees something half done after a kill at {name!r}"
        nursery.ACTS[act](pipeline(folder))
        assert lines(folder) == wanted, f"a rerun after a kill at {name!r} ends in another graph"
        assert not (folder / "PENDING").exists()
        then(folder)
        shutil.rmtree(folder)


@pytest.mark.long
def test_adding_to_nothing_survives_a_kill_at_every_boundary(fork: ForkServerContext, tmp_path: Path) -> None:
    check(fork, tmp_path, None, "adding", lambda found, wanted: found == wanted)


@pytest.mark.long
def test_adding_survives_a_kill_at_every_boundary(fork: ForkServerContext, tmp_path: Path, start: Path) -> None:
    empty = lines(start)
    check(fork, tmp_path, start, "adding", lambda found, wanted: found in (empty, wanted))


@pytest.mark.long
def test_removing_survives_a_kill_at_every_boundary(fork: ForkServerContext, tmp_path: Path, populated: Path) -> None:
    full = lines(populated)
    check(fork, tmp_path, populated, "removing", lambda found, wanted: found in (full, wanted))


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory, populated: Path) -> Path:
    """The populated store with judgements."""
    folder = tmp_path_factory.mktemp("judged") / "s"
    shutil.copytree(populated, folder)
    nursery.judging(pipeline(folder))
    return folder


@pytest.mark.long
def test_judging_survives_a_kill_at_every_boundary(fork: ForkServerContext, tmp_path: Path, populated: Path, judged: Path) -> None:
    before, after = lines(populated), lines(judged)
    assert before != after
    check(fork, tmp_path, populated, "judging", lambda found, wanted: wanted == after and found in (before, after))


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a name that is to be taken down."""
    folder = tmp_path_factory.mktemp("named") / "s"
    pipeline(folder).add(articles())
    return folder


@pytest.mark.long
@pytest.mark.parametrize("act", ["superseding", "retracting"])
def test_correcting_survives_a_kill_at_every_boundary(fork: ForkServerContext, tmp_path: Path, named: Path, act: str) -> None:
    full = lines(named)
    check(fork, tmp_path, named, act, lambda found, wanted: found in (full, wanted))


def nowhere(folder: Path) -> None:
    assert found(folder) == []
    assert not (folder / "PURGE").exists()


@pytest.mark.long
def test_a_takedown_survives_a_kill_at_every_boundary(fork: ForkServerContext, tmp_path: Path, named: Path) -> None:
    full = lines(named)
    check(fork, tmp_path, named, "taking down", lambda found, wanted: found in (full, wanted), nowhere)


@pytest.mark.long
@pytest.mark.parametrize("boundary", ["after purge", "old graph aside", "after current"])
def test_a_takedown_cut_short_is_finished_by_whoever_writes_next(
    fork: ForkServerContext, tmp_path: Path, named: Path, boundary: str
) -> None:
    whole, folder = tmp_path / "whole", tmp_path / "s"
    for copy in (whole, folder):
        shutil.copytree(named, copy)
    number = boundaries(whole, "taking down").index(boundary)
    killed_at(fork, folder, "taking down", number)
    pipeline(folder).add([])
    assert lines(folder) == lines(whole)
    nowhere(folder)


@pytest.mark.long
def test_withdrawing_survives_a_kill_at_every_boundary(fork: ForkServerContext, tmp_path: Path, judged: Path) -> None:
    before = lines(judged)
    check(fork, tmp_path, judged, "withdrawing", lambda found, wanted: wanted != before and found in (before, wanted))


@pytest.mark.long
def test_rebuilding_with_judgements_survives_a_kill_at_every_boundary(fork: ForkServerContext, tmp_path: Path, judged: Path) -> None:
    full = lines(judged)
    check(fork, tmp_path, judged, "rebuilding", lambda found, _: found == full)


@pytest.mark.long
def test_rebuilding_survives_survives_a_kill_at_every_boundary(fork: ForkServerContext, tmp_path: Path, populated: Path) -> None:
    full = lines(populated)
    check(fork, tmp_path, populated, "rebuilding", lambda found, _: found == full)


def test_what_a_kill_left_undone_is_made_good_by_the_next_writer(fork: ForkServerContext, tmp_path: Path, start: Path) -> None:
    """Between an article's documents and its graph: whatever the next writer came for, it brings the graph in line with the documents."""
    whole, folder = tmp_path / "whole", tmp_path / "s"
    for copy in (whole, folder):
        shutil.copytree(start, copy)
    number = boundaries(whole, "adding").index("before update")
    killed_at(fork, folder, "adding", number)
    assert (folder / "PENDING").exists()
    with pipeline(folder).writer() as writer:
        kept = {record.name for record in writer.documents}
    assert len(kept) == 1, "one article's documents were kept before the kill"
    pipeline(folder).add([])
    other = tmp_path / "other"
    pipeline(other).add([r for r in (nursery.raw("strike.txt", nursery.STRIKE), nursery.raw("roles.txt", nursery.ROLES)) if r.name in kept])
    assert lines(folder) == lines(other)
