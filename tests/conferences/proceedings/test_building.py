"""The making of a volume: pages agree everywhere, the same makes the same, a bad paper is named and loses nothing."""

import io
import re

import pikepdf
import pypdfium2
import pytest

from conferences.actions import builds, volumes
from conferences.models import Build, BuiltPaper, VolumePaper
from conferences.proceedings.facts import facts_of
from conferences.states import BuildState, SubmissionState
from publications.models import Blob
from publications.states import IllegalTransition
from tests.factories.proceedings import (
    build,
    content_of,
    editor_of,
    make_final,
    make_paper,
    make_volume,
    paper_pdf,
    texts,
)

pytestmark = pytest.mark.django_db


def contents_pages(pages: list[tuple[str, str]]) -> list[int]:
    """The page numbers that stand in the table of contents."""
    text = next(text for _label, text in pages if text.strip().startswith("Daftar isi"))
    return [int(number) for number in re.findall(r"Sukarno (\d+)", text)]


def test_pages_of_contents_file_and_metadata_are_equal() -> None:
    volume = make_volume(3)
    made = build(volume)
    assert (made.state, made.reason) == (BuildState.DONE, "")
    rows = list(volume.papers.all())
    assert [(row.first_page, row.last_page) for row in rows] == [(1, 2), (3, 5), (6, 7)]
    pages = texts(content_of(made.blob))
    assert made.pages == len(pages)
    assert contents_pages(pages) == [row.first_page for row in rows]
    by_label = dict(pages)
    for row in rows:
        number = row.submission.number
        for place, page in enumerate(range(row.first_page or 0, (row.last_page or 0) + 1), 1):
            text = by_label[str(page)]
            assert f"Isi {number} halaman {place}" in text  # the author's own text is still there
            assert text.strip().endswith(str(page))
            assert "Prosiding Konferensi Contoh" in text
            assert (f"hlm. {row.first_page}–{row.last_page}" in text) == (place == 1)
    assert by_label["8"].strip().startswith("Prosiding") and "Rahmawati, Siti" in by_label["8"]
    assert re.findall(r"Rahmawati, Siti\s+1, 3, 6", by_label["8"])


def test_each_paper_has_a_file_with_the_same_pages() -> None:
    volume = make_volume(2, doi="10.1234/knpks.4")
    made = build(volume)
    second = made.papers.select_related("blob", "paper__submission").last()
    assert second is not None
    content = content_of(second.blob)
    assert [label for label, _text in texts(content)] == ["3", "4", "5"]
    assert texts(content)[0][1].strip().endswith("3")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.docinfo["/Title"]) == second.paper.submission.title_id
        assert str(pdf.docinfo["/Author"]) == "Siti Rahmawati; Sukarno"
        assert str(pdf.Root.Lang) == "id"
        assert pdf.open_metadata()["dc:identifier"] == f"doi:10.1234/knpks.4.{second.paper.submission.number}"


def test_the_volume_has_bookmarks_links_and_labels() -> None:
    volume = make_volume(2, foreword_id="Puji **syukur**.", foreword_en="Thanks.", foreword_by="Dr. Ketua")
    content = content_of(build(volume).blob)
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    marks = {mark.get_title(): mark.get_dest().get_index() for mark in document.get_toc()}
    labels = {title: document.get_page_label(index) for title, index in marks.items()}
    titles = [str(row.submission.title_id) for row in volume.papers.all()]
    assert [labels[next(mark for mark in marks if mark.startswith(title))] for title in titles] == ["1", "3"]
    assert {"Sampul", "Kata pengantar", "Foreword", "Daftar isi", "Indeks penulis"} <= set(marks)
    assert labels["Sampul"] == "i"
    with pikepdf.open(io.BytesIO(content)) as pdf:
        notes = [note for note in pdf.pages[marks["Daftar isi"]].Annots if "/Dest" in note]
        there = {pikepdf.Page(note.Dest[0]).label for note in notes}
        assert there == {"1", "3"}


def test_imprint_names_isbn_issn_and_licence() -> None:
    volume = make_volume(1, issn="2085-9112", number="4")
    imprint = next(text for _label, text in texts(content_of(build(volume).blob)) if "ISBN" in text)
    assert "978-602-00-0000-8" in imprint and "2085-9112" in imprint and "creativecommons.org" in imprint


def test_a_build_again_is_the_same_files() -> None:
    volume = make_volume(2)
    first = build(volume)
    blobs = Blob.objects.count()
    again = build(volume)
    assert again.state == BuildState.DONE and again.blob_id == first.blob_id
    assert list(again.papers.values_list("blob")) == list(first.papers.values_list("blob"))
    assert Blob.objects.count() == blobs


def test_made_anew_from_nothing_it_is_the_same_byte_for_byte() -> None:
    volume = make_volume(2)
    first = build(volume)
    whole, papers = content_of(first.blob), [content_of(built.blob) for built in first.papers.all()]
    Build.objects.all().delete()
    again = build(volume)
    assert content_of(again.blob) == whole
    assert [content_of(built.blob) for built in again.papers.all()] == papers


def test_only_what_has_changed_is_made_again() -> None:
    volume = make_volume(3)
    first = build(volume)
    last = volume.papers.last()
    assert last is not None
    last.submission.title_id = "Judul yang lain"
    last.submission.save()
    again = build(volume)
    assert again.blob_id != first.blob_id
    before, after = (list(one.papers.values_list("blob", flat=True)) for one in (first, again))
    assert before[:2] == after[:2] and before[2] != after[2]


def test_a_page_that_is_no_a4_is_put_on_a4_and_one_that_lies_stays() -> None:
    volume = make_volume(0)
    track = volume.edition.tracks.first()
    make_paper(track, pages=1, content=paper_pdf(1, "Kecil", "a5"))
    make_paper(track, pages=1, content=paper_pdf(1, "Lebar", "a4", flipped=True))
    made = build(volume)
    document = pypdfium2.PdfDocument(io.BytesIO(content_of(made.blob)))
    sizes = {document.get_page_label(index): document[index].get_size() for index in range(len(document))}
    assert [round(value) for value in sizes["1"]] == [595, 842] and [round(value) for value in sizes["2"]] == [842, 595]
    pages = dict(texts(content_of(made.blob)))
    assert "Kecil halaman 1" in pages["1"] and "Lebar halaman 1" in pages["2"]


@pytest.mark.parametrize("content", [b"%PDF-1.7 rusak", paper_pdf(3)], ids=["broken", "other pages"])
def test_a_bad_paper_fails_the_build_by_name_and_nothing_is_lost(content: bytes) -> None:
    volume = make_volume(1)
    good = build(volume)
    bad = make_paper(volume.edition.tracks.first(), title_id="Makalah yang rusak", content=content)
    failed = build(volume)
    assert failed.state == BuildState.FAILED
    assert str(bad.number) in failed.reason and "Makalah yang rusak" in failed.reason
    good.refresh_from_db()
    assert good.state == BuildState.DONE and content_of(good.blob).startswith(b"%PDF")
    assert volume.papers.exclude(first_page=None).count() == 1
    assert BuiltPaper.objects.filter(build=failed).count() == 0


def test_a_paper_with_a_password_is_named() -> None:
    volume = make_volume(0)
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper_pdf(2))) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    make_paper(volume.edition.tracks.first(), content=locked.getvalue())
    assert "sandi" in build(volume).reason


def test_a_paper_whose_file_is_gone_is_named() -> None:
    volume = make_volume(1)
    blob = volume.papers.get().submission.final_paper.blob
    blob.content.storage.delete(str(blob.content.name))
    failed = build(volume)
    assert failed.state == BuildState.FAILED and "penyimpanan" in failed.reason


def test_scripts_and_data_of_the_authors_file_do_not_come_along() -> None:
    volume = make_volume(0)
    source = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper_pdf(2))) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.docinfo["/Creator"] = "Laptop Pribadi"
        pdf.save(source)
    make_paper(volume.edition.tracks.first(), content=source.getvalue())
    made = build(volume)
    for blob in (made.blob, made.papers.get().blob):
        with pikepdf.open(io.BytesIO(content_of(blob))) as pdf:
            assert "/OpenAction" not in pdf.Root and "/Creator" not in pdf.docinfo


def test_a_withdrawn_paper_leaves_the_volume() -> None:
    volume = make_volume(2)
    build(volume)
    first = volume.papers.order_by("position")[0].submission
    first.state, first.withdrawn_at = SubmissionState.WITHDRAWN, first.decided_at
    first.save()
    again = build(volume)
    assert again.state == BuildState.DONE
    assert [(row.first_page, row.last_page) for row in volume.papers.all()] == [(1, 3)]


def test_one_build_at_a_time_and_none_of_nothing() -> None:
    volume = make_volume(1)
    by = editor_of(volume.edition)
    builds.start(volume, by=by)
    with pytest.raises(builds.Busy):
        builds.start(volume, by=by)
    empty = make_volume(0)
    with pytest.raises(builds.NothingToBuild):
        builds.start(empty, by=editor_of(empty.edition))


def test_a_build_that_was_cut_off_goes_on_and_one_that_ended_stays() -> None:
    volume = make_volume(1)
    started = builds.start(volume, by=editor_of(volume.edition))
    Build.objects.filter(pk=started.pk).update(state=BuildState.RUNNING)
    builds.run(started)
    started.refresh_from_db()
    assert started.state == BuildState.DONE
    builds.run(started)
    assert started.papers.count() == 1


def test_a_build_that_nobody_takes_up_is_given_up() -> None:
    volume = make_volume(1)
    started = builds.start(volume, by=editor_of(volume.edition))
    Build.objects.filter(pk=started.pk).update(started_at=started.started_at - builds.GIVEN_UP * 2)
    assert build(volume).state == BuildState.DONE
    started.refresh_from_db()
    assert started.state == BuildState.FAILED and started.reason


def test_papers_that_change_while_they_are_made_are_noticed() -> None:
    volume = make_volume(2)
    started = builds.start(volume, by=editor_of(volume.edition))
    VolumePaper.objects.filter(volume=volume).order_by("pk")[0].delete()
    builds.run(started)
    started.refresh_from_db()
    assert started.state == BuildState.FAILED


def test_a_published_volume_is_not_made_again() -> None:
    volume = make_volume(1)
    made = build(volume)
    by = editor_of(volume.edition)
    volumes.publish(volume, by=by, seen=made.pk)
    with pytest.raises(IllegalTransition):
        builds.start(volume, by=by)


def test_a_new_final_paper_is_the_last() -> None:
    volume = make_volume(2)
    from tests.factories.conferences import make_submission

    late = make_submission(volume.edition.tracks.first(), SubmissionState.ACCEPTED)
    make_final(late)
    assert [paper.entry.submission.pk for paper in facts_of(volume).papers][-1] == late.pk
