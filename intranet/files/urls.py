"""Addresses of this package."""

from django.urls import path

from . import views

app_name = "files"
urlpatterns = [
    path("tai-len/", views.upload, name="upload"),
    path("<slug:ref>/", views.download, name="download"),
    path("<slug:ref>/xem/", views.read, name="read"),
    path("<slug:ref>/tim.json", views.search, name="search"),
    path("<slug:ref>/xem.pdf", views.view_pdf, name="view_pdf"),
    path("<slug:ref>/thong-tin.json", views.facts, name="facts"),
    path("<slug:ref>/trang/<int:number>.webp", views.page, name="page"),
    path("<slug:ref>/chu/<int:number>.json", views.text, name="text"),
    path("<slug:ref>/chu/<int:first>-<int:last>.json", views.texts, name="texts"),
]
