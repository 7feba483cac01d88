"""The words on screen: found in the code and the templates, kept in one catalogue, needing no gettext programs.

`python -m ortoo.kernel.words` brings the catalogue up to date and lists what has no Chinese yet.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

from ortoo.kernel.catalogue import CATALOGUE, compile_catalogue

PACKAGE = Path(__file__).resolve().parent.parent
ONE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
MANY = {"ngettext", "ngettext_lazy"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy"}
CALL = re.compile(r"\b(?:n?p?gettext|_)\(")
HEADER = {"Language": "zh_Hans", "Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=1; plural=0;"}


@dataclass(frozen=True, order=True)
class Word:
    """One text to translate: its English, its plural and its context, both empty when it has none."""

    text: str
    plural: str = ""
    context: str = ""


def found(package: Path = PACKAGE) -> dict[Word, list[str]]:
    """Every word of the package with the files that say it, by path below the package."""
    words: dict[Word, list[str]] = {}
    for file in sorted(package.rglob("*")):
        if file.suffix not in (".py", ".html", ".txt") or "migrations" in file.parts or "vendor" in file.parts:
            continue
        for word in words_of(file):
            words.setdefault(word, []).append(str(file.relative_to(package)))
    return words


def words_of(file: Path) -> Iterator[Word]:
    """The words of one Python file or template."""
    source = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        yield from _calls(ast.parse(source))
    elif "{%" in source or "{{" in source:
        for call in _call_sources(templatize(source, origin=file.name)):
            yield from _calls(ast.parse(call))


def _calls(tree: ast.AST) -> Iterator[Word]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if name in ONE and texts:
                yield Word(texts[0])
            elif name in MANY and len(texts) > 1:
                yield Word(texts[0], plural=texts[1])
            elif name in WITH_CONTEXT and len(texts) > 1:
                yield Word(texts[1], context=texts[0])


def _call_sources(python_like: str) -> Iterator[str]:
    """The gettext calls in what Django makes of a template, each as Python source."""
    for match in CALL.finditer(python_like):
        end = _closing(python_like, match.end())
        yield re.sub(r"\bu(['\"])", r"\1", python_like[match.start() : end])


def _closing(text: str, start: int) -> int:
    quote, position = "", start
    while position < len(text):
        letter = text[position]
        if quote:
            if letter == "\\":
                position += 1
            elif letter == quote:
                quote = ""
        elif letter in "'\"":
            quote = letter
        elif letter == ")":
            return position + 1
        position += 1
    return position


def missing(catalogue: Path = CATALOGUE) -> list[Word]:
    """Words that have no Chinese yet."""
    known = {_word(entry) for entry in polib.pofile(str(catalogue)) if entry.translated()}
    return sorted(set(found()) - known)


def update(catalogue: Path = CATALOGUE) -> list[Word]:
    """Add new words, drop those that nobody says any more; returns what has no Chinese."""
    old = {_word(entry): entry for entry in polib.pofile(str(catalogue))} if catalogue.exists() else {}
    book = polib.POFile(wrapwidth=118)
    book.metadata = HEADER
    for word, files in sorted(found().items()):
        entry = old.get(word) or _entry(word)
        entry.occurrences = [(name, "") for name in sorted(set(files))[:3]]
        book.append(entry)
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    book.save(str(catalogue))
    return [_word(entry) for entry in book if not entry.translated()]


def _word(entry: polib.POEntry) -> Word:
    return Word(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def _entry(word: Word) -> polib.POEntry:
    plural = {"msgid_plural": word.plural, "msgstr_plural": {0: ""}} if word.plural else {}
    flags = ["python-format"] if re.search(r"%\(\w+\)", word.text) else []
    return polib.POEntry(msgid=word.text, msgctxt=word.context or None, flags=flags, **plural)


if __name__ == "__main__":
    left = update()
    compile_catalogue()
    print(*(word.text for word in left), f"{len(left)} words have no Chinese yet", sep="\n")
    sys.exit(1 if left else 0)
