"""Where a finding stands in its paper."""

from django.urls import reverse

from evidence.models import Finding


def page_link(finding: Finding) -> str:
    """The page of the PDF itself, in the version in which it was read; empty where it is not open to everybody.

    The browser's own viewer turns to the page, so that no script is needed.
    """
    file, version, output = finding.file, finding.version, finding.output
    if file is None or not output.is_public or not version.files_are_open:
        return ""
    address = reverse("publications:version_file", args=[output.public_id, version.number, file.name])
    return f"{address}#page={finding.page}" if finding.page else address
