from django.urls import path

from learning.activity_urls import urlpatterns as activity_urlpatterns
from learning.certificate_urls import urlpatterns as certificate_urlpatterns
from learning.decision_urls import urlpatterns as decision_urlpatterns
from learning.mail_urls import urlpatterns as mail_urlpatterns
from learning.programme_urls import urlpatterns as programme_urlpatterns
from learning.staff_urls import urlpatterns as staff_urlpatterns
from learning.team_urls import urlpatterns as team_urlpatterns
from learning.training_urls import urlpatterns as training_urlpatterns
from learning.views import finish, mine, replays, steps
from learning.why_urls import urlpatterns as why_urlpatterns

app_name = "learning"
urlpatterns = [
    path("leerpad/", mine.path, name="path"),
    *why_urlpatterns,
    path("leerpad/<public_id:assignment>/begin/<public_id:module>/", mine.begin, name="begin"),
    path("ontwikkeling/", mine.development, name="development"),
    path("leren/<public_id:attempt>/", steps.resume, name="attempt"),
    path("leren/<public_id:attempt>/stap/<int:number>/", steps.step, name="step"),
    path(
        "leren/<public_id:attempt>/stap/<int:number>/opnieuw/", replays.start, name="replay_start"
    ),
    path("leren/opnieuw/<public_id:replay>/", replays.replay, name="replay"),
    path("leren/opnieuw/<public_id:replay>/opnieuw/", replays.start_again, name="replay_again"),
    path("leren/<public_id:attempt>/afronden/", finish.finish, name="finish"),
    *activity_urlpatterns,
    *training_urlpatterns,
    *staff_urlpatterns,
    *programme_urlpatterns,
    *decision_urlpatterns,
    *team_urlpatterns,
    *certificate_urlpatterns,
    *mail_urlpatterns,
]
