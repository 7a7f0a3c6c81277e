from contextlib import contextmanager

import pytest
from django.db import connection

from kesos_repo import health, worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def fresh_probe(monkeypatch):
    monkeypatch.setattr(health, "storage_probe", health.StorageProbe())


NO_INDEX = "no index yet: it is being built"


@contextmanager
def database_down():
    options = connection.settings_dict["OPTIONS"]
    before = dict(options)
    connection.close()
    options["host"] = "/nowhere"
    try:
        yield
    finally:
        options.clear()
        options.update(before)
        connection.close()


def test_all_is_well(client):
    with worker._held_lock("some worker"):
        response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "storage": "ok", "worker": "ok", "search": NO_INDEX}
    assert "no-store" in response["Cache-Control"]


def test_no_worker(client):
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["worker"] == "no worker is running"


def test_no_database(client):
    with database_down():
        response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["database"] == "cannot be reached"
    assert "/nowhere" not in response.content.decode()


def test_a_connection_that_broke_under_a_request(client):
    """As when PostgreSQL is killed between two statements: psycopg2 says InterfaceError then."""
    connection.ensure_connection()
    connection.connection.close()
    try:
        response = client.get("/healthz")
    finally:
        connection.close()
    assert (response.status_code, response.json()["database"]) == (503, "cannot be reached")


def test_no_storage(client, settings, tmp_path):
    (tmp_path / "a file, not a folder").touch()
    settings.MEDIA_ROOT = tmp_path / "a file, not a folder"
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["storage"] == "cannot be written or read"


def test_the_storage_is_probed_once_in_a_while_and_left_clean(client, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    probes = []
    original = health.StorageProbe._probe
    monkeypatch.setattr(health.StorageProbe, "_probe", lambda self: probes.append(1) or original(self))
    for _ in range(3):
        client.get("/healthz")
    assert probes == [1]
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_it_costs_two_queries_at_most(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        client.get("/healthz")
