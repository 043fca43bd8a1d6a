"""Addresses of the settings of the company."""

from django.urls import URLPattern, path

from ascolto.desk.settings import (
    automatic,
    channels,
    company,
    fields,
    finding,
    hours,
    macros,
    mailbox,
    people,
    register,
    skills,
    tags,
    teams,
)

urlpatterns: list[URLPattern] = [
    path("impostazioni/trova/", finding.find, name="settings_find"),
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
    path("impostazioni/competenze/", skills.show, name="settings_skills"),
    path("impostazioni/competenze/aggiungi/", skills.add, name="settings_competence_add"),
    path(
        "impostazioni/competenze/<int:competence_id>/togli/",
        skills.remove,
        name="settings_competence_remove",
    ),
    path("impostazioni/competenze/di/<int:colleague_id>/", skills.one, name="settings_skill"),
    path(
        "impostazioni/competenze/di/<int:colleague_id>/salva/",
        skills.save,
        name="settings_skill_save",
    ),
    path("impostazioni/etichette/", tags.show, name="settings_tags"),
    path("impostazioni/etichette/<int:tag_id>/rinomina/", tags.rename, name="settings_tag_rename"),
    path("impostazioni/etichette/<int:tag_id>/unisci/", tags.merge, name="settings_tag_merge"),
    path("impostazioni/etichette/<int:tag_id>/togli/", tags.retire, name="settings_tag_retire"),
    path("impostazioni/etichette/<int:tag_id>/rimetti/", tags.restore, name="settings_tag_restore"),
    path("impostazioni/campi/", fields.show, name="settings_fields"),
    path("impostazioni/campi/aggiungi/", fields.add, name="settings_field_add"),
    path("impostazioni/campi/<int:field_id>/", fields.one, name="settings_field"),
    path("impostazioni/campi/<int:field_id>/salva/", fields.save, name="settings_field_save"),
    path("impostazioni/campi/<int:field_id>/togli/", fields.retire, name="settings_field_retire"),
    path("impostazioni/risposte/", macros.show, name="settings_macros"),
    path("impostazioni/risposte/aggiungi/", macros.add, name="settings_macro_add"),
    path("impostazioni/risposte/<int:macro_id>/", macros.one, name="settings_macro"),
    path("impostazioni/risposte/<int:macro_id>/salva/", macros.save, name="settings_macro_save"),
    path(
        "impostazioni/risposte/<int:macro_id>/togli/", macros.retire, name="settings_macro_retire"
    ),
    path(
        "impostazioni/risposte/<int:macro_id>/rimetti/",
        macros.restore,
        name="settings_macro_restore",
    ),
    path("impostazioni/testi/", automatic.show, name="settings_templates"),
    path("impostazioni/testi/<str:key>/<str:language>/", automatic.one, name="settings_template"),
    path(
        "impostazioni/testi/<str:key>/<str:language>/salva/",
        automatic.save,
        name="settings_template_save",
    ),
    path(
        "impostazioni/testi/<str:key>/<str:language>/nostro/",
        automatic.drop,
        name="settings_template_drop",
    ),
    path("impostazioni/registro/", register.show, name="settings_register"),
    path("impostazioni/registro/scarica/", register.export, name="settings_register_export"),
]
