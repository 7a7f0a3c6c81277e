"""Where ORCID and OpenID Connect providers send people back to: one address whatever the language, as registered there.

/akun/orcid/login/callback/ and /akun/oidc/<name>/login/callback/.
"""

from allauth.urls import build_provider_urlpatterns

urlpatterns = build_provider_urlpatterns()
