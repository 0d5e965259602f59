"""What a run of the benchmarks was asked to do."""

import dataclasses
import pathlib
import shutil
import sys


@dataclasses.dataclass(frozen=True)
class Settings:
    """Sizes, limits and places."""

    root: pathlib.Path
    hale: pathlib.Path
    results: pathlib.Path | None
    seed: int = 1
    runs: int = 5
    budget_seconds: float = 600
    rows: int = 10_000_000
    accounts: int = 100_000
    messages: int = 20_000
    growth: tuple = (10_000, 100_000, 1_000_000)
    # Accounts, and days on which renewals were decided.
    backtest: tuple = (500, 600)
    # Weeks of mornings that are worked through.
    plan_weeks: int = 52
    # Rows of a file that is checked.
    checked: int = 200_000
    # The day that is scored. In the middle of a month, so that no window falls on whole months.
    as_of: str = "2026-11-25"
    day_before: str = "2026-11-24"

    SMALL = {"runs": 2, "rows": 20_000, "accounts": 500, "messages": 400, "growth": (100, 1_000),
             "backtest": (100, 20), "checked": 2_000, "plan_weeks": 4}

    @staticmethod
    def make(root, small=False, hale=None, results=None, growth=None, **given):
        """Settings from the command line; results of other sizes than the standard ones are not stored unasked."""
        values = {**(Settings.SMALL if small else {}), **given}
        if growth:
            values["growth"] = tuple(growth)
        standard = not (set(values) - {"seed", "runs", "budget_seconds"})
        if results is None and standard:
            results = root / "Benchmarks" / "RESULTS.md"
        return Settings(root=root, hale=hale or root / ".build/release/hale", results=results, **values)

    @property
    def work(self):
        """Directory of generated files and of the environment of DuckDB."""
        directory = self.root / ".build" / "benchmarks"
        directory.mkdir(parents=True, exist_ok=True)
        return directory

    @property
    def sql(self):
        """Directory of the statements."""
        return self.root / "Benchmarks" / "sql"

    @property
    def mathematics(self):
        """The program that times the mathematics alone."""
        return self.hale.parent / "mathematics-benchmark"

    def require_programs(self, needs_mathematics):
        """Ends the run, with what to do, when a program is missing."""
        wanted = [self.hale] + ([self.mathematics] if needs_mathematics else [])
        for program in wanted:
            if not program.exists():
                build = f"swift build -c release --product {program.name}"
                sys.exit(f"{program} is missing: make bench builds it, or {build}")
        if not shutil.which("psql"):
            sys.exit("psql is missing: install the client of PostgreSQL")
