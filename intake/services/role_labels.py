"""What roles are called on pages and in mails."""

from __future__ import annotations

from intake.i18n import N_, Message

ROLE_LABELS: dict[str, Message] = {
    "applicant": N_("Applicant"),
    "secretary": N_("Secretariat"),
    "ministry_lead": N_("Ministry lead"),
    "ministry_reviewer": N_("Ministry reviewer"),
    "engineer": N_("Chief engineer"),
    "adviser": N_("Adviser of the National Advisory Council"),
    "committee_member": N_("Committee member"),
    "committee_chair": N_("Committee chair"),
    "implementer": N_("Lead agency"),
    "administrator": N_("Administrator"),
    "auditor": N_("Auditor"),
}
