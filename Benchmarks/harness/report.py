"""What is printed and stored: tables and bars, as Markdown that reads well in a terminal."""

import dataclasses
import datetime
import re


@dataclasses.dataclass(frozen=True)
class Bar:
    """A figure and what it is held against."""

    name: str
    value: float
    limit: float
    unit: str = "×"
    is_at_least: bool = False

    @property
    def holds(self):
        """Whether the figure keeps the bar."""
        return self.value >= self.limit if self.is_at_least else self.value <= self.limit

    @property
    def text(self):
        """The bar as one line."""
        sign = "≥" if self.is_at_least else "≤"
        verdict = "holds" if self.holds else "**missed**"
        return f"- {self.name}: {self.value:.3g} {self.unit}, bar {sign} {self.limit:g} {self.unit}: {verdict}"


class Section:
    """The outcome of one bench."""

    def __init__(self, name, title):
        self.name = name
        self.title = title
        self.parts = []

    def say(self, text):
        """Adds a paragraph."""
        self.parts.append(text)
        return self

    def table(self, headings, rows):
        """Adds a table; all columns but the first are figures."""
        cells = [headings, *rows]
        widths = [max(len(row[column]) for row in cells) for column in range(len(headings))]

        def line(row):
            padded = [row[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
            return "| " + " | ".join(padded) + " |"

        rule = "| " + " | ".join(["-" * widths[0]] + ["-" * (width - 1) + ":" for width in widths[1:]]) + " |"
        self.parts.append("\n".join([line(headings), rule, *map(line, rows)]))
        return self

    def bars(self, *bars):
        """Adds the bars."""
        self.parts.append("\n".join(bar.text for bar in bars))
        return self

    @property
    def text(self):
        """The section as Markdown."""
        return "\n\n".join([f"## {self.name}: {self.title}", *self.parts])


class Results:
    """The file of results: a run replaces the sections it ran, and all sections when the machine is another one."""

    def __init__(self, path, machine, order):
        self.path = path
        self.order = order
        self.machine = machine

    HEAD = (
        "# Results of the benchmarks\n\n"
        "Written by `make bench`; do not edit. Each section was measured in one run, Hale and its peers in turn.\n"
        "Times are wall times of whole processes, medians with minimum and maximum. Own CPU and peak memory are those\n"
        "of the process `hale` (or of the peer's client), not of the server; DuckDB is its own server."
    )

    def store(self, section, command):
        """Writes a section into the file, if there is one."""
        if not self.path:
            return
        sections = self.stored_sections()
        day = datetime.date.today().isoformat()
        sections[section.name] = f"{section.text}\n\nMeasured on {day} at {self.machine.revision} by `{command}`."
        body = [sections[name] for name in self.order if name in sections]
        self.path.write_text("\n\n".join([self.HEAD, self.machine.text, *body]) + "\n")

    def stored_sections(self):
        """The sections that stand in the file and were measured on this machine."""
        if not self.path.exists():
            return {}
        text = self.path.read_text()
        if self.machine.text not in text:
            return {}
        parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]
        return {re.match(r"## (\w+)", part)[1]: part.strip() for part in parts if ":" in part.split("\n")[0]}
