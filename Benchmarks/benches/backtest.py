"""A first backtest: what was known of every decided renewal, on 600 days of 500 accounts."""

from harness.hale import Workspace
from harness.measure import Contender, Series, alternate
from harness.report import Bar, Section

OWN_TIME = "known when it happened"
NIGHTLY = "usage known the next morning"


def run(settings, portfolios, duck):
    """Times a first backtest, then the same with usage that came in a night late."""
    accounts, days = settings.backtest
    workspace = Workspace(settings)
    variables = {"accounts": accounts, "seed": settings.seed, "as_of": settings.as_of, "days": days}
    print(f"making {days:,} days of decisions of {accounts:,} accounts …", flush=True)
    workspace.psql(
        "hashes.sql", "accounts.sql", "backtest/contracts.sql", "backtest/usage.sql", "backtest/signals.sql",
        "finish.sql", **variables)
    workspace.hale("db", "repack")
    series = {}
    for name, file in ((OWN_TIME, None), (NIGHTLY, "backtest/nightly.sql")):
        if file:
            workspace.psql(file)
        workspace.psql(command="vacuum analyze", role="postgres")
        series |= alternate([
            Contender(
                name, lambda: workspace.hale("backtest", "--format", "json"),
                lambda: (workspace.psql("backtest/forget.sql"), workspace.settle()))
        ], settings)
    renewals, looked, events = workspace.value("backtest/totals.sql").split("|")
    workspace.close()
    section = Section("backtest", f"a first backtest of {accounts:,} accounts on {days:,} days of decisions")
    section.say(
        f"{accounts:,} accounts of 10 people, {int(events):,} events of usage, {int(renewals):,} decided renewals of"
        f" which what was known 90 days before is looked for on {int(looked):,} days: on each, what was recorded later"
        " is hidden and all accounts are scored. `hale backtest`, the whole process. First every fact was recorded when"
        " it happened; then the usage of each day early the next morning, so that on every day some is hidden.")
    section.table(["facts", *Series.HEADINGS], [[name, *runs.cells] for name, runs in series.items()])
    return section.bars(
        Bar("a first backtest", series[OWN_TIME].median, 60, "s"),
        Bar("peak memory of hale", max(runs.peak_bytes for runs in series.values()) / 1e6, 256, "MB"))
