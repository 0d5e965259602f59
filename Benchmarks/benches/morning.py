"""The morning list of one CSM among many accounts."""

from harness.measure import Contender, Series, alternate
from harness.report import Bar, Section


def run(settings, portfolios, duck):
    """Times the command as a CSM would call it, on a warm database."""
    workspace = portfolios.of(settings.accounts)
    workspace.hale("score", "--no-alerts", "--as-of", settings.as_of)
    csm = "csm7@example.com"

    def morning():
        return workspace.hale("morning", "--csm", csm, "--format", "json")

    tasks = morning().output.count('"taskId"')
    series = alternate([Contender("hale morning", morning)], settings)
    section = Section("morning", f"one of 1,000 CSMs among {settings.accounts:,} accounts")
    section.say(
        f"`hale morning --csm … --format json`, the whole process, after one that warms; {tasks} tasks come out.")
    section.table(["command", *Series.HEADINGS], [[name, *runs.cells] for name, runs in series.items()])
    return section.bars(Bar("time of hale morning", series["hale morning"].median * 1000, 100, "ms"))
