from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from werkzeug.serving import make_server

from kg.settings import Settings
from kg.store.pool import Pool
from server import create_app
from tests.queries.answers import pool, populate


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A store that holds the corpus; not to be changed."""
    return populate(tmp_path_factory.mktemp("corpus") / "store")


@pytest.fixture(scope="session")
def workers(settings: Settings) -> Iterator[Pool]:
    """What answers queries of that store."""
    with pool(settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def endpoint(settings: Settings, workers: Pool) -> Iterator[str]:
    """The address of a running server's /sparql."""
    server = make_server("127.0.0.1", 0, create_app(settings, workers), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    thread.join()
    server.server_close()
