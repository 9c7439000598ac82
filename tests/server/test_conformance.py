"""The W3C suites over HTTP: no case fails but those that are known to, and the page on it says what was found."""

from __future__ import annotations

import pytest

from tests.server import w3c
from tests.sparql.w3c import cases, needs_suites

pytestmark = [pytest.mark.long, needs_suites]

KNOWN = {"csv-tsv-res/csv03"}
"""A double that comes back in another spelling."""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[w3c.Found]:
    with w3c.server(tmp_path_factory.mktemp("conformance")) as servers:
        return w3c.run(servers)


def test_all_cases_are_asked(found: list[w3c.Found]) -> None:
    assert [one.case for one in found] == list(cases())
    assert len(found) == 505


def test_nothing_fails_but_what_is_known(found: list[w3c.Found]) -> None:
    assert {one.case.name: one.failure for one in found if one.failure and one.case.name not in KNOWN} == {}


def test_the_page_says_what_was_found(found: list[w3c.Found]) -> None:
    assert w3c.PAGE.read_text(encoding="utf-8") == w3c.page(found), "if this is right: python -m tests.server.w3c"
