"""The checks of an import: rows that have much to be compared with, against as many that have nothing."""

from harness.hale import Workspace
from harness.measure import Contender, Series, alternate
from harness.report import Bar, Section

ACCOUNTS = "account_id,name,parent_account_id"
CONTRACTS = "contract_id,account_id,arr,currency,starts_on,ends_on"

# Each case with its peer: the kind, the header, and a row by its number of so many.
CASES = {
    "accounts, each by itself": ("accounts", ACCOUNTS, lambda row, rows: f"A{row},Account {row},"),
    "accounts of one id, all different": ("accounts", ACCOUNTS, lambda row, rows: f"A1,Account {row},"),
    "accounts below each other, four to one": (
        "accounts", ACCOUNTS, lambda row, rows: f"A{row},Account {row}," + (f"A{row // 4}" if row else "")),
    "accounts in one chain": (
        "accounts", ACCOUNTS, lambda row, rows: f"A{row},Account {row}," + (f"A{row - 1}" if row else "")),
    "accounts in one circle": (
        "accounts", ACCOUNTS, lambda row, rows: f"A{row},Account {row},A{(row or rows) - 1}"),
    "contracts, one an account": (
        "contracts", CONTRACTS, lambda row, rows: f"C{row},A{row},100,EUR,2026-01-0{row % 9 + 1},2027-01-0{row % 9 + 1}"),
    "contracts of one account": (
        "contracts", CONTRACTS, lambda row, rows: f"C{row},A1,100,EUR,2026-01-0{row % 9 + 1},2027-01-0{row % 9 + 1}"),
    "contracts of one id, all different": (
        "contracts", CONTRACTS, lambda row, rows: f"C1,A1,{row + 1},EUR,2026-01-01,2027-01-01"),
}
PEERS = {"accounts": "accounts, each by itself", "contracts": "contracts, one an account"}


def run(settings, portfolios, duck):
    """Times a trial import of each case, of all rows and of a tenth of them, into an empty database."""
    rows = settings.checked
    workspace = Workspace(settings)
    series = {}
    for count in (rows // 10, rows):
        contenders = []
        for name, (kind, header, line) in CASES.items():
            file = settings.work / f"checks-{len(contenders)}-{count}.csv"
            with open(file, "w") as lines:
                lines.write(header + "\n")
                lines.writelines(line(row, count) + "\n" for row in range(count))
            command = [
                "import", kind, file, "--dry-run", "--skip-bad", count, "--format", "json",
                *(["--create-missing", "accounts"] if kind == "contracts" else [])]
            contenders.append(Contender(name, lambda command=command: workspace.hale(*command)))
        for name, runs in alternate(contenders, settings).items():
            series[name, count] = runs
    for file in settings.work.glob("checks-*.csv"):
        file.unlink()
    workspace.close()
    section = Section("checks", f"checks of {rows:,} rows that have much to be compared with")
    section.say(
        f"`hale import --dry-run --skip-bad {rows}` into an empty database, the whole process; the first of each kind is"
        f" the peer of the others. Growth is the time of {rows:,} rows to that of {rows // 10:,}: what compares each"
        " row with each would stand at 100.")
    section.table(
        ["rows", "to its peer", "growth", *Series.HEADINGS],
        [[
            name, f"{series[name, rows].median / series[PEERS[kind], rows].median:.2f}",
            f"{series[name, rows].median / series[name, rows // 10].median:.1f}", *series[name, rows].cells,
        ] for name, (kind, _, _) in CASES.items()])
    worst = max(series[name, rows].median / series[PEERS[kind], rows].median for name, (kind, _, _) in CASES.items())
    growth = max(series[name, rows].median / series[name, rows // 10].median for name in CASES)
    return section.bars(Bar("the slowest to its peer", worst, 3), Bar("ten times the rows", growth, 15))
