"""How the time of a full score grows with the number of accounts."""

from harness.measure import Series, duration, memory
from harness.report import Bar, Section


def run(settings, portfolios, duck):
    """Scores one day at each size, from the smallest to the largest."""
    section = Section("growth", " → ".join(f"{size:,}" for size in settings.growth) + " accounts")
    series, sizes = {}, {}
    for accounts in settings.growth:
        workspace = portfolios.of(accounts)
        series[accounts] = Series()
        # A million takes a minute a run, and as long again to forget it.
        for _ in range(settings.runs if accounts < 1_000_000 else min(settings.runs, 3)):
            workspace.psql("score/forget_day.sql", as_of=settings.as_of)
            workspace.settle()
            measurement = workspace.hale("score", "--no-alerts", "--as-of", settings.as_of)
            series[accounts].measurements.append(measurement)
            taken = f"{duration(measurement.seconds)}, {memory(measurement.peak_bytes)}"
            print(f"  {accounts:,} accounts: {taken}", flush=True)
        sizes[accounts] = int(workspace.value("growth/database_size.sql"))
        portfolios.drop(accounts)
    section.say(
        "A full `hale score` of one day at each size, 10 people an account, 90 days of usage. The database holds packed"
        " usage without raw events, and the scores of two days.")
    rows, bars = [], []
    for number, (accounts, runs) in enumerate(series.items()):
        ratio = ""
        if number > 0:
            before = settings.growth[number - 1]
            # The bar is for a step of ten; another step has its share of it.
            factor = runs.median / series[before].median
            ratio = f"{factor:.2f} ×"
            limit = round(1.1 * accounts / before, 2)
            bars.append(Bar(f"time from {before:,} to {accounts:,} accounts", factor, limit))
        size = sizes[accounts]
        rows.append([
            f"{accounts:,} accounts", *runs.cells, f"{runs.median / accounts * 1e6:.0f} s", ratio,
            f"{size / 1e9:.2f} GB", f"{size / accounts / 1e3:.1f} GB",
        ])
    section.table(
        ["size", *Series.HEADINGS, "time per million", "step", "database", "database per million"], rows)
    peak = max(runs.peak_bytes for runs in series.values())
    return section.bars(*bars, Bar("peak memory of hale", peak / 1e6, 256, "MB"))
