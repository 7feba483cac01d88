"""A form field that takes many files at once; `{% dropzone form.returns %}` draws it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile


class FilesInput(forms.FileInput):
    """The browser's file input, for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Its cleaned value is a list of uploaded files in the order sent; empty only when the field is not required.

    `accept` is what the browser's dialog offers (".xlsx,.csv"); the server has to look for itself.
    """

    def __init__(self, *, accept: str = "", **options: Any) -> None:
        options.setdefault("widget", FilesInput(attrs={"accept": accept} if accept else {}))
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Every file passes the checks of a single one."""
        files: Sequence[Any] = data if isinstance(data, list | tuple) else [data]
        cleaned = [super(FilesField, self).clean(file, initial) for file in files or [None]]
        return [file for file in cleaned if file]
