"""Addresses of what people at an organisation must follow, and why: its rules."""

from django.urls import path

from learning.views import rules, training

HERE = "opleidingen/<public_id:organisation>/"
PROGRAMME = f"{HERE}<public_id:programme>/"
RULE = f"{HERE}regels/<public_id:rule>/"
urlpatterns = [
    path(HERE, training.training, name="training"),
    path(f"{PROGRAMME}mensen/", training.people_of_programme, name="people_of_programme"),
    path(f"{PROGRAMME}regel/", rules.add_rule, name="add_rule"),
    path(f"{RULE}wijzigen/", rules.change_rule, name="change_rule"),
    path(f"{RULE}stoppen/", rules.end_rule, name="end_rule"),
]
