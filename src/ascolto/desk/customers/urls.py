"""Addresses of customers, their records and the palette."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
