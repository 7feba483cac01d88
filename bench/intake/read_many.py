"""Read 100,000 rows × 14 columns from one xlsx to cleaned people, against the plain parser in the same run.

    PYTHONPATH=src:. python bench/intake/read_many.py [rows]

Prints seconds, the ratio to python-calamine's own read of the same file, and the peak memory of this and the parsing process.
"""

import io
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import rustpy_xlsxwriter
from python_calamine import CalamineWorkbook
from tests.intake.reading.rosters import context, truth

HEADS = [
    "序号",
    "姓名",
    "性别",
    "工号",
    "旗县区",
    "单位",
    "职务",
    "手机",
    "语言",
    "饮食",
    "不能参训时间",
    "希望期次",
    "培训需求",
    "备注",
]
LIMIT_SECONDS, LIMIT_MB = 30, 600


def make(rows: int) -> bytes:
    """Synthetic people in the shape of the twelve returns; every staff number once."""
    people, rng = truth()["people"], random.Random(1)
    lines = []
    for number in range(rows):
        person = people[number % len(people)]
        days = ";".join(f"{a}至{b}" for a, b in person["blocked"])
        said = [
            number + 1, person["name"], person["sex"], f"{number:06d}", person["county"], person["station"], person["post"],
            f"1{rng.randrange(3 * 10**9, 9 * 10**9):010d}", person["language"], person["diet"], days, person["prefers"] or "",
            "、".join(person["needs"]), "2022年已参加过" if person["attended"] else "",
        ]  # fmt: skip
        lines.append(dict(zip(HEADS, said, strict=True)))
    out = io.BytesIO()
    rustpy_xlsxwriter.write_worksheet(lines, out, sheet_name="推荐表")
    return out.getvalue()


def ours(file: str) -> None:
    """Run in a process of its own, so that the memory measured is the reader's."""
    from ortoo.intake.reading.returns import merge_returns, read_returns

    said: list[tuple[int, int]] = []
    started = time.perf_counter()
    data = Path(file).read_bytes()
    merged = merge_returns(read_returns([("大表.xlsx", data)], context(), tell=lambda done, total: said.append((done, total))))
    seconds = time.perf_counter() - started
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    parser = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(seconds, time.process_time(), own, parser, len(merged.nominees), len(said))


def plain(file: str) -> float:
    """What the parser alone takes for the same file."""
    started = time.perf_counter()
    CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    return time.perf_counter() - started


def main() -> None:
    """Make the file, read it both ways, print."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "many.xlsx"
        file.write_bytes(make(rows))
        run = subprocess.run([sys.executable, __file__, "--ours", str(file)], capture_output=True, text=True, check=True)
        seconds, cpu, own, parser, people, told = (float(word) for word in run.stdout.split())
        alone = plain(str(file))
        print(
            f"{rows:,} rows × {len(HEADS)} columns, {file.stat().st_size / 2**20:.1f} MB: {people:,.0f} people, progress told {told:.0f} times"
        )
        print(
            f"reader {seconds:.1f} s (CPU {cpu:.1f} s, limit {LIMIT_SECONDS}), parser alone {alone:.2f} s, ratio {seconds / alone:.1f}"
        )
        print(f"peak memory: reader {own:.0f} MB, parsing process {parser:.0f} MB, limit {LIMIT_MB}")
        sys.exit(seconds > LIMIT_SECONDS or own > LIMIT_MB)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ours"]:
        ours(sys.argv[2])
    else:
        main()
