"""Addresses where starting work also gives people their training."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
