"""What the coordinator decides about one person's training, shown with what follows first."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learning import actions
from learning.actions import refusing
from learning.actions.exceptions import close_overtaken_of
from learning.forms_decisions import DueForm, ExemptionForm, ExtensionForm
from learning.models import Assignment
from learning.presenters import consequences as follows
from learning.rules.events import EventType
from learning.selectors.consequences import if_happened
from learning.views.training_of_person import assignment_of, person_page_of
from organisations.clock import now_of, today_of
from organisations.errors import TooFarAway
from organisations.models import Organisation
from organisations.requests import PersonRequest, access_required
from organisations.views.pages import crumbs_of, keeps_staff, organisation_of, refusals_in, typed


@dataclass(frozen=True)
class Decision:
    """What a decision page asks, and what it does when it is saved."""

    title: str
    button: str
    saved: str
    form: Form
    day: str  # the field with the day that may be refused
    check: Callable[[Any], object]  # that day, before what follows is shown
    follows: Callable[[], list[str]]  # from what is filled in
    carry_out: Callable[[], object]
    always: Sequence[str] = ()  # what follows whatever is filled in


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def extend(request: PersonRequest, organisation: str, assignment: str) -> HttpResponse:
    """More time for one person."""
    found = organisation_of(request, organisation)
    held, today = assignment_of(request, found, assignment), today_of(request)
    form = ExtensionForm(typed(request))

    def consequences() -> list[str]:
        to = form.cleaned_data["to"]
        return follows.extension_words(if_happened(held, EventType.EXTENDED, to, today))

    return _decide(
        request,
        found,
        held,
        Decision(
            title=_("More time for %(name)s") % {"name": held.worker},
            button=_("Give more time"),
            saved=_("More time was given."),
            form=form,
            day="to",
            check=lambda day: refusing.check_extension(held, day, at=now_of(request)),
            follows=consequences,
            carry_out=lambda: actions.extend(
                assignment=held, **form.cleaned_data, by=request.user, at=now_of(request)
            ),
            always=[
                _("Who is covered now stays covered through the day you choose."),
                _("Renewing before the original last day keeps the yearly date."),
            ],
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def change_due(request: PersonRequest, organisation: str, assignment: str) -> HttpResponse:
    """A later last day to finish."""
    found = organisation_of(request, organisation)
    held, today = assignment_of(request, found, assignment), today_of(request)
    form = DueForm(typed(request), today=today, initial={"due_on": held.validity.due_on})

    def consequences() -> list[str]:
        due_on = form.cleaned_data["due_on"]
        return follows.due_words(if_happened(held, EventType.DUE_CHANGED, due_on, today))

    return _decide(
        request,
        found,
        held,
        Decision(
            title=_("Another last day for %(name)s") % {"name": held.worker},
            button=_("Move the last day"),
            saved=_("The last day to finish was moved."),
            form=form,
            day="due_on",
            check=lambda day: refusing.check_due_date(held, day, at=now_of(request)),
            follows=consequences,
            carry_out=lambda: actions.change_due_date(
                assignment=held, **form.cleaned_data, by=request.user, at=now_of(request)
            ),
            always=[
                _("The last day to finish only moves later, never earlier."),
                _("What is certified does not become valid for longer: for that, give more time."),
            ],
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def exempt(request: PersonRequest, organisation: str, assignment: str) -> HttpResponse:
    """This person need not follow it, for now or until it is ended."""
    found = organisation_of(request, organisation)
    held, today = assignment_of(request, found, assignment), today_of(request)
    form = ExemptionForm(typed(request))

    def consequences() -> list[str]:
        would_be = if_happened(held, EventType.UNASSIGNED, None, today)
        return follows.exemption_words(would_be, form.cleaned_data["until"])

    return _decide(
        request,
        found,
        held,
        Decision(
            title=_("Exempt %(name)s") % {"name": held.worker},
            button=_("Grant exemption"),
            saved=_("The exemption is recorded."),
            form=form,
            day="until",
            check=lambda day: refusing.check_exemption(held, day, at=now_of(request)),
            follows=consequences,
            carry_out=lambda: actions.exempt(
                assignment=held, **form.cleaned_data, by=request.user, at=now_of(request)
            ),
            always=[
                _("Reminders stop, and this person no longer counts in the figures of coverage."),
                _("What was achieved stays."),
            ],
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access_required(keeps_staff)
def end_exemption(request: PersonRequest, organisation: str, assignment: str) -> HttpResponse:
    """The training is asked again."""
    found = organisation_of(request, organisation)
    held, today = assignment_of(request, found, assignment), today_of(request)
    form = DueForm(typed(request), today=today)

    def consequences() -> list[str]:
        due_on = form.cleaned_data["due_on"]
        would_be = if_happened(held, EventType.ASSIGNED, due_on, today, waived=True)
        return follows.end_of_exemption_words(would_be)

    return _decide(
        request,
        found,
        held,
        Decision(
            title=_("End the exemption of %(name)s") % {"name": held.worker},
            button=_("End the exemption"),
            saved=_("The exemption was ended."),
            form=form,
            day="due_on",
            check=lambda day: refusing.check_end_of_exemption(held, day, at=now_of(request)),
            follows=consequences,
            carry_out=lambda: actions.end_exemption(
                assignment=held, **form.cleaned_data, by=request.user, at=now_of(request)
            ),
            always=[_("Dates that still run come back; otherwise the day you choose holds.")],
        ),
    )


def _decide(
    request: PersonRequest, organisation: Organisation, held: Assignment, decision: Decision
) -> HttpResponse:
    """First what would follow, then saving: with the same answers as were shown."""
    form, lines = decision.form, list[str]()
    page = reverse("learning:training_of_person", args=[organisation.public_id, held.public_id])
    if request.method == "POST":
        if form.is_valid() and request.POST.get("seen") == _answers(form):
            with _refusals_beside(decision.day, form):
                decision.carry_out()
                close_overtaken_of(user=held.worker, at=now_of(request))
                messages.success(request, decision.saved)
                return redirect(page)
        elif _holds(decision):
            lines = decision.follows()
    return render(
        request,
        "learning/decision.html",
        {
            "decision": decision,
            "form": form,
            "lines": lines,
            "seen": _answers(form) if lines else "",
            "assignment": held,
            "back": page,
            "crumbs": crumbs_of(
                organisation,
                (str(held.worker), person_page_of(organisation, held)),
                (held.programme.title, page),
            ),
        },
    )


def _holds(decision: Decision) -> bool:
    """Whether all that is filled in can be; what cannot is told at once, field by field."""
    form = decision.form
    if decision.day not in form.errors:
        with _refusals_beside(decision.day, form):
            decision.check(form.cleaned_data[decision.day])
    return not form.errors


@contextmanager
def _refusals_beside(field: str, form: Form) -> Iterator[None]:
    """As `refusals_in`; here the day that can be too far away has a name."""
    with refusals_in(form):
        try:
            yield
        except TooFarAway as refusal:
            refusal.field = field
            raise


def _answers(form: Form) -> str:
    """What was filled in, to know whether its consequences were shown."""
    return " ".join(f"{name}={form.cleaned_data[name]}" for name in form.fields)
