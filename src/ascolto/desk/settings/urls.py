"""Addresses of the settings of the company."""

from django.urls import URLPattern, path

from ascolto.desk.settings import people, teams

urlpatterns: list[URLPattern] = [
    path("impostazioni/persone/", people.show, name="settings_people"),
    path("impostazioni/persone/invita/", people.invite, name="settings_invite"),
    path(
        "impostazioni/persone/inviti/<int:invitation_id>/ritira/",
        people.withdraw,
        name="settings_withdraw",
    ),
    path("impostazioni/persone/<int:colleague_id>/", people.one, name="settings_person"),
    path(
        "impostazioni/persone/<int:colleague_id>/salva/", people.save, name="settings_person_save"
    ),
    path(
        "impostazioni/persone/<int:colleague_id>/lascia/",
        people.leave,
        name="settings_person_leave",
    ),
    path("impostazioni/squadre/", teams.show, name="settings_teams"),
    path("impostazioni/squadre/nuova/", teams.new, name="settings_team_new"),
    path("impostazioni/squadre/crea/", teams.add, name="settings_team_add"),
    path("impostazioni/squadre/<int:team_id>/", teams.one, name="settings_team"),
    path("impostazioni/squadre/<int:team_id>/salva/", teams.save, name="settings_team_save"),
]
