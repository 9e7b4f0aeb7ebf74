"""Answers to forms that are sent by script."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class RedirectsForScripts:
    """Tells static/js/save.js where to go next instead of sending it there.

    A script cannot see a redirect, only follow it: the next page would be made twice, and its
    messages would be shown to nobody.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.headers.get("X-Requested-With") == "fetch" and "Location" in response.headers:
            response.status_code = 204
            response.headers["X-Location"] = response.headers["Location"]
            del response.headers["Location"]
        return response
