"""Addresses of this package. Pages themselves are addressed by Wagtail."""

from django.urls import path

from . import views

app_name = "public_site"
urlpatterns = [
    path("tim-kiem/", views.search, name="search"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
