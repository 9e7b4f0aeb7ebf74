"""What is stored about whom, how long, and how it leaves or disappears.

Every field of every model of ours stands here once; a test fails when one is missing or gone.
`tests/architecture/test_privacy_registry.py`. Nothing about a client or victim is stored anywhere.
The export and the erasure themselves come later; what they must do is decided here.

- *personal*: about one worker, or linking a row to one;
- *aggregate*: about an organisation as a whole;
- *nothing*: content, settings and identifiers that say nothing about a person.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Classified:
    """One model's fields by kind, separated by spaces, and what becomes of its rows.

    `export` says how a worker gets their own rows, `erase` what erasing a worker does with them,
    `retention` how long they stay otherwise.
    """

    export: str
    erase: str
    retention: str
    personal: str = ""
    aggregate: str = ""
    nothing: str = ""

    @property
    def fields(self) -> list[str]:
        return [*self.personal.split(), *self.aggregate.split(), *self.nothing.split()]


AFTER_LEAVING = "the organisation's retention_months after the last employment ends"
OWN_COPY = "in the worker's own export"
NOT_EXPORTED = "not about a worker"
WHO_SET = "who set what, in the export of who set it"
DETACHED = "kept; the link to the worker goes to an account without a name"
REMOVED = "removed with the account"
UNTOUCHED = "nothing to erase"
AS_LONG_AS_USED = "as long as the platform uses it"

OWN: dict[str, Classified] = {
    # organisations
    "organisations.Organisation": Classified(
        export=NOT_EXPORTED,
        erase=UNTOUCHED,
        retention=AS_LONG_AS_USED,
        aggregate="name works_council_agreed_on retention_months shows_tree_without_sign_in",
        nothing="id public_id is_fictional created_at",
    ),
    "organisations.Team": Classified(
        export=NOT_EXPORTED,
        erase=UNTOUCHED,
        retention=AS_LONG_AS_USED,
        aggregate="organisation parent name",
        nothing="id public_id",
    ),
    "organisations.User": Classified(
        export=OWN_COPY,
        erase="names and address are emptied, the password made unusable; the row stays",
        retention=AFTER_LEAVING,
        personal="id public_id email first_name last_name language password last_login date_joined "
        "is_active is_staff is_superuser groups user_permissions",
    ),
    "organisations.User_groups": Classified(
        export=OWN_COPY, erase=REMOVED, retention=AFTER_LEAVING, personal="user group", nothing="id"
    ),
    "organisations.User_user_permissions": Classified(
        export=OWN_COPY,
        erase=REMOVED,
        retention=AFTER_LEAVING,
        personal="user permission",
        nothing="id",
    ),
    "organisations.Employment": Classified(
        export=OWN_COPY,
        erase=DETACHED,  # coverage of the past must stay countable
        retention=AFTER_LEAVING,
        personal="user team job_function hours_per_week starts_on ends_before",
        nothing="id public_id",
    ),
    "organisations.Leave": Classified(
        export=OWN_COPY,
        erase=DETACHED,
        retention=AFTER_LEAVING,
        personal="user starts_on ends_before",
        nothing="id public_id",
    ),
    "organisations.RoleGrant": Classified(
        export=OWN_COPY,
        erase=DETACHED,
        retention=AFTER_LEAVING,
        personal="user role organisation team starts_on ends_before",
        nothing="id public_id",
    ),
    "organisations.AuditEvent": Classified(
        export="what was done to or by the worker, in their own export",
        erase="kept unchanged: it holds identifiers, never names",
        retention="five years, for accountability",
        personal="actor subject_id detail at action",
        nothing="id organisation subject_type",
    ),
    "organisations.Contact": Classified(
        export="rows that name the worker, and rows that they set, in their own export",
        erase="where name, phone or address are the worker's they are emptied, in older rows too",
        retention="as long as it stands; replaced rows the organisation's retention_months",
        personal="name phone email owner recorded_by recorded_at",
        aggregate="organisation kind web_address reachable review_by is_public",
        nothing="id public_id supersedes",
    ),
    "organisations.DemoSite": Classified(
        export=NOT_EXPORTED,
        erase=UNTOUCHED,
        retention="until the demo is thrown away",
        nothing="id seed made_on",
    ),
    # modules: content, which belongs to the platform
    "modules.Competency": Classified(
        export=NOT_EXPORTED,
        erase=UNTOUCHED,
        retention=AS_LONG_AS_USED,
        nothing="id code name_nl name_en level_1 level_2 level_3 level_4 level_5",
    ),
    "modules.H5PLibrary": Classified(
        export=NOT_EXPORTED,
        erase=UNTOUCHED,
        retention=AS_LONG_AS_USED,
        nothing="id machine_name major minor patch title licence digest files preloaded_js "
        "preloaded_css dependencies runnable core_api reports_scores added_at",
    ),
    "modules.LibraryDecision": Classified(
        export=WHO_SET,
        erase=DETACHED,
        retention=AS_LONG_AS_USED,
        personal="by reason",
        nothing="id library is_approved at",
    ),
    "modules.H5PPackage": Classified(
        export=NOT_EXPORTED,
        erase=DETACHED,
        retention=AS_LONG_AS_USED,
        personal="created_by",
        nothing="id public_id title created_at",
    ),
    "modules.H5PVersion": Classified(
        export=NOT_EXPORTED,
        erase=DETACHED,
        retention="as long as a published module or a try rests on it",
        personal="uploaded_by",
        nothing="id public_id package number digest title filename size description files "
        "main_library libraries load_order languages core_api reports_scores uploaded_at",
    ),
    "modules.H5PVersion_libraries": Classified(
        export=NOT_EXPORTED,
        erase=UNTOUCHED,
        retention="with the version",
        nothing="id h5pversion h5plibrary",
    ),
    "modules.H5PUse": Classified(
        export=NOT_EXPORTED,
        erase=UNTOUCHED,
        retention="with the version of the module",
        nothing="id version module_version",
    ),
    "modules.H5PUpload": Classified(
        export=NOT_EXPORTED,
        erase=DETACHED,
        retention="a year; the file itself goes as soon as it was checked",
        personal="uploaded_by",
        nothing="id public_id filename stored_as size replaces state reasons title version is_new "
        "uploaded_at began_at finished_at",
    ),
    "modules.LoadedContent": Classified(
        export=NOT_EXPORTED,
        erase=UNTOUCHED,
        retention=AS_LONG_AS_USED,
        nothing="id key source_hash written_hash loaded_at",
    ),
    "modules.ModuleIndexPage": Classified(
        export=NOT_EXPORTED, erase=UNTOUCHED, retention=AS_LONG_AS_USED, nothing="page_ptr"
    ),
    "modules.ModulePage": Classified(
        export=NOT_EXPORTED,
        erase=UNTOUCHED,
        retention=AS_LONG_AS_USED,
        nothing="page_ptr public_id summary minutes content_note support steps review_status "
        "reviewed_by_role reviewed_on law_checked_on",
    ),
    "modules.ModuleVersion": Classified(
        export=NOT_EXPORTED,
        erase=DETACHED,
        retention="as long as an attempt was made with it",
        personal="published_by",
        nothing="id public_id module number content content_hash published_at",
    ),
    "modules.Recording": Classified(
        export=NOT_EXPORTED,
        erase=UNTOUCHED,
        retention=AS_LONG_AS_USED,
        nothing="id title file transcript",
    ),
    "modules.Scenario": Classified(
        export=NOT_EXPORTED,
        erase=DETACHED,
        retention=AS_LONG_AS_USED,
        personal="locked_by",
        nothing="id slug title purpose note law_checked_on reviewed_by_role reviewed_on start "
        "nodes latest_revision live has_unpublished_changes "
        "first_published_at last_published_at live_revision go_live_at expire_at expired locked "
        "locked_at",
    ),
    # assessments
    "assessments.SelfRating": Classified(
        export=OWN_COPY,
        erase=DETACHED,
        retention=AFTER_LEAVING,
        personal="user occasion recognising acting was_skipped rated_at",
        nothing="id public_id instrument_version",
    ),
    # learning
    "learning.RecertificationPolicy": Classified(
        export=NOT_EXPORTED,
        erase=UNTOUCHED,
        retention=AS_LONG_AS_USED,
        nothing="id name",
    ),
    "learning.PolicyTerms": Classified(
        export=WHO_SET,
        erase=DETACHED,
        retention=AS_LONG_AS_USED,
        personal="made_by",
        nothing="id policy starts_on basis active_months window_months minimum_months "
        "grace_days evidence_max_age_days leave_return_days ladder "
        "manager_after_days focal_person_after_days made_at",
    ),
    "learning.Programme": Classified(
        export=NOT_EXPORTED,
        erase=UNTOUCHED,
        retention=AS_LONG_AS_USED,
        aggregate="organisation",
        nothing="id public_id title reason policy",
    ),
    "learning.ProgrammePath": Classified(
        export=NOT_EXPORTED,
        erase=UNTOUCHED,
        retention=AS_LONG_AS_USED,
        nothing="id public_id programme kind number retired_at",
    ),
    "learning.ProgrammeModule": Classified(
        export=NOT_EXPORTED,
        erase=UNTOUCHED,
        retention=AS_LONG_AS_USED,
        nothing="id path module position",
    ),
    "learning.AssignmentRule": Classified(
        export=WHO_SET,
        erase=DETACHED,
        retention=AS_LONG_AS_USED,
        personal="made_by",
        aggregate="organisation programme job_functions due_from due_after_days due_on "
        "counts_from starts_on ends_before replaces made_at",
        nothing="id public_id",
    ),
    "learning.RuleTeam": Classified(
        export=NOT_EXPORTED,
        erase=UNTOUCHED,
        retention=AS_LONG_AS_USED,
        aggregate="rule team with_subteams",
        nothing="id",
    ),
    "learning.Assignment": Classified(
        export=OWN_COPY,
        erase=DETACHED,
        retention=AFTER_LEAVING,
        personal="worker programme organisation",
        nothing="id public_id",
    ),
    "learning.AssignmentEvent": Classified(
        export=OWN_COPY,
        erase=DETACHED,
        retention=AFTER_LEAVING,
        personal="assignment kind on day covered_through until reason rule matched "
        "counted_from waived by at",
        nothing="id",
    ),
    "learning.Cycle": Classified(
        export=OWN_COPY,
        erase=DETACHED,
        retention=AFTER_LEAVING,
        personal="assignment number path programme_path opened_on window_opens_on due_on "
        "closed_on closed_as",
        nothing="id",
    ),
    "learning.Validity": Classified(
        export=OWN_COPY,
        erase=DETACHED,
        retention=AFTER_LEAVING,
        personal="assignment worker programme is_assigned is_exempt certified_through "
        "covered_through window_opens_on due_on next_change_on",
    ),
    "learning.Attempt": Classified(
        export=OWN_COPY,
        erase=DETACHED,
        retention=AFTER_LEAVING,
        personal="worker cycle module module_version started_at completed_at",
        nothing="id public_id",
    ),
    "learning.LearningEvent": Classified(
        export=OWN_COPY,
        erase=DETACHED,
        retention=AFTER_LEAVING,
        personal="attempt module_version slot kind step_id part_id choice_id visit shown seconds "
        "self_rating at",
        nothing="id",
    ),
    "learning.ActivityRun": Classified(
        export=OWN_COPY,
        erase=DETACHED,
        retention=AFTER_LEAVING,
        personal="attempt step_id version number started_at ended_at trust raw maximum scaled "
        "success report",
        nothing="id public_id nonce",
    ),
    "learning.ActivityStatement": Classified(
        export=OWN_COPY,
        erase=DETACHED,
        retention=AFTER_LEAVING,
        personal="run sequence verb sub_content_id is_child raw maximum scaled success completion "
        "response duration at",
        nothing="id fingerprint",
    ),
    "learning.ActivityState": Classified(
        export=OWN_COPY,
        erase=REMOVED,
        retention="until the try has ended; else " + AFTER_LEAVING,
        personal="run version state saved_at",
        nothing="id",
    ),
    "learning.ActivityRefusal": Classified(
        export=NOT_EXPORTED,
        erase=UNTOUCHED,
        retention="a year",
        aggregate="day code version count",
        nothing="id",
    ),
    "learning.Replay": Classified(
        export=OWN_COPY,
        erase=DETACHED,
        retention=AFTER_LEAVING,
        personal="attempt step_id before started_at",
        nothing="id public_id",
    ),
    "learning.ReplayChoice": Classified(
        export=OWN_COPY,
        erase=DETACHED,
        retention=AFTER_LEAVING,
        personal="replay node_id visit choice_id shown seconds at",
        nothing="id",
    ),
    "learning.EvidenceImport": Classified(
        export=WHO_SET,
        erase=DETACHED,
        retention=AFTER_LEAVING,
        personal="made_by",
        aggregate="organisation file_name sha256 rows taken made_at",
        nothing="id public_id",
    ),
    "learning.Completion": Classified(
        export=OWN_COPY,
        erase=DETACHED,
        retention=AFTER_LEAVING,
        personal="worker assignment cycle source evidence_import evidence completed_on "
        "valid_through covered_through remembered_day active_months minutes recorded_on "
        "recorded_by recorded_at",
        nothing="id public_id",
    ),
    "learning.Revocation": Classified(
        export=OWN_COPY,
        erase=DETACHED,
        retention=AFTER_LEAVING,
        personal="completion on reason by at",
        nothing="id",
    ),
    "learning.Certificate": Classified(
        export=OWN_COPY,
        erase="kept without the name, so that a certificate on paper can still be verified",
        retention=AFTER_LEAVING,
        personal="completion name programme completed_on valid_through minutes given_at code",
        nothing="id",
    ),
    "learning.ExceptionCase": Classified(
        export=OWN_COPY,
        erase=DETACHED,
        retention=AFTER_LEAVING,
        personal="assignment kind key facts opened_at decision decided_by decided_at",
        aggregate="organisation",
        nothing="id public_id",
    ),
    "learning.DailyRun": Classified(
        export=NOT_EXPORTED,
        erase=UNTOUCHED,
        retention=AS_LONG_AS_USED,
        nothing="id as_of finished_at",
    ),
    "learning.Mail": Classified(
        export=OWN_COPY,
        erase=REMOVED,
        retention="a year after it was sent",
        personal="recipient on language subject text html state claimed_at sent_at attempts",
        nothing="id public_id",
    ),
    "learning.Reminder": Classified(
        export=OWN_COPY,
        erase=DETACHED,
        retention=AFTER_LEAVING,
        personal="cycle assignment recipient rung due_on scheduled_on outcome mail on",
        nothing="id",
    ),
    # analytics
    "analytics.MonthlyCount": Classified(
        export="who recorded what, in the export of who recorded it",
        erase=DETACHED,
        retention="as long as the organisation takes part; counts are never about a client",
        personal="recorded_by",
        aggregate="organisation month indicator status value reason supersedes recorded_at",
        nothing="id definition_version",
    ),
    "analytics.Study": Classified(
        export=NOT_EXPORTED,
        erase=UNTOUCHED,
        retention="ten years after the study, as research integrity asks",
        aggregate="organisations",
        nothing="id public_id title question starts_month ends_month approved_on agreement "
        "created_at",
    ),
    "analytics.Study_organisations": Classified(
        export=NOT_EXPORTED,
        erase=UNTOUCHED,
        retention="ten years after the study, as research integrity asks",
        aggregate="study organisation",
        nothing="id",
    ),
    "analytics.StudyResearcher": Classified(
        export=OWN_COPY,
        erase=DETACHED,
        retention="ten years after the study, as research integrity asks",
        personal="study user starts_on ends_before",
        nothing="id",
    ),
}

CONTENT = "content of modules and who edited it; accounts of editors are detached on erasure"
UNUSED = "part of the framework; not used by us"
TECHNICAL = "says nothing about a person"
SIGNING_IN = "signing in; removed with the account"

# Models of others, by model or by app, with why they are here and what they may hold of a person.
OTHERS: dict[str, str] = {
    "account.EmailAddress": SIGNING_IN,
    "account.EmailConfirmation": SIGNING_IN,
    "auth.Group": "groups of Wagtail's editors",
    "auth.Group_permissions": TECHNICAL,
    "auth.Permission": TECHNICAL,
    "contenttypes.ContentType": TECHNICAL,
    "mfa.Authenticator": SIGNING_IN,
    "sessions.Session": "who is signed in, and a form kept after a session expired; 12 hours",
    "taggit.Tag": UNUSED,
    "taggit.TaggedItem": UNUSED,
    "wagtailadmin.Admin": TECHNICAL,
    "wagtailadmin.EditingSession": "who edits which page now; cleared after an hour",
    "wagtailadmin.FormState": CONTENT,
    "wagtailcore.APIToken": UNUSED,
    "wagtailcore.Collection": TECHNICAL,
    "wagtailcore.CollectionViewRestriction": TECHNICAL,
    "wagtailcore.CollectionViewRestriction_groups": TECHNICAL,
    "wagtailcore.Comment": CONTENT,
    "wagtailcore.CommentReply": CONTENT,
    "wagtailcore.GroupApprovalTask": UNUSED,
    "wagtailcore.GroupApprovalTask_groups": UNUSED,
    "wagtailcore.GroupCollectionPermission": TECHNICAL,
    "wagtailcore.GroupPagePermission": TECHNICAL,
    "wagtailcore.GroupSitePermission": TECHNICAL,
    "wagtailcore.Locale": TECHNICAL,
    "wagtailcore.ModelLogEntry": CONTENT,
    "wagtailcore.Page": CONTENT,
    "wagtailcore.PageLogEntry": CONTENT,
    "wagtailcore.PageSubscription": CONTENT,
    "wagtailcore.PageViewRestriction": TECHNICAL,
    "wagtailcore.PageViewRestriction_groups": TECHNICAL,
    "wagtailcore.ReferenceIndex": TECHNICAL,
    "wagtailcore.Revision": CONTENT,
    "wagtailcore.Site": TECHNICAL,
    "wagtailcore.Task": UNUSED,
    "wagtailcore.TaskState": UNUSED,
    "wagtailcore.UploadedFile": CONTENT,
    "wagtailcore.Workflow": UNUSED,
    "wagtailcore.WorkflowContentType": UNUSED,
    "wagtailcore.WorkflowPage": UNUSED,
    "wagtailcore.WorkflowState": UNUSED,
    "wagtailcore.WorkflowTask": UNUSED,
    "wagtailimages.Image": CONTENT,
    "wagtailimages.Rendition": CONTENT,
    "wagtailsearch.IndexEntry": CONTENT,
    "wagtailsearch.SQLiteFTSIndexEntry": "the search index on SQLite: " + CONTENT,
    "wagtailusers.UserProfile": "an editor's own settings; removed with the account",
}
ONLY_ON_SQLITE = {"wagtailsearch.SQLiteFTSIndexEntry"}
