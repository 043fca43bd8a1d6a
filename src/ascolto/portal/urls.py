from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from ascolto.portal import entry, helping, looking, mine, views
from ascolto.portal.door import by_link, by_visit
from ascolto.portal.look import colours

app_name = "portal"
Door = Callable[..., Callable[..., HttpResponse]]


def _pages(door: Door, before: str, prefix: str) -> list[URLPattern]:
    """The page of one matter and what can be done on it, behind this door."""
    return [
        path(before, door(views.page), name=f"{prefix}page"),
        path(f"{before}scrivi/", door(views.write), name=f"{prefix}write"),
        path(f"{before}chiamatemi/", door(views.call_me), name=f"{prefix}call_me"),
        path(f"{before}giudizio/", door(views.judge), name=f"{prefix}judge"),
        path(f"{before}sforzo/", door(views.effort), name=f"{prefix}effort"),
        path(f"{before}non-sono-io/", door(views.not_me), name=f"{prefix}not_me"),
        path(f"{before}file/<str:kind>/<int:pk>/", door(views.file), name=f"{prefix}file"),
    ]


# The help centre is for everybody; the language stands in the address, so that it can be kept.
_help = [
    path("robots.txt", helping.robots, name="robots"),
    path("aiuto/", helping.door, name="help"),
    path("aiuto/<slug:language>/", helping.home, name="help_home"),
    path("aiuto/<slug:language>/cerca/", helping.search, name="help_search"),
    path("aiuto/<slug:language>/tema/<slug:topic>/", helping.topic, name="help_topic"),
    path("aiuto/<slug:language>/<slug:slug>/", helping.article, name="help_article"),
    path("aiuto/<slug:language>/<slug:slug>/utile/", helping.useful, name="help_useful"),
]

# A token has 32 characters: no word below can be one. What is spelled out stands first.
urlpatterns = [
    *_help,
    path("come-lo-vede/C-<int:case_id>/", looking.as_he_sees_it, name="as_he_sees_it"),
    path("p/colore.css", colours, name="colours"),
    path("p/entra/", entry.enter, name="enter"),
    path("p/entra/<str:token>/", entry.open_door, name="open_door"),
    path("p/esci/", entry.go_out, name="go_out"),
    path("p/miei/", mine.matters, name="mine"),
    path("p/miei/nuova/", mine.new_matter, name="new_matter"),
    path("p/miei/non-sono-io/", mine.not_me, name="not_me_at_all"),
    *_pages(by_visit, "p/miei/<int:case_id>/", "my_"),
    *_pages(by_link, "p/<str:token>/", ""),
]
