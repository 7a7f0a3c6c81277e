"""Files that authors start from."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.signed_in import person
from conferences.actions import calls
from conferences.forms.call import TemplateForm
from conferences.models import CallTemplate, Edition
from publications.views.deposit.uploading import upload_problem

from .common import for_organising, render_call


@for_organising
@require_http_methods(["GET", "HEAD", "POST"])
def template_list(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    form = TemplateForm(edition, request.POST or None)
    problem = ""
    if request.method == "POST":
        problem = upload_problem(request)
        if form.is_valid() and not problem:
            try:
                calls.add_template(edition, request.FILES["file"], form.cleaned_data, by=person(request))
            except calls.TemplateRefused as refusal:
                problem = str(refusal.message)
            else:
                messages.success(request, _("The template is stored."))
                return redirect("conferences:desk_templates", edition.slug)
    status = 422 if request.method == "POST" else 200
    templates = edition.templates.select_related("track", "blob")
    return render_call(
        request, "templates", edition, "desk_templates", form=form, problem=problem, templates=templates, status=status
    )


@for_organising
@require_POST
def delete(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    template = CallTemplate.objects.filter(edition=edition, pk=pk).first()
    if template is None:
        raise Http404
    template.edition = edition
    calls.delete_template(template, by=person(request))
    messages.success(request, _("The template is deleted."))
    return redirect("conferences:desk_templates", edition.slug)
