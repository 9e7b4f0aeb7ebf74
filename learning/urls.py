from django.urls import path

from learning.staff_urls import urlpatterns as staff_urlpatterns
from learning.views import finish, mine, steps, team

app_name = "learning"
urlpatterns = [
    path("leerpad/", mine.path, name="path"),
    path("leerpad/waarom/<str:assignment>/", mine.why, name="why"),
    path("leerpad/<str:assignment>/begin/<int:position>/", mine.begin, name="begin"),
    path("ontwikkeling/", mine.development, name="development"),
    path("leren/<str:attempt>/", steps.resume, name="attempt"),
    path("leren/<str:attempt>/stap/<int:number>/", steps.step, name="step"),
    path("leren/<str:attempt>/afronden/", finish.finish, name="finish"),
    path("team/", team.overview, name="team"),
    path("team/<str:team>/", team.one_team, name="one_team"),
    path("team/persoon/<str:person>/", team.person, name="person"),
    *staff_urlpatterns,
]
