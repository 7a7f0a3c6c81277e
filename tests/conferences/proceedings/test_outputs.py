"""Papers of a published volume become outputs: nothing is typed again, and they are curated like any other."""

from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from accounts.models import LogEntry, Role
from conferences.actions import volume_outputs, volumes
from conferences.models import CommitteeRole, Paper, Volume
from conferences.queries.volume_page import volume_page
from publications.actions import review
from publications.models import Output, RelationKind, Version
from publications.queries.output_page import related_works
from publications.states import IllegalTransition, VersionState
from tests.factories.accounts import make_organisation
from tests.factories.conferences import committee, make_edition, make_track, some_author
from tests.factories.proceedings import build, editor_of, make_paper, make_volume
from tests.factories.publications import some_curator

pytestmark = pytest.mark.django_db


def published(volume: Volume, by: Any = None) -> Volume:
    by = by or editor_of(volume.edition)
    made = build(volume, by)
    assert made.state == "done", made.reason
    volumes.publish(volume, by=by, seen=made.pk)
    return Volume.objects.select_related("edition__series", "licence", "output").get(pk=volume.pk)


def versions() -> dict[str, Version]:
    return {version.type.code if version.type else "": version for version in Version.objects.all()}


def one_paper_volume(**facts: Any) -> Volume:
    edition = make_edition()
    track = make_track(edition, pmks=["PMKS-01"])
    place = make_organisation(name="Poltekesos Bandung")
    authors = (
        {
            "given_name": "Siti Nurhaliza",
            "family_name": "Rahmawati",
            "affiliation": place,
            "orcid": "0000-0002-1825-0097",
        },
        {"family_name": "Sukarno", "affiliation_name": "Dinas Sosial"},
    )
    make_paper(
        track, authors=authors, pmks=["PMKS-08"], provinces=["ID-JT"], methods=["camp"], title_en="Care",
        abstract_en="Care in villages.",
    )  # fmt: skip
    return make_volume(0, edition, issn="2085-9112", number="4", doi="10.1234/knpks", **facts)


def test_everything_is_taken_from_the_submission() -> None:
    volume = published(one_paper_volume())
    by = editor_of(volume.edition)
    assert volume_outputs.hand_in_all(volume, by=by) == 1
    paper = Paper.objects.select_related("output", "submission").get()
    assert paper.edition == volume.edition and paper.submission is not None
    assert paper.output.owner == paper.submission.submitter
    version = paper.output.versions.get()
    assert version.state == VersionState.SUBMITTED
    assert version.type is not None and version.type.code == "c_5794"
    assert (version.pages, version.container_title, version.volume) == ("1–2", "Prosiding Konferensi Contoh", "4")
    assert version.date == volume.edition.starts_on and version.title_en == "Care"
    assert version.licence is not None and version.licence.code == "CC-BY-4.0"
    assert version.keywords_id == paper.submission.keywords and version.abstract_en == "Care in villages."
    people = [(c.given_name, c.family_name, c.orcid, str(c.affiliation or c.affiliation_name)) for c in version.contributors.all()]  # fmt: skip # noqa: E501
    assert people == [
        ("Siti Nurhaliza", "Rahmawati", "0000-0002-1825-0097", "Poltekesos Bandung"),
        ("", "Sukarno", "", "Dinas Sosial"),
    ]
    assert [row.pmks.code for row in version.version_pmks.all()] == ["PMKS-08", "PMKS-01"]
    assert [term.code for term in version.provinces.all()] == ["ID-JT"]
    assert [term.code for term in version.methods.all()] == ["camp"]
    assert {(row.scheme, row.value) for row in version.identifiers.all()} == {
        ("doi", "10.1234/knpks.1"), ("isbn", "9786020000008"), ("issn", "2085-9112"),
    }  # fmt: skip
    file = version.files.get()
    assert (
        file.name == f"{volume.edition.slug}-001-002.pdf" and file.blob == volume.builds.latest("pk").papers.get().blob
    )
    assert file.blob.pages.exists()  # it has been read


def test_volume_and_paper_name_each_other_once_both_are_public() -> None:
    volume = published(one_paper_volume())
    volume_outputs.hand_in_all(volume, by=editor_of(volume.edition))
    by_type = versions()
    for version in by_type.values():
        review.publish(version, by=some_curator())
    paper, whole = (Version.objects.get(pk=by_type[code].pk) for code in ("c_5794", "c_f744"))
    assert [(one.kind, one.title) for one in related_works(paper)] == [(RelationKind.IS_PART_OF, whole.title)]
    assert [(one.kind, one.title) for one in related_works(whole)] == [(RelationKind.HAS_PART, paper.title)]
    assert whole.output.owner == editor_of(volume.edition)
    assert [contributor.role for contributor in whole.contributors.all()] == ["editor"]


def test_an_editor_who_is_no_curator_publishes_nothing_and_curators_get_one_mail() -> None:
    volume = published(make_volume(2))
    curator = some_curator()
    volume_outputs.hand_in_all(volume, by=editor_of(volume.edition))
    assert Output.objects.public().count() == 0
    from django_tasks_db.models import DBTaskResult

    from accounts.mail import deliver

    queued = [r.args_kwargs["args"] for r in DBTaskResult.objects.filter(task_path=deliver.module_path)]
    assert [args[1] for args in queued if args[0] == curator.email] == ["conferences/mail/proceedings_queue"]
    assert not mail.outbox


def test_an_editor_who_is_a_curator_publishes_the_papers_of_others_but_not_her_own() -> None:
    edition = make_edition()
    editor = committee(edition, CommitteeRole.EDITOR)
    editor.role = Role.CURATOR
    editor.save()
    track = make_track(edition, pmks=["PMKS-08"])
    own, other = make_paper(track, by=editor), make_paper(track)
    volume = published(make_volume(0, edition), editor)
    volume_outputs.hand_in_all(volume, by=editor)
    states = {paper.submission_id: paper.output.is_public for paper in Paper.objects.select_related("output")}
    assert states == {own.pk: False, other.pk: True}
    assert volume.output is None or not volume.output.is_public


def test_handing_in_again_makes_no_doubles_and_goes_on_where_something_was_missing() -> None:
    edition = make_edition()
    track = make_track(edition)
    make_paper(track, pmks=[])
    volume = published(make_volume(0, edition))
    by = editor_of(edition)
    assert volume_outputs.hand_in_all(volume, by=by) == 0
    version = Paper.objects.get().output.versions.get()
    assert version.state == VersionState.DRAFT
    from taxonomy.models import Pmks

    track.pmks.add(Pmks.objects.get(code="PMKS-08"))
    volume = Volume.objects.select_related("edition__series", "output").get()
    assert volume_outputs.hand_in_all(volume, by=by) == 1
    assert volume_outputs.hand_in_all(volume, by=by) == 0
    assert Output.objects.count() == 2 and {v.state for v in Version.objects.all()} == {VersionState.SUBMITTED}


def test_curators_publish_several_at_once_what_they_have_seen() -> None:
    volume = published(make_volume(2))
    volume_outputs.hand_in_all(volume, by=editor_of(volume.edition))
    first, second = Version.objects.filter(type__code="c_5794").order_by("pk")
    chosen = [(first.pk, first.revision), (second.pk, second.revision + 1), (10**9, 1)]
    assert volume_outputs.publish_papers(volume, chosen, by=some_curator()) == (1, 2)
    assert set(Output.objects.public()) == {first.output}
    assert LogEntry.objects.filter(action="volume.papers_published").count() == 1
    page = volume_page(volume.edition)
    assert page is not None and [bool(paper.output) for paper in page.papers] == [True, False]
    assert page.papers[0].file is not None and page.file is None


def test_who_may_not() -> None:
    volume = published(make_volume(1))
    by = editor_of(volume.edition)
    volume_outputs.hand_in_all(volume, by=by)
    version = Version.objects.get(type__code="c_5794")
    chosen = [(version.pk, version.revision)]
    assert volume_outputs.publish_papers(volume, chosen, by=by) == (0, 1)  # an editor who is no curator
    for user in (some_author(), committee(volume.edition, CommitteeRole.PROGRAMME_CHAIR)):
        with pytest.raises(PermissionDenied):
            volume_outputs.publish_papers(volume, chosen, by=user)
        with pytest.raises(PermissionDenied):
            volume_outputs.ask_again(volume, by=user)
    unpublished = make_volume(0)
    with pytest.raises(IllegalTransition):
        volume_outputs.ask_again(unpublished, by=editor_of(unpublished.edition))
