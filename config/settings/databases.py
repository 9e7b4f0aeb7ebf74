"""One database by URL: SQLite unless told otherwise."""

from pathlib import Path
from typing import Any

from environ import Env


def database(env: Env, *, default_file: Path) -> dict[str, Any]:
    """The connection that DATABASE_URL names; without it the given SQLite file.

    SQLite takes its write lock at the start of a transaction and waits for it: with deferred
    transactions most concurrent saves fail (see docs/architecture.md).
    """
    default_file.parent.mkdir(parents=True, exist_ok=True)
    connection: dict[str, Any] = env.db_url(
        "DATABASE_URL", default=f"sqlite:///{default_file.as_posix()}"
    )
    if connection["ENGINE"].endswith("sqlite3"):
        connection["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA recursive_triggers=ON;"
            ),
        }
    else:
        connection["CONN_MAX_AGE"] = env.int("OPMERKZAAM_CONN_MAX_AGE", default=600)
        connection["CONN_HEALTH_CHECKS"] = True
    return connection
