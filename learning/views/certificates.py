"""Certificates: the PDF for who may have it, and checking by anybody who holds the code."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning.actions import revoke as revoke_completion
from learning.forms_evidence import RevocationForm
from learning.models import Certificate, Completion
from learning.presenters.certificates import pdf_of
from learning.selectors.certificates import standing_if_revoked, verified
from organisations.clock import now_of, today_of
from organisations.requests import PersonRequest, access_required, person_required
from organisations.trail import record
from organisations.views.pages import (
    crumbs_of,
    form_page,
    keeps_staff,
    organisation_of,
    refusals_in,
    typed,
)

WITH_CERTIFICATE = ["completion__worker", "completion__assignment__organisation"]


@require_safe
@never_cache
@person_required
def download(request: PersonRequest, code: str) -> HttpResponse:
    """One's own certificate, or of somebody whose training one keeps."""
    allowed = Completion.objects.with_certificate_for(request.access)
    certificate = get_object_or_404(
        Certificate.objects.select_related(
            "completion__worker", "completion__assignment__organisation"
        ),
        code=code,
        completion__in=allowed,
    )
    completion = certificate.completion
    url = request.build_absolute_uri(reverse("learning:certificate", args=[certificate.code]))
    made = pdf_of(certificate, url=url, language=completion.worker.language)
    if completion.worker_id != request.user.pk:
        record(
            "certificate_downloaded",
            by=request.user,
            at=now_of(request),
            organisation=completion.assignment.organisation,
            subject=completion.worker,
            completion=completion.public_id,
        )
    name = _("certificate-%(day)s.pdf") % {"day": certificate.completed_on.isoformat()}
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
@never_cache
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """For anybody who holds the code: what the certificate says and whether it is valid."""
    found = verified(code, today_of(request))
    if found is None:
        response = render(request, "learning/certificate_unknown.html", status=404)
    else:
        response = render(request, "learning/certificate.html", {"verified": found})
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def revoke(request: PersonRequest, organisation: str, completion: str) -> HttpResponse:
    """That a completion no longer counts, from today on."""
    found = organisation_of(request, organisation)
    revocable = Completion.objects.counting().select_related("worker", "assignment__programme")
    row = get_object_or_404(revocable, public_id=completion, assignment__organisation=found)
    person = reverse("organisations:person", args=[found.public_id, row.worker.public_id])
    back = reverse("learning:training_of_person", args=[found.public_id, row.assignment.public_id])
    form = RevocationForm(typed(request))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            reason = form.cleaned_data["reason"]
            revoke_completion(completion=row, reason=reason, by=request.user, at=now_of(request))
            messages.success(request, _("Revoked. What was before stays on record."))
            return redirect(back)
    return form_page(
        request,
        form,
        title=_("Revoke “%(programme)s” of %(name)s")
        % {"programme": row.assignment.programme.title, "name": row.worker},
        text=_("Completed on %(day)s.") % {"day": _day(row.completed_on)},
        warning=_what_follows(row, today_of(request)),
        button=_("Revoke"),
        back=back,
        crumbs=crumbs_of(found, (str(row.worker), person), (row.assignment.programme.title, back)),
    )


def _what_follows(completion: Completion, today: date) -> str:
    """What revoking does to the dates, in words for who is about to do it."""
    before, after = standing_if_revoked(completion, today)
    if before.covered and not after.covered:
        first = _("Coverage by this training stops today.")
    elif after.covered:
        first = _("This person stays covered, by other training.")
    else:
        first = _("This person is not covered now; that stays so.")
    if not after.in_denominator and after.due_on is None:
        return first
    if after.due_on is None:
        then = _("A new due date must be decided: the case comes into the list of exceptions.")
    elif after.due_on < today:
        then = _("The last day was then %(day)s: this person is too late from today on.")
    else:
        then = _("The training is then to be done by %(day)s.")
    if after.due_on is not None:
        then = then % {"day": _day(after.due_on)}
    return f"{first} {then}"


def _day(day: date) -> str:
    return formats.date_format(day, "j F Y")
