"""What somebody has handed in, in all editions."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from conferences.queries import submissions as queries
from evidence.views.common import private
from kesos_repo.access import signed_in

PAGE_SIZE = 20


@signed_in
@private
@require_safe
def my_submissions(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.mine(person(request)), PAGE_SIZE).get_page(request.GET.get("halaman"))
    return render(request, "conferences/submissions/mine.html", {"page": page})
