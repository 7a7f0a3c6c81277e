import datetime
import threading

import pytest
from django.db import connection, transaction

from accounts.actions import merging
from accounts.models import Organisation, Person
from publications.actions import reading as pdf_reading
from publications.actions import review
from publications.models import Change, Output, Version
from publications.pdf.ocr import OcrPage
from publications.pdf.reading import Page as ReadPage
from publications.pdf.reading import PdfReading
from search.index import changes, place
from search.index import following as following_module
from tests.factories.accounts import make_organisation, make_person, make_user
from tests.factories.publications import make_draft, make_output, make_submitted, make_version, some_curator, withdraw
from tests.factories.taxonomy import load_vocabularies

from .asking import differences, document, follow, follower, found, found_pages, rebuild, with_text

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def empty_index():
    load_vocabularies()
    rebuild()


def test_a_publication_enters_and_a_draft_does_not():
    version = make_submitted(title_id="Kajian zzxqy")
    make_draft(title_id="Draf zzxqy")
    follow()
    assert found("zzxqy") == []
    output = review.publish(version, by=some_curator())
    follow()
    assert found("zzxqy") == [output.pk]
    assert differences() == []


def test_a_correction_replaces_what_was_there():
    output = make_output(title_id="Kajian zzxqy")
    follow()
    review.correct(output.current, {"title_id": "Kajian wwvut"}, "salah ketik", by=some_curator())
    follow()
    assert (found("zzxqy"), found("wwvut")) == ([], [output.pk])
    assert differences() == []


def test_what_is_withdrawn_leaves_with_its_pages_and_comes_back_with_them():
    output = make_output(title_id="Kajian zzxqy")
    with_text(output, "satu", "teks wwvut")
    follow()
    assert found_pages("wwvut") == [(output.pk, 2)]
    withdraw(output)
    follow()
    assert (found("zzxqy"), found("wwvut"), found_pages("wwvut")) == ([], [], [])
    review.reinstate(output, "keliru", by=some_curator())
    follow()
    assert found_pages("wwvut") == [(output.pk, 2)]


def test_a_new_version_takes_the_place_of_the_old_one():
    output = make_output(title_id="Kajian zzxqy")
    with_text(output, "teks zzxqy")
    follow()
    version = make_version(output, file_name="baru.pdf", title_id="Kajian wwvut")
    with_text(version, "teks baru", name="baru.pdf")
    follow()
    assert (found("zzxqy"), found_pages("zzxqy"), found("wwvut")) == ([], [], [output.pk])


def test_text_that_is_read_after_publication_enters():
    output = make_output()
    blob = with_text(output)
    follow()
    pdf_reading.take_in(blob, PdfReading(pages=(ReadPage(1, "teks zzxqy"),), page_count=1))
    follow()
    assert found_pages("zzxqy") == [(output.pk, 1)]
    assert found("zzxqy") == [output.pk]


def test_text_recognised_after_publication_enters(monkeypatch):
    output = make_output()
    blob = with_text(output, "x")
    follow()
    monkeypatch.setattr(pdf_reading, "read_pdf", lambda _path, **_limits: PdfReading(pages=(ReadPage(1, ""),)))
    monkeypatch.setattr(pdf_reading, "ocr_available", lambda: True)
    monkeypatch.setattr(pdf_reading, "recognise", lambda _path, _pages: iter([OcrPage(1, "pindaian zzxqy")]))
    pdf_reading.recognise_blob(blob)
    follow()
    assert found_pages("zzxqy") == [(output.pk, 1)]


def test_text_of_a_draft_is_nobodys_business():
    version = make_draft()
    pdf_reading.take_in(with_text(version), PdfReading(pages=(ReadPage(1, "teks zzxqy"),), page_count=1))
    assert not Change.objects.exists()


def test_closing_the_files_takes_their_text_out():
    output = make_output()
    with_text(output, "teks zzxqy")
    follow()
    review.correct(output.current, {"access": "restricted"}, "izin dicabut", by=some_curator())
    follow()
    assert (found("zzxqy"), found_pages("zzxqy"), found("restricted", "access")) == ([], [], [output.pk])


def test_an_embargo_that_ends_lets_the_text_in_by_itself(monkeypatch):
    today = datetime.date(2026, 11, 24)
    monkeypatch.setattr(following_module.timezone, "localdate", lambda: today)
    first, second = make_output(), make_output()
    for output, days in ((first, 1), (second, 3)):
        with_text(output, "teks zzxqy")
        Version.objects.filter(pk=output.current_id).update(
            access="embargoed", embargo_until=today + datetime.timedelta(days=days)
        )
    rebuild()
    following = follower()
    assert following.day == today
    follow(following)
    assert (found("zzxqy"), found("embargoed", "access")) == ([], [first.pk, second.pk])
    today += datetime.timedelta(days=1)
    following.step()
    assert found_pages("zzxqy") == [(first.pk, 1)]
    assert found("open", "access") == [first.pk]
    following.close()
    today += datetime.timedelta(days=5)  # the indexer was off meanwhile
    follow()
    assert found("open", "access") == [first.pk, second.pk]


def test_a_merged_person_and_a_merged_organisation():
    admin = make_user("admin@example.org", "administrator")
    places = [make_organisation(f"Balai {n}") for n in range(2)]
    output = make_output(contributors=[{"given_name": "Siti", "family_name": "Aminah", "affiliation": places[0]}])
    follow()
    siti = Person.objects.get(contributions__version=output.current)
    other = make_person("Siti Aminah Binti Zzxqy")
    merge = merging.merge_people(admin, siti, other)
    merging.merge_organisations(admin, places[0], places[1])
    follow()
    assert (found(siti.pk, "person"), found(other.pk, "person")) == ([], [output.pk])
    assert (found(places[0].pk, "organisation"), found(places[1].pk, "organisation")) == ([], [output.pk])
    assert found("zzxqy", "people") == [output.pk]
    merging.undo_merge(admin, merge)
    follow()
    assert (found(siti.pk, "person"), found("zzxqy", "people")) == ([output.pk], [])
    assert differences() == []


def test_a_person_and_an_organisation_that_get_another_name():
    place_ = make_organisation("Balai Lama")
    output = make_output(contributors=[{"given_name": "Siti", "family_name": "Aminah", "affiliation": place_}])
    make_output(contributors=[{"family_name": "Sukarno"}])
    follow()
    before = Change.objects.count()
    Person.objects.filter(family_name="Aminah").update(aliases=["Siti Zzxqy"])
    Organisation.objects.filter(pk=place_.pk).update(name="Balai Wwvut")
    assert Change.objects.count() == before + 2
    Organisation.objects.filter(pk=place_.pk).update(city="Bandung", loaded={"x": 1})
    assert Change.objects.count() == before + 2
    follow()
    assert found("zzxqy", "people") == found("wwvut", "organisations") == [output.pk]


def test_publishing_writes_one_row():
    output = make_output()
    assert output.changes.count() == 1


def in_thread(function):
    thread = threading.Thread(target=function)
    thread.start()
    return thread


def test_a_row_with_a_small_number_that_comes_late_is_not_skipped():
    """The first transaction gets its number, the second writes and commits, only then does the first."""
    early, late = make_output(title_id="Kajian zzxqy"), make_output(title_id="Kajian zzxqy")
    rebuild()
    following = follower()
    Version.objects.update(title_id="Kajian wwvut")
    has_begun, may_commit = threading.Event(), threading.Event()

    def slow():
        try:
            with transaction.atomic():
                Change.objects.create(output=early)
                has_begun.set()
                may_commit.wait(10)
        finally:
            connection.close()

    thread = in_thread(slow)
    has_begun.wait(10)
    Change.objects.create(output=late)
    assert Change.objects.filter(output=late).latest("pk").xid > following.state.xid
    for _attempt in range(3):
        following.step()
    assert found("wwvut") == []  # a transaction is still running, so nothing after it is taken in yet
    may_commit.set()
    thread.join()
    follow(following)
    assert found("wwvut") == [early.pk, late.pk]
    following.close()


def test_a_row_whose_number_is_smaller_than_its_transaction_suggests():
    """The id comes from a sequence, the transaction's number earlier or later: both orders happen."""
    outputs = [make_output(title_id="Kajian zzxqy") for _n in range(2)]
    rebuild()
    state = follower().state
    Version.objects.update(title_id="Kajian wwvut")
    newest = Change.objects.order_by("-pk").first()
    # A later transaction that got a smaller id than an earlier one.
    Change.objects.create(pk=newest.pk + 100, output=outputs[0])
    Change.objects.create(pk=newest.pk + 50, output=outputs[1])
    following = follower()
    assert following.state == state
    follow(following)
    assert found("wwvut") == sorted(output.pk for output in outputs)
    following.close()


def test_many_rows_are_taken_in_batches_and_each_commit_moves_the_cursor(monkeypatch):
    outputs = [make_output(title_id=f"Kajian nomor {n}") for n in range(5)]
    monkeypatch.setattr(following_module, "BATCH", 2)
    following = follower()
    seen = []
    while len(found("kajian")) < 5:
        following.step()
        seen.append((len(found("kajian")), place.current().read_state().change))
    following.close()
    assert [number for number, _change in dict(seen).items()][-1] == 5
    assert seen[-1][1] == Change.objects.order_by("-pk").first().pk
    assert [output.pk for output in outputs] == found("kajian")


def test_the_same_changes_once_more_do_no_harm():
    output = make_output(title_id="Kajian zzxqy")
    with_text(output, "teks zzxqy")
    current = place.current()
    before = current.read_state()
    follow()
    current.write_state(before)
    follow()
    assert (found("zzxqy"), found_pages("zzxqy")) == ([output.pk], [(output.pk, 1)])
    assert differences() == []


def test_nothing_is_written_when_nothing_changed():
    make_output()
    following = follower()
    follow(following)
    folder = following.place.folder
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.json")}
    for _n in range(3):
        assert not following.step()
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.json")} == before
    following.close()


def test_the_feed_gives_each_output_once_and_says_whether_there_is_more():
    output, other = make_output(), make_output()
    Change.objects.all().delete()
    for one in (output, other, output):
        Change.objects.create(output=one)
    (first, *_rest) = Change.objects.order_by("pk")
    while changes.horizon() <= Change.objects.order_by("-xid").first().xid:
        pass
    some = changes.since(first.xid - 1, 0, 2)
    assert (some.outputs, some.is_all) == ([output.pk, other.pk], False)
    rest = changes.since(some.xid, some.change, 2)
    assert (rest.outputs, rest.is_all) == ([output.pk], True)
    assert changes.since(rest.xid, rest.change, 2).outputs == []


def test_a_document_is_what_the_public_sees():
    output = make_output()
    follow()
    assert found(document(output)["digest"], "digest") == [output.pk]
    assert Output.objects.public().count() == 1
