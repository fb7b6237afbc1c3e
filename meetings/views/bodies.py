"""Bodies: their list, and the page where staff keep members and voting rules."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from intranet.lib.errors import Absent, RuleBroken
from intranet.organization.models import Person
from intranet.organization.queries import posts_of
from meetings import actions, forms, queries
from meetings.models import Body

PARTS = {
    "keep_member": "members",
    "keep_rule": "rules",
    "verify_rule": "rules",
    "rename_body": "name",
    "set_marks_days": "marks",
}
"""Where on the page an act stands."""


@login_required
def bodies(request: HttpRequest) -> HttpResponse:
    """The bodies the person keeps, and a form for a new one; 404 for those who keep none."""
    person: Any = request.user
    offices = queries.offices_keeping_bodies(person)
    if not offices:
        raise Absent()
    form = forms.BodyForm(request.POST or None, offices=offices, initial={"office": offices[0]})
    if request.method == "POST" and form.is_valid():
        try:
            body = actions.open_body(person, **form.facts())
        except RuleBroken as broken:
            form.add_error(None, str(broken.message))
        else:
            return redirect("meetings:body", ref=body.ref)
    context = {"bodies": queries.bodies_kept_by(person), "form": form}
    return render(request, "meetings/bodies/list.html", context, status=400 if form.errors else 200)


@login_required
@require_GET
def body(request: HttpRequest, ref: str) -> HttpResponse:
    """One body; ?tim= finds people to add, ?nguoi= shows the form for one of them."""
    return render(request, "meetings/bodies/body.html", _page(request, queries.body_for(request.user, ref)))


@login_required
@require_POST
def act(request: HttpRequest, ref: str, act: str) -> HttpResponse:
    """Do one act on the body, or show its form again with what is wrong."""
    row = queries.body_for(request.user, ref)
    if act not in forms.BODY_FORMS:
        raise Absent()
    form = forms.BODY_FORMS[act](request.POST)
    if form.is_valid():
        try:
            getattr(actions, act)(request.user, row, **form.facts())
        except RuleBroken as broken:
            form.add_error(None, str(broken.message))
    if form.errors:
        return render(
            request, "meetings/bodies/body.html", _page(request, row, failed=(act, form)), status=400
        )
    messages.success(request, _("Saved."))
    return redirect(reverse("meetings:body", args=[ref]) + f"#{PARTS[act]}")


def _page(
    request: HttpRequest, body: Body, failed: tuple[str, forms.ActForm] | None = None
) -> dict[str, Any]:
    act, form = failed or ("", None)
    text = request.GET.get("tim", "")
    found = queries.people_outside(body, text)
    posts = posts_of([person.pk for person in found])
    members = list(body.members.select_related("person"))
    today = timezone.localdate()
    return {
        "body": body,
        "today": today,
        "act": act,
        "failed": form,
        "name_form": form if act == "rename_body" else forms.NameForm(initial={"name": body.name}),
        "members": [(row, _again(form, "member", row.pk) or forms.MemberForm.of(row)) for row in members],
        "rules": [(row, _again(form, "rule", row.pk) or forms.RuleForm.of(row)) for row in body.rules.all()],
        "rule_form": form
        if act == "keep_rule" and form is not None and not form.data.get("rule")
        else forms.RuleForm(initial={"valid_from": today}, auto_id="new-rule-%s"),
        "marks_form": form
        if act == "set_marks_days"
        else forms.MarksDaysForm(initial={"days": body.marks_days}),
        "search": text,
        "found": [(person, posts.get(person.pk, "")) for person in found],
        "adding": _adding(request, act, form),
    }


def _again(form: forms.ActForm | None, name: str, pk: int) -> forms.ActForm | None:
    """The refused form of this row, as typed."""
    return form if form is not None and form.data.get(name) == str(pk) else None


def _adding(
    request: HttpRequest, act: str, form: forms.ActForm | None
) -> tuple[Person, forms.ActForm] | None:
    """Whom the page is about to add, with the form."""
    if act == "keep_member" and form is not None and not form.data.get("member"):
        person = form.cleaned_data.get("person")
        return None if person is None else (person, form)
    key = request.GET.get("nguoi", "")
    person = Person.objects.filter(pk=key, is_active=True).first() if key.isdigit() else None
    if person is None:
        return None
    start = {"person": person, "valid_from": timezone.localdate()}
    return person, forms.MemberForm(initial=start, auto_id="new-member-%s")
