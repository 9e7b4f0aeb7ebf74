"""Files in a bucket that speaks the protocol of S3, instead of a folder (`OPMERKZAAM_S3_BUCKET`).

The bucket is private. Everything in it is asked for at our own addresses: pictures by who is signed
in, H5P by signed ones. Needs the extra `s3` (requirements/s3.txt).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import quote

from botocore.config import Config
from botocore.exceptions import ClientError
from storages.backends.s3 import S3File, S3Storage
from storages.utils import clean_name

PIECE = 64 * 1024
IN_MEMORY = 2 * 1024 * 1024  # bytes; what is larger is on the disk while it is sent
# Stores that are like S3 do not all know the checksums that boto3 adds by itself.
CHECKSUMS = {
    "request_checksum_calculation": "when_required",
    "response_checksum_validation": "when_required",
}


class BucketFile(S3File):
    """A file of which a part can be had without the rest."""

    def part(self, begin: int, end: int) -> Iterator[bytes]:
        """The bytes from `begin` up to `end`, as modules/parts.py asks for them."""
        if begin >= end:
            return
        body = self.obj.get(Range=f"bytes={begin}-{end - 1}")["Body"]
        try:
            yield from body.iter_chunks(PIECE)
        finally:
            body.close()

    @property
    def modified(self) -> datetime:
        told: datetime = self.obj.last_modified
        return told


class BucketStorage(S3Storage):
    """A folder (`location`) in a bucket. With `base_url` it has addresses on this site."""

    def __init__(self, *, base_url: str | None = None, style: str = "auto", **options: Any) -> None:
        self.base_url = base_url
        config = Config(s3={"addressing_style": style}, signature_version="s3v4", **CHECKSUMS)
        kept = {"default_acl": None, "max_memory_size": IN_MEMORY, "client_config": config}
        super().__init__(**{**kept, **options})

    def _open(self, name: str, mode: str = "rb") -> BucketFile:
        try:
            return BucketFile(self._normalize_name(clean_name(name)), mode, self)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                raise FileNotFoundError(name) from error
            raise

    def url(self, name: str, *_args: Any, **_options: Any) -> str:
        """Never one of the bucket: nobody is let in there."""
        if self.base_url is None:
            raise ValueError("These files have no address.")
        return self.base_url + quote(name)
