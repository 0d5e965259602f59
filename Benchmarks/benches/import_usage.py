"""Import of a large usage file, against the database's own copy and against the same work written in SQL."""

import json

from harness.hale import Workspace
from harness.measure import Contender, Series, alternate, duration
from harness.report import Bar, Section

ROWS_OF_AN_ACCOUNT = 500
SCRIPT = "the same work in SQL"
COPY = "plain \\copy"
HALE = "hale import usage"


def run(settings, portfolios, duck):
    """Times the import of one file by each contender, in turn, on one server."""
    accounts = max(1, settings.rows // ROWS_OF_AN_ACCOUNT)
    file = settings.work / "usage.csv"
    workspace = Workspace(settings)
    try:
        print(f"making {settings.rows:,} rows of usage of {accounts:,} accounts …", flush=True)
        workspace.psql("import/accounts.sql", accounts=accounts)
        text = workspace.psql(
            "hashes.sql", "import/usage_file.sql", seed=settings.seed, rows=settings.rows, accounts=accounts,
            as_of=settings.as_of, file=file)
        assert text.output.strip() == ""
        series, receipt, totals, sizes = time_contenders(settings, workspace, file)
    finally:
        workspace.close()
    megabytes = file.stat().st_size / 1_000_000
    file.unlink()
    return report(settings, accounts, megabytes, series, receipt, totals, sizes)


def time_contenders(settings, workspace, file):
    """Runs the three, and checks that each one took everything in."""
    receipts = []

    def hale():
        measurement = workspace.hale("import", "usage", file, "--format", "json")
        receipts.append(json.loads(measurement.output))
        return measurement

    def prepare(script):
        workspace.psql(script)
        workspace.settle()

    contenders = [
        Contender(
            COPY, lambda: workspace.psql("import/copy_plain.sql", source=file),
            lambda: prepare("import/empty_plain.sql")),
        Contender(HALE, hale, lambda: prepare("import/empty_hale.sql")),
        Contender(
            SCRIPT, lambda: workspace.psql("import/script.sql", source=file),
            lambda: prepare("import/empty_script.sql")),
    ]
    series = alternate(contenders, settings)
    totals = {name: workspace.value(f"import/totals_{name}.sql") for name in ("hale", "script")}
    sizes = workspace.value("import/event_size.sql")
    return series, receipts[-1], totals, [int(size) for size in sizes.split("|")]


def report(settings, accounts, megabytes, series, receipt, totals, sizes):
    """The section."""
    copy, hale, script = (series[name].median for name in (COPY, HALE, SCRIPT))
    section = Section("import", f"{settings.rows:,} rows of usage")
    section.say(
        f"One CSV file of {megabytes:,.0f} MB: {accounts:,} accounts of 10 people in 90 days, nearly every row a"
        " person-day of its own, in order of time. The accounts are there, the people are not."
        " `\\copy` goes into one logged table of typed columns without indexes; Hale's tables are logged too.")
    section.table(
        ["contender", *Series.HEADINGS, "to \\copy", "rows/s"],
        [
            [name, *runs.cells, f"{runs.median / copy:.2f} ×", f"{settings.rows / runs.median:,.0f}"]
            for name, runs in series.items()
        ])
    same = "the same" if totals["hale"] == totals["script"] else f"NOT the same ({totals})"
    section.say(
        f"Events, quantity, people and person-days stored by Hale and by the SQL script are {same}. Hale took"
        f" {hale / script:.2f} × the time of the script. A raw event takes {sizes[0] / settings.rows:.0f} bytes with"
        f" its indexes, the packed months together {sizes[1] / settings.rows:.0f} bytes an event.")
    steps = receipt.get("steps")
    if steps:
        section.table(
            ["step of hale import", "time", "share"],
            [[step["step"], duration(step["seconds"]), f"{step['seconds'] / hale:.0%}"] for step in steps])
    return section.bars(
        Bar("import to plain \\copy", hale / copy, 4),
        Bar("peak memory of hale", series[HALE].peak_bytes / 1e6, 256, "MB"))
