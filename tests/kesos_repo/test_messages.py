import gettext as gettext_module

import polib
import pytest
from django.utils.translation import gettext, override, trans_real

from kesos_repo import messages, translations
from kesos_repo.management.commands import check_templates, check_translations
from kesos_repo.messages import Message


def test_messages_in_code():
    code = """
_("plain"); gettext_lazy("lazy"); ngettext("%(n)s file", "%(n)s files", n)
pgettext("verb", "open"); npgettext("c", "one", "many", 3); _(variable); other("not this")
_("joined " "text")
"""
    assert set(messages.in_code(code)) == {
        Message("plain"),
        Message("lazy"),
        Message("%(n)s file", "%(n)s files"),
        Message("open", context="verb"),
        Message("one", "many", "c"),
        Message("joined text"),
    }


def test_messages_in_a_template():
    template = """{% load i18n %}{% translate "It's open" %}{% translate "open" context "verb" %}
{% blocktranslate trimmed count n=total %}
  {{ n }} file
  of yours
{% plural %}
  {{ n }} files
{% endblocktranslate %}{% blocktranslate with who=user.name %}Hello "{{ who }}"{% endblocktranslate %}
{{ _("in a variable") }}{% include "x.html" with label=_("in a tag") %}{# {% translate "commented out" %} #}"""
    assert set(messages.in_template(template)) == {
        Message("It's open"),
        Message("open", context="verb"),
        Message("%(n)s file of yours", "%(n)s files"),
        Message('Hello "%(who)s"'),
        Message("in a variable"),
        Message("in a tag"),
    }


@pytest.mark.parametrize(
    ("message", "translation", "fault"),
    [
        (Message("%(n)s left"), "sisa %(n)s", None),
        (Message("%(n)s left"), "sisa", "placeholders differ: %(n)s"),
        (Message("left"), "sisa %(n)s", "placeholders differ: %(n)s"),
        (Message("left"), "", "not translated"),
    ],
)
def test_faults_of_a_translation(message, translation, fault):
    assert check_translations._fault(message, polib.POEntry(msgid=message.singular, msgstr=translation)) == fault


def test_a_missing_and_a_fuzzy_translation_are_faults():
    assert check_translations._fault(Message("x"), None) == "missing in the catalogue"
    fuzzy = polib.POEntry(msgid="x", msgstr="y", flags=["fuzzy"])
    assert check_translations._fault(Message("x"), fuzzy) == "fuzzy"


def test_a_singular_may_leave_out_its_number():
    entry = polib.POEntry(msgid="one file", msgid_plural="%(n)s files", msgstr_plural={0: "%(n)s berkas"})
    assert check_translations._fault(Message("one file", "%(n)s files"), entry) is None


def test_what_the_content_security_policy_forbids_is_found():
    bad = """<p style="x">
<style>a{}</style>
<button onclick="x()">
<a href="javascript:x()">
<script>x()</script>"""
    assert sorted(line for _, line in check_templates.find_faults(bad)) == [1, 2, 3, 4, 5]
    good = """<script src="{% static 'a.js' %}" type="module"></script><script type="application/ld+json">{}</script>
<p class="style=" data-on="x">one = two</p><link rel="stylesheet">"""
    assert list(check_templates.find_faults(good)) == []


def test_only_stale_catalogues_are_compiled(tmp_path, monkeypatch):
    source = tmp_path / "locale" / "id" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "a"\nmsgstr "b"\n')
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    assert translations.compile_stale() == 1
    assert {entry.msgid: entry.msgstr for entry in polib.mofile(str(source.with_suffix(".mo")))} == {"a": "b"}
    assert translations.compile_stale() == 0
    assert not list(source.parent.glob("*.new"))


def test_what_is_compiled_is_known_at_once(tmp_path, monkeypatch):
    """The start compiles and then loads the demo, in one process."""
    source = tmp_path / "django.po"
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n')
    monkeypatch.setattr(translations, "catalogues", lambda: [source])
    monkeypatch.setitem(trans_real._translations, "id", gettext_module.NullTranslations())
    with override("id"):
        assert gettext("Evidence map") == "Evidence map"
    assert translations.compile_stale() == 1
    with override("id"):
        assert gettext("Evidence map") == "Peta bukti"
