"""Every model and field is classified in config/privacy.py: nothing is stored unnoticed."""

import pytest
from django.apps import apps
from django.db import connection, models

from config.privacy import ONLY_ON_SQLITE, OTHERS, OWN, Classified

OUR_APPS = {"organisations", "modules", "assessments", "learning", "analytics", "config"}
# Words that in a field's name point at data about a client or victim, which is never stored.
FORBIDDEN = ["bsn", "client_name", "victim", "date_of_birth", "birth", "nationality", "diagnosis"]


def stored_fields(model: type[models.Model]) -> set[str]:
    return {field.name for field in [*model._meta.local_fields, *model._meta.local_many_to_many]}


def all_models() -> dict[str, type[models.Model]]:
    return {model._meta.label: model for model in apps.get_models(include_auto_created=True)}


def ours() -> dict[str, type[models.Model]]:
    return {
        label: model for label, model in all_models().items() if model._meta.app_label in OUR_APPS
    }


def test_every_model_of_ours_is_classified_and_none_is_gone() -> None:
    assert set(OWN) == set(ours())


@pytest.mark.parametrize("label", sorted(OWN))
def test_every_field_is_classified_once(label: str) -> None:
    classified = OWN[label].fields
    assert sorted(classified) == sorted(set(classified)), "a field stands twice"
    assert set(classified) == stored_fields(ours()[label])


@pytest.mark.parametrize("label", sorted(OWN))
def test_each_model_says_how_it_is_exported_erased_and_kept(label: str) -> None:
    entry: Classified = OWN[label]
    assert entry.export
    assert entry.erase
    assert entry.retention


def test_a_link_to_a_person_is_personal() -> None:
    linking = [
        (label, field.name)
        for label, model in ours().items()
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if field.related_model is apps.get_model("organisations.User")
    ]
    assert linking
    for label, name in linking:
        assert name in OWN[label].personal.split(), f"{label}.{name}"


def test_models_of_others_are_listed_with_a_reason() -> None:
    found = set(all_models()) - set(ours())
    absent = found - set(OTHERS)
    gone = set(OTHERS) - found - (ONLY_ON_SQLITE if connection.vendor != "sqlite" else set())
    assert not absent, "not in config/privacy.py"
    assert not gone, "in config/privacy.py, but no longer there"
    assert all(OTHERS.values())


def test_no_field_is_about_a_client_or_victim() -> None:
    for label, model in ours().items():
        for name in stored_fields(model):
            assert not any(word in name for word in FORBIDDEN), f"{label}.{name}"
