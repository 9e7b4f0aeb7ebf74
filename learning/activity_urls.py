"""What H5P activities tell, and what of that was refused. The answers stand in docs/api.md."""

from django.urls import path

from learning.views import activities, activity_refusals

HERE = "leren/<public_id:attempt>/stap/<int:number>/activiteit/"
TRY = "leren/activiteit/<public_id:run>/"
urlpatterns = [
    path(HERE, activities.begin, name="activity_begin"),
    path(f"{HERE}spelen/", activities.frame, name="activity_frame"),
    path(f"{TRY}uitspraak/", activities.statement, name="activity_statement"),
    path(f"{TRY}stand/", activities.state, name="activity_state"),
    path(
        "organisaties/h5p-geweigerd/",
        activity_refusals.activity_refusals,
        name="activity_refusals",
    ),
]
