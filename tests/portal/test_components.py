import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from portal.component import ComponentError
from publications.queries.paging import Paging


def render(source: str, **context: object) -> str:
    return Template("{% load components %}" + source).render(Context(context))


class ExampleForm(forms.Form):
    title = forms.CharField(help_text="As on the first page.")
    note = forms.CharField(required=False)
    agreed = forms.BooleanField()
    access = forms.ChoiceField(widget=forms.RadioSelect, choices=[("open", "Open")])


def test_a_missing_parameter_fails():
    with pytest.raises(TemplateSyntaxError, match="label"):
        Template("{% load components %}{% chip %}")
    with pytest.raises(ComponentError, match="chip: missing a required argument: 'label'"):
        render("{% chip kind='plain' %}")


def test_an_empty_required_parameter_fails_when_rendered():
    with pytest.raises(ComponentError, match="chip: label is empty"):
        render("{% chip label=nothing.here %}")


def test_an_unknown_kind_fails():
    with pytest.raises(ComponentError, match="kind"):
        render("{% chip label='x' kind='purple' %}")


def test_block_components_declare_their_parameters_too():
    with pytest.raises(TemplateSyntaxError):
        Template("{% load components %}{% empty %}x{% endempty %}")
    with pytest.raises(ComponentError):
        render("{% notice kind='loud' %}x{% endnotice %}")
    with pytest.raises(ComponentError):
        render("{% scroll label=missing %}x{% endscroll %}")


def test_what_people_wrote_is_escaped():
    hostile = "<script>alert(1)</script>"
    shown = render(
        "{% chip label=t %}{% notice title=t %}{{ t }}{% endnotice %}"
        "{% breadcrumbs t '/' t %}{% icon 'search' label=t %}",
        t=hostile,
    )
    assert hostile not in shown
    assert shown.count("&lt;script&gt;") == 6


def test_a_chip_is_a_link_only_with_an_address():
    assert "<a " not in render("{% chip label='Jawa Tengah' %}")
    assert 'href="/x/"' in render("{% chip label='Jawa Tengah' url='/x/' count=1234 %}")


@pytest.mark.parametrize(("language", "expected"), [("id", "1.234"), ("en", "1,234")])
def test_counts_follow_the_language_and_other_numbers_are_left_alone(language, expected):
    from django.utils import translation

    with translation.override(language):
        assert render("{{ n|thousands }} {{ n }}", n=1234) == f"{expected} 1234"


class TestField:
    def test_ties_label_help_and_errors_to_the_input(self):
        form = ExampleForm(data={})
        shown = render("{% field f.title %}", f=form)
        assert '<label for="id_title">' in shown
        assert 'aria-invalid="true"' in shown
        described = shown.split('aria-describedby="')[1].split('"')[0].split()
        assert described
        for identifier in described:
            assert f'id="{identifier}"' in shown

    def test_says_what_is_optional_unless_told_not_to(self):
        form = ExampleForm()
        assert 'class="optional"' in render("{% field f.note %}", f=form)
        assert 'class="optional"' not in render("{% field f.note optional=False %}", f=form)
        assert 'class="optional"' not in render("{% field f.title %}", f=form)

    def test_groups_choices_in_a_fieldset(self):
        shown = render("{% field f.access %}", f=ExampleForm())
        assert "<fieldset" in shown
        assert "<legend>" in shown

    def test_a_suggestion_is_marked_and_can_be_undone_without_script(self):
        shown = render("{% field f.title suggestion=s %}", f=ExampleForm(), s={"page": 1})
        assert "suggested" in shown
        assert 'name="undo" value="title" formnovalidate' in shown

    def test_a_checkbox_stands_before_its_label(self):
        assert 'class="field check"' in render("{% field f.agreed %}", f=ExampleForm())


def test_error_summary_links_each_error_to_its_input():
    form = ExampleForm(data={})
    shown = render("{% error_summary f %}{% form_fields f %}", f=form)
    for target in ("id_title", "id_agreed", "id_access"):
        assert f'href="#{target}"' in shown
        assert f'id="{target}"' in shown


def test_error_summary_is_silent_on_a_fine_form():
    assert "error-summary" not in render("{% error_summary f %}", f=ExampleForm())


class TestPagination:
    def shown(self, page: object, address: str = "/publikasi/") -> str:
        request = RequestFactory().get(address)
        return render("{% pagination page=page %}", page=page, request=request)

    def test_keeps_the_rest_of_the_address(self):
        shown = self.shown(Paging(2, 100), "/publikasi/?jenis=laporan&jenis=artikel&halaman=2&q=a%26b")
        assert 'href="?jenis=laporan&amp;jenis=artikel&amp;q=a%26b&amp;halaman=3" rel="next"' in shown
        assert 'href="?jenis=laporan&amp;jenis=artikel&amp;q=a%26b" rel="prev"' in shown

    def test_first_page_has_the_plain_address(self):
        assert 'href="/publikasi/" rel="prev"' in self.shown(Paging(2, 100), "/publikasi/?halaman=2")

    def test_takes_a_page_of_a_django_paginator(self):
        assert 'rel="next"' in self.shown(Paginator(range(100), 10).page(1))

    def test_one_page_needs_no_links(self):
        assert "<nav" not in self.shown(Paging(1, 3))


def test_tile_map_has_the_same_numbers_in_a_table():
    from types import SimpleNamespace

    term = SimpleNamespace(code="ID-AC", slug="aceh", label="Aceh", tile_column=0, tile_row=0)
    tile = SimpleNamespace(term=term, count=1234, level=3)
    shown = render("{% tile_map tiles=tiles label='Where' url='/publikasi/' %}", tiles=[tile])
    assert ">AC<" in shown
    assert shown.count("1.234") == 2
    assert '<th scope="row"><a href="/publikasi/?provinsi=aceh">' in shown


def test_checklist_says_states_in_words():
    shown = render("{% checklist items=items %}", items=[{"state": "warn", "text": "NIK"}])
    assert 'role="img" aria-label=' in shown
