"""The page of one activity, and what can be changed about it besides its file."""

from typing import cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from modules.models import H5PPackage, H5PVersion
from modules.packages.admin.overview import overview_of
from modules.packages.admin.pages import LIST, activity_crumbs, list_crumb, page
from modules.packages.deleting import delete_package, delete_version
from modules.packages.errors import PackageGone
from modules.packages.naming import rename
from modules.packages.rows import LONGEST
from organisations.clock import now_of
from organisations.errors import Refused
from organisations.forms.fields import PlainText
from organisations.models import User
from organisations.requests import PersonRequest


class TitleForm(forms.Form):
    title = PlainText(label=gettext_lazy("Title"), max_length=LONGEST)


@require_safe
def activity(request: PersonRequest, package: str) -> HttpResponse:
    found = get_object_or_404(H5PPackage, public_id=package)
    overview = overview_of(found)
    return page(
        request,
        "activity.html",
        title=found.title,
        crumbs=[list_crumb()],
        overview=overview,
        uses=overview.uses,
        decides=request.access.decides_libraries,
    )


@require_http_methods(["GET", "POST"])
def title(request: HttpRequest, package: str) -> HttpResponse:
    """Only what editors see of it: the title in the file stays as it is."""
    found = get_object_or_404(H5PPackage, public_id=package)
    crumbs = activity_crumbs(found)
    form = TitleForm(request.POST or None, initial={"title": found.title})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["title"]
        try:
            rename(found, title=given, by=cast(User, request.user), at=now_of(request))
        except PackageGone as gone:
            raise Http404 from gone
        messages.success(request, _("The title was changed."))
        return redirect("h5p_activity", found.public_id)
    return page(request, "title.html", title=_("Change the title"), crumbs=crumbs, form=form)


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, package: str) -> HttpResponse:
    found = get_object_or_404(H5PPackage, public_id=package)
    error = ""
    if request.method == "POST":
        try:
            delete_package(found, by=cast(User, request.user), at=now_of(request))
        except Refused as refusal:
            error = str(refusal)
        else:
            said = _("“{title}” was deleted.")
            messages.success(request, said.format(title=found.title))
            return redirect(LIST)
    question = _("Delete this activity with all its versions? This cannot be undone.")
    return _ask(request, found, _("Delete this activity"), question, error)


@require_http_methods(["GET", "POST"])
def delete_one_version(request: HttpRequest, version: str) -> HttpResponse:
    found = get_object_or_404(H5PVersion.objects.select_related("package"), public_id=version)
    number, error = found.number, ""
    if request.method == "POST":
        try:
            delete_version(found, by=cast(User, request.user), at=now_of(request))
        except Refused as refusal:
            error = str(refusal)
        else:
            messages.success(request, _("Version {number} was deleted.").format(number=number))
            return redirect("h5p_activity", found.package.public_id)
    header = _("Delete version {number}").format(number=number)
    question = _("Delete version {number}? This cannot be undone.").format(number=number)
    return _ask(request, found.package, header, question, error)


def _ask(
    request: HttpRequest, package: H5PPackage, header: str, question: str, error: str
) -> HttpResponse:
    return page(
        request,
        "delete.html",
        title=header,
        crumbs=activity_crumbs(package),
        status=409 if error else 200,
        package=package,
        question=question,
        error=error,
    )
