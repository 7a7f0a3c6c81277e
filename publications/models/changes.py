from django.db import models
from django.db.models import functions
from django.utils import timezone

from taxonomy.models import Pmks

from .output import Output


class Change(models.Model):
    """One row for each change of something public, written in the same transaction.

    Followers (index, harvesters) read the rows whose `xid` is older than every running transaction
    (`pg_snapshot_xmin(pg_current_snapshot())`), so that none is skipped. The database fills `xid`.
    """

    id = models.BigAutoField(primary_key=True)
    xid = models.BigIntegerField(db_index=True, editable=False, db_default=models.Func(function="txid_current"))
    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]


class TopicListing(models.Model):
    """Which public outputs a topic lists, in order: derived from current versions, written by the actions."""

    pmks = models.ForeignKey(Pmks, on_delete=models.CASCADE, related_name="listings")
    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="topic_listings")
    sort_date = models.DateField()
    is_primary = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["pmks", "-sort_date", "-output"], name="topic_newest")]
        constraints = [models.UniqueConstraint(fields=["output", "pmks"], name="topic_listing_unique")]


class ReferenceChange(models.Model):
    """One row for each statement that changed what outputs refer to: terms, people, organisations.

    Written by triggers, so that an edit in the admin or by hand is seen too; pages kept for anonymous readers are
    kept only until the next row.
    """

    xid = models.BigIntegerField(db_index=True, editable=False, db_default=models.Func(function="txid_current"))
    at = models.DateTimeField(db_default=functions.Now())
