"""In CI nothing may skip that the machine could have been given: only what needs the folder ../shared, which a bare clone lacks."""

from __future__ import annotations

import os

import pytest

ALLOWED = ("../shared", "the W3C suites are not here")
"""What the reason of an allowed skip holds."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Names the skips that CI does not allow."""
    for reason in _wrongly_skipped(terminalreporter):
        terminalreporter.write_line(f"not to be skipped in CI: {reason}", red=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fails the run for them."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and _wrongly_skipped(reporter) and not session.exitstatus:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _wrongly_skipped(reporter: pytest.TerminalReporter) -> list[str]:
    if os.environ.get("CI") != "true":
        return []
    reasons = [str(report.longrepr) for report in reporter.stats.get("skipped", ())]
    return [reason for reason in reasons if not any(allowed in reason for allowed in ALLOWED)]
