"""Revisions kept by name: they stay as they are, can be brought back, go into backups; only takedowns change them."""

from __future__ import annotations

import io
import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from kg.cli import main
from kg.errors import BadBackup, BadRevision, StoreError, UnknownRevision
from kg.store import backup, embedded, keeping, restoring, retention, revisions, union
from kg.store.embedded import Writer
from kg.store.revisions import revision

from .conftest import PLAIN, ROLES, lines, pipeline, raw
from .takendown import NAME, articles, found

WHO, DAY = "The archive's editor", "2024-07-01"
MINE = NamedNode("http://example.org/mine")


def run(folder: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["--store", str(folder), *map(str, arguments)])


def written(folder: Path, *quads: Quad) -> None:
    """Lets users write quads."""
    with pipeline(folder).writer() as writer:
        writer.changing().note_users(None)
        writer.database.extend(quads)
        writer.publish()


def mine(words: str, graph: NamedNode | DefaultGraph = MINE) -> Quad:
    return Quad(NamedNode("http://example.org/a"), NamedNode("http://example.org/p"), Literal(words), graph)


def writer(folder: Path) -> Writer:
    return pipeline(folder).writer()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one report, something of a user's, kept as `first`; then another report and something else of the user's."""
    folder = tmp_path_factory.mktemp("told") / "s"
    pipeline(folder).add([raw("roles.txt", ROLES)])
    written(folder, mine("one"), mine("alone", DefaultGraph()))
    assert run(folder, "snapshot", "first", "--note", "For the paper").exit_code == 0
    pipeline(folder).add([raw("plain.txt", PLAIN)])
    written(folder, mine("two"))
    return folder


@pytest.fixture
def folder(told: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(told, tmp_path / "s"))


def test_a_kept_revision_stays_as_it_is_while_the_graph_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "KEPT_SECONDS", 0)
    first = embedded.sorted_nquads(revision(folder, "first"))
    for words in "abcde":
        written(folder, mine(words))
    assert embedded.sorted_nquads(revision(folder, "first")) == first
    assert first != lines(folder)
    assert revision(folder, "first").name in {path.name for path in (folder / "snapshots").iterdir()}
    assert revision(folder, embedded.snapshot(folder).name) == embedded.snapshot(folder)
    assert len(list((folder / "snapshots").iterdir())) == retention.KEPT_SNAPSHOTS + 1
    assert run(folder, "export", "--revision", "first").stdout_bytes == b"".join(first)
    listed = run(folder, "snapshot").stdout
    assert "first" in listed
    assert "For the paper" in listed
    assert run(folder, "snapshot", "first", "--drop").exit_code == 0
    assert len(list((folder / "snapshots").iterdir())) == retention.KEPT_SNAPSHOTS
    with pytest.raises(UnknownRevision):
        revision(folder, "first")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("snapshot", "first"), "keeps revision"),
        (("snapshot", "../x"), "no name for a revision"),
        (("snapshot", "12-00000000"), "no name for a revision"),
        (("snapshot", ".x"), "no name for a revision"),
        (("snapshot", "--drop"), "Name the revision"),
        (("snapshot", "--drop", "frist"), "Did you mean first"),
        (("restore", "frist"), "Did you mean first"),
        (("export", "--revision", "99-00000000"), "No revision"),
    ],
)
def test_what_cannot_be_kept_or_found_is_told(told: Path, arguments: tuple[str, ...], words: str) -> None:
    result = run(told, *arguments)
    assert result.exit_code == 2
    assert words in result.output


def test_keeping_in_an_empty_store_says_what_to_run(tmp_path: Path) -> None:
    result = run(tmp_path / "none", "snapshot", "first")
    assert (result.exit_code, "kg add" in result.output) == (3, True)
    assert not (tmp_path / "none").exists()


def records(folder: Path) -> set[str]:
    return {record.name for record in pipeline(folder).writer().documents}


def test_a_revision_is_restored_with_its_articles_and_the_present_one_is_kept(folder: Path) -> None:
    first, last = embedded.sorted_nquads(revision(folder, "first")), lines(folder)
    number = embedded.snapshot(folder).name
    result = run(folder, "restore", "first")
    assert result.exit_code == 0, result.output
    assert lines(folder) == first
    assert int(embedded.snapshot(folder).name.split("-")[0]) == int(number.split("-")[0]) + 1
    assert records(folder) == {"roles.txt"}
    before = result.output.split()[-1].rstrip(".")
    assert embedded.sorted_nquads(revision(folder, before)) == last
    pipeline(folder).rebuild()
    assert lines(folder) == first, "documents and graph are of one another"
    assert run(folder, "restore", before).exit_code == 0
    assert lines(folder) == last
    assert records(folder) == {"roles.txt", "plain.txt"}


@pytest.mark.long
def test_texts_that_only_a_kept_revision_needs_are_not_dropped(folder: Path) -> None:
    with writer(folder) as held:
        keeping.keep(held, "both", DAY)
    both = lines(folder)
    pipeline(folder).remove("plain.txt")
    pipeline(folder).rebuild()
    assert run(folder, "restore", "both").exit_code == 0
    pipeline(folder).rebuild()
    assert lines(folder) == both


@pytest.mark.long
def test_restoring_that_is_cut_short_is_finished_by_whoever_opens_the_store(folder: Path) -> None:
    first = embedded.sorted_nquads(revision(folder, "first"))
    passed: list[str] = []

    class CutError(Exception):
        pass

    def restored(at: int, copy: Path) -> None:
        passed.clear()

        def boundary(name: str) -> None:
            passed.append(name)
            if len(passed) == at:
                raise CutError

        held = pipeline(copy).writer()
        held._boundary = boundary
        with held:
            restoring.restore(held, "first")

    restored(-1, Path(shutil.copytree(folder, folder.with_name("whole"))))
    count = len(passed)
    assert count > 10
    for at in range(2, count + 1, 3):
        copy = Path(shutil.copytree(folder, folder.with_name(f"cut-{at}")))
        with pytest.raises(CutError):
            restored(at, copy)
        with writer(copy):
            pass
        assert lines(copy) == first, passed[at - 1]
        assert records(copy) == {"roles.txt"}
        assert not (copy / "RESTORING").exists()
        assert not (copy / "PENDING").exists()
        shutil.rmtree(copy)


# -- rebuilding and users' graphs ----------------------------------------------------------------------------------------------------


@pytest.mark.long
def test_a_rebuild_keeps_what_users_wrote_and_rests_nothing_on_it(folder: Path) -> None:
    before = lines(folder)
    copied = [Quad(quad.subject, quad.predicate, quad.object, MINE) for quad in Store.read_only(str(embedded.snapshot(folder)))]
    written(folder, *copied)
    assert union.beside(embedded.snapshot(folder)) is not None
    overlapping = lines(folder)
    pipeline(folder).rebuild()
    assert lines(folder) == overlapping
    pipeline(folder).remove("roles.txt")
    pipeline(folder).add([raw("roles.txt", ROLES)])
    assert lines(folder) == overlapping
    made, users = (run(folder, "export", "--of", whose).stdout_bytes.splitlines(keepends=True) for whose in ("made", "users"))
    assert made == [line for line in before if b"/graph/" in line.split(b" ")[-2]]
    assert sorted([*made, *users]) == overlapping


# -- takedowns -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.long
def test_a_takedown_reaches_users_graphs_and_kept_revisions(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    pipeline(folder).add(articles())
    person = NamedNode("http://example.org/person/zaynab-qadir-al-rashid")
    name = NamedNode("http://example.org/name")
    written(
        folder,
        Quad(person, name, Literal(NAME, language="ar"), MINE),
        Quad(person, name, Literal("somebody else"), NamedNode("http://example.org/Zaynab_Qadir_al-Rashid/graph")),
        Quad(NamedNode("http://example.org/b"), name, Triple(person, name, Literal(NAME)), DefaultGraph()),
        Quad(NamedNode("http://example.org/b"), name, Literal("1", datatype=NamedNode("http://example.org/zaynab-qadir-al-rashid")), MINE),
        mine("untouched"),
    )
    with writer(folder) as held:
        keeping.keep(held, "first", DAY, f"With {NAME}")
        keeping.keep(held, "again", DAY)
    before = revision(folder, "first").name
    shutil.copytree(folder / "snapshots" / before, folder / ".backup-cut" / "snapshots" / before)
    pipeline(folder).remove("teacher.txt")
    outcomes = pipeline(folder).takedown(NAME, WHO, DAY)
    assert str(MINE.value) in {outcome.name for outcome in outcomes}
    assert found(folder) == []
    kept = {named.name: named for named in revisions.named(folder)}
    assert [kept[name].rewritten for name in ("again", "first")] == [1, 1]
    assert kept["first"].tag != before
    assert kept["first"].note == "With [name removed]"
    shown = [str(quad) for quad in Store.read_only(str(embedded.snapshot(folder))).quads_for_pattern(None, None, None, MINE)]
    assert len(shown) == 3
    assert sum("untouched" in line for line in shown) == 1
    assert sum("[name removed]" in line and "person/name-removed" in line for line in shown) == 1
    assert run(folder, "restore", "first").exit_code == 0
    assert "teacher.txt" in records(folder)
    assert found(folder) == []
    graph = lines(folder)
    pipeline(folder).rebuild()
    assert found(folder) == []
    assert len(lines(folder)) > len(graph) // 2
    pipeline(folder).add(articles()[:1], force=True)
    assert found(folder) == [], "a name that was taken down before the revision was restored is kept out"


# -- backups -------------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def backed(told: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backed") / "isnad.tar"
    result = run(told, "backup", file)
    assert result.exit_code == 0, result.output
    return file


def test_a_backup_brings_the_whole_store_back(told: Path, backed: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert run(other, "restore", backed).exit_code == 0
    assert lines(other) == lines(told)
    assert embedded.sorted_nquads(revision(other, "first")) == embedded.sorted_nquads(revision(told, "first"))
    assert {record.article: record for record in writer(other).documents} == {record.article: record for record in writer(told).documents}
    assert (other / "VERSION").read_bytes() == (told / "VERSION").read_bytes()
    pipeline(other).rebuild()
    assert lines(other) == lines(told)
    assert run(other, "restore", "first").exit_code == 0
    assert records(other) == {"roles.txt"}
    assert backed.stat().st_mode & 0o077 == 0
    assert not [path for path in told.iterdir() if path.name.startswith(".backup")]


@pytest.mark.long
def test_what_was_deleted_is_in_no_backup(tmp_path: Path) -> None:
    folder, file = tmp_path / "s", tmp_path / "b.tar"
    pipeline(folder).add(articles())
    pipeline(folder).takedown(NAME, WHO, DAY)
    assert run(folder, "backup", file).exit_code == 0
    assert run(tmp_path / "other", "restore", file).exit_code == 0
    assert found(tmp_path / "other") == []
    pipeline(tmp_path / "other").add(articles())
    assert found(tmp_path / "other") == [], "the key by which the name is recognised came with it"


@pytest.mark.long
def test_a_backup_is_made_while_another_reads_and_the_store_goes_on(folder: Path, tmp_path: Path) -> None:
    written(folder, mine("alone"))
    with writer(folder) as held:
        keeping.keep(held, "overlapping", DAY)
        keeping.keep(held, "again", DAY)
    shown, before = Store.read_only(str(embedded.snapshot(folder))), lines(folder)
    backup.backup(writer(folder), tmp_path / "b.tar")
    written(folder, mine("three"))
    assert len(shown) == len(before)
    other = tmp_path / "other"
    backup.restore(tmp_path / "b.tar", other)
    assert lines(other) == before
    assert [union.beside(revision(other, name)) is not None for name in ("again", "first", "overlapping")] == [True, False, True]
    assert union.beside(embedded.snapshot(other)) is not None


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def flipped(data: bytes) -> bytes:
    return data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 255]) + data[len(data) // 2 + 1 :]


@pytest.mark.parametrize("spoil", [cut, flipped, lambda _: b"", lambda _: b"no tar" * 1000, lambda data: data[20_480:]])
def test_a_backup_that_is_damaged_is_refused_and_nothing_is_made(backed: Path, tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    file, other = tmp_path / "bad.tar", tmp_path / "folder" / "other"
    file.write_bytes(spoil(backed.read_bytes()))
    with pytest.raises(BadBackup):
        backup.restore(file, other)
    assert not other.parent.exists() or not list(other.parent.iterdir())


def test_a_backup_that_would_write_elsewhere_is_refused(backed: Path, tmp_path: Path) -> None:
    file = tmp_path / "bad.tar"
    with tarfile.open(backed) as good, tarfile.open(file, "w") as bad:
        for member in good:
            source = good.extractfile(member)
            assert source is not None
            data = source.read()
            if member.name == backup.CONTENTS:
                data = json.dumps(
                    json.loads(data) | {"members": {"../out": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}}
                ).encode()
                member.size = len(data)
                bad.addfile(member, io.BytesIO(data))
        bad.addfile(tarfile.TarInfo("../out"))
    with pytest.raises(BadBackup, match="elsewhere"):
        backup.restore(file, tmp_path / "deep" / "other")
    assert not (tmp_path / "deep" / "out").exists()


def test_a_backup_goes_into_an_empty_folder_only(told: Path, backed: Path) -> None:
    before = lines(told)
    result = run(told, "restore", backed)
    assert (result.exit_code, "not empty" in result.output) == (3, True)
    assert lines(told) == before
    with pytest.raises(StoreError):
        backup.restore(backed, told)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    result = run(tmp_path / "s", "restore", tmp_path / "none.tar")
    assert result.exit_code == 1
    assert "none.tar" in result.output
    assert not (tmp_path / "s").exists()


def test_an_unfinished_store_keeps_no_revision(folder: Path) -> None:
    (folder / "PENDING").write_bytes(b"")
    with writer(folder) as held, pytest.raises(BadRevision, match="cut short"):
        keeping.keep(held, "second", DAY)
