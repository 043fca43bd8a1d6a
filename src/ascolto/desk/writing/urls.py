"""Addresses of what colleagues write: calls, forwards, macros, presence, other drafts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
