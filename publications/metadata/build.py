"""From a published version to what everybody may know about it."""

from django.utils import timezone

from publications.addresses import Addresses
from publications.models import Contributor, File, Identifier, IdentifierScheme, Version
from publications.queries.parts import VersionParts
from publications.states import OutputState

from .facts import Agent, FileFacts, PublicDate, PublicMetadata


def build_metadata(version: Version, parts: VersionParts, addresses: Addresses) -> PublicMetadata:
    """Files and first-page picture are in it only while everybody may read them."""
    output = version.output
    assert version.date and version.published_at and version.type and output.public_id  # noqa: S101 - constraints say so
    withdrawn = output.state == OutputState.WITHDRAWN
    is_open = version.files_are_open and not withdrawn
    return PublicMetadata(
        public_id=output.public_id,
        number=version.number,
        permalink=addresses.permalink,
        landing=addresses.page(),
        page_language=addresses.language,
        language=version.language,
        titles=_known({"id": version.title_id, "en": version.title_en}),
        abstracts={} if withdrawn else _known({"id": version.abstract_id, "en": version.abstract_en}),
        keywords={"id": version.keywords_id, "en": version.keywords_en},
        agents=[_agent(contributor) for contributor in parts.contributors],
        date=PublicDate(version.date, version.date_precision),
        type=version.type,
        online_since=timezone.localdate(output.first_published_at or version.published_at),
        modified=timezone.localdate(output.changed_at),
        container=version.container_title,
        publisher=version.publisher,
        volume=version.volume,
        issue=version.issue,
        pages=version.pages,
        funder=version.funder,
        award_number=version.award_number,
        doi=_first(parts.identifiers, IdentifierScheme.DOI),
        isbns=_all(parts.identifiers, IdentifierScheme.ISBN),
        issns=_all(parts.identifiers, IdentifierScheme.ISSN),
        report_number=_first(parts.identifiers, IdentifierScheme.REPORT),
        licence=version.licence,
        is_open=is_open,
        is_withdrawn=withdrawn,
        files=[_file(file, addresses) for file in parts.files] if is_open else [],
        thumbnail=addresses.file("sampul.webp") if is_open and has_picture(parts.files) else "",
        pmks=parts.terms["pmks"],
        provinces=parts.terms["province"],
    )


def has_picture(files: list[File]) -> bool:
    return any(file.kind == "main" and file.blob.thumbnail for file in files)


def _known(texts: dict[str, str]) -> dict[str, str]:
    return {language: text for language, text in texts.items() if text}


def _agent(contributor: Contributor) -> Agent:
    organisation = contributor.affiliation
    return Agent(
        family=contributor.family_name,
        given=contributor.given_name,
        role=contributor.role,
        orcid=contributor.orcid,
        affiliation=contributor.affiliation_name or (organisation.name if organisation else ""),
        ror=(organisation.ror or "") if organisation else "",
    )


def _file(file: File, addresses: Addresses) -> FileFacts:
    blob = file.blob
    return FileFacts(file.name, addresses.file(file.name), blob.mime, blob.size, blob.sha256, file.kind)


def _all(identifiers: list[Identifier], scheme: str) -> list[str]:
    return [identifier.value for identifier in identifiers if identifier.scheme == scheme]


def _first(identifiers: list[Identifier], scheme: str) -> str:
    return next(iter(_all(identifiers, scheme)), "")
