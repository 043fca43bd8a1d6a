"""Addresses of the settings of the company."""

from django.urls import URLPattern, path

from ascolto.desk.settings import channels, company, hours, mailbox, people, teams

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
    path("impostazioni/azienda/", company.show, name="settings_company"),
    path("impostazioni/azienda/salva/", company.save, name="settings_company_save"),
    path("impostazioni/canali/", channels.show, name="settings_channels"),
    path("impostazioni/canali/apri/", channels.add, name="settings_channel_add"),
    path("impostazioni/canali/<int:channel_id>/", channels.one, name="settings_channel"),
    path(
        "impostazioni/canali/<int:channel_id>/salva/", channels.save, name="settings_channel_save"
    ),
    path(
        "impostazioni/canali/<int:channel_id>/chiave/",
        channels.rotate,
        name="settings_channel_rotate",
    ),
    path(
        "impostazioni/canali/<int:channel_id>/chiudi/",
        channels.close,
        name="settings_channel_close",
    ),
    path(
        "impostazioni/canali/<int:channel_id>/riapri/",
        channels.reopen,
        name="settings_channel_reopen",
    ),
    path("impostazioni/caselle/nuova/", mailbox.new, name="settings_mailbox_new"),
    path("impostazioni/caselle/prova/", mailbox.try_out, name="settings_mailbox_try"),
    path("impostazioni/caselle/tieni/", mailbox.keep, name="settings_mailbox_keep"),
    path("impostazioni/caselle/<int:channel_id>/", mailbox.change, name="settings_mailbox"),
    path(
        "impostazioni/caselle/<int:channel_id>/prova/",
        mailbox.try_again,
        name="settings_mailbox_again",
    ),
    path("impostazioni/orari/", hours.show, name="settings_hours"),
    path("impostazioni/orari/crea/", hours.add, name="settings_calendar_add"),
    path("impostazioni/orari/<int:calendar_id>/", hours.one, name="settings_calendar"),
    path("impostazioni/orari/<int:calendar_id>/salva/", hours.save, name="settings_calendar_save"),
    path("impostazioni/orari/<int:calendar_id>/chiudi/", hours.close, name="settings_close"),
    path(
        "impostazioni/orari/chiusure/<int:closure_id>/togli/",
        hours.open_again,
        name="settings_open_again",
    ),
    path("impostazioni/squadre/", teams.show, name="settings_teams"),
    path("impostazioni/squadre/nuova/", teams.new, name="settings_team_new"),
    path("impostazioni/squadre/crea/", teams.add, name="settings_team_add"),
    path("impostazioni/squadre/<int:team_id>/", teams.one, name="settings_team"),
    path("impostazioni/squadre/<int:team_id>/salva/", teams.save, name="settings_team_save"),
]
