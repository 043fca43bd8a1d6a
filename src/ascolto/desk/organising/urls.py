"""Addresses of what puts the queue in order: snooze, tags, fields, merges, bulk deeds, views."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
