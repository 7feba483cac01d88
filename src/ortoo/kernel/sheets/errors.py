"""Why a file cannot be read, in a kind and a sentence."""

KINDS = {
    "empty": ("The file is empty.", "文件是空的。"),
    "unreadable": ("This is not a table that can be read: %(why)s.", "读不出表格:%(why)s。"),
    "encrypted": ("The file is protected by a password. Save it without one.", "文件设有密码,请取消密码后另存。"),
    "too_large": ("The file holds more than may be read: %(what)s over %(limit)s.", "文件超过可读的限度:%(what)s超过%(limit)s。"),
}


class SheetError(Exception):
    """A file that cannot be read. `kind` is a key of KINDS, `params` fill its sentence."""

    def __init__(self, kind: str, **params: object) -> None:
        super().__init__(KINDS[kind][0] % params)
        self.kind = kind
        self.params = params
