from django.urls import path

from . import views

app_name = "live"
urlpatterns = [path("<slug:kind>/<str:ref>/events", views.events, name="events")]
