from django.urls import path

from learning.views import forecast, team

urlpatterns = [
    path("team/", team.overview, name="team"),
    path("team/vooruitblik/", forecast.forecast, name="forecast"),
    path("team/<public_id:team>/", team.one_team, name="one_team"),
    path("team/persoon/<public_id:person>/", team.person, name="person"),
]
