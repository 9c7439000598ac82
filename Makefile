# Every target works from a bare clone with Python 3.11 or newer: each first sees to the environment in .venv/.
PYTHON ?= python3
PORT   ?= 8000
VENV   := .venv
RUN    := $(VENV)/bin
KG_STORE ?= data
export KG_STORE

.PHONY: serve test test-long lint bench install clean
.DEFAULT_GOAL := serve

serve: $(VENV)/.serve  ## populate the store from corpus/ when it is empty, then answer on 127.0.0.1:$(PORT)
	$(RUN)/kg serve --populate --port $(PORT)

test: install  ## all tests but the long ones, a file at a time on each core
	$(RUN)/python -m pytest -m "not long" -n auto --dist loadfile

test-long: install  ## the long suites; last, by itself, the one that loads the machine
	$(RUN)/python -m pytest -m "long and not alone" -n auto --dist loadfile
	$(RUN)/python -m pytest -m alone

lint: install  ## style and types
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy

bench: install  ## articles a second and core; what one more article costs; requests a second, where wrk is installed
	$(RUN)/python bench/speed/run.py
	$(RUN)/python bench/scale/adding.py
	@command -v wrk >/dev/null || { echo "bench/serving needs wrk (Debian: apt-get install wrk)"; exit 0; }; $(RUN)/python bench/serving/run.py

install: $(VENV)/.install  ## the environment, with all that tests need

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Isnad needs Python 3.11 or newer; set PYTHON=/path/to/python3.11" >&2; exit 1; }
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python's venv module is missing or broken; on Debian: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.serve: pyproject.toml | $(VENV)/bin/python
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.install: pyproject.toml | $(VENV)/bin/python
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@ $(VENV)/.serve

clean:  ## the environment, caches and the store in data/
	rm -rf $(VENV) data .pytest_cache .mypy_cache .ruff_cache .hypothesis .npm build dist *.egg-info
