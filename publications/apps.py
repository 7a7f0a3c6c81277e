from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    name = "publications"

    def ready(self) -> None:
        from publications import personal_data  # noqa: F401  (connects it)
