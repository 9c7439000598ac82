from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from kg.errors import FileTooLarge, SettingError, SourceError, UnreadableFile
from kg.model import Metadata, Raw
from kg.sources import gather

from .making import BODY

LIMIT = 1_000_000


def names(*paths: Path, limit: int = LIMIT) -> list[str]:
    found = list(gather(paths, None, limit))
    assert all(isinstance(raw, Raw) for raw in found), found
    return [raw.name for raw in found]


def refused(path: Path, limit: int = LIMIT) -> SourceError:
    (found,) = gather([path], None, limit)
    assert isinstance(found, SourceError)
    return found


def test_a_folder_is_read_to_any_depth_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.html", "a/deeper/y.txt", "c", "Z.TXT"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(BODY)
    assert names(tmp_path) == ["Z.TXT", "a/deeper/y.txt", "a/z.html", "b.txt", "c"]


def test_hidden_files_sidecars_and_readmes_are_passed_over(tmp_path: Path) -> None:
    beside = ("README.md", "metadata.yaml", "sub/metadata.yaml", "sub/readme.md", "__init__.py", "__pycache__/a.pyc", "rows.yaml")
    for name in (".hidden.txt", ".git/config", "kept.txt", *beside):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("" if name.endswith("yaml") else BODY)
    assert names(tmp_path) == ["kept.txt"]


def test_a_program_that_the_user_names_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(BODY)
    assert names(tmp_path / "a.py") == ["a.py"]


def test_a_sidecar_under_another_name_is_reported(tmp_path: Path) -> None:
    (tmp_path / "metadata.yml").write_text("a.txt: {publisher: The Plain}")
    assert "metadata.yaml" in refused(tmp_path).reason


def test_files_keep_the_order_in_which_they_are_given_and_come_once(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(BODY)
    assert names(tmp_path / "b.txt", tmp_path / "a.txt", tmp_path / "b.txt", tmp_path) == ["b.txt", "a.txt"]


def test_a_folder_without_articles_gives_nothing(tmp_path: Path) -> None:
    assert names(tmp_path) == []


def test_a_missing_path_is_unreadable(tmp_path: Path) -> None:
    wrong = refused(tmp_path / "nowhere.txt")
    assert isinstance(wrong, UnreadableFile)
    assert "no such file" in wrong.reason


@pytest.mark.parametrize("name", ["a\0b.txt", "x" * 5000])
def test_an_impossible_path_is_unreadable(tmp_path: Path, name: str) -> None:
    assert isinstance(refused(tmp_path / name), UnreadableFile)


def test_a_link_to_nothing_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    wrong = refused(tmp_path)
    assert isinstance(wrong, UnreadableFile)
    assert "link to nothing" in wrong.reason


def test_a_link_to_itself_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "link.txt")
    assert isinstance(refused(tmp_path / "link.txt"), UnreadableFile)


def test_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/a.txt").write_text(BODY)
    (tmp_path / "b.txt").symlink_to(tmp_path / "sub/a.txt")
    assert names(tmp_path) == ["b.txt", "sub/a.txt"]


def test_a_folder_within_itself_by_a_link_is_entered_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "loop").symlink_to(tmp_path)
    assert names(tmp_path) == ["a.txt"]


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "pipe" in refused(tmp_path).reason


def test_a_device_is_refused() -> None:
    assert "device" in refused(Path("/dev/null")).reason


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket may not be long
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.txt")
        assert "socket" in refused(Path("s.txt")).reason


def test_a_huge_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as handle:
        handle.truncate(100_000_000)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("opened"))
    wrong = refused(huge, 20_000_000)
    assert isinstance(wrong, FileTooLarge)
    assert "100 MB" in wrong.reason
    assert "20 MB" in wrong.reason


def test_the_limit_itself_is_not_above_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a" * 100)
    assert names(tmp_path, limit=100) == ["a.txt"]
    assert isinstance(refused(tmp_path, limit=99), FileTooLarge)


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    growing = tmp_path / "a.txt"
    growing.write_bytes(b"a" * 100)
    before = growing.stat()
    growing.write_bytes(b"a" * 300)
    monkeypatch.setattr(Path, "stat", lambda *_, **__: before)
    assert isinstance(refused(growing, 200), FileTooLarge)


def test_a_file_that_may_not_be_read_is_listed_and_the_rest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(BODY)
    opened = Path.open

    def guarded(path: Path, *given: object) -> object:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return opened(path, *given)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", guarded)
    first, second = gather([tmp_path], None, LIMIT)
    assert isinstance(first, UnreadableFile)
    assert "may not be read" in first.reason
    assert isinstance(second, Raw)


def test_a_folder_that_may_not_be_read_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    assert isinstance(refused(tmp_path), UnreadableFile)


def test_a_name_that_is_no_text_is_written_out(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.txt")).write_text(BODY)
    except OSError:
        pytest.skip("this file system has names of text only")
    assert names(tmp_path) == ["a\\xff.txt"]


def test_options_stand_for_what_the_user_says(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    options = Metadata(url="https://example.org/a?utm_source=x", publisher="The Plain", published="2024-05-01")
    (raw,) = gather([tmp_path / "a.txt"], options, LIMIT)
    assert isinstance(raw, Raw)
    assert raw.metadata.url == "https://example.org/a"
    assert raw.metadata.published_evidence == "dateline-evidence/option"


@pytest.mark.parametrize(
    ("options", "says"),
    [(Metadata(published="03/04/2024"), "EDTF"), (Metadata(published="2024-02-30"), "EDTF"), (Metadata(url="example"), "http")],
)
def test_options_that_say_nothing_are_refused_at_once(options: Metadata, says: str) -> None:
    with pytest.raises(SettingError, match=says):
        gather([], options, LIMIT)
