"""PostgreSQL whose restart is noticed once, not by every connection that died with it.

psycopg's own check waits a second after a dead connection, then two, then four: with twenty kept connections
the first requests after a restart would time out. Here the first that finds a dead one has all of them looked
at, which takes as long as connecting anew.
"""

from typing import Any

from django.db.backends.postgresql import base
from psycopg import OperationalError
from psycopg_pool import ConnectionPool

ATTEMPTS = 4


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, handing out only connections that answer."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        if (pool := self.pool) is None:
            return connection
        for attempt in range(ATTEMPTS):
            try:
                ConnectionPool.check_connection(connection)
                return connection
            except OperationalError:
                # Closed already: the pool throws it away and connects anew.
                connection._pool.putconn(connection)
                if attempt == ATTEMPTS - 1:
                    raise
            pool.check()
            connection = super().get_new_connection(conn_params)
        return connection
