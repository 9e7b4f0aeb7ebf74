"""What a file is by its first bytes, as far as it matters here."""

from modules.rules.h5p.kinds import ending_of

_ = str  # marks the texts for the translators
PICTURE, PROGRAM, PAGE, ZIP = _("a picture"), _("a program"), _("a web page or script"), _("a zip")
PDF, SOUND, UNKNOWN = _("a PDF"), _("sound or film"), _("something unknown")
KINDS = (PICTURE, PROGRAM, PAGE, ZIP, PDF, SOUND, UNKNOWN)

MAGIC = {
    b"GIF8": PICTURE,
    b"\x89PNG": PICTURE,
    b"\xff\xd8\xff": PICTURE,
    b"BM": PICTURE,
    b"%PDF": PDF,
    b"RIFF": SOUND,
    b"ID3": SOUND,
    b"OggS": SOUND,
    b"MZ": PROGRAM,
    b"\x7fELF": PROGRAM,
    b"#!": PROGRAM,
    b"PK\x03\x04": ZIP,
}
# Never the beginning of a picture, sound, film or font.
HARMFUL = (PROGRAM, PAGE, ZIP)
AS_TEXT = {"txt", "csv", "md", "vtt", "webvtt", "srt", "json", "gltf"}


def kind_of(head: bytes) -> str:
    """One of KINDS, by the first bytes."""
    found = next((kind for magic, kind in MAGIC.items() if head.startswith(magic)), None)
    if found:
        return found
    return PAGE if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") else UNKNOWN


def harmful_kind(name: str, head: bytes) -> str | None:
    """What a file really is when its name says picture, sound, film or font, and it is code."""
    if ending_of(name) in AS_TEXT:
        return None
    kind = kind_of(head)
    return kind if kind in HARMFUL else None
