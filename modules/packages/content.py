"""What stands in the content of an H5P version, for scoring answers again."""

import json
import logging
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from modules.models import H5PVersion
from modules.packages.store import open_blob

CONTENT = "content.json"
MOST_KEPT = 16  # contents in this process
log = logging.getLogger(__name__)


def content_of(version: H5PVersion) -> Mapping[str, Any] | None:
    """Kept in this process by the hash of the file. None when it cannot be read now: then nothing
    can be verified, and nobody loses a result by that.
    """
    sha256, _size = version.files.get(CONTENT, ("", 0))
    try:
        return _read(sha256)
    except Exception:  # storages raise what they like
        log.exception("The content of H5P version %s cannot be read", version.public_id)
        return None


@lru_cache(maxsize=MOST_KEPT)
def _read(sha256: str) -> Mapping[str, Any] | None:
    with open_blob(sha256) as file:
        content = json.loads(file.read().decode("utf-8-sig"))
    return content if isinstance(content, dict) else None
