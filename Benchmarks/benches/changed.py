"""Scoring only what changed, against a full score of the same day."""

from harness.measure import Contender, Series, alternate
from harness.report import Bar, Section

FULL = "hale score"
CHANGED = "hale score --changed"
SHARE = 0.01


def run(settings, portfolios, duck):
    """Times both in turn; each run of the second follows an import that touches 1 % of the accounts."""
    section = Section("changed", f"{SHARE:.0%} of {settings.accounts:,} accounts touched")
    workspace = portfolios.of(settings.accounts)
    if "--changed" not in workspace.hale("score", "--help").output:
        return section.say("Not available: this `hale score` has no `--changed`.")
    touched = max(1, round(settings.accounts * SHARE))
    file = settings.work / "tickets.csv"
    rounds = iter(range(settings.runs))

    def touch():
        number = next(rounds)
        workspace.psql(
            "changed/ticket_file.sql", file=file, round=number, touched=touched, accounts=settings.accounts,
            day=settings.day_before)
        workspace.hale("import", "tickets", file)
        workspace.settle()

    day = ["--as-of", settings.as_of]
    series = alternate([
        Contender(
            FULL, lambda: workspace.hale("score", "--no-alerts", *day),
            lambda: (workspace.psql("score/forget_day.sql", as_of=settings.as_of), workspace.settle())),
        Contender(CHANGED, lambda: workspace.hale("score", "--no-alerts", "--changed", *day), touch),
    ], settings)
    file.unlink()
    section.say(f"Before each run of `--changed`, an import of tickets touches {touched:,} accounts.")
    section.table(["contender", *Series.HEADINGS], [[name, *runs.cells] for name, runs in series.items()])
    return section.bars(Bar("--changed to the full score", series[CHANGED].median / series[FULL].median, 0.05))
