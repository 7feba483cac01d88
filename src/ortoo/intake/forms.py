"""What people drop or choose on the pages of the intake."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from ortoo.ui.files_field import FilesField

MOST_BYTES = 8 << 20


class FilesForm(forms.Form):
    """Many files at once. An empty one is let through, so that the delivery names it and reads the others."""

    returns = FilesField(
        label=_("Drop the files here, or choose them"),
        help_text=_("xlsx, xls, ods or csv, as many at once as you like. They are only read; nothing is changed yet."),
        accept=".xlsx,.xls,.xlsm,.ods,.csv,.tsv,.txt",
        allow_empty_file=True,
    )


class TourFileForm(forms.Form):
    """A tour's plan: one workbook."""

    plan = forms.FileField(label=_("The tour's plan"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.xlsm,.ods"}))

    def clean_plan(self) -> UploadedFile[Any]:
        """Not more than a plan can be."""
        file: UploadedFile[Any] = self.cleaned_data["plan"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("A plan has 8 MB at most."))
        return file


class DecisionForm(forms.Form):
    """A choice for the problems that are ticked, or for all that the filter shows."""

    choice = forms.CharField(max_length=40, required=False)
    value = forms.CharField(max_length=400, required=False)
