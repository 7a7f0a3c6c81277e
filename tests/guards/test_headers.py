import pytest
from django.test import Client

from kesos_repo.csp import policy_header, sign_in_origins


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/gaya/", "/en/nothing/", "/admin/"])
def test_pages_come_with_strict_headers(client: Client, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Frame-Options"] == "SAMEORIGIN"


def test_a_view_may_be_stricter(rf):
    from django.http import HttpResponse

    from kesos_repo.csp import SecurityHeadersMiddleware

    strict = HttpResponse(headers={"Content-Security-Policy": "sandbox"})
    assert SecurityHeadersMiddleware(lambda _: strict)(rf.get("/")).headers["Content-Security-Policy"] == "sandbox"


def test_forms_may_lead_to_the_places_that_sign_people_in(settings):
    settings.SOCIALACCOUNT_PROVIDERS = {
        "orcid": {"BASE_DOMAIN": "sandbox.orcid.org"},
        "openid_connect": {"APPS": [{"settings": {"server_url": "https://sso.example.go.id/realms/a"}}]},
    }
    assert sign_in_origins() == ["https://sandbox.orcid.org", "https://sso.example.go.id"]
    assert "form-action 'self' https://sandbox.orcid.org https://sso.example.go.id;" in policy_header()
