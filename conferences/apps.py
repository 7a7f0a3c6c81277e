from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConferencesConfig(AppConfig):
    name = "conferences"
    verbose_name = _("conferences")

    def ready(self) -> None:
        from conferences import personal_data, personal_data_day  # noqa: F401  (connects them)
