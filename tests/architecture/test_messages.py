"""Both languages of the interface are complete. `make messages` gathers what is new."""

import re
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings

from config import messages

LANGUAGES = [code for code, _name in settings.LANGUAGES]
NAMES = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def catalogue_of(language: str) -> Catalog:
    with messages.path_of(settings.BASE_DIR, language).open("rb") as file:
        return read_po(file, locale=language)


def texts_of(value: Any) -> list[str]:
    return [str(text) for text in value] if isinstance(value, (list, tuple)) else [str(value)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_without_translation(language: str) -> None:
    lacking = messages.missing(settings.BASE_DIR, language)
    assert not lacking, f"{language} lacks {len(lacking)}:\n" + "\n".join(lacking)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_uncertain_or_left_over(language: str) -> None:
    catalogue = catalogue_of(language)
    assert not [entry.id for entry in catalogue if entry.id and entry.fuzzy]
    assert not catalogue.obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_names_in_the_text(language: str) -> None:
    """`%(count)s` in the source and `%(aantal)s` in the translation is a page that breaks."""
    wrong = []
    for entry in catalogue_of(language):
        known = set(NAMES.findall(" ".join(texts_of(entry.id))))
        wrong += [text for text in texts_of(entry.string) if not set(NAMES.findall(text)) <= known]
    assert not wrong
