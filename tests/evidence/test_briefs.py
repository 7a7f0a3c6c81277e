"""Policy briefs: gathered, ordered, written, made an output; what the output says and what it is related to."""

from typing import Any

import pypdfium2 as pdfium
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import LogEntry, Person, User
from evidence import rules
from evidence.actions import briefs, findings
from evidence.briefs import content
from evidence.briefs.checks import lost_findings, unmet_for_making
from evidence.briefs.description import contributor
from evidence.checks import Incomplete
from evidence.models import Brief, BriefFinding
from evidence.queries.briefs import briefs_with, items_of
from evidence.states import FindingState
from publications.actions import drafts, review
from publications.models import Output, RelationKind, Version
from publications.queries.output_page import related_works
from publications.typesetting import NotTypeset, typeset
from tests.factories.accounts import make_organisation, make_user
from tests.factories.briefs import TEXTS, make_brief, published, submitted
from tests.factories.evidence import curator, make_finding, make_ratings, make_recommendation
from tests.factories.publications import some_user, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
EVIL = '#panic("x") $ \\ * _ ` <a> @b #[ ] #read("/etc/passwd") = // /* "'


def order_of(brief: Brief) -> list[int]:
    return list(brief.items.values_list("finding_id", flat=True))


def text_of(pdf: bytes) -> str:
    document = pdfium.PdfDocument(pdf)
    pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    return " ".join(" ".join(pages).split())


def document_of(version: Version) -> bytes:
    with version.files.get(kind="main").blob.content.open("rb") as file:
        return bytes(file.read())


class TestGathering:
    def test_in_order_each_once_only_public_ones(self) -> None:
        one, two, three = make_finding(), make_finding(), make_finding(state=FindingState.PROPOSED)
        brief = make_brief(findings=[two])
        assert briefs.add_findings(brief, [one, two, three], by=brief.owner) == 1
        assert order_of(brief) == [two.pk, one.pk]
        assert [item.position for item in brief.items.all()] == [1, 2]

    def test_not_more_than_anybody_reads(self, monkeypatch: Any) -> None:
        monkeypatch.setattr(rules, "MOST_BRIEF_FINDINGS", 1)
        brief = make_brief()
        with pytest.raises(briefs.TooMany):
            briefs.add_findings(brief, [make_finding()], by=brief.owner)
        assert len(order_of(brief)) == 1

    def test_moved_and_removed(self) -> None:
        a, b, c = (make_finding() for _ in range(3))
        brief = make_brief(findings=[a, b, c])
        briefs.move(brief, c.pk, -1, by=brief.owner)
        assert order_of(brief) == [a.pk, c.pk, b.pk]
        briefs.move(brief, a.pk, 1, by=brief.owner)
        briefs.move(brief, c.pk, -1, by=brief.owner)  # is first already
        briefs.move(brief, 999_999, 1, by=brief.owner)
        assert order_of(brief) == [c.pk, a.pk, b.pk]
        briefs.remove(brief, a.pk, by=brief.owner)
        assert [(item.finding_id, item.position) for item in brief.items.all()] == [(c.pk, 1), (b.pk, 2)]

    def test_each_change_is_logged_and_counts_as_an_edit(self) -> None:
        brief = make_brief()
        before = brief.revision
        briefs.save(brief, {"title_id": "Lain"}, {order_of(brief)[0]: {"note_id": "Penting."}}, by=brief.owner)
        brief.refresh_from_db()
        assert brief.revision == before + 1
        logged = LogEntry.objects.first().changes
        lengths = {"title_id": [len(TEXTS["title_id"]), 4], f"note_id ({order_of(brief)[0]})": [0, 8]}
        assert logged == lengths  # no words of it
        assert brief.items.get().note_id == "Penting."
        briefs.save(brief, {"title_id": "Lain"}, by=brief.owner)
        brief.refresh_from_db()
        assert brief.revision == before + 1


class TestWho:
    def test_whoever_is_signed_in_and_active(self) -> None:
        for role in ("researcher", "policymaker", "curator"):
            assert make_brief(make_user(f"{role}@contoh.id", role=role)).pk
        with pytest.raises(PermissionDenied):
            briefs.start(make_user("pergi@contoh.id", is_active=False))

    def test_nobody_else_changes_it(self) -> None:
        brief = make_brief()
        finding = order_of(brief)[0]
        for user in (some_user(), curator(), make_user("p@contoh.id", role="administrator")):
            for act in (
                lambda user=user: briefs.save(brief, {"title_id": "x"}, by=user),
                lambda user=user: briefs.add_findings(brief, [make_finding()], by=user),
                lambda user=user: briefs.move(brief, finding, 1, by=user),
                lambda user=user: briefs.remove(brief, finding, by=user),
                lambda user=user: briefs.delete(brief, by=user),
                lambda user=user: briefs.make_output(brief, by=user),
            ):
                with pytest.raises(PermissionDenied):
                    act()

    def test_closed_while_it_is_with_the_curators_and_open_when_it_comes_back(self) -> None:
        brief = make_brief()
        version = submitted(brief)
        with pytest.raises(PermissionDenied):
            briefs.save(brief, {"title_id": "x"}, by=brief.owner)
        with pytest.raises(PermissionDenied):
            briefs.make_output(brief, by=brief.owner)
        with pytest.raises(PermissionDenied):
            briefs.delete(brief, by=brief.owner)
        review.return_to_author(version, "Ringkas.", by=curator())
        briefs.save(brief, {"title_id": "Judul baru"}, by=brief.owner)
        brief.refresh_from_db()
        assert briefs.make_output(brief, by=brief.owner).title_id == "Judul baru"

    def test_closed_for_good_once_it_was_public(self) -> None:
        brief = make_brief()
        version = published(brief)
        for _again in range(2):
            with pytest.raises(PermissionDenied):
                briefs.save(brief, {"title_id": "x"}, by=brief.owner)
            drafts.new_version(version.output, by=brief.owner)

    def test_a_discarded_draft_sets_it_free(self) -> None:
        brief = make_brief()
        drafts.discard(briefs.make_output(brief, by=brief.owner), by=brief.owner)
        brief.refresh_from_db()
        assert brief.output is None
        assert briefs.make_output(brief, by=brief.owner).pk

    def test_deleting_leaves_the_draft(self) -> None:
        brief = make_brief()
        version = briefs.make_output(brief, by=brief.owner)
        brief.refresh_from_db()
        briefs.delete(brief, by=brief.owner)
        assert not BriefFinding.objects.exists() and Version.objects.filter(pk=version.pk).exists()

    def test_a_deleted_account_takes_what_nobody_has_seen_along(self) -> None:
        brief, made = make_brief(), make_brief()
        briefs.make_output(made, by=made.owner)
        briefs.forget(brief.owner)
        assert list(Brief.objects.all()) == [made]


class TestConflict:
    def test_a_save_from_an_older_state_overwrites_nothing(self) -> None:
        brief = make_brief()
        brief.refresh_from_db()
        seen = brief.revision
        briefs.save(brief, {"title_id": "Dari tab pertama"}, by=brief.owner, base_revision=seen)
        with pytest.raises(briefs.Conflict):
            briefs.save(brief, {"title_id": "Dari tab kedua"}, by=brief.owner, base_revision=seen)
        brief.refresh_from_db()
        assert brief.title_id == "Dari tab pertama"

    def test_changed_while_it_was_typeset(self, monkeypatch: Any) -> None:
        brief = make_brief()
        brief.refresh_from_db()

        def slow(*given: Any) -> bytes:
            briefs.save(brief, {"title_id": "Berubah"}, by=brief.owner)
            return typeset(*given)

        monkeypatch.setattr(briefs, "typeset", slow)
        with pytest.raises(briefs.Conflict):
            briefs.make_output(brief, by=brief.owner)
        assert not Output.objects.filter(owner=brief.owner).exists()


class TestMaking:
    @pytest.mark.parametrize(
        "texts",
        [
            {"title_id": "", "title_en": ""},
            {"message_id": "", "message_en": ""},
            {"title_id": "", "message_en": ""},
        ],
    )
    def test_needs_title_and_message_in_one_language(self, texts: dict[str, str]) -> None:
        brief = make_brief(**texts)
        with pytest.raises(Incomplete):
            briefs.make_output(brief, by=brief.owner)

    def test_needs_a_finding(self) -> None:
        with pytest.raises(Incomplete):
            briefs.make_output(brief := make_brief(findings=[]), by=brief.owner)

    @pytest.mark.parametrize("how", ["finding", "output"])
    def test_refuses_what_was_withdrawn_meanwhile(self, how: str) -> None:
        finding = make_finding()
        brief = make_brief(findings=[finding, make_finding()])
        if how == "finding":
            findings.withdraw(finding, "Keliru.", by=curator())
        else:
            withdraw(finding.output)
        assert lost_findings(brief) == {finding.pk}
        with pytest.raises(Incomplete, match=r"withdrawn|ditarik"):
            briefs.make_output(brief, by=brief.owner)
        briefs.remove(brief, finding.pk, by=brief.owner)
        brief.refresh_from_db()
        assert briefs.make_output(brief, by=brief.owner).pk

    def test_the_draft_describes_itself_from_the_findings(self) -> None:
        author = make_user("pembuat@contoh.id", role="policymaker", name="Rina Dewi")
        author.person.affiliation = make_organisation("Direktorat Contoh")
        author.person.save()
        one = make_finding()
        two = make_finding(pmks=["PMKS-24", "PMKS-08"], provinces=["ID-JB"], service=None)
        again = make_finding(one.output)
        brief = make_brief(author, [one, two, again])
        version = briefs.make_output(brief, by=author)
        version.refresh_from_db()
        assert (version.state, version.output.owner) == ("draft", author)
        assert version.type is not None and version.type.code == "c_186u"
        assert (version.language, version.title_id, version.title_en) == ("id", TEXTS["title_id"], TEXTS["title_en"])
        assert version.abstract_en == TEXTS["message_en"]
        assert [row.pmks.code for row in version.version_pmks.all()] == ["PMKS-08", "PMKS-24"]
        assert {place.code for place in version.provinces.all()} == {"ID-JT", "ID-JB"}
        assert [service.code for service in version.services.all()] == ["REHSOS-02"]
        contributor = version.contributors.get()
        assert (contributor.family_name, contributor.affiliation) == ("Dewi", author.person.affiliation)
        relations = [(row.kind, row.target) for row in version.relations.all()]
        assert relations == [(RelationKind.IS_BASED_ON, one.output), (RelationKind.IS_BASED_ON, two.output)]
        assert version.licence is not None and version.access == "open"

    def test_the_document_says_it(self) -> None:
        finding = make_finding()
        make_ratings(finding, 3, 2)
        make_recommendation(finding)
        brief = make_brief(findings=[finding])
        briefs.save(brief, {}, {finding.pk: {"note_id": "Paling layak dimulai."}}, by=brief.owner)
        brief.refresh_from_db()
        pdf = document_of(briefs.make_output(brief, by=brief.owner))
        document = pdfium.PdfDocument(pdf)
        assert tuple(round(side) for side in document[0].get_size()) == (595, 842)
        text = text_of(pdf)
        for part in (
            TEXTS["title_id"], "Kunjungan rumah membantu.", "Biayai dari dana desa.", finding.statement_id, "membaik",
            "rendah sampai sedang", "Paling layak dimulai.", "4,2 poin dari 100", "Rp1.250.000 per orang per tahun",
            "Tiga kader berhenti", "Tidak menunjukkan apa yang terjadi", "Biayai kunjungan rumah dari dana desa.",
            "Siti Aminah", "Rahmawati, S.", "(2014)", TEXTS["title_en"], "Home visits help.",
        ):  # fmt: skip
            assert part in text, part

    def test_in_english_where_it_is_written_in_english_alone(self) -> None:
        brief = make_brief(title_id="", message_id="")
        version = briefs.make_output(brief, by=brief.owner)
        assert version.language == "en"
        assert "Home visits twice a month" in text_of(document_of(version))

    def test_hostile_texts_stay_text(self) -> None:
        finding = make_finding(statement_id=EVIL, harms_id=EVIL)
        brief = make_brief(findings=[finding], title_id=EVIL, message_id=EVIL * 3)
        text = text_of(document_of(briefs.make_output(brief, by=brief.owner)))
        assert '#panic("x")' in text and '#read("/etc/passwd")' in text

    def test_a_compiler_that_gives_up_says_so(self, tmp_path: Any) -> None:
        broken = tmp_path / "broken.typ"
        broken.write_text("#panic()")
        with pytest.raises(NotTypeset):
            typeset(broken, {"timestamp": 0})

    def test_again_after_an_edit_goes_into_the_same_draft(self) -> None:
        brief = make_brief()
        first = briefs.make_output(brief, by=brief.owner)
        drafts.save_draft(first, {"keywords_id": ["lansia"], "funder": "Kemensos"}, by=brief.owner)
        drafts.save_draft(first, {"relations": [{"kind": "Cites", "url": "https://contoh.id/", "label": "x"}]},
                          by=brief.owner)  # fmt: skip
        briefs.save(brief, {"title_id": "Judul kedua"}, by=brief.owner)
        brief.refresh_from_db()
        second = briefs.make_output(brief, by=brief.owner)
        second.refresh_from_db()
        assert second.pk == first.pk
        assert (second.title_id, second.keywords_id, second.funder) == ("Judul kedua", ["lansia"], "Kemensos")
        assert second.files.count() == 1 and "Judul kedua" in text_of(document_of(second))
        assert {row.kind for row in second.relations.all()} == {"Cites", "IsDerivedFrom"}

    def test_goes_through_deposit_and_curation_like_any_other(self) -> None:
        brief = make_brief()
        version = published(brief)
        assert version.output.is_public and version.output.public_id
        assert version.contributors.get().person == brief.owner.person
        assert LogEntry.objects.filter(action="brief.made").exists()

    def test_what_it_says_is_read_from_the_database_in_a_fixed_number_of_statements(self) -> None:
        def count(number: int) -> int:
            brief = make_brief(findings=[make_finding() for _ in range(number)])
            with CaptureQueriesContext(connection) as seen:
                content.content_of(brief, brief.owner, brief.changed_at.date())
            return len(seen)

        assert count(1) == count(4)


class TestRelations:
    """Both ways, and never before the brief is public."""

    def test_the_source_names_the_brief_only_once_it_is_public(self) -> None:
        finding = make_finding()
        brief = make_brief(findings=[finding])
        source = finding.output.current
        assert source is not None
        version = submitted(brief)
        assert related_works(source) == [] and briefs_with(finding) == []
        review.publish(version, by=curator())
        [work] = related_works(source)
        assert (work.kind, work.title, work.output) == (RelationKind.IS_SOURCE_OF, version.title, version.output)
        assert briefs_with(finding) == [version.output]
        version.refresh_from_db()
        [work] = related_works(version)
        assert (work.kind, work.output) == (RelationKind.IS_BASED_ON, finding.output)
        withdraw(version.output)
        assert related_works(source) == [] and briefs_with(finding) == []

    def test_an_item_is_read_with_its_finding(self, django_assert_num_queries: Any) -> None:
        one, many = make_brief(), make_brief(findings=[make_finding() for _ in range(3)])
        for brief in (one, many):
            with django_assert_num_queries(5):
                read = [item.finding.pk for item in items_of(brief)]
            assert read == order_of(brief)


def test_nothing_is_missing_from_a_whole_one() -> None:
    assert unmet_for_making(make_brief()) == []


@pytest.mark.parametrize("has_person", [True, False])
def test_without_a_name_nobody_is_published_as_author(has_person: bool) -> None:
    user = User.objects.create_user("tanpanama@contoh.id", name="")
    if has_person:
        Person.objects.update_or_create(user=user, defaults={"given_name": "", "family_name": ""})
    else:
        Person.objects.filter(user=user).delete()
    user = User.objects.get(pk=user.pk)
    brief = make_brief(by=user)
    with pytest.raises(Incomplete) as incomplete:
        briefs.make_output(brief, by=user)
    assert len(incomplete.value.missing) == 1
    assert user.email not in str(contributor(user))


def test_no_words_of_a_draft_stay_in_the_log() -> None:
    brief = make_brief()
    briefs.save(brief, {"message_id": "Belum untuk siapa pun."}, by=brief.owner)
    briefs.delete(brief, by=brief.owner)
    logged = str(list(LogEntry.objects.values_list("changes", flat=True)))
    assert "Belum untuk siapa pun." not in logged
    assert TEXTS["title_id"] not in logged
