"""Lists that the form's pickers ask for while one types."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from kesos_repo.access import signed_in
from publications.forms.cleaning import tidy_line
from publications.queries import deposits


@signed_in
@require_GET
def organisations(request: HttpRequest) -> JsonResponse:
    words = tidy_line(request.GET.get("q", "")[:200])
    found = deposits.organisations(words) if len(words) > 1 else []
    return JsonResponse(
        {
            "results": [
                {
                    "name": organisation.name,
                    "about": " · ".join(p for p in (organisation.acronym, organisation.city) if p),
                }
                for organisation in found
            ]
        }
    )
