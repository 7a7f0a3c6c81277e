"""Addresses of the programme for machines: with scheme and host (`base`)."""

from django.urls import reverse

from conferences.models import Edition, Material
from publications.models import Output


def programme_url(base: str, edition: Edition) -> str:
    return base + reverse("conferences:edition_programme", args=[edition.slug])


def session_url(base: str, edition: Edition, pk: int) -> str:
    return base + reverse("conferences:edition_programme_session", args=[edition.slug, pk])


def item_url(base: str, edition: Edition, key: str) -> str:
    return base + reverse("conferences:edition_programme_item", args=[edition.slug, key])


def material_url(base: str, edition: Edition, material: Material) -> str:
    return base + reverse("conferences:edition_material", args=[edition.slug, material.pk])


def output_url(base: str, output: Output) -> str:
    return base + reverse("publications:output", args=[output.public_id])
