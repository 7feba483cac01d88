"""Text as people type it, made comparable: widths, spaces, numerals."""
