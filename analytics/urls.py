from django.urls import path, register_converter

from analytics.converters import YearAndMonth
from analytics.views import months, overview, studies

register_converter(YearAndMonth, "yearmonth")

app_name = "analytics"
urlpatterns = [
    path("", months.months, name="months"),
    path("overzicht/", overview.overview, name="overview"),
    path("studies/", studies.studies, name="studies"),
    path("studies/<public_id:study>/", studies.study, name="study"),
    path("studies/<public_id:study>/gegevens.csv", studies.extract, name="study_extract"),
    path("studies/<public_id:study>/codeboek.csv", studies.codebook, name="study_codebook"),
    path("<public_id:organisation>/", months.organisation_months, name="organisation"),
    path(
        "<public_id:organisation>/overzicht/",
        overview.organisation_overview,
        name="organisation_overview",
    ),
    path("<public_id:organisation>/<yearmonth:month>/", months.month, name="month"),
]
