"""Metrics for Prometheus, in a registry of their own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from kg.store.pool import Asked, Pool
from server.cache import Cache

_BUCKETS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300)


class Metrics:
    """What is counted of queries, and what can be read off the pool and the cache."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._queries = Counter("isnad_queries", "Queries by what came of them.", ["outcome", "lane"], registry=self.registry)
        self._seconds = Histogram(
            "isnad_query_seconds", "Seconds from question to answer, waiting included.", ["lane"], buckets=_BUCKETS, registry=self.registry
        )
        self._waited = Histogram("isnad_query_wait_seconds", "Seconds of waiting for a process.", buckets=_BUCKETS, registry=self.registry)
        self._bytes = Counter("isnad_answer_bytes", "Bytes of answers.", registry=self.registry)
        self.limited = Counter("isnad_requests_limited", "Requests refused because their client makes too many.", registry=self.registry)
        ProcessCollector(registry=self.registry)

    def asked(self, one: Asked) -> None:
        """Counts a query."""
        self._queries.labels(one.outcome.replace(" ", "_"), one.lane).inc()
        self._seconds.labels(one.lane).observe(one.seconds)
        self._waited.observe(one.waited)
        self._bytes.inc(one.bytes)

    def watch(self, pool: Pool, cache: Cache) -> None:
        """Shows these two, too."""
        self.registry.register(_Watch(pool, cache))

    def page(self) -> bytes:
        """Everything in the text format of Prometheus."""
        return generate_latest(self.registry)


class _Watch(Collector):
    """What is looked up when somebody asks for it."""

    def __init__(self, pool: Pool, cache: Cache) -> None:
        self._pool = pool
        self._cache = cache

    def collect(self) -> Iterator[Metric]:
        pool, cache = self._pool, self._cache
        waiting = GaugeMetricFamily("isnad_queue_length", "Queries that wait for a place.", labels=["lane"])
        running = GaugeMetricFamily("isnad_queries_running", "Queries that have a place.", labels=["lane"])
        for lane in (pool.short, pool.long):
            waiting.add_metric([lane.name], lane.waiting)
            running.add_metric([lane.name], lane.taken)
        yield waiting
        yield running
        processes = pool.processes
        yield GaugeMetricFamily(
            "isnad_worker_processes", "Processes that answer queries, and the one that forks them.", value=len(processes)
        )
        yield GaugeMetricFamily("isnad_worker_resident_bytes", "Their resident memory.", value=sum(map(_resident, processes)))
        found = CounterMetricFamily("isnad_cache_requests", "Requests that an answer was kept for (hit) or not (miss).", labels=["result"])
        found.add_metric(["hit"], cache.hits)
        found.add_metric(["miss"], cache.misses)
        yield found
        yield GaugeMetricFamily("isnad_cache_bytes", "Bytes of answers that are kept.", value=cache.bytes)
        yield GaugeMetricFamily("isnad_cache_answers", "Answers that are kept.", value=len(cache))
        revision = GaugeMetricFamily("isnad_revision_info", "The revision of the graph that is served.", labels=["revision"])
        revision.add_metric([cache.revision or ""], 1)
        yield revision


def _resident(pid: int) -> int:
    """Resident bytes of a process; 0 when it has ended, or where the system does not tell."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0
