from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "exchange"
    verbose_name = _("exchange with other machines")

    def ready(self) -> None:
        from exchange import log_actions  # noqa: F401  (registers them)
