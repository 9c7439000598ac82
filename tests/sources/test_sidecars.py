from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import BadSidecar
from kg.model import Metadata, Origin, Raw
from kg.sources import gather, read

from .making import BODY


def gathered(folder: Path, sidecar: str | bytes, options: Metadata | None = None, files: tuple[str, ...] = ("a.txt",)) -> list[object]:
    for name in files:
        (folder / name).write_text(BODY)
    (folder / "metadata.yaml").write_bytes(sidecar.encode() if isinstance(sidecar, str) else sidecar)
    return list(gather([folder], options, 1_000_000))


def known(folder: Path, sidecar: str, options: Metadata | None = None) -> Metadata:
    (raw,) = gathered(folder, sidecar, options)
    assert isinstance(raw, Raw), raw
    return raw.metadata


FULL = f"""
a.txt:
  publisher: The Plain
  url: HTTPS://Example.org/a?fbclid=9#top
  published: 2024-05-01T10:20:00Z
  title: Guard leaves Dry River
  language: en
  derived_from:
    publisher: The Valley
    url: https://example.com/story
    raw_sha256: {"ab" * 32}
    published: 2024-04-30
"""


def test_a_row_says_what_is_known_of_its_file(tmp_path: Path) -> None:
    assert known(tmp_path, FULL) == Metadata(
        "Guard leaves Dry River",
        "https://example.org/a",
        "The Plain",
        "2024-05-01T10:20:00Z",
        "dateline-evidence/sidecar",
        "en",
        Origin("The Valley", "https://example.com/story", "ab" * 32),
    )


@pytest.mark.parametrize("sidecar", ["", "# nothing yet\n", "a.txt:\n", "a.txt: {}\n"])
def test_a_sidecar_may_say_nothing(tmp_path: Path, sidecar: str) -> None:
    assert known(tmp_path, sidecar) == Metadata()


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("2024-05-01", "2024-05-01"),
        ("'2024-05-01'", "2024-05-01"),
        ("!!timestamp 2024-05-01", "2024-05-01"),
        ("2024-05-01T10:20:00", "2024-05-01T10:20:00"),
        ("2024-05-01 10:20:00 +03:00", "2024-05-01T10:20:00+03:00"),
        ("2024-05-01T10:20:00+00:00", "2024-05-01T10:20:00Z"),
        ("2024-05-01T10:20Z", "2024-05-01T10:20:00Z"),
        ("2024-05", "2024-05"),
        ("2024", "2024"),
        ("2024-05-01~", "2024-05-01~"),
        ("2024-05-01/2024-05-02", "2024-05-01/2024-05-02"),
    ],
)
def test_a_day_of_publication_may_be_written_in_several_ways(tmp_path: Path, written: str, edtf: str) -> None:
    assert known(tmp_path, f"a.txt: {{published: {written}}}").published == edtf


def test_a_paraphrase_without_a_day_has_that_of_its_original(tmp_path: Path) -> None:
    assert known(tmp_path, "a.txt: {derived_from: {published: 2024-04-30}}").published == "2024-04-30"


def test_options_outrank_the_sidecar(tmp_path: Path) -> None:
    metadata = known(tmp_path, FULL, Metadata(published="2024-06-01", publisher="The Hill"))
    assert (metadata.published, metadata.published_evidence) == ("2024-06-01", "dateline-evidence/option")
    assert (metadata.publisher, metadata.title) == ("The Hill", "Guard leaves Dry River")


def test_without_a_day_among_the_options_the_sidecar_is_the_evidence(tmp_path: Path) -> None:
    assert known(tmp_path, FULL, Metadata(publisher="The Hill")).published_evidence == "dateline-evidence/sidecar"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("{publishr: The Plain}", "'publishr'"),
        ("{derived_from: {title: x}}", "derived_from: there is no key 'title'"),
        ("{derived_from: The Valley}", "derived_from: should be a mapping"),
        ("{derived_from: {raw_sha256: abc}}", "raw_sha256"),
        ("{derived_from: {published: soon}}", "derived_from: published"),
        ("[publisher]", "should be a mapping"),
        ("The Plain", "should be a mapping"),
        ("{published: 2024-02-30}", "published is no EDTF date: '2024-02-30'"),
        ("{published: 2024-02-30T10:00:00}", "published is no day and time"),
        ("{published: 03/04/2024}", "published is no EDTF date"),
        ("{published: yesterday}", "published is no EDTF date"),
        ("{published: 2024-05-XX}", "leaves digits open"),
        ("{published: true}", "published should be a date"),
        ("{published: [2024]}", "published should be a date"),
        ("{title: 1984}", "title is 1984"),
        ("{publisher: yes}", "publisher is True"),
        ("{publisher: ''}", "publisher is ''"),
        ("{url: example.org}", "url is 'example.org'"),
        ("{url: 'ftp://example.org/a'}", "url is"),
        ("{language: English please}", "language is"),
    ],
)
def test_a_row_that_does_not_say_what_it_should_is_named_with_its_key(tmp_path: Path, row: str, says: str) -> None:
    found = gathered(tmp_path, f"a.txt: {row}\nb.txt: {{publisher: The Plain}}", files=("a.txt", "b.txt"))
    assert isinstance(found[0], BadSidecar)
    assert "a.txt" in found[0].reason
    assert says in found[0].reason
    assert isinstance(found[1], Raw)
    assert found[1].metadata.publisher == "The Plain"


def test_a_row_for_a_file_that_is_not_there_is_reported(tmp_path: Path) -> None:
    found = gathered(tmp_path, "a.txt: {publisher: The Plain}\ngone.txt: {publisher: The Plain}")
    assert isinstance(found[0], Raw)
    assert isinstance(found[1], BadSidecar)
    assert "gone.txt" in found[1].reason


def test_rows_of_other_files_do_not_matter_to_a_file_given_by_itself(tmp_path: Path) -> None:
    gathered(tmp_path, "a.txt: {publisher: The Plain}\ngone.txt: {publishr: The Plain}")
    (raw,) = gather([tmp_path / "a.txt"], None, 1_000_000)
    assert isinstance(raw, Raw)
    assert raw.metadata.publisher == "The Plain"


@pytest.mark.parametrize(
    ("sidecar", "says"),
    [
        ("a.txt: {publisher: [}", "not YAML"),
        ("- a.txt", "should map file names"),
        (b"a.txt: {publisher: \xff\xfe}", "not UTF-8"),
        ("a.txt: {title: One}\na.txt: {title: Two}", "given twice"),
        ("a.txt: {title: One, title: Two}", "given twice"),
        ("a.txt: !!python/object/apply:os.getcwd []", "not YAML"),
    ],
)
def test_a_sidecar_that_cannot_be_used_keeps_its_folder_out(tmp_path: Path, sidecar: str | bytes, says: str) -> None:
    whole, file = gathered(tmp_path, sidecar)
    assert isinstance(whole, BadSidecar)
    assert whole.name.endswith("metadata.yaml")
    assert says in whole.reason
    assert isinstance(file, BadSidecar)
    assert file.name.endswith("a.txt")


def test_a_sidecar_of_folded_aliases_is_refused_in_few_words(tmp_path: Path) -> None:
    bomb = "x: &a [b, b, b, b, b, b, b, b]\n" + "\n".join(f"x{n}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 8)}]" for n in range(9))
    found = gathered(tmp_path, bomb + "\na.txt: {title: *j}\n")
    assert all(isinstance(one, BadSidecar) and len(one.reason) < 1000 for one in found)


def test_each_folder_has_a_sidecar_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/a.txt").write_text(BODY)
    (tmp_path / "sub/metadata.yaml").write_text("a.txt: {publisher: Below}")
    above, below = gathered(tmp_path, "a.txt: {publisher: Above}")
    assert isinstance(above, Raw)
    assert isinstance(below, Raw)
    assert (above.metadata.publisher, below.metadata.publisher) == ("Above", "Below")


def test_what_a_sidecar_says_reaches_the_document(tmp_path: Path) -> None:
    (raw,) = gathered(tmp_path, FULL)
    assert isinstance(raw, Raw)
    document = read(raw)
    assert (document.publisher, document.url, document.title) == ("The Plain", "https://example.org/a", "Guard leaves Dry River")
    assert document.origin == Origin("The Valley", "https://example.com/story", "ab" * 32)
    assert (document.dateline.edtf, document.dateline.evidence) == ("2024-05-01T10:20:00Z", "dateline-evidence/sidecar")
