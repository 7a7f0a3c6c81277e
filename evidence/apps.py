from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    name = "evidence"
    verbose_name = _("evidence")

    def ready(self) -> None:
        from evidence import personal_data  # noqa: F401  (connects it)
