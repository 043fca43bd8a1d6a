"""Addresses of the articles: the list, one of them, its editor, its versions, in and out."""

from django.urls import URLPattern, path

from ascolto.desk.knowledge import deeds, drafter, editor, exchange, pages, versions

_ONE = "conoscenza/<int:article_id>/"
_VERSION = "conoscenza/versioni/<int:version_id>/"

urlpatterns: list[URLPattern] = [
    path("conoscenza/", pages.show_all, name="articles"),
    path("conoscenza/nuovo/", editor.write, name="article_new"),
    path("conoscenza/nuovo/bozza/", editor.keep_typed, name="article_new_draft"),
    path("conoscenza/anteprima/", editor.preview, name="article_preview"),
    path("conoscenza/esporta/", exchange.export, name="articles_export"),
    path("conoscenza/importa/", exchange.take_in, name="articles_import"),
    path("impostazioni/bozze/", drafter.show, name="settings_drafter"),
    path("impostazioni/bozze/prova/", drafter.try_out, name="settings_drafter_try"),
    path(_ONE, pages.show, name="article"),
    path(f"{_ONE}scrivi/", editor.write, name="article_write"),
    path(f"{_ONE}scrivi/bozza/", editor.keep_typed, name="article_draft"),
    path(f"{_ONE}versioni/", versions.show, name="article_versions"),
    path(f"{_ONE}posto/", deeds.place, name="article_place"),
    path(f"{_ONE}pubblica/", deeds.publish, name="article_publish"),
    path(f"{_ONE}ritira/", deeds.withdraw, name="article_withdraw"),
    path(f"{_VERSION}accogli/", deeds.take, name="article_take"),
    path(f"{_VERSION}lascia/", deeds.decline, name="article_decline"),
    path(f"{_VERSION}riprendi/", deeds.restore, name="article_restore"),
]
