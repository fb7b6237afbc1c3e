"""Addresses of the mailbox."""

from django.urls import path

from . import views

app_name = "mailbox"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("da-gui/", views.sent, name="sent"),
    path("thung-rac/", views.trash_folder, name="trash"),
    path("nhap/", views.drafts, name="drafts"),
    path("soan/", views.write, name="write"),
    path("soan/<slug:ref>/", views.draft, name="draft"),
    path("soan/<slug:ref>/nguoi-nhan/", views.recipients, name="recipients"),
    path("soan/<slug:ref>/tep/", views.files, name="files"),
    path("thu/<slug:ref>/", views.message, name="message"),
    path("thu/<slug:ref>/tra-loi/", views.answer, name="answer"),
    path("thu/<slug:ref>/chuyen-tiep/", views.forward, name="forward"),
    path("thu/<slug:ref>/bo-rac/", views.move, name="move"),
]
