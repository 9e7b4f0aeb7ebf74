from django.urls import path, register_converter

from analytics.converters import YearAndMonth
from analytics.views import months, overview, studies

register_converter(YearAndMonth, "yearmonth")

app_name = "analytics"
urlpatterns = [
    path("", months.months, name="months"),
    path("overzicht/", overview.overview, name="overview"),
    path("studies/", studies.studies, name="studies"),
    path("studies/<str:study>/", studies.study, name="study"),
    path("studies/<str:study>/gegevens.csv", studies.extract, name="study_extract"),
    path("studies/<str:study>/codeboek.csv", studies.codebook, name="study_codebook"),
    path("<str:organisation>/", months.organisation_months, name="organisation"),
    path(
        "<str:organisation>/overzicht/",
        overview.organisation_overview,
        name="organisation_overview",
    ),
    path("<str:organisation>/<yearmonth:month>/", months.month, name="month"),
]
