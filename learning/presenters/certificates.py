"""A certificate as PDF: tagged, in the person's language, the same bytes every time."""

import io
import json
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import segno
import typst
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from learning.models import Certificate

TEMPLATE = Path(__file__).with_name("certificate.typ")
QR_INK = "#1d292b"


def pdf_of(certificate: Certificate, *, url: str, language: str) -> bytes:
    """The certificate with the address at which it can be verified. About 30 ms.

    Needs no network and leaves nothing on disk; the fonts come with typst. It conforms to PDF/UA-1
    unless the name has signs that no font here has (Chinese, emoji): those forbid the promise.
    """
    data = {"certificate": json.dumps(_contents(certificate, url=url, language=language))}
    compiler = typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=_fonts(), sys_inputs=data)
    at = int(certificate.given_at.timestamp())
    try:
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=at)
    except typst.TypstError:
        made = compiler.compile(format="pdf", timestamp=at)
    return cast(bytes, made)


def study_load(minutes: int) -> str:
    """`1 hour and 20 minutes`."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(number)d hour", "%(number)d hours", hours) % {"number": hours})
    if rest or not hours:
        parts.append(ngettext("%(number)d minute", "%(number)d minutes", rest) % {"number": rest})
    if len(parts) == 1:
        return parts[0]
    return _("%(hours)s and %(minutes)s") % {"hours": parts[0], "minutes": parts[1]}


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Those within typst alone, so that every machine sets the same page."""
    return typst.Fonts(include_system_fonts=False)


def _contents(certificate: Certificate, *, url: str, language: str) -> dict[str, Any]:
    """What the page says, as data: the template never reads a name as markup."""
    with override(language):
        facts = [
            (_("Completed on"), formats.date_format(certificate.completed_on, "j F Y")),
            (_("Valid through"), formats.date_format(certificate.valid_through, "j F Y")),
        ]
        if certificate.minutes:
            facts.append((_("Study load"), study_load(certificate.minutes)))
        return {
            "title": _("Certificate %(programme)s") % {"programme": certificate.programme},
            "lang": language,
            "name": certificate.name,
            "programme": certificate.programme,
            "facts": facts,
            "url": url,
            "qr": _qr(url),
            "words": {
                "heading": _("Certificate"),
                "given_to": _("This certificate is of"),
                "completed": _("who completed this training:"),
                "check": _("Is this certificate right?"),
                "how": _(
                    "Scan the code or go to the address below. There you see whether it is valid."
                ),
                "qr": _("QR code with the address at which this certificate can be checked"),
            },
        }


def _qr(url: str) -> str:
    drawing = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        drawing, kind="svg", border=2, scale=4, dark=QR_INK, light=None, xmldecl=False, nl=False
    )
    return drawing.getvalue().decode()
