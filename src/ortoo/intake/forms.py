"""What people type or drop on the pages of the intake."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

ENDINGS = ".xlsx,.xls,.xlsm,.ods,.csv,.tsv,.txt"


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes many files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Cleans to a list of files; empty ones are let through, so that the delivery can name them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=ManyFiles(attrs={"multiple": True, "accept": ENDINGS}), allow_empty_file=True, max_length=None, **options
        )

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """The files, at least one."""
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(ManyFilesField, self).clean(file, initial) for file in files or [None]]


class FilesForm(forms.Form):
    """Many files at once."""

    files = ManyFilesField(
        label=_("Drop the files here, or choose them"),
        help_text=_("xlsx, xls, ods or csv, as many at once as you like. They are only read; nothing is changed yet."),
    )


class DecisionForm(forms.Form):
    """A choice for the problems that are ticked, or for all that the filter shows."""

    choice = forms.CharField(max_length=40, required=False)
    value = forms.CharField(max_length=400, required=False)
    all = forms.BooleanField(required=False)
