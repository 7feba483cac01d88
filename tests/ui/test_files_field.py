"""Many files in one field."""

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from ortoo.ui.files_field import FilesField


class Form(forms.Form):
    returns = FilesField(accept=".csv")


def sent(*files: SimpleUploadedFile) -> Form:
    return Form({}, MultiValueDict({"returns": list(files)}))  # type: ignore[arg-type]


def test_field_gives_all_files_in_order() -> None:
    form = sent(SimpleUploadedFile("a.csv", b"1"), SimpleUploadedFile("b.csv", b"2"))
    assert form.is_valid()
    assert [file.name for file in form.cleaned_data["returns"]] == ["a.csv", "b.csv"]


def test_field_refuses_none_and_empty_ones() -> None:
    assert not sent().is_valid()
    assert not sent(SimpleUploadedFile("a.csv", b"1"), SimpleUploadedFile("b.csv", b"")).is_valid()


def test_field_draws_an_input_for_several_files() -> None:
    html = str(Form()["returns"])
    assert "multiple" in html and 'accept=".csv"' in html
