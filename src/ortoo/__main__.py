"""`python -m ortoo COMMAND`: looks the command up and hands the rest of the line to it."""

import importlib
import os
import sys

from ortoo.commands.reader import in_chinese

# Module, what it does in English, and in Chinese; those without words are started by others.
COMMANDS = {
    "up": ("ortoo.commands.up", "serve Ortoo here; builds the demo on first run (--empty: starts clean)",
           "在本机启动;首次启动建立演示数据(--empty:从空白开始)"),
    "rotate": ("ortoo.rotate.command", "from returns to a rotation plan, without a server", "不启动服务器,直接由回执排出轮训方案"),
    "tour": ("ortoo.touring.command", "from a tour's plan to route, itineraries and seats, without a server",
             "不启动服务器,直接由巡讲计划排出线路、行程和座位"),
    "intake": ("ortoo.intake.command", "read returns into a programme from the command line", "用命令行把回执收进项目"),
    "backup": ("ortoo.commands.backup", "write everything to one file, while running", "不停机,把全部内容备份到一个文件"),
    "restore": ("ortoo.commands.restore", "bring everything back from such a file", "用备份文件恢复全部内容"),
    "bundle": ("ortoo.commands.bundle", "collect all packages for a machine without a network", "收齐安装包,供无网络的机器安装"),
    "manage": ("ortoo.commands.manage", "Django's own commands", "Django自带的命令"),
    "test": ("ortoo.commands.test", "the whole test suite, on SQLite and on PostgreSQL", "全部测试,SQLite和PostgreSQL各一遍"),
    "check": ("ortoo.commands.check", "format, lint, types, import contracts, migrations, docs", "检查格式、类型、导入、迁移和文档"),
    "pages": ("ortoo.commands.pages", "", ""),
    "worker": ("ortoo.commands.worker", "", ""),
    "hub": ("ortoo.commands.hub", "", ""),
    "listen": ("ortoo.commands.listen", "", ""),
    "crowd": ("ortoo.commands.crowd", "", ""),
    "source": ("ortoo.commands.source", "", ""),
}  # fmt: skip


def main(argv: list[str]) -> int:
    """Run one command; returns its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ortoo.settings")
    name, rest = (argv[0], argv[1:]) if argv else ("--help", [])
    if name in ("--help", "-h", "help"):
        print(usage())
        return 0
    if name not in COMMANDS:
        said = f"没有{name}这个命令" if in_chinese() else f"there is no command {name!r}"
        print(f"ortoo: {said}\n\n{usage()}", file=sys.stderr)
        return 2
    try:
        code: int = importlib.import_module(COMMANDS[name][0]).main(rest)
    except KeyboardInterrupt:
        return 130
    return code


def usage() -> str:
    """What can be asked for, a line each, in the reader's language."""
    chinese = in_chinese()
    head = (
        "Ortoo:巡回宣讲与轮训的安排、实施和总结。"
        if chinese
        else "Ortoo plans, runs and accounts for touring lectures and rotation training."
    )
    lines = [f"    ./ortoo {name:<8} {what[2 if chinese else 1]}" for name, what in COMMANDS.items() if what[1]]
    return "\n".join([head, "", *lines])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
