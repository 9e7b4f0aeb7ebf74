"""Addresses where the training coordinator writes programmes."""

from django.urls import path

from learning.views import paths, policies, programmes

HERE = "leerlijnen/<public_id:organisation>/"
ONE = f"{HERE}<public_id:programme>/"

urlpatterns = [
    path(HERE, programmes.programmes, name="programmes"),
    path(f"{HERE}nieuw/", programmes.add_programme, name="add_programme"),
    path(ONE, programmes.programme, name="programme"),
    path(f"{ONE}gegevens/", programmes.change_programme, name="change_programme"),
    path(f"{ONE}kopie/", programmes.copy_programme, name="copy_programme"),
    path(f"{ONE}pad/nieuw/", paths.add_path, name="add_path"),
    path(f"{ONE}pad/<public_id:path_id>/", paths.change_path, name="change_path"),
    path(f"{ONE}pad/<public_id:path_id>/stoppen/", paths.retire_path, name="retire_path"),
    path(f"{ONE}afspraken/", policies.policy, name="policy"),
    path(f"{ONE}afspraken/wijzigen/", policies.change_policy, name="change_policy"),
]
