"""What the actions in the audit trail are called on the page; of all apps, by their code."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "certificate_downloaded": _("downloaded a certificate of"),
    "completion_revoked": _("revoked training of"),
    "counts.saved": _("saved monthly counts"),
    "employment_ended": _("recorded the last working day of"),
    "employment_started": _("recorded the start of work of"),
    "exception_decided": _("decided a question about the training of"),
    "exception_overtaken": _("closed a question that was solved, about the training of"),
    "leave_ended": _("recorded the return of"),
    "leave_started": _("recorded leave of"),
    "module.published": _("published a module"),
    "moved_to_team": _("moved to another team:"),
    "organisation_changed": _("changed the details of the organisation"),
    "organisation_created": _("made the organisation"),
    "person_added": _("added"),
    "person_changed": _("changed the details of"),
    "role_ended": _("ended a role of"),
    "role_given": _("gave a role to"),
    "sign_in_link_sent": _("sent a sign-in link to"),
    "start_corrected": _("corrected the first working day of"),
    "study.created": _("made a study"),
    "study.downloaded": _("downloaded an extract of a study"),
    "team_added": _("made the team"),
    "team_changed": _("changed the team"),
    "training_assigned": _("assigned training"),
    "training_due_changed": _("moved a due date of"),
    "training_exempted": _("exempted from training:"),
    "training_exemption_ended": _("ended the exemption of"),
    "training_extended": _("gave more time to"),
    "training_unassigned": _("took away training that is no longer asked of"),
    "training_rule_set": _("set the training of everybody who works here"),
    "training_completed": _("completed training"),
    "validity_seen": _("looked at the training of"),
}
UNKNOWN = _("did something else")
