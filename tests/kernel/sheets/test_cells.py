"""Letters of columns, errors in cells."""

from ortoo.kernel.sheets.cells import is_error, letter


def test_letter_goes_on_after_z():
    assert [letter(n) for n in (0, 25, 26, 51, 52, 701, 702, 16_383)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]


def test_is_error_knows_formula_errors_only():
    assert is_error("#REF!") and is_error("#N/A")
    assert not is_error("#1") and not is_error("") and not is_error(3.0)
