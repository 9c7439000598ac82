"""Files: the raw articles of files and folders, each with what its sidecar and the user's options say of it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from kg.errors import BadSidecar, FileTooLarge, SettingError, SourceError, UnreadableFile
from kg.model import Metadata, Raw
from kg.sources import urls
from kg.sources.sidecar import NAME as SIDECAR
from kg.sources.sidecar import Sidecar, published, sidecar

# What a folder of articles may hold beside them; a user who names such a file has it read.
_PASSED_OVER: Final = frozenset({SIDECAR, "readme.md", "__pycache__"})
_PROGRAMS: Final = frozenset({".py", ".pyc", ".pyi", ".sh", ".toml", ".ini", ".cfg", ".yaml", ".yml", ".css", ".js", ".ttl", ".rq"})
_MISSPELT: Final = frozenset({"metadata.yml", "metadata.yaml.txt", "metadata.txt"})
_OTHERWISE: Final = (
    (stat.S_ISFIFO, "is a pipe, not a file."),
    (stat.S_ISSOCK, "is a socket, not a file."),
    (stat.S_ISCHR, "is a device, not a file."),
    (stat.S_ISBLK, "is a device, not a file."),
    (stat.S_ISDIR, "is a folder, not a file."),
)
_LARGEST_SIDECAR = 4_000_000

Found = Raw | SourceError


def gather(paths: Iterable[Path | str], metadata: Metadata | None, max_bytes: int) -> Iterator[Found]:
    """The raw articles of files and folders in a fixed order: as the paths are given, folders by name and to any depth.

    Hidden files, sidecars, READMEs and programs in a folder are passed over. What cannot be read is given as the SourceError that says
    why, in its place.
    `metadata` are the user's options: they outrank the sidecar beside a file. A file larger than `max_bytes` is not read.
    Raises SettingError at once when an option does not say what it should.
    """
    return _Walk(_options(metadata), max_bytes).gathered([Path(path) for path in paths])


def _options(given: Metadata | None) -> Metadata | None:
    """The options, checked and in their canonical form."""
    if given is None:
        return None
    url, day = None, None
    if given.url is not None:
        url = urls.canonical(given.url)
        if url is None:
            raise SettingError(f"The url {given.url!r} is no http(s) address.")
    if given.published is not None:
        try:
            day = published(given.published)
        except ValueError as wrong:
            raise SettingError(f"The day of publication {wrong}.") from wrong
    return replace(given, url=url, published=day)


@dataclass(slots=True)
class _Walk:
    """One walk over files and folders; each file is met once, however many paths lead to it."""

    options: Metadata | None
    max_bytes: int
    met: set[str] = field(default_factory=set)
    sidecars: dict[Path, Sidecar | BadSidecar] = field(default_factory=dict)

    def gathered(self, paths: Iterable[Path]) -> Iterator[Found]:
        """All that the paths lead to."""
        for path in paths:
            yield from self._any(path, _shown(Path(path.name or path)), within="")

    def _any(self, path: Path, name: str, within: str) -> Iterator[Found]:
        """What one path leads to; `name` is that of a file, `within` what the names of a folder's files begin with."""
        try:
            status = path.stat()
            place = str(path.resolve() if stat.S_ISDIR(status.st_mode) else path.absolute())
        except (OSError, ValueError) as wrong:
            yield UnreadableFile(_shown(path), _why(path, wrong))
            return
        if place in self.met:  # given twice, or a folder within itself by a link
            return
        self.met.add(place)
        if stat.S_ISDIR(status.st_mode):
            yield from self._folder(path, within)
        else:
            yield self._file(path, name, status)

    def _folder(self, folder: Path, within: str) -> Iterator[Found]:
        """What a folder holds, by name."""
        try:
            names = sorted(entry.name for entry in os.scandir(folder))
        except OSError as wrong:
            yield UnreadableFile(_shown(folder), _why(folder, wrong))
            return
        beside = self._sidecar(folder)
        if isinstance(beside, BadSidecar):
            yield beside
        for name in names:
            if name.lower() in _MISSPELT:
                yield BadSidecar(_shown(folder / name), f"is not read; call it {SIDECAR} if it says what is known of the files beside it.")
            elif not _passed_over(name):
                shown = f"{within}{_shown(Path(name))}"
                yield from self._any(folder / name, shown, f"{shown}/")
        if isinstance(beside, Sidecar):
            for name in sorted({*beside.rows, *beside.wrong} - set(names)):
                yield BadSidecar(_shown(folder / SIDECAR), f"{name}: there is no such file in the folder.")

    def _file(self, path: Path, name: str, status: os.stat_result) -> Found:
        """One file's raw article, or why there is none."""
        shown = _shown(path)
        otherwise = next((reason for test, reason in _OTHERWISE if test(status.st_mode)), None)
        if otherwise:
            return UnreadableFile(shown, otherwise)
        if status.st_size > self.max_bytes:
            return FileTooLarge(shown, f"has {_size(status.st_size)}; the limit is {_size(self.max_bytes)} (KG_MAX_FILE).")
        beside = self._beside(path)
        if isinstance(beside, BadSidecar):
            return BadSidecar(shown, f"not read, since the {SIDECAR} beside it cannot be used: {beside.reason}")
        try:
            with path.open("rb") as handle:
                data = handle.read(self.max_bytes + 1)
        except OSError as wrong:
            return UnreadableFile(shown, _why(path, wrong))
        if len(data) > self.max_bytes:
            return FileTooLarge(shown, f"has more than {_size(self.max_bytes)}, the limit (KG_MAX_FILE).")
        return Raw(name, data, _outranked(beside, self.options))

    def _beside(self, path: Path) -> Metadata | BadSidecar:
        """What the sidecar in the file's folder says of it."""
        beside = self._sidecar(path.parent)
        if isinstance(beside, BadSidecar):
            return beside
        return beside.wrong.get(path.name) or beside.rows.get(path.name, Metadata())

    def _sidecar(self, folder: Path) -> Sidecar | BadSidecar:
        """The sidecar of a folder, read once; an empty one where there is none."""
        if folder not in self.sidecars:
            self.sidecars[folder] = _sidecar(folder / SIDECAR, _shown(folder / SIDECAR))
        return self.sidecars[folder]


def _sidecar(path: Path, name: str) -> Sidecar | BadSidecar:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST_SIDECAR:
            return BadSidecar(name, "is no file of a sidecar's size.")
        return sidecar(name, path.read_bytes())
    except FileNotFoundError:
        return Sidecar({}, {})
    except OSError as wrong:
        return BadSidecar(name, _why(path, wrong))
    except BadSidecar as bad:
        return bad


def _passed_over(name: str) -> bool:
    """Whether a folder's entry is no article: hidden, a sidecar, a README, a program or a setting."""
    return name.startswith(".") or name.lower() in _PASSED_OVER or Path(name).suffix.lower() in _PROGRAMS


def _outranked(row: Metadata, options: Metadata | None) -> Metadata:
    """A sidecar's row with the options in place of what they say otherwise."""
    if options is None:
        return row
    return Metadata(
        title=options.title or row.title,
        url=options.url or row.url,
        publisher=options.publisher or row.publisher,
        published=options.published or row.published,
        published_evidence="dateline-evidence/option" if options.published else row.published_evidence,
        language=options.language or row.language,
        origin=options.origin or row.origin,
    )


def _why(path: Path, wrong: OSError | ValueError) -> str:
    """Why a file cannot be read, in words."""
    if isinstance(wrong, FileNotFoundError):
        return "is a link to nothing." if path.is_symlink() else "there is no such file."
    if isinstance(wrong, PermissionError):
        return "may not be read by this user."
    return f"cannot be read: {wrong.strerror if isinstance(wrong, OSError) and wrong.strerror else wrong}."


def _shown(path: Path) -> str:
    """A path as it is shown; bytes of a name that are no text are written out."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def _size(count: int) -> str:
    """A number of bytes in words."""
    return f"{count / 1_000_000:.3g} MB" if count >= 100_000 else f"{count} bytes"
