"""Which modules hold an activity, as written and as published."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from modules.models import LibraryDecision, ModulePage
from modules.packages.where_used import live_modules_with, uses
from tests.factories.h5p import NOW, make_library, make_version
from tests.modules.h5p_site import module_with, publish, steps_with

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


@pytest.fixture
def version():
    return make_version()


def second_of(version, **fields):
    main = fields.pop("main_library", version.main_library)
    return make_version(package=version.package, number=2, main_library=main, **fields)


class TestModules:
    def test_nowhere(self, version):
        module_with(make_version().package)
        found = uses(version.package)
        assert found.modules == ()
        assert found.versions == ((version, ()),)
        assert not found.is_used

    def test_a_live_module(self, version):
        page = module_with(version.package)
        publish(page)
        (found,) = uses(version.package).modules
        assert (found.title, found.number) == ("Met H5P", 1)
        assert found.edit_url == f"/admin/pages/{page.pk}/edit/"
        assert (found.is_live, found.is_in_draft, found.is_behind) == (True, False, False)

    def test_a_module_that_was_never_published(self, version):
        page = module_with(version.package, live=False)
        page.save_revision()
        (found,) = uses(version.package).modules
        assert (found.is_live, found.is_in_draft, found.number) == (False, True, None)
        assert not found.is_behind
        assert uses(version.package).is_used

    def test_a_draft_of_a_live_module(self, version):
        page = module_with()
        publish(page)
        page.steps = steps_with(version.package)
        page.save_revision()
        (found,) = uses(version.package).modules
        assert (found.is_live, found.is_in_draft) == (False, True)

    def test_live_with_a_draft_in_which_it_is_left_out(self, version):
        page = module_with(version.package)
        publish(page)
        page.steps = steps_with()
        page.save_revision()
        (found,) = uses(version.package).modules
        assert (found.is_live, found.is_in_draft) == (True, False)

    def test_a_draft_that_is_published_later(self, version):
        page = module_with()
        page.steps = steps_with(version.package)
        scheduled = page.save_revision(approved_go_live_at=timezone.now() + timedelta(days=1))
        page.steps = steps_with()
        page.save_revision()
        (found,) = uses(version.package).modules
        assert found.is_in_draft, scheduled

    def test_a_module_that_could_not_be_renewed_is_behind(self, version):
        publish(module_with(version.package))
        second_of(version)
        (found,) = uses(version.package).modules
        assert (found.is_behind, found.number) == (True, 1)

    def test_a_newer_version_that_waits_leaves_nobody_behind(self, version):
        publish(module_with(version.package))
        second_of(version, main_library=make_library(approved=False))
        (found,) = uses(version.package).modules
        assert not found.is_behind

    def test_after_a_withdrawal_nobody_is_behind(self, version):
        publish(module_with(version.package))
        LibraryDecision.objects.create(library=version.main_library, is_approved=False, at=LATER)
        (found,) = uses(version.package).modules
        assert not found.is_behind


class TestPublished:
    def test_each_version_with_the_modules_that_rest_on_it(self, version):
        page = module_with(version.package)
        publish(page)
        ModulePage.objects.filter(pk=page.pk).update(summary="Anders.")
        page.refresh_from_db()
        publish(page)
        second = second_of(version)
        ModulePage.objects.filter(pk=page.pk).update(summary="Nog anders.")
        page.refresh_from_db()
        publish(page)
        (newest, its), (oldest, older) = uses(version.package).versions
        assert (newest, oldest) == (second, version)
        assert [(use.numbers, use.is_current) for use in its] == [((3,), True)]
        assert [(use.numbers, use.is_current) for use in older] == [((1, 2), False)]
        assert its[0].edit_url == f"/admin/pages/{page.pk}/edit/"

    def test_the_number_of_queries_stays(self, version, django_assert_num_queries):
        def more(count):
            for number in range(count):
                publish(module_with(version.package, title=f"Module {number}"))
                module_with(version.package, live=False)

        more(2)
        with CaptureQueriesContext(connection) as few:
            uses(version.package)
        more(10)
        second_of(version)
        with django_assert_num_queries(len(few)):
            found = uses(version.package)
        assert len(found.modules) == 24


class TestLive:
    def test_only_what_is_published_now(self, version):
        live = module_with(version.package)
        module_with(version.package, live=False)
        module_with(make_version().package)
        draft = module_with()
        draft.steps = steps_with(version.package)
        draft.save_revision()
        assert live_modules_with({version.package.pk}) == [live]

    def test_a_step_whose_activity_is_gone_is_no_use(self, version):
        steps = steps_with(version.package).replace(f": {version.package.pk}", ": null")
        page = module_with()
        page.steps = steps
        page.save()
        assert live_modules_with({version.package.pk}) == []
