"""The site with one bare view beside it, for `make bench` alone."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from organisations.models import Employment


@login_required
def floor(request: HttpRequest) -> HttpResponse:
    """Session, user and one query: less than this no page for a person can cost."""
    count = Employment.objects.filter(user=request.user.pk).count()
    return HttpResponse(f"<p>{count}</p>")


urlpatterns = [path("bench/floor/", floor), path("", include("config.urls"))]
