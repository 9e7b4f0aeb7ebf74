"""The door of the Wagtail admin: who comes in, and what its pages may do in the browser."""

from collections.abc import Callable

from csp.constants import UNSAFE_INLINE
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from modules.approval import ApprovedFaulty
from modules.permissions import follow_roles, may_edit
from organisations.access import Access

GetResponse = Callable[[HttpRequest], HttpResponseBase]
# People and roles are kept in our own pages, with a trail; Wagtail's would go round that.
KEPT_ELSEWHERE = ("wagtailusers_users:index", "wagtailusers_groups:index")
# Under the address of the admin: the pages about libraries, and what Wagtail's frame asks for.
OPEN_TO_DECIDERS = ("h5p-libraries/", "jsi18n/", "sprite/", "account/")


class DoorOfTheAdmin:
    """For who has nothing to do there the admin is as if it were not there.

    Stands after `organisations.middleware.AccessOfTheDay`. People who are not signed in are sent
    to sign in by Wagtail. Wagtail's own styles need inline ones; scripts stay as strict as ever.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if self._is_admin(request):
            response._csp_update = {"style-src": [UNSAFE_INLINE]}  # type: ignore[attr-defined]
        return response

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponseBase | None:
        """Before any view of the admin: bring the group up to date, refuse who lacks the role."""
        if not self._is_admin(request) or not request.user.is_authenticated:
            return None
        if request.path == reverse("to_sign_out"):
            return None
        access = request.access  # type: ignore[attr-defined]
        follow_roles(request.user, access)
        if not (may_edit(access) or self._decides_here(request, access)):
            raise Http404
        if request.path.startswith(tuple(reverse(name) for name in KEPT_ELSEWHERE)):
            raise Http404
        if request.path == reverse("wagtailadmin_home") and not may_edit(access):
            return redirect("h5p_libraries")  # the home page is about pages
        return None

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """An approval that was refused: say why, on the page where it can be mended."""
        if not isinstance(exception, ApprovedFaulty):
            return None
        messages.error(request, str(exception))
        address = exception.edit_url or reverse("wagtailadmin_home")
        if request.headers.get("x-requested-with") == "XMLHttpRequest":  # from Wagtail's dialog
            return JsonResponse({"step": "success", "redirect": address})
        return redirect(address)

    @staticmethod
    def _decides_here(request: HttpRequest, access: Access) -> bool:
        """Who only decides about libraries comes to those pages, and to what every page needs."""
        home = reverse("wagtailadmin_home")
        open_ones = tuple(home + part for part in OPEN_TO_DECIDERS)
        return access.decides_libraries and (
            request.path == home or request.path.startswith(open_ones)
        )

    def _is_admin(self, request: HttpRequest) -> bool:
        return request.path.startswith(reverse("wagtailadmin_home"))
