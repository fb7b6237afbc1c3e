"""Addresses of meetings."""

from django.urls import path

from .views import (
    bodies,
    cards,
    lists,
    meeting,
    own,
    polls,
    preparation,
    record,
    rehearsal,
    room,
    statistics,
    tablets,
    video,
)

app_name = "meetings"
urlpatterns = [
    path("", lists.home, name="home"),
    path("moi/", lists.convene, name="convene"),
    path("co-quan/", bodies.bodies, name="bodies"),
    path("co-quan/<slug:ref>/", bodies.body, name="body"),
    path("co-quan/<slug:ref>/thong-ke/", statistics.statistics, name="statistics"),
    path("co-quan/<slug:ref>/<slug:act>/", bodies.act, name="body_act"),
    path("ma-pin/", cards.choose_pin, name="choose_pin"),
    path("the/<str:token>/", cards.sit_down, name="sit_down"),
    path("<slug:ref>/", meeting.meeting, name="meeting"),
    path("<slug:ref>/chuan-bi/", preparation.prepare, name="prepare"),
    path("<slug:ref>/chuan-bi/<slug:act>/", preparation.act, name="prepare_act"),
    path("<slug:ref>/dien-tap/", rehearsal.rehearsal, name="rehearsal"),
    path("<slug:ref>/dien-tap/dung/", rehearsal.stop, name="rehearsal_stop"),
    path("<slug:ref>/the-ghe/", cards.cards, name="cards"),
    path("<slug:ref>/ma-diem-danh/", cards.door, name="door"),
    path("<slug:ref>/ma-diem-danh.svg", cards.door_code, name="door_code"),
    path("<slug:ref>/co-mat/", cards.check_in, name="check_in"),
    path("<slug:ref>/rieng/", own.own, name="own"),
    path("<slug:ref>/may-tinh-bang/", tablets.tablets, name="tablets"),
    path("<slug:ref>/truc-tuyen/", video.video, name="video"),
    path("<slug:ref>/phong/", room.room, name="room"),
    path("<slug:ref>/bieu-quyet/cua-toi/", polls.polls_mine, name="polls_mine"),
    path("<slug:ref>/bien-ban/", record.record, name="record"),
    path("<slug:ref>/bien-ban/in/", record.paper, name="record_paper"),
    path("<slug:ref>/bien-ban/<slug:form>/", record.export, name="record_export"),
    path("<slug:ref>/y-kien/", room.stances, name="stances"),
    path("<slug:ref>/lenh/<slug:act>/", room.command, name="command"),
]
