from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TaxonomyConfig(AppConfig):
    name = "taxonomy"
    verbose_name = _("vocabularies")

    def ready(self) -> None:
        from taxonomy import umbrella  # noqa: F401  (registers its check)
