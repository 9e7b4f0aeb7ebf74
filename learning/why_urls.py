from django.urls import path

from learning.views import why

urlpatterns = [
    path("leerpad/waarom/<public_id:assignment>/", why.why, name="why"),
    path("leerpad/waarom/<public_id:assignment>.json", why.why_json, name="why_json"),
    path("team/waarom/<public_id:assignment>.json", why.team_why_json, name="team_why_json"),
]
