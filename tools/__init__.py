"""What `make` runs: set-up, the two servers of `make run`, the checks of `make test` and `make lint`.

`install`, `serve`, `check` and `lint` start before the virtual environment exists: they import the standard
library only. `prepare`, `vendor`, `figures` and `messages` are run by the environment's Python.
"""
