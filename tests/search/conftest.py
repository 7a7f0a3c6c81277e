from tests.factories.search import index  # noqa: F401
