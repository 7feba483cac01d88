"""How a person is found: by name, by pinyin, by its initials, by staff number."""


def search_text(name: str, staff_no: str) -> str:
    """What a person's row is searched by, lower case: 范娟 001008 fanjuan fj."""
    # Its dictionaries take longer to load than any page to answer; only who writes a person needs them.
    from pypinyin import Style, lazy_pinyin

    syllables = lazy_pinyin(name)
    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    return f"{name} {staff_no} {''.join(syllables)} {initials}".lower()[:300]
