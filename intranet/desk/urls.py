"""Addresses of the staff desk."""

from django.urls import path

from . import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("tai-khoan/", views.account, name="account"),
    path("dinh.webmanifest", views.app, name="app"),
]
