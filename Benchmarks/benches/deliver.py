"""Deliveries to a local receiver with every attempt written, against pgbench running the same statements alone."""

import contextlib
import re
import subprocess
import sys
import time

from harness.measure import Contender, alternate
from harness.report import Bar, Section

HALE = "hale deliver"
HELD = "hale deliver, snapshot held"
PGBENCH = "pgbench, the same statements"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
CONCURRENCY = 25


def run(settings, portfolios, duck):
    """Times both in turn, and Hale once more while somebody else holds a snapshot."""
    messages = settings.messages
    with contextlib.ExitStack() as stack:
        workspace = portfolios.empty()
        port = stack.enter_context(receiver(settings))
        alerts = workspace.directory / "alerts"
        alerts.mkdir(exist_ok=True)
        (alerts / "receivers.yaml").write_text("receivers:\n" + "".join(
            f"  - name: bench{number}\n    url: http://127.0.0.1:{port}/{number}\n    secret_env: BENCH_SECRET\n"
            f"    concurrency: {CONCURRENCY}\n    allow_private_networks: [127.0.0.0/8]\n" for number in range(4)))
        workspace.environment["BENCH_SECRET"] = SECRET
        workspace.hale("receivers", "list")
        script = settings.work / "deliver.pgbench"
        script.write_text(pgbench_script(settings.root, workspace.value("deliver/receivers.sql").split()))
        holder = Holder(workspace)

        def prepare():
            workspace.psql("deliver/prepare.sql", messages=messages)
            workspace.settle()

        def deliver():
            measurement = workspace.hale("deliver", "--once")
            arrived = workspace.value("deliver/arrived.sql")
            assert arrived == f"{messages} {messages}", f"{arrived} of {messages} messages arrived"
            return measurement

        def deliver_held():
            with holder:
                return deliver()

        series = alternate([
            Contender(HALE, deliver, prepare), Contender(HELD, deliver_held, prepare),
            Contender(PGBENCH, lambda: pgbench(workspace, script, messages), prepare),
        ], settings)
    return report(messages, series)


def pgbench(workspace, script, messages):
    """The statements of the same messages by four clients that send nothing."""
    from harness.hale import run as measured
    conninfo = workspace.psql(command=r"\conninfo").output
    directory = re.search(r'via socket in "([^"]+)"', conninfo)[1]
    database = re.search(r'connected to database "([^"]+)"', conninfo)[1]
    measurement = measured(
        ["pgbench", "-h", directory, "-U", "hale_app", "-n", "-c", "4", "-j", "2", "-M", "prepared",
         "-D", "next_attempt_at=-infinity", "-D", "delivery_id=0", "-t", str(messages // 4), "-f", str(script), database],
        workspace.environment)
    arrived = workspace.value("deliver/arrived.sql")
    assert arrived == f"{messages} {messages}", f"{arrived} of {messages} messages were finished"
    return measurement


def pgbench_script(root, receivers):
    """Claim and finish of one message as Hale's own files say them, each in its transaction."""
    folder = root / "sql" / "delivery"
    claim = statement(folder / "claim.sql", {
        1: "array[:receiver]", 2: "array[1]", 3: "array[:next_attempt_at]", 4: "array[:delivery_id]",
        5: "'token' || :client_id", 6: "30"})
    lock = statement(folder / "lock_receivers.sql", {1: "array[:receiver]"})
    finish = statement(folder / "finish.sql", {
        1: "array[:delivery_id]", 2: "array['token' || :client_id]", 3: "array['delivered']", 4: "array[null]",
        5: "array[1]", 6: "array['127.0.0.1']", 7: "array['response']", 8: "array[200]", 9: "array['ok']",
        10: "array[null]"})
    first, *others = receivers
    choice = "\\set receiver " + " ".join(
        f"case when :client_id = {number} then {key}" if number == 1 else f"when :client_id = {number} then {key}"
        for number, key in enumerate(others, start=1)) + f" else {first} end"
    return f"{choice}\nbegin;\n{lock};\n{claim}\n\\gset\ncommit;\nbegin;\n{finish};\ncommit;\n"


def statement(file, values):
    """A file's text without comments, with values in the place of its parameters."""
    text = re.sub(r"(?m)^--.*\n", "", file.read_text()).strip()
    return re.sub(r"\$(\d+)", lambda match: f"({values[int(match[1])]})", text)


class Holder:
    """Somebody who holds a snapshot, so that no dead row can go."""

    def __init__(self, workspace):
        self.workspace = workspace

    def __enter__(self):
        self.process = subprocess.Popen(
            [self.workspace.settings.hale, "db", "shell", "--username", "hale_owner", "--no-psqlrc", "--quiet"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=self.workspace.environment, text=True)
        self.process.stdin.write("begin isolation level repeatable read;\nselect count(*) from hale_data.delivery;\n")
        self.process.stdin.flush()
        self.process.stdout.readline()

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


@contextlib.contextmanager
def receiver(settings):
    """The port of a receiver in a process of its own."""
    port_file = settings.work / "webhook.port"
    port_file.unlink(missing_ok=True)
    program = settings.root / "Benchmarks" / "harness" / "webhook_server.py"
    process = subprocess.Popen([sys.executable, str(program), str(port_file)])
    try:
        while not (port_file.exists() and port_file.read_text()):
            if process.poll() is not None:
                raise RuntimeError("the receiver did not start")
            time.sleep(0.05)
        yield int(port_file.read_text())
    finally:
        process.terminate()
        process.wait()


def report(messages, series):
    """The section."""
    section = Section("deliver", f"{messages:,} messages to a local receiver")
    section.say(
        f"`hale deliver --once`, the whole process: {messages:,} signed messages of 1 kB to four receivers in one"
        f" process on this machine, {CONCURRENCY} requests under way, every attempt written. *{PGBENCH}* is"
        " `pgbench -c 4 -j 2 -M prepared`, which claims and finishes one message at a time and sends nothing. Held: a"
        " session of somebody else keeps a snapshot from before the first message to the end.")
    rates = {name: messages / runs.median for name, runs in series.items()}
    section.table(
        ["contender", "messages a second", *series[HALE].HEADINGS],
        [[name, f"{rates[name]:,.0f}", *runs.cells] for name, runs in series.items()])
    return section.bars(
        Bar("messages a second of Hale against pgbench", rates[HALE] / rates[PGBENCH], 0.5, is_at_least=True),
        Bar("messages a second with a snapshot held against without", rates[HELD] / rates[HALE], 0.6, is_at_least=True))
