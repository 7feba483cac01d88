"""A notice as a document that an office can go on writing in."""

import io

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from ortoo.planning.notices.notice import Notice

WIDTHS = (Cm(1.1), Cm(2.1), Cm(2.3), Cm(1.1), Cm(4.6), Cm(3.3), Cm(2.9))


def write_docx(notice: Notice) -> bytes:
    """The document's bytes, A4."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "SimSun", Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "SimSun")
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(notice.title)
    run.bold, run.font.size = True, Pt(18)
    document.add_paragraph(f"{notice.unit}:")
    document.add_paragraph(notice.opening).paragraph_format.first_line_indent = Pt(22)
    for term in notice.terms:
        _table(document, f"{term.name}  {term.days}  {term.base}", notice.head, term.rows)
    if notice.left_out:
        _table(document, _("Without a place this time"), notice.head, notice.left_out)
    for number, point in enumerate(notice.closing, 1):
        document.add_paragraph(f"{number}. {point}")
    for line in (notice.issuer, f"{notice.day:%Y-%m-%d}"):
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _table(document: DocumentObject, heading: str, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    document.add_paragraph().add_run(heading).bold = True
    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    for column, (cell, text) in enumerate(zip(table.rows[0].cells, head, strict=True)):
        cell.text, cell.width = text, WIDTHS[column]
        cell.paragraphs[0].runs[0].bold = True
    table.rows[0]._tr.get_or_add_trPr().append(table.rows[0]._tr.makeelement(qn("w:tblHeader"), {}))
    for values in rows:
        for column, (cell, text) in enumerate(zip(table.add_row().cells, values, strict=True)):
            cell.text, cell.width = text, WIDTHS[column]
