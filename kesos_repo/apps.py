from django.apps import AppConfig


class KesosRepoConfig(AppConfig):
    name = "kesos_repo"
