"""Pages of our own within the Wagtail admin, for editors only (modules/middleware.py)."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponseBadRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from modules.hints import hints
from modules.rules.phrasing import is_example

MOST_TEXTS = 1_000  # a scenario of two hundred decisions


@require_POST
def scenario_hints(request: HttpRequest) -> HttpResponseBase:
    """Hints for texts that somebody is writing: a list of [text, quality]. Nothing is stored."""
    try:
        texts = _texts(json.loads(request.body))
    except ValueError:
        return HttpResponseBadRequest()
    found = [hints(text, is_example=is_example(quality)) for text, quality in texts]
    return JsonResponse(
        {"hints": [{"figures": hint.figures, "remarks": hint.remarks} for hint in found]}
    )


def _texts(told: Any) -> list[tuple[str, str]]:
    if not isinstance(told, list) or len(told) > MOST_TEXTS:
        raise ValueError
    pairs = [tuple(pair) for pair in told if isinstance(pair, list)]
    if len(pairs) < len(told) or any(
        len(pair) != 2 or not all(isinstance(part, str) for part in pair) for pair in pairs
    ):
        raise ValueError
    return pairs
