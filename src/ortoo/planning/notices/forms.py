"""The three forms of a notice."""

from collections.abc import Callable

from ortoo.planning.notices.docx import write_docx
from ortoo.planning.notices.notice import Notice
from ortoo.planning.notices.pdf import write_pdf
from ortoo.planning.notices.xlsx import write_xlsx

FORMS: dict[str, Callable[[Notice], bytes]] = {"xlsx": write_xlsx, "docx": write_docx, "pdf": write_pdf}
