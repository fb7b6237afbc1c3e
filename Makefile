# Two commands set everything up by themselves: make run, make test. Python >= 3.11 with venv, make and git suffice.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)

.DEFAULT_GOAL := help
.PHONY: help python run run-production test faults lint types messages format lock bench-live bench-papers clean

help:  ## what there is
	@sed -n 's/^\([a-z-]*\):[^#]*##  *\(.*\)/  make \1@\2/p' $(MAKEFILE_LIST) | awk -F@ '{printf "%-18s%s\n", $$1, $$2}'

python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found on the PATH."; exit 1; }

run: python  ## set up what is missing, load the demo once, serve on PORT (8000)
	@exec $(PYTHON) -m tools.serve

run-production: python  ## the shape of an installation: nginx, web processes, worker, PostgreSQL, Redis
	@exec $(PYTHON) -m tools.production

test: python  ## set up what the tests need and run them all, on both databases and in a browser
	@exec $(PYTHON) -m tools.check

faults: python  ## long trials: lines cut, processes killed, full disk, hostile clients (about an hour)
	@exec $(PYTHON) -m tools.faults

bench-live: python  ## our live engine beside nchan, ws and the tutorial: a table of ratios (a quarter of an hour)
	@$(PYTHON) -m tools.install --tests
	@exec .venv/bin/python -m tests.benchmarks.live $(ARGS)

bench-papers: python  ## our viewer beside pdf.js core: a table of ratios (ten minutes)
	@$(PYTHON) -m tools.install --tests
	@exec .venv/bin/python -m tests.benchmarks.papers $(ARGS)

lint: python  ## style, imports, messages, migrations, types of the browser code
	@exec $(PYTHON) -m tools.lint

types: python  ## mypy, strict
	@$(PYTHON) -m tools.install --tests
	@.venv/bin/python -m mypy intranet meetings mailbox cms public_site tools

messages: python  ## collect the sentences of the code into the catalogues and compile them
	@$(PYTHON) -m tools.install --tests
	@.venv/bin/python -m tools.messages update

format: python  ## lay the Python code out
	@$(PYTHON) -m tools.install --tests
	@.venv/bin/python -m ruff check --fix --quiet . ; .venv/bin/python -m ruff format .

lock: python  ## pin the dependencies of pyproject.toml and package.json anew (needs uv)
	@$(PYTHON) -m tools.lock

clean:  ## remove what set-up made; the data in var/ stays
	rm -rf .venv node_modules static/vendor var/static var/test-cache var/prepared.json
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
