"""Hale on private servers of its own, each in a temporary workspace that is removed with everything in it."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

from harness.measure import Measurement


class Workspace:
    """A database of Hale in a directory of its own: the server is Hale's private one, with its settings."""

    def __init__(self, settings):
        self.settings = settings
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="hale-bench-"))
        # Nothing in the caller's environment may lead to another server.
        inherited = {
            name: value for name, value in os.environ.items() if not name.startswith("PG") and name != "DATABASE_URL"
        }
        self.environment = {**inherited, "HALE_HOME": str(self.directory)}
        self.hale("db", "up")

    def hale(self, *arguments):
        """Runs a command of Hale from start to end and measures the process."""
        return run([self.settings.hale, *map(str, arguments)], self.environment)

    def psql(self, *files, role="hale_owner", command=None, source=None, **variables):
        """Runs statements by psql on the same socket and measures the process; `source` is its standard input."""
        arguments = ["--username", role, "--no-psqlrc", "--quiet", "--tuples-only", "--no-align"]
        arguments += ["--set", "ON_ERROR_STOP=1"]
        for name, value in variables.items():
            arguments += ["--set", f"{name}={value}"]
        for file in files:
            arguments += ["--file", str(self.settings.sql / file)]
        if command:
            arguments += ["--command", command]
        return run([self.settings.hale, "db", "shell", *arguments], self.environment, source)

    def value(self, statement, /, **variables):
        """The one value that a statement returns."""
        return self.psql(statement, **variables).output.strip()

    def settle(self):
        """Writes what is dirty, so that no contender pays for the one before it."""
        self.psql(command="checkpoint", role="postgres")

    def close(self):
        """Stops the server and removes it and its files."""
        # Started by root, the server's files lie elsewhere and the workspace says where.
        pointer = self.directory / "cluster"
        cluster = pointer.read_text().strip() if pointer.exists() else None
        self.hale("db", "down")
        if cluster and re.fullmatch(r"/var/lib/hale/[0-9a-f]{12}", cluster):
            shutil.rmtree(cluster)
        shutil.rmtree(self.directory)


class Portfolios:
    """The workspaces with a made-up portfolio, one for each number of accounts, made when first asked for."""

    def __init__(self, settings):
        self.settings = settings
        self.workspaces = {}

    def of(self, accounts):
        """The portfolio of so many accounts, with the day before the scored one already scored."""
        if accounts not in self.workspaces:
            print(f"making a portfolio of {accounts:,} accounts …", flush=True)
            workspace = self.workspaces[accounts] = Workspace(self.settings)
            variables = {"accounts": accounts, "seed": self.settings.seed, "as_of": self.settings.as_of}
            workspace.psql("hashes.sql", "accounts.sql", "usage.sql", "signals.sql", "finish.sql", **variables)
            workspace.hale("score", "--no-alerts", "--as-of", self.settings.day_before)
        return self.workspaces[accounts]

    def empty(self):
        """A workspace without accounts."""
        if 0 not in self.workspaces:
            self.workspaces[0] = Workspace(self.settings)
        return self.workspaces[0]

    def drop(self, accounts):
        """Removes a portfolio."""
        self.workspaces.pop(accounts).close()

    def close(self):
        """Removes all of them."""
        for accounts in list(self.workspaces):
            self.drop(accounts)


def run(command, environment, source=None):
    """Runs a process to its end: wall time, peak memory and what it printed."""
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        with open(source or os.devnull, "rb") as standard_input:
            started = time.perf_counter()
            process = subprocess.Popen(
                command, stdin=standard_input, stdout=output, stderr=errors, env=environment)
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - started
            process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        if process.returncode != 0:
            raise CommandFailed(f"{' '.join(map(str, command))}\n{errors.read().strip()}")
        # ru_maxrss is in KiB on Linux.
        return Measurement(seconds, usage.ru_maxrss * 1024, usage.ru_utime + usage.ru_stime, output.read())


class CommandFailed(Exception):
    """A command ended with an error; the text is the command and what it said."""
