"""The doors of signing in that are open here.

Nobody signs up, manages addresses or resets a password by mail: those addresses of allauth do not exist
(404).
"""

from allauth.account import views as account
from django.http import HttpRequest, HttpResponseBase
from django.urls import include, path


def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Signing out leaves nothing in the browser: the page empties it first, this answer once more."""
    response: HttpResponseBase = account.logout(request)
    if request.method == "POST":
        response["Clear-Site-Data"] = '"storage"'
    return response


urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", sign_out, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
