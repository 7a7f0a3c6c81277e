"""Keeps what lists read (columns of Output, TopicListing, search vector) equal to the current public versions."""

from collections.abc import Sequence

from django.db import connection

from publications.models import Blob, Change, Output, TopicListing, Version
from publications.states import OutputState

_COLUMNS = """
    UPDATE publications_output o
       SET type_id = v.type_id, year = extract(year FROM v.date), sort_date = v.date, changed_at = now(),
           sort_title = left(lower(ltrim(coalesce(nullif(v.title_id, ''), v.title_en), ' ."''“”‘’«»()[]-–—…')), 200),
           search = setweight(to_tsvector('simple', v.title_id || ' ' || v.title_en), 'A')
                 || setweight(to_tsvector('simple', coalesce(p.names, '') || ' ' || array_to_string(v.keywords_id, ' ')
                                                    || ' ' || array_to_string(v.keywords_en, ' ')), 'B')
                 || setweight(to_tsvector('simple', v.abstract_id || ' ' || v.abstract_en), 'C')
      FROM publications_version v
      LEFT JOIN LATERAL (
           SELECT string_agg(c.given_name || ' ' || c.family_name, ' ') AS names
             FROM publications_contributor c WHERE c.version_id = v.id) p ON true
     WHERE v.id = o.current_id AND o.id = ANY(%s)
"""
_TOPICS = """
    INSERT INTO publications_topiclisting (pmks_id, output_id, sort_date, is_primary)
    SELECT vp.pmks_id, o.id, o.sort_date, vp.is_primary
      FROM publications_output o JOIN publications_versionpmks vp ON vp.version_id = o.current_id
     WHERE o.id = ANY(%s) AND o.state = 'published'
"""

_CHANGES = "INSERT INTO publications_change (output_id, at) SELECT unnest(%s::bigint[]), now()"


def publish_change(outputs: Sequence[Output]) -> None:
    """Call in the transaction of each change of something public: refresh the lists and write the change rows."""
    refresh(outputs)
    Change.objects.bulk_create(Change(output=output) for output in outputs)


def publish_changes(ids: Sequence[int]) -> None:
    """As `publish_change`, for many outputs that nobody holds as objects (bulk import)."""
    _derive(ids)
    with connection.cursor() as cursor:
        cursor.execute(_CHANGES, [list(ids)])


def publish_text(blob: Blob) -> None:
    """What was read in this content is new: for the public outputs whose current version has it. Lists stay as is.

    Waits for a publication that is under way, which may not have seen what was read.
    """
    with_it = Output.objects.filter(pk__in=Version.objects.filter(files__blob=blob).values("output")).order_by("pk")
    list(with_it.select_for_update(no_key=True).values_list("pk"))
    outputs = Output.objects.public().filter(current__files__blob=blob).distinct()
    Change.objects.bulk_create(Change(output=output) for output in outputs)


def refresh(outputs: Sequence[Output]) -> None:
    _derive([output.pk for output in outputs])
    for output in outputs:
        output.refresh_from_db(fields=["type", "year", "sort_date", "changed_at"])


def _derive(ids: Sequence[int]) -> None:
    TopicListing.objects.filter(output__in=ids).delete()
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [list(ids)])
        cursor.execute(_TOPICS, [list(ids)])


def rebuild() -> int:
    """Make everything derived again, a thousand outputs at a time; returns how many."""
    ids = list(Output.objects.filter(state=OutputState.PUBLISHED).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), 1000):
        refresh(list(Output.objects.filter(pk__in=ids[start : start + 1000])))
    return len(ids)
