"""Reads the environment once, loudly: a value that cannot be read stops the start with its name."""

from pathlib import Path

from environs import Env

BASE_DIR = Path(__file__).resolve().parents[2]
env = Env()
env.read_env(str(BASE_DIR / ".env"))

VAR_DIR = Path(env.str("DINH_VAR_DIR", str(BASE_DIR / "var")))
"""Everything this installation writes: database, files, collected static files, its secret key."""


def secret_key() -> str:
    """The key from SECRET_KEY, else one made at first start and kept readable by its owner only."""
    if given := env.str("SECRET_KEY", ""):
        return str(given)
    import os
    import secrets

    path = VAR_DIR / "secret_key"
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text().strip()
