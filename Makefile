# Two commands set everything up by themselves: make run, make test. Python >= 3.11 with venv, make and git suffice.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)

.DEFAULT_GOAL := help
.PHONY: help run python

help:  ## what there is
	@sed -n 's/^\([a-z-]*\):[^#]*##  *\(.*\)/  make \1@\2/p' $(MAKEFILE_LIST) | tr '@' '\t'

python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found on the PATH."; exit 1; }

run: python  ## set up what is missing, load the demo once, serve on PORT (8000)
	@exec $(PYTHON) -m tools.serve
