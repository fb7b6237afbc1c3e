"""Drawing pages of files nobody trusts: an engine that runs only in child processes, and the pool that limits
them."""
