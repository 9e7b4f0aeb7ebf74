"""What a page posts for an H5P activity, as tests tell it."""

import hashlib
import json
from dataclasses import replace

from django.urls import reverse

from learning.actions import start_attempt
from learning.actions.activities import begin_run
from modules.packages.store import keep_blob
from tests.factories.h5p import h5p_step, make_library, make_version
from tests.factories.learning import (
    NOW,
    make_assignment,
    make_content,
    make_module,
    make_programme,
    make_rule,
)
from tests.factories.learning import make_version as make_module_version

STEP = 1  # the activity stands first
VERBS = "http://adlnet.gov/expapi/verbs/"
WHOLE = "urn:opmerkzaam:h5p:abc"


def attempt_with(worker, version=None, **step):
    """An attempt that has come to an activity; what is scored here stands after it."""
    made = h5p_step(version or make_version(), **step)
    content = make_content()
    module = make_module(versions=0)
    make_module_version(module, replace(content, steps=(made, *content.steps)))
    rule = make_rule(worker.employments.get().team.organisation, make_programme(module))
    return start_attempt(assignment=make_assignment(worker, rule=rule), module=module, at=NOW)


def step_of(attempt):
    return attempt.module_version.parsed.steps[STEP - 1]


def begun(attempt, at=NOW, nonce=""):
    return begin_run(attempt=attempt, step=step_of(attempt), nonce=nonce, at=at)


def said(verb="answered", *, part="", parent=None, **result):
    """A statement as H5P writes it."""
    told = {
        "actor": {"name": "Iemand", "mbox": "mailto:iemand@care.example"},
        "verb": {"id": VERBS + verb, "display": {"en-US": verb}},
        "object": {
            "id": f"{WHOLE}?subContentId={part}" if part else WHOLE,
            "objectType": "Activity",
            "definition": {"extensions": {"http://h5p.org/x-api/h5p-local-content-id": 1}},
        },
        "context": {"contextActivities": {"category": [{"id": "http://h5p.org/libraries/X-1.2"}]}},
    }
    if part if parent is None else parent:
        told["context"]["contextActivities"]["parent"] = [{"id": WHOLE, "objectType": "Activity"}]
    return told | ({"result": result} if result else {})


def scored(raw, maximum, verb="answered", **more):
    score = {"min": 0, "max": maximum, "raw": raw}
    if maximum:
        score["scaled"] = round(raw / maximum, 4)
    return said(verb, score=score, completion=True, duration="PT4.2S", **more)


def post(client, url, body, **headers):
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(url, data, content_type="application/json", **headers)


def tell(client, run, statement, sequence=1, **more):
    url = reverse("learning:activity_statement", args=[run.public_id])
    body = {"nonce": run.nonce, "sequence": sequence, "statement": statement, **more}
    return post(client, url, body)


def leave(client, run, state="{}", **more):
    url = reverse("learning:activity_state", args=[run.public_id])
    version = run.version.public_id
    return post(client, url, {"nonce": run.nonce, "version": version, "state": state, **more})


def begin(client, attempt, nonce="", number=STEP):
    url = reverse("learning:activity_begin", args=[attempt.public_id, number])
    return post(client, url, {"nonce": nonce})


def version_of(content, library="H5P.TrueFalse", minor=8):
    """A version of a known content type, with its content kept as it is when it was taken in."""
    raw = json.dumps(content).encode()
    sha256 = hashlib.sha256(raw).hexdigest()
    keep_blob(sha256, [raw])
    main = make_library(library, major=1, minor=minor)
    return make_version(main_library=main, files={"content.json": [sha256, len(raw)]})
