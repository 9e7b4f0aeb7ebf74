"""Files in a bucket instead of a folder, when one is named."""

from typing import Any

from environ import Env

BACKEND = "config.object_storage.BucketStorage"


def bucket(env: Env, *, media_url: str) -> dict[str, Any]:
    """The storages of OPMERKZAAM_S3_BUCKET: pictures and recordings, and H5P. Without it none."""
    name = env.str("OPMERKZAAM_S3_BUCKET", default="")
    if not name:
        return {}
    common = {
        "bucket_name": name,
        "endpoint_url": env.str("OPMERKZAAM_S3_ENDPOINT", default=None),  # else that of Amazon
        "region_name": env.str("OPMERKZAAM_S3_REGION", default=None),
        "access_key": env.str("OPMERKZAAM_S3_KEY", default=None),  # else as boto3 finds them
        "secret_key": env.str("OPMERKZAAM_S3_SECRET", default=None),
        "style": env.str("OPMERKZAAM_S3_STYLE", default="auto"),  # or path, or virtual
    }
    media = {"location": "media", "file_overwrite": False, "base_url": media_url}
    return {
        "default": {"BACKEND": BACKEND, "OPTIONS": {**common, **media}},
        "h5p": {"BACKEND": BACKEND, "OPTIONS": {**common, "location": "h5p"}},
    }
