"""Why a file cannot be read, in a kind and a sentence that says what to do."""

KINDS = {
    "empty": ("The file is empty.", "文件是空的。"),
    "unreadable": (
        "This is not a table that can be read: it is damaged or of an unknown kind. Open it, save it as xlsx and send it again.",
        "文件已损坏或格式不明,读不出表格。请打开后另存为xlsx再报。",
    ),
    "encrypted": ("The file is protected by a password. Save it without one.", "文件设有密码,请取消密码后另存。"),
    "too_large": (
        "The file holds more than may be read: over %(limit)s %(what)s. Delete empty rows and pictures, or split it.",
        "文件超过可读的限度:%(what)s超过%(limit)s。请删去空行和图片,或分成几个文件。",
    ),
    "not_a_sheet": (
        "This is no spreadsheet but %(found)s. Send the table as xlsx, xls, ods or csv.",
        "这不是电子表格(%(found)s)。请报送xlsx、xls、ods或csv表格。",
    ),
    "quotes": (
        "A quotation mark opened near row %(row)s is never closed. Save the file as xlsx and send it again.",
        "第%(row)s行附近的引号没有配对。请另存为xlsx再报。",
    ),
}


class SheetError(Exception):
    """A file that cannot be read. `kind` is a key of KINDS, `params` fill its sentence."""

    def __init__(self, kind: str, **params: object) -> None:
        super().__init__(KINDS[kind][0] % params)
        self.kind = kind
        self.params = params
