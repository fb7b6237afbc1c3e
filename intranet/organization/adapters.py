"""How allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import queries


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the administrator: nobody signs up. A refusal never tells whether an account
    exists.
    """

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("The user name or the password is not right."),
        "too_many_login_attempts": _("Too many attempts have failed. Wait five minutes, then try again."),
        "rate_limited": _("Too many requests. Wait a minute, then try again."),
        "incorrect_password": _("The password is not right."),
        "incorrect_code": _("The code is not right."),
        "enter_current_password": _("Type your present password."),
        "account_inactive": _("This account may not sign in. Ask the system administrator of your agency."),
        "same_as_current": _("The new password must differ from the present one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """By the name alone: with the Host header, as in allauth, each port a client makes up starts anew."""
        return f"sign-in:{str(credentials.get('username', '')).lower()}"

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways to confirm who one is, named in our words."""
        words = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use the code of the authenticator app"),
            "mfa_reauthenticate:webauthn": _("Use a fingerprint, your face or a security key"),
        }
        methods = super().get_reauthentication_methods(user)
        return [
            {**method, "description": words.get(method["id"], method["description"])} for method in methods
        ]


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Two-step sign-in: what keys and apps are called."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": _("The code is not right.")}

    def _get_site_name(self) -> str:
        house = queries.house()
        return house.name if house else "Đình"

    def get_totp_issuer(self) -> str:
        return self._get_site_name()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:
        number = user.authenticator_set.filter(type=type).count() + 1  # type: ignore[attr-defined]
        return gettext("Key %(number)s") % {"number": number}
