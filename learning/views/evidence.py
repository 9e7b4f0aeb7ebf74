"""Taking over what people completed elsewhere: first a look at what would happen, then doing it.

The file is not kept. Its rows travel, signed, in the page that shows the verdicts.
"""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.actions.evidence import Imported, import_evidence
from learning.forms_evidence import EvidenceForm, ReadFile
from learning.models import Programme
from learning.presenters.evidence import Line, counts_of, lines_of
from learning.presenters.evidence_sheets import example, verdicts
from learning.rules.evidence import EvidenceFile, EvidenceRow, Fault, FaultyRow
from learning.selectors.evidence import judgement_of
from organisations.clock import now_of, today_of
from organisations.errors import Refused
from organisations.models import Organisation
from organisations.requests import PersonRequest, access_required
from organisations.views.pages import crumbs_of, keeps_staff, organisation_of

MOST_SHOWN = 200
SECONDS = 2 * 60 * 60  # so long a page with verdicts may wait


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def upload(request: PersonRequest, organisation: str) -> HttpResponse:
    """Choose a file and see what would become of every row. Saves nothing."""
    found = organisation_of(request, organisation)
    is_sent = request.method == "POST"
    form = EvidenceForm(request.POST, request.FILES) if is_sent else EvidenceForm()
    if is_sent and form.is_valid():
        return _show(request, found, form.cleaned_data["file"])
    return _form_page(request, found, form)


@require_POST
@access_required(keeps_staff)
def take_over(request: PersonRequest, organisation: str) -> HttpResponse:
    """Carry over exactly the file whose verdicts were shown."""
    found = organisation_of(request, organisation)
    file = _opened(request, found)
    if file is None:
        return _start_again(request, found)
    try:
        done = import_evidence(
            organisation=found,
            rows=file.contents.rows,
            file_name=file.name,
            sha256=file.sha256,
            by=request.user,
            at=now_of(request),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _said(done))
    return redirect("learning:evidence", found.public_id)


@require_POST
@access_required(keeps_staff)
def verdicts_sheet(request: PersonRequest, organisation: str) -> HttpResponse:
    """All verdicts of the file as CSV, to correct it by."""
    found = organisation_of(request, organisation)
    file = _opened(request, found)
    if file is None:
        return _start_again(request, found)
    return _csv(verdicts(_lines(found, file, today_of(request))), _("verdicts.csv"))


@require_safe
@access_required(keeps_staff)
def example_sheet(request: PersonRequest, organisation: str) -> HttpResponse:
    """A file to fill in."""
    found = organisation_of(request, organisation)
    usable = Programme.objects.usable_at(found).order_by("title", "pk")
    return _csv(example(list(usable.values_list("title", flat=True)[:2])), _("example.csv"))


def _form_page(
    request: PersonRequest, organisation: Organisation, form: EvidenceForm
) -> HttpResponse:
    facts = {
        "organisation": organisation,
        "form": form,
        "crumbs": _crumbs(organisation)[:-1],
        "is_live": organisation.is_live_on(today_of(request)),
    }
    return render(request, "learning/evidence.html", facts)


def _show(request: PersonRequest, organisation: Organisation, file: ReadFile) -> HttpResponse:
    judged = judgement_of(organisation, file.contents.rows, today_of(request)).rows
    lines = lines_of(judged, file.contents.faulty)
    first = sorted(lines, key=lambda line: (not line.needs_attention, line.number))
    facts = {
        "organisation": organisation,
        "crumbs": _crumbs(organisation),
        "file_name": file.name,
        "counts": counts_of(judged, file.contents.faulty),
        "lines": first[:MOST_SHOWN],
        "number": len(lines),
        "more": max(0, len(lines) - MOST_SHOWN),
        "signed": _signed(request, organisation, file),
    }
    return render(request, "learning/evidence_checked.html", facts)


def _lines(organisation: Organisation, file: ReadFile, today: date) -> list[Line]:
    judged = judgement_of(organisation, file.contents.rows, today).rows
    return lines_of(judged, file.contents.faulty)


def _salt(request: PersonRequest, organisation: Organisation) -> str:
    """For this person and organisation alone."""
    return f"learning.evidence {organisation.public_id} {request.user.public_id}"


def _signed(request: PersonRequest, organisation: Organisation, file: ReadFile) -> str:
    value = {
        "name": file.name,
        "sha256": file.sha256,
        "rows": [
            [one.number, one.email, one.programme, one.completed_on.isoformat(), one.evidence]
            for one in file.contents.rows
        ],
        "faulty": [
            [one.number, one.fault, one.email, one.programme] for one in file.contents.faulty
        ],
    }
    return signing.dumps(value, salt=_salt(request, organisation), compress=True)


def _opened(request: PersonRequest, organisation: Organisation) -> ReadFile | None:
    """The file that was shown; None where the page is too old or was meddled with."""
    try:
        value: dict[str, Any] = signing.loads(
            request.POST.get("signed", ""), salt=_salt(request, organisation), max_age=SECONDS
        )
    except signing.BadSignature:
        return None
    rows = tuple(
        EvidenceRow(number, email, programme, date.fromisoformat(day), evidence)
        for number, email, programme, day, evidence in value["rows"]
    )
    faulty = tuple(
        FaultyRow(number, Fault(fault), email, programme)
        for number, fault, email, programme in value["faulty"]
    )
    return ReadFile(value["name"], value["sha256"], EvidenceFile(rows, faulty))


def _start_again(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    messages.info(request, _("This page had become too old. Choose the file once more."))
    return redirect("learning:evidence", organisation.public_id)


def _said(done: Imported) -> str:
    if not done:
        return _("Nothing changed: everything in this file was there already.")
    number = done.taken + done.history
    text = ngettext(
        "%(number)d completion was taken over.", "%(number)d completions were taken over.", number
    ) % {"number": number}
    if done.to_decide:
        text += " " + ngettext(
            "%(number)d row waits in the list of exceptions for your decision.",
            "%(number)d rows wait in the list of exceptions for your decision.",
            done.to_decide,
        ) % {"number": done.to_decide}
    return text


def _csv(content: bytes, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _crumbs(organisation: Organisation) -> list[tuple[str, str]]:
    training = reverse("learning:training", args=[organisation.public_id])
    page = reverse("learning:evidence", args=[organisation.public_id])
    return crumbs_of(organisation, (_("Training"), training), (_("Earlier training"), page))
