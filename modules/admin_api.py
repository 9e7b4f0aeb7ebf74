"""Wagtail's pages name an endpoint of its document library, which we do not install."""

from typing import NoReturn

from django.http import Http404, HttpRequest
from wagtail.admin.api.views import PagesAdminAPIViewSet


class NoDocuments(PagesAdminAPIViewSet):  # type: ignore[misc]
    """There for its address alone."""

    def listing_view(self, request: HttpRequest) -> NoReturn:
        raise Http404

    def detail_view(self, request: HttpRequest, pk: int | None = None) -> NoReturn:
        raise Http404

    def find_view(self, request: HttpRequest) -> NoReturn:
        raise Http404
