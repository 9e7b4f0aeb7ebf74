"""Ending and correcting work, and recording leave: training dates follow."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learning.actions.work import (
    check_first_day,
    due_dates_since,
    first_due_dates,
    give_dates_after_all,
    training_follows,
)
from learning.forms_staff import StartForm
from learning.presenters.consequences import moved_words
from organisations import actions
from organisations.clock import now_of, today_of
from organisations.forms.people import EndWorkForm, LeaveForm, ReturnForm
from organisations.models import Employment, Leave, Organisation
from organisations.requests import PersonRequest, access_required
from organisations.rules.periods import is_empty
from organisations.views.pages import (
    crumbs_of,
    form_page,
    keeps_staff,
    organisation_of,
    person_of,
    refusals_in,
    typed,
)


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def end_employment(request: PersonRequest, organisation: str, employment: str) -> HttpResponse:
    """The last working day in a team, or that it never was."""
    found = organisation_of(request, organisation)
    work, by, at = work_of(request, found, employment), request.user, now_of(request)
    form = EndWorkForm(typed(request))
    page = reverse("organisations:person", args=[found.public_id, work.user.public_id])
    if request.method == "POST" and form.is_valid():
        with refusals_in(form), training_follows(work.user, by=by, at=at):
            actions.end_employment(
                employment=work, ends_before=form.ends_before(work.starts_on), by=by, at=at
            )
        if not form.errors:
            messages.success(request, _("Saved. What went before stays on record."))
            return redirect(page)
    return form_page(
        request,
        form,
        title=_("%(name)s stops in %(team)s") % {"name": work.user, "team": work.team.name},
        text=_(
            "Until this day the person counts in this team. Somebody who then works in no team "
            "here loses the roles in this organisation as well."
        ),
        button=_("Record this"),
        back=page,
        crumbs=crumbs_of(found, (str(work.user), page)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def correct_start(request: PersonRequest, organisation: str, employment: str) -> HttpResponse:
    """Another first working day than the one on record."""
    found = organisation_of(request, organisation)
    work, by, at = work_of(request, found, employment), request.user, now_of(request)
    page = reverse("organisations:person", args=[found.public_id, work.user.public_id])
    if is_empty(starts_on=work.starts_on, ends_before=work.ends_before):
        return redirect(page)  # withdrawn, or corrected already: a second click
    form = StartForm(typed(request), initial={"starts_on": work.starts_on})
    if request.method == "POST" and form.is_valid():
        before = first_due_dates(work.user, found)
        starts_on = form.cleaned_data["starts_on"]
        with refusals_in(form), training_follows(work.user, by=by, at=at):
            check_first_day(work=work, starts_on=starts_on, at=at)
            actions.correct_start(employment=work, starts_on=starts_on, by=by, at=at)
            give_dates_after_all(user=work.user, by=by, at=at)
        if not form.errors:
            messages.success(request, _("Saved. What went before stays on record."))
            for due in due_dates_since(before, work.user, found, today=today_of(request)):
                messages.info(request, moved_words(due))
            return redirect(page)
    return form_page(
        request,
        form,
        title=_("First working day of %(name)s in %(team)s")
        % {"name": work.user, "team": work.team.name},
        text=_(
            "Was another day recorded by mistake? Fill in the right one. A due date that is "
            "counted from it may move later, never earlier."
        ),
        button=_("Correct this day"),
        back=page,
        crumbs=crumbs_of(found, (str(work.user), page)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def start_leave(request: PersonRequest, organisation: str, person: str) -> HttpResponse:
    """From when somebody is away, and until when if that is known."""
    found = organisation_of(request, organisation)
    who, by, at = person_of(found, person), request.user, now_of(request)
    working = Employment.objects.filter(user=who, team__organisation=found)
    form = LeaveForm(typed(request), initial={"starts_on": today_of(request)})
    page = reverse("organisations:person", args=[found.public_id, who.public_id])
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if not working.on(given["starts_on"]).exists():
            form.add_error("starts_on", _("On this day the person does not work here."))
        else:
            with refusals_in(form), training_follows(who, by=by, at=at):
                actions.start_leave(user=who, **given, organisation=found, by=by, at=at)
        if not form.errors:
            messages.success(request, _("The leave is recorded."))
            return redirect(page)
    return form_page(
        request,
        form,
        title=_("Leave of %(name)s") % {"name": who},
        text=_(
            "During leave there are no reminders, and the person does not count in the figures. "
            "Do not record why somebody is away: nobody needs that here."
        ),
        button=_("Record leave"),
        back=page,
        crumbs=crumbs_of(found, (str(who), page)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def end_leave(request: PersonRequest, organisation: str, leave: str) -> HttpResponse:
    """The day of return."""
    found = organisation_of(request, organisation)
    here = Leave.objects.during_work_at([found.pk]).select_related("user")
    away = get_object_or_404(here, public_id=leave)
    by, at = request.user, now_of(request)
    form = ReturnForm(
        typed(request), initial={"ends_before": away.ends_before or today_of(request)}
    )
    page = reverse("organisations:person", args=[found.public_id, away.user.public_id])
    if request.method == "POST" and form.is_valid():
        back = form.returns_on(away.starts_on)
        with refusals_in(form), training_follows(away.user, by=by, at=at):
            actions.end_leave(leave=away, ends_before=back, organisation=found, by=by, at=at)
        if not form.errors:
            messages.success(request, _("Saved. What went before stays on record."))
            return redirect(page)
    return form_page(
        request,
        form,
        title=_("Return of %(name)s") % {"name": away.user},
        button=_("Record return"),
        back=page,
        crumbs=crumbs_of(found, (str(away.user), page)),
    )


def work_of(request: PersonRequest, organisation: Organisation, public_id: str) -> Employment:
    """Work in a team of the organisation; 404 otherwise."""
    here = Employment.objects.coordinated_by(request.access).select_related("user", "team")
    return get_object_or_404(here, public_id=public_id, team__organisation=organisation)
