"""What counts as a recording that we take in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ENDINGS = ["mp3", "m4a", "ogg", "wav"]
MOST_BYTES = 10 * 1024 * 1024


def validate_sound(file: Any) -> None:
    """The first bytes must say what the name says. Raises ValidationError."""
    if file.size > MOST_BYTES:
        raise ValidationError(_("This file is larger than 10 MB."), code="too_large")
    file.seek(0)
    head = file.read(12)
    file.seek(0)
    if not _is_sound(head):
        raise ValidationError(_("Browsers cannot play this as sound."), code="no_sound")


def _is_sound(head: bytes) -> bool:
    is_mp3 = head[:3] == b"ID3" or (
        head[:1] == b"\xff" and len(head) > 1 and head[1] & 0xE0 == 0xE0
    )
    is_wav = head[:4] == b"RIFF" and head[8:12] == b"WAVE"
    return is_mp3 or is_wav or head[:4] == b"OggS" or head[4:8] == b"ftyp"
