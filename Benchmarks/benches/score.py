"""A full score of a day, against the window features alone: grouped SQL over person-days, and DuckDB."""

import datetime

from harness.measure import Contender, Measurement, Series, alternate
from harness.report import Bar, Section

HALE = "hale score"
ALERTS = "hale score with alerts"
ORDINARY = "with alerts, ordinary night"
# Nights before the ordinary one: what fires after three days has fired.
NIGHTS = 4
GROUPED = "grouped SQL over person-days"
DUCK = "DuckDB over person-days"
FLOOR = "the same rows by COPY"


def run(settings, portfolios, duck):
    """Times a full score and its peers in turn."""
    workspace = portfolios.of(settings.accounts)
    day = {"as_of": settings.as_of}
    print("making the peers' rows …", flush=True)
    workspace.psql("score/person_day.sql", **day)
    contenders = [
        Contender(
            HALE, lambda: workspace.hale("score", "--no-alerts", "--as-of", settings.as_of),
            lambda: (workspace.psql("score/forget_day.sql", **day), workspace.settle())),
        Contender(GROUPED, lambda: workspace.psql("score/grouped.sql", **day), workspace.settle),
        Contender(FLOOR, lambda: floor(settings, workspace, day), lambda: prepare_floor(settings, workspace, day)),
    ]
    if duck.version:
        load_duck(settings, workspace, duck)
        contenders.append(Contender(DUCK, lambda: duck.execute("score/grouped_duckdb.sql", **day)))
    # Last, so that the floor takes the rows of the plain score.
    contenders.append(
        Contender(
            ALERTS, lambda: workspace.hale("score", "--as-of", settings.as_of),
            lambda: (
                workspace.psql("score/forget_day.sql", "score/forget_alerts.sql", **day), workspace.settle())))
    series = alternate(contenders, settings)
    series |= alternate([ordinary_night(settings, workspace, day)], settings)
    totals = {
        "packed": workspace.value("score/totals_packed.sql", **day),
        "rows": workspace.value("score/totals_rows.sql", **day),
    }
    if duck.version:
        totals["DuckDB"] = duck.execute("score/totals_duckdb.sql", **day).output
    workspace.psql("score/drop_person_day.sql")
    (settings.work / "scores.bin").unlink()
    return report(settings, duck, series, totals)


def ordinary_night(settings, workspace, day):
    """A night on which few alerts change, after some on which they began; taken back before each run."""
    print(f"scoring {NIGHTS} nights with alerts …", flush=True)
    first = datetime.date.fromisoformat(settings.as_of) - datetime.timedelta(days=NIGHTS)
    workspace.psql("score/forget_day.sql", "score/forget_alerts.sql", **day)
    workspace.hale("score", "--from", first, "--to", settings.as_of)
    return Contender(
        ORDINARY, lambda: workspace.hale("score", "--as-of", settings.as_of),
        lambda: (workspace.hale("score", "--forget", settings.as_of), workspace.settle()))


def prepare_floor(settings, workspace, day):
    """Keeps the rows that the run of Hale before it has written."""
    workspace.psql("score/floor_rows.sql", file=settings.work / "scores.bin", **day)
    workspace.settle()


def floor(settings, workspace, day):
    """The rows a score reads and writes, by COPY: what the database takes for the bytes alone."""
    read = workspace.psql("score/floor_read.sql", **day)
    written = workspace.psql(
        command="copy bench.score from stdin (format binary)", source=settings.work / "scores.bin")
    return Measurement(
        read.seconds + written.seconds, max(read.peak_bytes, written.peak_bytes),
        read.own_seconds + written.own_seconds)


def load_duck(settings, workspace, duck):
    """Gives DuckDB the same facts in a table of its own."""
    file = settings.work / "person_month.csv"
    workspace.psql("score/person_month_file.sql", file=file)
    duck.open()
    duck.execute("score/load_duckdb.sql", file=file)
    file.unlink()


def report(settings, duck, series, totals):
    """The section."""
    person_days, people = next(iter(totals.values())).split("|")
    section = Section("score", f"a full score of {settings.accounts:,} accounts")
    section.say(
        f"{settings.accounts:,} accounts, {settings.accounts * 10:,} people, {int(person_days):,} person-days in 90"
        f" days, {int(people):,} people active in 28 days. `hale score` is the whole command: features, drivers,"
        " scores written, tasks; with alerts, every rule that ships is evaluated too, and all its alerts are new; on an"
        f" ordinary night, the fifth, {NIGHTS} nights have been before it. The"
        " peers compute the window features alone (28 days and the 28 before, 8 weeks,"
        " active people, last active, active business days) from one row per person and day, in order of account,"
        " into a table."
        + (
            f" DuckDB {duck.version} runs on its own native table in one warm process." if duck.version
            else " DuckDB was missing, so nothing is compared with it.")
        + f" *{FLOOR}* reads the rows that a score reads and writes those that it writes, and does nothing else.")
    hale = series[HALE].median
    section.table(
        ["contender", *Series.HEADINGS, "hale to it"],
        [[name, *runs.cells, f"{hale / runs.median:.2f} ×"] for name, runs in series.items()])
    same = "the same" if len(set(totals.values())) == 1 else f"NOT the same ({totals})"
    section.say(f"Person-days, and people active in 28 days, of {', '.join(totals)} are {same}.")
    bars = [
        Bar("grouped SQL to hale score", series[GROUPED].median / hale, 8, is_at_least=True),
        Bar(f"{ORDINARY}, to hale score", series[ORDINARY].median / hale, 1.25),
        Bar(f"{ALERTS}, all new, to hale score", series[ALERTS].median / hale, 2),
        Bar("peak memory of hale", max(series[name].peak_bytes for name in (HALE, ALERTS, ORDINARY)) / 1e6, 256, "MB"),
    ]
    if DUCK in series:
        bars.insert(0, Bar("hale score to DuckDB", hale / series[DUCK].median, 1.5))
    return section.bars(*bars)
