import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kesos_repo.worker import Worker


class Command(BaseCommand):
    help = "Run the tasks that the site queues (mails, reading of PDFs, imports), and the periodic chores."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--exclude-queues", default="", help="queues to leave to others, separated by commas")
        parser.add_argument("--interval", type=float, default=0.3, help="seconds between looks at an empty queue")
        parser.add_argument("--batch", action="store_true", help="run what is queued, then end")

    def handle(self, *, exclude_queues: str, interval: float, batch: bool, **_: Any) -> None:
        worker = Worker(
            excluded_queue_names=[name for name in exclude_queues.split(",") if name],
            interval=interval,
            batch=batch,
        )
        logging.getLogger("django_tasks_db").setLevel(logging.ERROR)  # it advises on Ctrl-C when it is told to stop
        worker.configure_signals()
        worker.run()
