"""Forms about what people completed: revoking it, and bringing in what was done elsewhere."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from learning.models import Revocation
from learning.presenters.evidence import unusable_words
from learning.rules.evidence import EvidenceFile, UnusableFile, read
from organisations.forms.fields import plain


class RevocationForm(forms.Form):
    """Why a completion no longer counts; a choice, never free text."""

    reason = forms.ChoiceField(
        label=_("Why does it no longer count?"),
        choices=Revocation.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )


@dataclass(frozen=True)
class ReadFile:
    """What an uploaded file holds. Its bytes are not kept."""

    name: str
    sha256: str
    contents: EvidenceFile


class EvidenceForm(forms.Form):
    """One file of earlier training, read as it comes in."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("At most 10,000 lines and 2 MB, as Excel or another program saves CSV."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": _("Choose a file first."),
            "missing": _("Choose a file first."),
            "empty": _("This file is empty. Choose another."),
        },
    )

    def clean_file(self) -> ReadFile:
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        if (upload.size or 0) > settings.EVIDENCE_MOST_BYTES:
            raise forms.ValidationError(
                _("This file is too large. Divide it into files of at most 2 MB.")
            )
        content = upload.read()
        try:
            contents = read(content, most_rows=settings.EVIDENCE_MOST_ROWS)
        except UnusableFile as unusable:
            raise forms.ValidationError(unusable_words(unusable)) from unusable
        return ReadFile(
            name=plain(upload.name or "")[:120],
            sha256=hashlib.sha256(content).hexdigest(),
            contents=contents,
        )
