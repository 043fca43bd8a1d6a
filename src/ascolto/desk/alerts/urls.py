"""Addresses of alerts, of one's own wishes about them, and of their settings."""

from django.urls import URLPattern, path

from ascolto.desk.alerts import chats, deeds, duty, mine, pages, rules

urlpatterns: list[URLPattern] = [
    path("ascolto/allarmi/", pages.show_all, name="alerts"),
    path("ascolto/allarmi/adesso/", pages.standing, name="alerts_now"),
    path("ascolto/allarmi/<int:alert_id>/", pages.show, name="alert"),
    path("ascolto/allarmi/<int:alert_id>/aperto/", deeds.opened, name="alert_opened"),
    path("ascolto/allarmi/<int:alert_id>/prendi/", deeds.take, name="alert_take"),
    path("ascolto/allarmi/<int:alert_id>/niente/", deeds.dismiss, name="alert_dismiss"),
    path("ascolto/allarmi/<int:alert_id>/ridai/", deeds.give_back, name="alert_give_back"),
    path("impostazioni/avvisi/", mine.show, name="wishes"),
    path("impostazioni/avvisi/browser/", mine.subscribe, name="subscribe"),
    path("impostazioni/avvisi/prova/", mine.try_out, name="push_try"),
    path("impostazioni/avvisi/<int:subscription_id>/togli/", mine.unsubscribe, name="unsubscribe"),
    path("impostazioni/allarmi/", rules.show, name="settings_alerts"),
    path("impostazioni/allarmi/nuova/", rules.one, name="settings_alert_new"),
    path("impostazioni/allarmi/<int:rule_id>/", rules.one, name="settings_alert"),
    path("impostazioni/allarmi/<int:rule_id>/pausa/", rules.pause, name="settings_alert_pause"),
    path("impostazioni/allarmi/<int:rule_id>/togli/", rules.retire, name="settings_alert_retire"),
    path("impostazioni/turni/", duty.show, name="settings_duty"),
    path("impostazioni/turni/<int:team_id>/", duty.one, name="settings_duty_team"),
    path("impostazioni/chat/", chats.show, name="settings_chats"),
    path("impostazioni/chat/<int:hook_id>/prova/", chats.try_out, name="settings_chat_try"),
    path("impostazioni/chat/<int:hook_id>/togli/", chats.retire, name="settings_chat_retire"),
]
