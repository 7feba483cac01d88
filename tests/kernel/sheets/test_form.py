"""Forms with keys of their own."""

from tests.kernel.sheets.test_workbook import xlsx

from ortoo.kernel.sheets.form import Form, FormColumn, read_key, write_form
from ortoo.kernel.sheets.workbook import open_workbook

FORM = Form("表", "标题", [FormColumn("name", "姓名", must=True), FormColumn("sex", "性别", choices=("男", "女"), strict=True)],
            notes=["说明"], rows=[["=张三", "男"]], key={"programme": "p7"})  # fmt: skip


def test_form_holds_its_key():
    assert read_key(open_workbook(write_form(FORM), "a")) == {"programme": "p7", "columns": "name,sex"}
    assert read_key(open_workbook(xlsx(), "a")) is None


def test_form_has_keys_above_its_heads_and_rows_as_texts():
    rows = open_workbook(write_form(FORM), "a").sheets[0].rows

    assert rows[2:5] == [["ortoo:name", "ortoo:sex"], ["姓名", "性别"], ["=张三", "男"]]
