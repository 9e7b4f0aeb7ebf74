"""Both languages of the interface are complete. `make messages` gathers what is new."""

import pytest
from django.conf import settings

from config import messages


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_no_text_is_without_translation(language: str) -> None:
    lacking = messages.missing(settings.BASE_DIR, language)
    assert not lacking, f"{language} lacks {len(lacking)}:\n" + "\n".join(lacking)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_no_translation_is_uncertain_or_left_over(language: str) -> None:
    import polib

    catalogue = polib.pofile(str(messages.path_of(settings.BASE_DIR, language)))
    assert not [entry.msgid for entry in catalogue.fuzzy_entries()]
    assert not [entry.msgid for entry in catalogue.obsolete_entries()]


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_a_translation_keeps_the_names_in_the_text(language: str) -> None:
    """`%(count)s` in the source and `%(aantal)s` in the translation is a page that breaks."""
    import re

    import polib

    names = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")
    wrong = []
    for entry in polib.pofile(str(messages.path_of(settings.BASE_DIR, language))):
        known = set(names.findall(entry.msgid)) | set(names.findall(entry.msgid_plural))
        texts = [entry.msgstr, *entry.msgstr_plural.values()]
        wrong += [text for text in texts if not set(names.findall(text)) <= known]
    assert not wrong
