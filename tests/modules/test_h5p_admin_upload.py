"""Sending in an H5P file in the Wagtail admin, and what one sees of its check."""

from datetime import timedelta
from io import BytesIO
from urllib.parse import unquote

import pytest
from django.core.cache import cache
from django.core.exceptions import RequestDataTooBig
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from modules.models import H5PPackage, H5PUpload
from modules.packages.admin import receiving
from modules.packages.checking import check_waiting
from modules.rules.h5p.caps import MB
from tests.factories import make_administrator, make_editor
from tests.factories.h5p import NOW
from tests.h5p_packages import package
from tests.modules.h5p_site import IN_MEMORY, module_with, taken

pytestmark = pytest.mark.django_db
UPLOAD = reverse("h5p_upload")
BY_SCRIPT = {"X-Requested-With": "fetch"}
State = H5PUpload.State


@pytest.fixture(autouse=True)
def storage(settings):
    settings.STORAGES = {**settings.STORAGES, "h5p": IN_MEMORY}
    settings.H5P_CHECKS_IN_PROCESS = False
    cache.clear()
    return storages["h5p"]


@pytest.fixture
def client(client, editor):
    client.force_login(editor)
    return client


def form(body=None, name="katten.h5p", **fields):
    body = package() if body is None else body
    return {"file": SimpleUploadedFile(name, body), "once": "een", **fields}


def page_of(upload):
    return reverse("h5p_uploaded", args=[upload.public_id])


def state_of(upload):
    return reverse("h5p_upload_state", args=[upload.public_id])


def upload_of(state, **fields):
    facts = {"filename": "katten.h5p", "stored_as": "", "size": 1, "uploaded_at": NOW, **fields}
    return H5PUpload.objects.create(state=state, **facts)


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_a_file_is_kept_and_its_check_awaited(client, editor):
    answer = client.post(UPLOAD, form())
    upload = H5PUpload.objects.get()
    assert (upload.state, upload.filename) == (State.WAITING, "katten.h5p")
    assert (upload.uploaded_by, upload.replaces) == (editor, None)
    assert answer["Location"] == page_of(upload)
    waiting = text_of(client.get(page_of(upload)))
    assert f'data-h5p-wait="{state_of(upload)}"' in waiting
    assert 'role="status"' in waiting
    assert f'href="{page_of(upload)}"' in waiting  # for who has no script


def test_when_the_check_is_done_it_moves_on_to_the_activity(
    client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(UPLOAD, form(package(title="Katten")))
    upload = H5PUpload.objects.get()
    assert client.get(state_of(upload)).json()["is_over"] is False
    check_waiting()
    told = client.get(state_of(upload))
    assert told.json()["is_over"] is True
    assert "no-store" in told["Cache-Control"]
    activity = reverse("h5p_activity", args=[H5PPackage.objects.get().public_id])
    assert client.get(page_of(upload))["Location"] == activity
    assert "Katten" in text_of(client.get(activity))


def test_what_is_wrong_is_told_file_by_file_with_what_to_do(client):
    body = package(title="<b>Kwaad</b>", files={"a.php": b"x", "b<i>.php": b"x"})
    client.post(UPLOAD, form(body, name="<i>kwaad</i>.h5p"))
    check_waiting()
    upload = H5PUpload.objects.get()
    assert upload.state == State.REFUSED
    html = text_of(client.get(page_of(upload)))
    assert html.count("content/a.php") >= 2  # above its faults, and in the words of one
    assert "content/b&lt;i&gt;.php" in html
    assert "&lt;b&gt;Kwaad&lt;/b&gt;" in html
    assert "<b>Kwaad" not in html
    assert "<i>" not in html
    assert f'href="{UPLOAD}"' in html  # another try
    assert not H5PPackage.objects.exists()


def test_a_refused_new_version_leads_to_another_try_for_the_same_activity(client):
    version = taken().version
    address = reverse("h5p_replace", args=[version.package.public_id])
    client.post(address, form(b"no zip"))
    check_waiting()
    upload = H5PUpload.objects.get()
    assert upload.replaces == version.package
    assert f'href="{address}"' in text_of(client.get(page_of(upload)))


def test_the_same_file_again_is_told_and_adds_nothing(client):
    version = taken().version
    client.post(reverse("h5p_replace", args=[version.package.public_id]), form())
    check_waiting()
    answer = client.get(page_of(H5PUpload.objects.get()), follow=True)
    assert [str(message) for message in answer.context["messages"]]
    assert version.package.versions.count() == 1


def test_a_new_version_says_which_modules_get_it(client):
    version = taken().version
    module_with(version.package, title="Eerste <i>module</i>")
    html = text_of(client.get(reverse("h5p_replace", args=[version.package.public_id])))
    assert "Eerste &lt;i&gt;module&lt;/i&gt;" in html


@pytest.mark.parametrize("headers", [{}, BY_SCRIPT])
@pytest.mark.parametrize("fields", [{}, {"file": "no file but a text"}])
def test_without_a_file_it_says_so(client, headers, fields):
    answer = client.post(UPLOAD, fields, headers=headers)
    assert answer.status_code == 400
    said = answer.json()["message"] if headers else text_of(answer)
    assert "Kies eerst een bestand." in said
    assert not H5PUpload.objects.exists()


def test_an_empty_file_is_refused_with_words_of_its_own(client):
    answer = client.post(UPLOAD, form(b""), headers=BY_SCRIPT)
    assert answer.status_code == 400
    assert answer.json()["message"]
    assert not H5PUpload.objects.exists()
    client.post(UPLOAD, form())
    assert H5PUpload.objects.exists()  # the page may send once more


def test_a_script_is_told_where_to_go(client):
    answer = client.post(UPLOAD, form(), headers=BY_SCRIPT)
    assert (answer.status_code, answer["X-Location"]) == (204, page_of(H5PUpload.objects.get()))


def test_a_second_click_sends_nothing_twice(client):
    first, second = (client.post(UPLOAD, form()) for _click in range(2))
    assert first["Location"] == second["Location"]
    assert H5PUpload.objects.count() == 1
    client.post(UPLOAD, form(once="twee"))
    assert H5PUpload.objects.count() == 2


def test_a_click_while_the_first_is_still_coming_in_is_told(client, editor):
    cache.add(f"h5p-upload:{editor.pk}:een", "")
    answer = client.post(UPLOAD, form(), follow=True)
    assert [str(message) for message in answer.context["messages"]]
    assert not H5PUpload.objects.exists()


def test_two_people_with_the_same_page_both_send(client, editor):
    client.post(UPLOAD, form())
    client.force_login(make_administrator())
    client.post(UPLOAD, form())
    assert H5PUpload.objects.count() == 2


def test_editors_see_what_colleagues_sent(client, editor):
    upload = upload_of(State.REFUSED, uploaded_by=editor)
    client.force_login(make_editor())
    assert client.get(page_of(upload)).status_code == 200


@pytest.mark.parametrize("state", [State.FAILED, State.TAKEN, State.REFUSED])
def test_what_is_over_offers_another_try(client, state):
    upload = upload_of(state)  # taken, and its version deleted after that
    html = text_of(client.get(page_of(upload)))
    assert f'href="{UPLOAD}"' in html
    assert "data-h5p-wait" not in html


def test_a_check_that_was_broken_off_goes_on_while_somebody_waits(client, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "modules.packages.admin.uploading.go_on", lambda upload, at: asked.append(upload)
    )
    upload = upload_of(State.WAITING, uploaded_at=NOW - timedelta(minutes=5))
    client.get(page_of(upload))
    client.get(state_of(upload))
    assert asked == [upload, upload]


class Unread(BytesIO):
    """A body that nobody may read."""

    def read(self, *_sizes):
        raise AssertionError("what is too large was read")

    readline = read


@pytest.mark.parametrize("headers", [{}, BY_SCRIPT])
def test_too_large_is_refused_before_anything_of_it_is_read(editor, headers, settings):
    settings.H5P_CAPS = {"archive_bytes": 3 * MB}
    client = Client(enforce_csrf_checks=True, headers=headers)
    client.force_login(editor)
    answer = client.generic(
        "POST",
        UPLOAD,
        b"",
        content_type="multipart/form-data; boundary=x",
        **{"wsgi.input": Unread(), "CONTENT_LENGTH": str(4 * MB + 1)},
    )
    assert answer.status_code == 413
    assert "3 MB" in (answer.json()["message"] if headers else text_of(answer))
    assert not H5PUpload.objects.exists()


def test_as_large_as_may_be_is_read(settings):
    settings.H5P_CAPS = {"archive_bytes": 3 * MB}
    request = RequestFactory().post(UPLOAD)
    request.META["CONTENT_LENGTH"] = str(4 * MB)
    assert not receiving.is_too_big(request)


def multipart(length):
    """As a browser sends it, and says that it is so long."""
    environ = RequestFactory()._base_environ(
        REQUEST_METHOD="POST",
        PATH_INFO="/account/login/",
        CONTENT_TYPE="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(length),
    )
    return WSGIRequest({**environ, "wsgi.input": Unread()})


def test_no_other_page_takes_more_either(settings):
    """Whoever looks for a CSRF token reads the form, and would fill the disk with its files."""
    settings.H5P_CAPS = {"archive_bytes": 3 * MB}
    with pytest.raises(RequestDataTooBig):
        _ = multipart(4 * MB + 1).POST
    with pytest.raises(AssertionError):
        _ = multipart(4 * MB).POST


def test_a_form_without_its_token_is_refused(editor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert client.post(UPLOAD, form()).status_code == 403
    client.get(UPLOAD)
    token = client.cookies["csrftoken"].value
    assert client.post(UPLOAD, form(csrfmiddlewaretoken=token)).status_code == 302
    assert H5PUpload.objects.count() == 1


@pytest.mark.parametrize("headers", [{}, BY_SCRIPT])
def test_who_is_signed_out_meanwhile_comes_back_to_the_page(client, headers):
    client.logout()
    answer = client.post(UPLOAD, form(), headers=headers)
    to = answer["X-Location" if headers else "Location"]
    assert "/login/" in to
    assert UPLOAD in to
    assert not H5PUpload.objects.exists()


def test_who_idled_comes_back_to_the_page_too(client):
    client.get(UPLOAD)
    session = client.session
    session["seen"] -= 31 * 60
    session.save()
    answer = client.post(UPLOAD, form(), headers=BY_SCRIPT)
    assert unquote(answer["X-Location"]).endswith(f"?next={UPLOAD}")
    assert not H5PUpload.objects.exists()
