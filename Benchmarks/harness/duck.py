"""DuckDB from PyPI in an environment of its own, and a process of it that answers statements."""

import json
import subprocess
import sys
import venv

from harness.measure import Measurement

PACKAGE = "duckdb==2.0.1"


class Duck:
    """DuckDB, if it can be had; `version` is None otherwise, and the run has said why."""

    def __init__(self, settings):
        self.settings = settings
        self.environment = settings.work / "venv"
        self.python = self.environment / "bin" / "python"
        self.database = settings.work / "person_day.duckdb"
        self.process = None
        self.version = self.installed_version() or self.install()

    def installed_version(self):
        """The version in the environment; None without one."""
        if not self.python.exists():
            return None
        command = [self.python, "-c", "import duckdb; print(duckdb.__version__)"]
        answer = subprocess.run(command, capture_output=True, text=True)
        return answer.stdout.strip() if answer.returncode == 0 else None

    def install(self):
        """Makes the environment; says what is missing when that fails."""
        try:
            venv.create(self.environment, with_pip=True)
            subprocess.run(
                [self.python, "-m", "pip", "install", "--quiet", PACKAGE], check=True, capture_output=True, text=True)
        except (OSError, subprocess.CalledProcessError) as error:
            reason = (getattr(error, "stderr", None) or str(error)).strip().split("\n")[-1]
            print(f"DuckDB is missing, so nothing is compared with it: {PACKAGE} could not be installed ({reason}).")
            print(f"Needed: Python's venv and pip (Debian: python3-venv), and PyPI, or {self.python} with duckdb.")
            return None
        return self.installed_version()

    def open(self):
        """Starts a process with a new database; one process runs all statements, as one server does for Hale."""
        self.database.unlink(missing_ok=True)
        server = self.settings.root / "Benchmarks" / "harness" / "duck_server.py"
        self.process = subprocess.Popen(
            [self.python, server, self.database], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def execute(self, statements, /, **variables):
        """Runs the statements of a file; the time is that of the statements alone, the output the last one's row."""
        text = (self.settings.sql / statements).read_text()
        for name, value in variables.items():
            text = text.replace(f":'{name}'", f"'{value}'")
        self.process.stdin.write(json.dumps(text) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline() or '{"error": "the process ended"}')
        if "error" in answer:
            sys.exit(f"DuckDB: {statements}: {answer['error']}")
        return Measurement(
            answer["seconds"], answer["peak_bytes"], answer["own_seconds"], "|".join(map(str, answer["row"] or [])))

    def close(self):
        """Ends the process, if there is one, and removes its database."""
        if self.process:
            self.process.stdin.close()
            self.process.wait()
            self.process = None
        self.database.unlink(missing_ok=True)
