"""What a template may not hold, so that the content security policy never needs relaxing."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

FOLDER: Path = settings.BASE_DIR / "templates"
TEMPLATES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html"))
COMMENT = re.compile(r"{#.*?#}|{% comment.*?%}.*?{% endcomment %}|<!--.*?-->", re.DOTALL)
FORBIDDEN = {
    "a script in the page": re.compile(
        r"<script(?![^>]*\b(src=|type=[\"']application/json))", re.IGNORECASE
    ),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"=\s*[\"']?\s*javascript:", re.IGNORECASE),
    "a file from another site": re.compile(
        r"<(?:script|link|img|iframe)[^>]*(?:src|href)\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE
    ),
    "a part without escaping": re.compile(r"{%\s*autoescape\s+off|{%\s*filter\s+safe"),
}
SAFE = re.compile(r"([\w.]+)\s*\|\s*safe\b")
REFERENCE = re.compile(r"{%\s*(?:extends|include)\s+[\"']([^\"']+)[\"']")


def source_of(name: str) -> str:
    return COMMENT.sub("", (FOLDER / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what: str) -> None:
    guilty = [name for name in TEMPLATES if FORBIDDEN[what].search(source_of(name))]
    assert not guilty, f"{what}: {guilty}"


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles_and_finds_its_parts(name: str) -> None:
    get_template(name)
    missing = []
    for part in REFERENCE.findall(source_of(name)):
        try:
            get_template(part)
        except TemplateDoesNotExist:
            missing.append(part)
    assert not missing


def test_only_cleaned_content_is_marked_safe() -> None:
    """`…html` is what modules.compile has cleaned; Django marks help texts safe itself."""
    cleaned = re.compile(r"^(?:[\w.]*[_.])?html$|^field\.help_text$")
    guilty = [
        f"{name}: {expression}"
        for name in TEMPLATES
        for expression in SAFE.findall(source_of(name))
        if not cleaned.match(expression)
    ]
    assert not guilty
