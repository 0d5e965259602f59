"""The machine and the versions that figures belong to; no names of hosts, no paths."""

import dataclasses
import os
import pathlib
import platform
import re
import subprocess


@dataclasses.dataclass(frozen=True)
class Machine:
    """A description that stands above the results."""

    text: str
    revision: str

    @staticmethod
    def describe(settings):
        """Reads what the system says about itself."""
        processor = first_match("/proc/cpuinfo", r"model name\s*: (.*)")
        memory = int(first_match("/proc/meminfo", r"MemTotal: *([0-9]+)")) / 1024 ** 2
        system = first_match("/etc/os-release", r'PRETTY_NAME="(.*)"')
        lines = [
            ("processor", f"{processor}, {os.cpu_count()} cores"),
            ("memory", f"{memory:.0f} GiB"),
            ("system", f"{system}, Linux {platform.release()}"),
            # The private server runs the programs that pg_config names.
            ("PostgreSQL", printed(["pg_config", "--version"], r"PostgreSQL ([0-9.]+)")),
            ("Swift", printed(["swift", "--version"], r"Swift version ([0-9.]+)")),
        ]
        table = "\n".join(f"| {name} | {value} |" for name, value in lines)
        return Machine(f"| machine | |\n| --- | --- |\n{table}", revision(settings.root))


def first_match(file, pattern):
    """The first group of a pattern in a file of the system."""
    match = re.search(pattern, pathlib.Path(file).read_text())
    return match[1].strip() if match else "unknown"


def printed(command, pattern):
    """The first group of a pattern in what a command prints."""
    try:
        output = subprocess.run(command, capture_output=True, text=True).stdout
    except OSError:
        return "unknown"
    match = re.search(pattern, output)
    return match[1] if match else "unknown"


def revision(root):
    """The commit that was built, and whether the tree differed from it."""
    head = printed(["git", "-C", str(root), "rev-parse", "--short", "HEAD"], r"(\w+)")
    changed = printed(["git", "-C", str(root), "status", "--porcelain", "--untracked-files=no"], r"(\S)")
    return head if changed == "unknown" else f"{head} with changes"
