"""Following searches: begin, list, change, see what was sent; and the links of mails that stop them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from kesos_repo.access import public, signed_in
from publications.queries.generation import generation_of
from search import saved
from search.actions import alerts as actions
from search.describing import described
from search.forms import FollowForm
from search.models import Alert, Frequency
from search.queries.alerts import followed_by, label_of, sent_for
from search.query.request import SearchRequest
from search.query.vocabulary import vocabulary
from search.rules import MOST_ALERTS
from search.unsubscribing import read_token


@signed_in
@require_safe
def alert_list(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    followed = followed_by(user, vocabulary(generation_of(request)))
    return render(
        request,
        "search/alerts/list.html",
        {"followed": followed, "frequencies": Frequency.choices, "most": MOST_ALERTS},
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponseBase:
    """What is followed stands in the address, so that it outlives signing in."""
    user: Any = request.user
    known = vocabulary(generation_of(request))
    asked = saved.plain(SearchRequest.from_querydict(request.GET, known))
    form = FollowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.follow(user, asked, form.cleaned_data["frequency"])
        except actions.TooMany as error:
            form.add_error(None, str(error))
        except saved.TooLong:
            form.add_error(None, _("This search has too many words and values to be kept."))
        else:
            messages.success(request, _("You follow this now: %(search)s") % {"search": described(asked, known)})
            return redirect("following:list")
    context = {"form": form, "asked": asked, "label": described(asked, known)}
    return render(request, "search/alerts/follow.html", context, status=422 if request.method == "POST" else 200)


@signed_in
@require_safe
def alert_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What was sent."""
    alert = _own(request, pk)
    page = Paginator(alert.told.order_by("-pk"), 25).get_page(request.GET.get("halaman"))
    known = vocabulary(generation_of(request))
    context = {"alert": alert, "label": label_of(alert, known), "page": page, "sent": sent_for(page.object_list)}
    return render(request, "search/alerts/sent.html", context)


@signed_in
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`do`: a frequency, pause, resume or delete."""
    user: Any = request.user
    alert = _own(request, pk)
    wish = request.POST.get("do", "")
    if wish == "frequency" and request.POST.get("frequency") in Frequency.values:
        actions.change_frequency(alert, request.POST["frequency"], by=user)
        messages.success(request, _("Saved."))
    elif wish == "pause":
        actions.pause(alert, by=user)
        messages.success(request, _("Paused. No mail comes until you go on."))
    elif wish == "resume":
        actions.resume(alert, by=user)
        messages.success(request, _("You will be told of what comes from now on."))
    elif wish == "delete":
        actions.unfollow(alert, by=user)
        messages.success(request, _("You no longer follow this."))
    return redirect("following:list")


def _own(request: HttpRequest, pk: int) -> Alert:
    return get_object_or_404(Alert, pk=pk, user=request.user)


@public
@csrf_exempt  # the signed token is the permission: mail programs have neither session nor cookie (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET only asks, since programs that look into mails open every link; POST stops at once and says so."""
    found = read_token(token)
    user = User.objects.filter(pk=found[0], is_active=True).first() if found else None
    context: dict[str, Any] = {"is_known": user is not None}
    if found and user:
        if request.method == "POST":
            actions.stop_mails(*found)
            context["is_stopped"] = True
        alert = Alert.objects.filter(pk=found[1], user=user).first() if found[1] else None
        context |= {
            "is_one": bool(found[1]),
            "label": label_of(alert, vocabulary(generation_of(request))) if alert else "",
        }
    response = render(request, "search/alerts/stop.html", context, status=200 if user else 404)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
