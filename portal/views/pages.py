"""Home and the style guide."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static

from conferences.queries.site import moments_passed
from kesos_repo.access import public
from kesos_repo.page_cache import cached_while
from portal.queries.home import EXAMPLES, HomePage
from portal.style_guide import examples
from publications.queries.generation import generation_of


@public
@cached_while(moments_passed)  # the next deadline stands on it
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/home.html", {"home": HomePage(generation_of(request)), "examples": EXAMPLES})


@public
def style_guide(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/style_guide.html", examples())


@public
def favicon(request: HttpRequest) -> HttpResponse:
    """What browsers ask for where no page names its icon, above all beside a PDF."""
    return redirect(static("img/icon.svg"))
