"""Addresses of meetings."""

from django.urls import path

from .views import room

app_name = "meetings"
urlpatterns = [
    path("<slug:ref>/phong/", room.room, name="room"),
    path("<slug:ref>/lenh/<slug:act>/", room.command, name="command"),
]
