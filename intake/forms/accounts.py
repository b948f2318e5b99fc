"""Forms of accounts: signing in, opening an account, passwords, codes, invitations."""

from __future__ import annotations

from typing import Any, ClassVar

from wtforms import BooleanField, PasswordField, RadioField, SelectField, StringField, TextAreaField

from intake.errors import Invalid
from intake.forms.desks import DeskForm, Options, Say, Words
from intake.i18n import LANGUAGES, N_, Message

LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}


class AddressForm(DeskForm):
    """An address to which something is sent."""

    labels: ClassVar[Words] = {"email": N_("E-mail address")}
    email = StringField()


class RegistrationForm(AddressForm):
    """Who wants an account."""

    labels: ClassVar[Words] = {"name": N_("Full name")}
    name = StringField()


class NewPasswordForm(DeskForm):
    """A password, twice."""

    labels: ClassVar[Words] = {"password": N_("New password"), "again": N_("The same password again")}
    password = PasswordField()
    again = PasswordField()

    def ensure_repeated(self) -> None:
        """Raise Invalid unless both fields hold the same text."""
        if not self.password.data:
            raise Invalid(errors=[("password", N_("Enter a password"))])
        if self.password.data != self.again.data:
            raise Invalid(errors=[("again", N_("The two passwords are not the same"))])


class AcceptForm(NewPasswordForm):
    """Opening an account with an invitation."""

    labels: ClassVar[Words] = {"name": N_("Full name")}
    name = StringField()


class ChangePasswordForm(NewPasswordForm):
    """The old password and a new one."""

    labels: ClassVar[Words] = {"current": N_("Current password")}
    current = PasswordField()


class CurrentPasswordForm(DeskForm):
    """Only the person may do this, not whoever sits at the open screen."""

    labels: ClassVar[Words] = {"current": N_("Current password")}
    current = PasswordField()


class CodeForm(DeskForm):
    """What the authenticator shows."""

    labels: ClassVar[Words] = {"code": N_("Code")}
    code = StringField()


class ProfileForm(DeskForm):
    """What a person says of themselves."""

    labels: ClassVar[Words] = {"name": N_("Full name"), "language": N_("Language of pages and e-mails")}
    name = StringField()
    language = SelectField(choices=[(id, LANGUAGE_NAMES[id]) for id in LANGUAGES])


class MemberForm(AddressForm):
    """Somebody invited into an organisation."""

    labels: ClassVar[Words] = {"is_manager": N_("May also invite and remove members")}
    is_manager = BooleanField()


class CoauthorForm(AddressForm):
    """Somebody invited to a proposal."""

    labels: ClassVar[Words] = {"relation": N_("What the person may do")}
    relation = SelectField(choices=[])

    def __init__(self, sent: Any = None, *, say: Say, relations: dict[str, Message], **values: Any) -> None:
        super().__init__(sent, say=say, **values)
        self.relation.choices = [(id, say(label)) for id, label in relations.items()]


class ReasonForm(DeskForm):
    """Why something about a person is changed."""

    labels: ClassVar[Words] = {"reason": N_("Reason")}
    reason = TextAreaField()


class NewUserForm(RegistrationForm):
    """A person for whom an administrator opens an account."""

    labels: ClassVar[Words] = {"language": N_("Language of pages and e-mails")}
    language = SelectField(choices=[(id, LANGUAGE_NAMES[id]) for id in LANGUAGES])


class RoleForm(DeskForm):
    """A role that an administrator gives."""

    labels: ClassVar[Words] = {
        "role": N_("Role"),
        "organisation": N_("Organisation"),
        "system": N_("System"),
        "is_manager": N_("May invite others to the organisation"),
    }
    hints: ClassVar[Words] = {
        "organisation": N_("For ministries, lead agencies, and applicants who act for an organisation."),
        "system": N_("For chief engineers."),
    }
    role = SelectField(choices=[])
    organisation = SelectField(choices=[])
    system = SelectField(choices=[])
    is_manager = BooleanField()

    def __init__(
        self,
        sent: Any = None,
        *,
        say: Say,
        roles: Options,
        organisations: Options,
        systems: Options,
        **values: Any,
    ) -> None:
        super().__init__(sent, say=say, **values)
        self.role.choices = [("", say(N_("Choose a role"))), *roles]
        self.organisation.choices = [("", say(N_("None"))), *organisations]
        self.system.choices = [("", say(N_("None"))), *systems]

    @property
    def chosen_role(self) -> str:
        """The role; Invalid when none was chosen."""
        if not self.role.data:
            raise Invalid(errors=[("role", N_("Choose a role."))])
        return self.role.data


class TokenForm(DeskForm):
    """What a token may do, as whom, and for how long."""

    labels: ClassVar[Words] = {
        "scope": N_("What the token may do"),
        "membership": N_("Role"),
        "days": N_("Good for how many days"),
    }
    scope = RadioField(validate_choice=False)
    membership = SelectField(choices=[], validate_choice=False)
    days = StringField()

    def __init__(self, sent: Any = None, *, say: Say, roles: Options, **values: Any) -> None:
        super().__init__(sent, say=say, **values)
        self.scope.choices = [("read", say(N_("Read only"))), ("write", say(N_("Read and write")))]
        self.membership.choices = list(roles)

    def wish(self) -> dict[str, Any]:
        """What `tokens.issue` takes; a number that is none is left to the rule."""
        return {
            "scope": self.scope.data or "",
            "days": whole(self.days.data),
            "membership_id": whole(self.membership.data),
        }


def whole(typed: str | None) -> int | None:
    """A small whole number, or None."""
    text = (typed or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
