"""Forms of signing in and of one's own account: allauth's, in our words.

Labels stand above the fields, where they stay; no placeholder repeats them.
"""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class _Worded:
    labels: ClassVar[dict[str, str | Promise]] = {}
    hints: ClassVar[dict[str, str | Promise]] = {}
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("placeholder", None)
        for name, hint in self.hints.items():
            self.fields[name].help_text = hint


class LoginForm(_Worded, account.LoginForm):  # type: ignore[misc]
    """User name and password; the passkey of the device may be offered in the first field."""

    labels = {
        "login": _("User name"),
        "password": _("Password"),
        "remember": _("Keep me signed in on this device until the end of the working day"),
    }
    hints = {"password": ""}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {
            "autocomplete": "username webauthn", "autocapitalize": "none", "spellcheck": "false",
        }  # fmt: skip


class ReauthenticateForm(_Worded, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""

    labels = {"password": _("Password")}
    hints = {"password": ""}


class ChangePasswordForm(_Worded, account.ChangePasswordForm):  # type: ignore[misc]
    """The present password and the new one, twice."""

    labels = {
        "oldpassword": _("Present password"),
        "password1": _("New password"),
        "password2": _("New password once more"),
    }
    hints = {"oldpassword": ""}


class SetPasswordForm(_Worded, account.SetPasswordForm):  # type: ignore[misc]
    """A first password, twice."""

    labels = {"password1": _("New password"), "password2": _("New password once more")}


class CodeForm(_Worded, mfa.AuthenticateForm):  # type: ignore[misc]
    """The second step: digits of the app or a recovery code."""

    labels = {"code": _("Code")}


class FreshCodeForm(_Worded, mfa.ReauthenticateForm):  # type: ignore[misc]
    """The second step once more."""

    labels = {"code": _("Code")}


class ActivateAppForm(_Worded, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first digits of a new authenticator app."""

    labels = {"code": _("Code")}


class AddPasskeyForm(_Worded, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey and what it is called."""

    labels = {
        "name": _("Name of the key"),
        "passwordless": _("Sign in with this key alone, without a password"),
    }
    hints = {"passwordless": _("The device then asks for a fingerprint, your face or its PIN every time.")}


class RenamePasskeyForm(_Worded, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    labels = {"name": _("Name of the key")}
