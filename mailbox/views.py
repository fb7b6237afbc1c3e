"""Pages of the mailbox: parse, door, form, action, answer."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intranet.lib.errors import RuleBroken

from . import actions, queries
from .forms import DraftForm
from .models import Folder, Message

PER_PAGE = 30


def _folder(request: HttpRequest, folder: str) -> HttpResponse:
    return render(request, "mailbox/folder.html", _frame(request) | _list(request, folder))


def _list(request: HttpRequest, folder: str) -> dict[str, Any]:
    """A folder's list as the address asks for it: words, unread only, page."""
    search, unread_only = request.GET.get("q", "")[:100], request.GET.get("loc") == "chua-doc"
    copies = queries.copies_in(request.user, folder, search=search, unread_only=unread_only)  # type: ignore[arg-type]
    page = Paginator(copies, PER_PAGE).get_page(request.GET.get("trang"))
    return {"folder": folder, "page": page, "search": search, "unread_only": unread_only}


def _frame(request: HttpRequest) -> dict[str, Any]:
    """The figures beside the folders."""
    person = request.user
    return {"unread": queries.unread_count(person), "draft_count": queries.drafts_of(person).count()}  # type: ignore[arg-type]


@login_required
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Received messages."""
    return _folder(request, Folder.INBOX)


@login_required
@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    """Sent messages."""
    return _folder(request, Folder.SENT)


@login_required
@require_GET
def trash_folder(request: HttpRequest) -> HttpResponse:
    """What was put into the trash."""
    return _folder(request, "trash")


@login_required
@require_GET
def drafts(request: HttpRequest) -> HttpResponse:
    """Messages not sent yet."""
    page = Paginator(queries.drafts_of(request.user), PER_PAGE).get_page(request.GET.get("trang"))  # type: ignore[arg-type]
    return render(request, "mailbox/drafts.html", _frame(request) | {"folder": "drafts", "page": page})


@login_required
@require_http_methods(["GET", "HEAD"])
def message(request: HttpRequest, ref: str) -> HttpResponse:
    """A message in its thread. Opening it is the receipt; a prefetch by the browser is not."""
    copy = queries.message_for(request.user, ref)  # type: ignore[arg-type]
    if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        actions.mark_read(request.user, copy)  # type: ignore[arg-type]
    folder = "trash" if copy.trashed_at else copy.folder
    context = _list(request, folder) | {"copy": copy, "letters": queries.thread_of(copy)}
    if copy.message.sender_id == request.user.pk:
        context["receipts"] = queries.receipts_of(copy.message)
    return render(request, "mailbox/message.html", _frame(request) | context)


@login_required
@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """Begin a message."""
    return redirect("mailbox:draft", ref=actions.write(request.user).ref)  # type: ignore[arg-type]


@login_required
@require_POST
def answer(request: HttpRequest, ref: str) -> HttpResponse:
    """Begin an answer, to the sender or to all."""
    copy = queries.message_for(request.user, ref)  # type: ignore[arg-type]
    draft = actions.answer(request.user, copy, to_all=request.POST.get("tat-ca") == "1")  # type: ignore[arg-type]
    return redirect("mailbox:draft", ref=draft.ref)


@login_required
@require_POST
def forward(request: HttpRequest, ref: str) -> HttpResponse:
    """Begin a forwarded message."""
    copy = queries.message_for(request.user, ref)  # type: ignore[arg-type]
    return redirect("mailbox:draft", ref=actions.forward(request.user, copy).ref)  # type: ignore[arg-type]


@login_required
@require_POST
def move(request: HttpRequest, ref: str) -> HttpResponse:
    """Put one's copy into the trash, or take it back."""
    copy = queries.message_for(request.user, ref)  # type: ignore[arg-type]
    if copy.trashed_at is None:
        actions.trash(request.user, copy)  # type: ignore[arg-type]
        messages.success(request, _("The message is in the trash. You can take it back from there."))
    else:
        actions.restore(request.user, copy)  # type: ignore[arg-type]
        messages.success(request, _("The message is back in its folder."))
    return redirect("mailbox:sent" if copy.folder == Folder.SENT else "mailbox:inbox")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, ref: str) -> HttpResponse:
    """Write, save and send a message. What was typed is shown again whatever goes wrong."""
    current = queries.draft_for(request.user, ref)  # type: ignore[arg-type]
    if not current.is_draft:
        return redirect("mailbox:message", ref=ref)
    if request.method != "POST":
        return _draft_page(request, current, DraftForm.of(current))
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _draft_page(request, current, form, status=422)
    if request.POST.get("lam") == "xoa":
        actions.discard(request.user, current)  # type: ignore[arg-type]
        return redirect("mailbox:drafts")
    return _save_and_go_on(request, current, form)


def _save_and_go_on(request: HttpRequest, current: Message, form: DraftForm) -> HttpResponse:
    try:
        saved = actions.save_draft(request.user, current, **form.cleaned_data)  # type: ignore[arg-type]
        if request.POST.get("lam") == "gui":
            actions.send(request.user, saved)  # type: ignore[arg-type]
            messages.success(request, _("The message has been sent."))
            return redirect("mailbox:sent")
    except RuleBroken as broken:
        form.add_error(None, str(broken.message))
        return _draft_page(request, queries.draft_for(request.user, current.ref), form, status=422)  # type: ignore[arg-type]
    if request.headers.get("HX-Request"):
        return render(request, "mailbox/saved.html", {"draft": saved})
    return redirect("mailbox:draft", ref=saved.ref)


def _draft_page(request: HttpRequest, current: Message, form: DraftForm, status: int = 200) -> HttpResponse:
    search = request.GET.get("tim", "")[:100]
    context = _frame(request) | _draft_parts(request, current) | {"form": form, "folder": "drafts"}
    context |= {"search": search, "suggestions": queries.suggestions(request.user, search)}  # type: ignore[arg-type]
    return render(request, "mailbox/draft.html", context, status=status)


def _draft_parts(request: HttpRequest, current: Message) -> dict[str, Any]:
    addresses = current.addresses.select_related("person", "office")
    return {
        "draft": current,
        "addresses": addresses,
        "attachments": current.attachments.select_related("stored_file__content"),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recipients(request: HttpRequest, ref: str) -> HttpResponse:
    """Find, add and remove recipients of a draft (a part of its page)."""
    current = queries.draft_for(request.user, ref)  # type: ignore[arg-type]
    error = ""
    if request.method == "POST":
        try:
            if key := request.POST.get("them", ""):
                actions.add_address(request.user, current, key=key)  # type: ignore[arg-type]
            elif (number := request.POST.get("bo", "")).isdecimal():
                actions.remove_address(request.user, current, address_id=int(number))  # type: ignore[arg-type]
        except RuleBroken as broken:
            error = str(broken.message)
    return _part(request, current, "mailbox/part_recipients.html", error)


@login_required
@require_POST
def files(request: HttpRequest, ref: str) -> HttpResponse:
    """Attach and remove files of a draft (a part of its page)."""
    current = queries.draft_for(request.user, ref)  # type: ignore[arg-type]
    error = ""
    try:
        for upload in request.FILES.getlist("tep"):
            actions.attach(request.user, current, file=upload, name=upload.name or "")  # type: ignore[arg-type]
        if (number := request.POST.get("bo", "")).isdecimal():
            actions.detach(request.user, current, attachment_id=int(number))  # type: ignore[arg-type]
    except RuleBroken as broken:
        error = str(broken.message)
    return _part(request, current, "mailbox/part_files.html", error)


def _part(request: HttpRequest, current: Message, template: str, error: str) -> HttpResponse:
    """A part of the draft's page for htmx; the whole page again without it."""
    if not request.headers.get("HX-Request"):
        if error:
            messages.error(request, error)
        return redirect("mailbox:draft", ref=current.ref)
    search = request.GET.get("tim", "")[:100]
    context = _draft_parts(request, current) | {"error": error, "search": search}
    context["suggestions"] = queries.suggestions(request.user, search)  # type: ignore[arg-type]
    return render(request, template, context)
