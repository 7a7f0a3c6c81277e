"""What several actions share."""

from django.core.exceptions import PermissionDenied

from publications.models import Output, Version


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def locked_version(version: Version) -> Version:
    """The version as it is now, held until the transaction ends; always the output first, so that nobody deadlocks."""
    output = locked_output(version.output)
    fresh = Version.objects.select_for_update().get(pk=version.pk)
    fresh.output = output
    return fresh


def locked_output(output: Output) -> Output:
    return Output.objects.select_for_update().get(pk=output.pk)
