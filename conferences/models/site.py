"""What an edition's site shows besides its facts: pages, news, speakers, sponsors, photographs."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evidence.models.texts import Bilingual
from publications.models import Blob

from .editions import Edition


class SitePage(models.Model):
    """A page in both languages, in the site's menu. Texts are Markdown, cleaned when shown."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="pages")
    slug = models.SlugField(_("address"), max_length=60)
    title_id = models.CharField(_("title in Indonesian"), max_length=150)
    title_en = models.CharField(_("title in English"), max_length=150, blank=True)
    body_id = models.TextField(_("text in Indonesian"), max_length=30000)
    body_en = models.TextField(_("text in English"), max_length=30000, blank=True)
    in_menu = models.BooleanField(_("stands in the menu"), default=True)
    position = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0, editable=False)

    title, body = Bilingual("title"), Bilingual("body")

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="site_page_slug_once")]

    def __str__(self) -> str:
        return self.title


class NewsKind(models.TextChoices):
    NEWS = "news", _("news")
    PRESS_RELEASE = "press_release", _("press release")


class News(models.Model):
    """News or a press release; public from `published_at` on. Related news is shown both ways."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="news")
    kind = models.CharField(_("kind"), max_length=13, choices=NewsKind.choices, default=NewsKind.NEWS)
    slug = models.SlugField(_("address"), max_length=80)
    title_id = models.CharField(_("title in Indonesian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    lede_id = models.CharField(_("in one sentence, Indonesian"), max_length=400, blank=True)
    lede_en = models.CharField(_("in one sentence, English"), max_length=400, blank=True)
    body_id = models.TextField(_("text in Indonesian"), max_length=30000)
    body_en = models.TextField(_("text in English"), max_length=30000, blank=True)
    related = models.ManyToManyField("self", verbose_name=_("related news"), blank=True)
    photo = models.ForeignKey("Photo", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(_("public from"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    title, lede, body = Bilingual("title"), Bilingual("lede"), Bilingual("body")

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
        ordering = [models.F("published_at").desc(nulls_first=True), "-pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="news_slug_once")]

    def __str__(self) -> str:
        return self.title


class Speaker(models.Model):
    """An invited speaker, with the photograph they agreed to show."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField(_("name with degrees"), max_length=300)
    affiliation = models.CharField(_("organisation"), max_length=300, blank=True)
    topic_id = models.CharField(_("subject in Indonesian"), max_length=300, blank=True)
    topic_en = models.CharField(_("subject in English"), max_length=300, blank=True)
    about_id = models.TextField(_("about, in Indonesian"), max_length=2000, blank=True)
    about_en = models.TextField(_("about, in English"), max_length=2000, blank=True)
    is_keynote = models.BooleanField(_("keynote"), default=False)
    photo = models.ForeignKey("Photo", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    topic, about = Bilingual("topic"), Bilingual("about")

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["-is_keynote", "position", "pk"]

    def __str__(self) -> str:
        return self.name


class Sponsor(models.Model):
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sponsors")
    name = models.CharField(_("name"), max_length=200)
    url = models.URLField(_("web address"), max_length=300, blank=True)
    note_id = models.CharField(_("what it gives, in Indonesian"), max_length=200, blank=True)
    note_en = models.CharField(_("what it gives, in English"), max_length=200, blank=True)
    logo = models.ForeignKey("Photo", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    note = Bilingual("note")

    class Meta:
        verbose_name = _("sponsor")
        verbose_name_plural = _("sponsors")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Photo(models.Model):
    """A picture of ours: drawn anew when uploaded, so that no place, camera or name travels with it (EXIF)."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="photos")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="photos")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt_id = models.CharField(_("what it shows, in Indonesian"), max_length=300)
    alt_en = models.CharField(_("what it shows, in English"), max_length=300, blank=True)
    credit = models.CharField(_("photographer"), max_length=150, blank=True)
    in_gallery = models.BooleanField(_("stands in the gallery"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    alt = Bilingual("alt")

    class Meta:
        verbose_name = _("photograph")
        verbose_name_plural = _("photographs")
        ordering = ["position", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(alt_id=""), name="photo_has_alt")]

    def __str__(self) -> str:
        return self.alt
