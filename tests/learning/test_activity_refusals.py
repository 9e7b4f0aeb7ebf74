"""What cannot be right is refused with a code and words, counted, and shown to administrators."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learning import errors_activities
from learning.actions.counting import count_refusal
from learning.models import ActivityRefusal, ActivityRun, ActivityStatement
from learning.presenters.refusal_words import WORDS, words_for
from tests.factories.h5p import make_version
from tests.factories.learning import NOW, TODAY
from tests.factories.organisations import make_administrator, make_coordinator, make_editor
from tests.learning.telling import attempt_with, begin, begun, post, said, scored, tell

pytestmark = pytest.mark.django_db
LARGEST = 65_536
PAGE = reverse("learning:activity_refusals")
RAISED = re.compile(r'NotTaken\("([A-Z_]+)"\)|MessageOdd\("([A-Z_]+)"\)')


@pytest.fixture
def run(worker):
    return begun(attempt_with(worker))


def url_of(run):
    return reverse("learning:activity_statement", args=[run.public_id])


def counted():
    return list(ActivityRefusal.objects.order_by("pk").values_list("code", "version", "count"))


# What is read


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_only_json_is_taken(signed_in, run, kind):
    answer = signed_in.post(url_of(run), "{}", content_type=kind)
    assert (answer.status_code, answer.json()["code"]) == (415, "CONTENT_TYPE")


def test_a_charset_beside_it_is_fine(signed_in, run):
    answer = signed_in.post(url_of(run), "{}", content_type="application/json; charset=utf-8")
    assert answer.json()["code"] == "SEQUENCE"


def test_what_does_not_come_from_our_page_is_counted(worker, run):
    client = Client(enforce_csrf_checks=True)
    client.force_login(worker)
    assert post(client, url_of(run), {}).status_code == 403
    assert counted() == [("CSRF", "", 1)]


def test_strangers_and_other_pages_count_nothing(worker, run):
    client = Client(enforce_csrf_checks=True)
    assert post(client, url_of(run), {}).status_code == 403
    client.force_login(worker)
    assert client.post(reverse("set_language"), {"language": "en"}).status_code == 403
    assert counted() == []


def filled(run, size):
    body = f'{{"nonce": "{run.nonce}", "sequence": 1, "x": "%s"}}'
    return body % ("a" * (size - len(body) + 2))


def test_64_kb_is_read_and_no_more(signed_in, run):
    fits, too_large = filled(run, LARGEST), filled(run, LARGEST + 1)
    assert (len(fits), len(too_large)) == (LARGEST, LARGEST + 1)
    assert post(signed_in, url_of(run), fits).json()["code"] == "STATEMENT"
    answer = post(signed_in, url_of(run), too_large)
    assert (answer.status_code, answer.json()["code"]) == (413, "TOO_LARGE")


def test_a_length_that_was_told_is_enough_to_refuse(signed_in, run):
    answer = post(signed_in, url_of(run), "{}", CONTENT_LENGTH="99999999")
    assert answer.status_code == 413


@pytest.mark.parametrize("length", ["+65537", "065537", " 65537"])
def test_a_length_in_another_form_lets_no_more_in(signed_in, run, length):
    answer = post(signed_in, url_of(run), filled(run, LARGEST + 1), CONTENT_LENGTH=length)
    assert answer.status_code == 413


@pytest.mark.parametrize("length", ["", "0", "10", "-1", "x", "9" * 5_000])
def test_a_length_that_is_missing_or_lies_breaks_nothing(signed_in, run, length):
    answer = post(signed_in, url_of(run), filled(run, 1_000), CONTENT_LENGTH=length)
    assert answer.status_code in {400, 413}
    assert answer.json()["code"] in {"NOT_JSON", "TOO_LARGE"}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("[]", "BODY"),
        ("{}", "SEQUENCE"),
        ('{"sequence": 1, "sequence": 1}', "NOT_JSON"),
        ("[" * 30_000, "TOO_DEEP"),
        ('{"a": ' + "[" * 20_000 + "]" * 20_000 + "}", "TOO_DEEP"),
        ('{"a": "\\u0000"}', "TEXT"),
        ('{"a": "\\ud800"}', "TEXT"),
        ('{"nonce": 5}', "BODY"),
        (b'{"a": "\xff"}', "NOT_JSON"),
    ],
)
def test_what_cannot_be_read_is_refused(signed_in, run, body, code):
    answer = post(signed_in, url_of(run), body)
    assert answer.status_code == 400
    assert answer.json()["code"] == code
    assert counted() == [(code, run.version.public_id, 1)]


def test_another_site_posts_nothing(worker, run):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(worker)
    assert tell(browser, run, scored(1, 1)).status_code == 403
    assert not ActivityStatement.objects.exists()


def test_who_is_signed_out_is_told_where_to_sign_in(client, run):
    """As the scripts of the site hear it, see config/middleware.py."""
    headers = {"X-Requested-With": "fetch"}
    body = {"nonce": run.nonce, "sequence": 1, "statement": scored(1, 1)}
    answer = post(client, url_of(run), body, headers=headers)
    assert answer.status_code == 204
    assert answer["X-Location"].startswith("/account/login/")
    assert not ActivityStatement.objects.exists()


def test_only_a_post_is_taken(signed_in, run):
    assert signed_in.get(url_of(run)).status_code == 405


# What is counted


def test_what_is_refused_is_counted_by_day_code_and_activity(signed_in, run):
    for _time in range(3):
        tell(signed_in, run, said("downloaded"))
    tell(signed_in, run, said(), nonce="another")
    version = run.version.public_id
    assert counted() == [("VERB", version, 3), ("NONCE", version, 1)]
    assert ActivityRefusal.objects.filter(day=TODAY).count() == 2


def test_a_refused_beginning_is_counted_with_its_activity(signed_in, run):
    ActivityRun.objects.update(ended_at=NOW)
    begin(signed_in, run.attempt, nonce="another")
    assert counted() == [("NONCE", run.version.public_id, 1)]


def test_whose_it_was_is_nowhere():
    names = {field.name for field in ActivityRefusal._meta.get_fields()}
    assert names == {"id", "day", "code", "version", "count"}


def test_another_day_is_counted_apart():
    for days in [0, 0, 1]:
        count_refusal(code="VERB", version="", at=NOW + timedelta(days=days))
    rows = ActivityRefusal.objects.order_by("day").values_list("day", "count")
    assert list(rows) == [(TODAY, 2), (TODAY + timedelta(days=1), 1)]


def codes():
    """Every code that is raised anywhere in learning."""
    found = {
        one.code
        for one in vars(errors_activities).values()
        if isinstance(one, type) and isinstance(getattr(one, "code", None), str)
    }
    for path in (Path(settings.BASE_DIR) / "learning").rglob("*.py"):
        for pair in RAISED.findall(path.read_text()):
            found |= set(pair)
    return found - {""} | {"SCORE_DISAGREES", "CSRF"}


def test_every_code_has_words_and_stands_in_the_contract():
    assert codes() == set(WORDS)
    contract = (Path(settings.BASE_DIR) / "docs" / "api.md").read_text()
    assert [code for code in codes() if f"`{code}`" not in contract] == []


def test_a_code_of_before_is_shown_as_it_is():
    assert words_for("OF_BEFORE") == "OF_BEFORE"


# The page


@pytest.fixture
def administrator(client):
    client.force_login(make_administrator())
    return client


def test_the_page_tells_day_words_title_and_count(administrator):
    version = make_version(title="Kiezen <b>maar</b>")
    for _time in range(3):
        count_refusal(code="VERB", version=version.public_id, at=NOW)
    count_refusal(code="UNKNOWN", version="", at=NOW)
    page = administrator.get(PAGE)
    text = page.content.decode()
    lines = page.context["lines"]
    assert [(row.code, row.count, title) for row, _words, title in lines] == [
        ("VERB", 3, "Kiezen <b>maar</b>"),
        ("UNKNOWN", 1, ""),
    ]
    assert str(WORDS["VERB"]) in text
    assert "Kiezen &lt;b&gt;maar&lt;/b&gt;" in text


def test_the_last_ninety_days_the_latest_first(administrator):
    for days in [0, 90, 91]:
        count_refusal(code="VERB", version="", at=NOW - timedelta(days=days))
    rows = [row.day for row, _words, _title in administrator.get(PAGE).context["lines"]]
    assert rows == [TODAY, TODAY - timedelta(days=90)]


def test_without_any_it_says_so(administrator):
    assert "<table" not in administrator.get(PAGE).content.decode()


def test_administrators_find_it_beside_the_trail(administrator):
    assert PAGE in administrator.get(reverse("organisations:organisations")).content.decode()


def test_for_others_it_is_not_there(client, worker):
    coordinator = make_coordinator(worker.employments.get().team.organisation)
    for other in [worker, make_editor(), coordinator]:
        client.force_login(other)
        assert client.get(PAGE).status_code == 404


def test_it_costs_the_same_with_many(administrator):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            administrator.get(PAGE)
        return len(captured)

    def count(number):
        for _row in range(number):
            count_refusal(code="VERB", version=make_version().public_id, at=NOW)

    count(2)
    cost()  # whether this is the demo is asked once
    before = cost()
    count(20)
    assert cost() == before
