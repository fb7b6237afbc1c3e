from django.urls import path

from . import views

app_name = "live"
urlpatterns = [path("<slug:kind>/<slug:ref>/events", views.events, name="events")]
