"""The packages of package-lock.json, installed once, with the Node.js of the environment or else of the machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
FOLDER = Path(__file__).resolve().parents[2] / ".npm"
"""Holds the packages, and the files that they were installed by."""
FILES = ("package.json", "package-lock.json")


def path() -> str:
    """PATH with the environment's programs first."""
    return os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))


def program(name: str) -> str | None:
    """Where a program of Node.js is."""
    return shutil.which(name, path=path())


def installed() -> Path:
    """The folder node_modules with the packages of the lock file.

    Raises CalledProcessError or TimeoutExpired when npm cannot install them.
    """
    there = FOLDER / "node_modules"
    mark = there / ".whole.json"
    wanted = (HERE / "package-lock.json").read_bytes()
    if not mark.is_file() or mark.read_bytes() != wanted:
        FOLDER.mkdir(exist_ok=True)
        for name in FILES:
            shutil.copy(HERE / name, FOLDER)
        command = [program("npm") or "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(command, cwd=FOLDER, env=os.environ | {"PATH": path()}, check=True, timeout=400)
        mark.write_bytes(wanted)
    return there
