"""Where sample findings belong: an output, the version that was read, and when."""

import datetime
from dataclasses import dataclass, field

from django.utils import timezone

from evidence.demo import content
from evidence.models import Finding
from publications.demo.loading import SOURCE, past
from publications.models import File, FileKind, Output, Version

# Days after the version that was read was published; recommendations are checked in time for the first answer.
ENTERED, PROPOSED, CHECKED, RATED, FOLLOWED_UP = 1, 2, 5, (6, 8), 10


@dataclass
class Place:
    output: Output
    version: Version
    file: File | None
    evidence: content.Evidence
    findings: dict[str, Finding] = field(default_factory=dict)  # by key, once they are written

    def at(self, days: int) -> datetime.datetime:
        """So long after the version could be read; what is not public yet has only just been entered."""
        published = self.version.published_at
        return past(published + datetime.timedelta(days=days)) if published else timezone.now()

    def on(self, days: int) -> datetime.date:
        return timezone.localdate(self.at(days))


def untouched_places() -> list[Place]:
    """Of sample outputs about which nobody has entered anything."""
    untouched = Output.objects.filter(source=SOURCE, source_id__in=content.evidence())
    untouched = untouched.filter(findings=None, recommendations=None, plain_summary=None)
    by_key = {output.source_id: output for output in untouched.select_related("owner").prefetch_related("versions")}
    return [place for key in content.evidence() if key in by_key and (place := _place(by_key[key]))]


def _place(output: Output) -> Place | None:
    evidence = content.evidence()[output.source_id]
    version = _version_read(output, evidence.first_answer)
    if version is None:
        return None
    return Place(output, version, version.files.filter(kind=FileKind.MAIN).first(), evidence)


def _version_read(output: Output, first_answer: str) -> Version | None:
    """The newest that was public early enough for what followed from it; else the one under way."""
    newest_first = sorted(output.versions.all(), key=lambda version: -version.number)
    public = [(version, version.published_at) for version in newest_first if version.published_at]
    in_time = [version for version, at in public if not first_answer or _followed_up(at) <= first_answer]
    return next(iter([*in_time, *(version for version, _at in public), *newest_first]), None)


def _followed_up(published_at: datetime.datetime) -> str:
    return timezone.localdate(published_at + datetime.timedelta(days=FOLLOWED_UP)).isoformat()
