"""What the worker does: primitive arguments, load, call an action."""

from django_tasks import task

from accounts.models import User
from conferences.models import Build, Volume


@task()
def build_volume(build_id: int) -> None:
    from conferences.actions import builds

    if build := Build.objects.filter(pk=build_id).first():
        builds.run(build)


@task()
def hand_in_papers(volume_id: int, user_id: int) -> None:
    from conferences.actions import volume_outputs

    volume = Volume.objects.select_related("edition__series", "licence").get(pk=volume_id)
    volume_outputs.hand_in_all(volume, by=User.objects.get(pk=user_id))
