"""The morning list of one CSM among many accounts."""

from harness.measure import Contender, Series, alternate
from harness.report import Bar, Section

ARGUMENTS = ("morning", "--csm", "csm7@example.com", "--format", "json")


def run(settings, portfolios, duck):
    """Times the command as a CSM calls it: one of 1,000, and one who looks after the accounts of two of them."""
    workspace = portfolios.of(settings.accounts)

    def score():
        workspace.hale("score", "--no-alerts", "--as-of", settings.as_of)

    def morning():
        return workspace.hale(*ARGUMENTS)

    def tasks():
        return morning().output.count('"taskId"')

    def accounts():
        return int(workspace.psql(command="select count(*) from hale_data.account where csm_id = 7").output)

    score()
    section = Section("morning", f"one of 1,000 CSMs among {settings.accounts:,} accounts")
    section.say("`hale morning --csm … --format json`, the whole process with its news, after one that warms.")
    one = f"hale morning, {accounts()} accounts"
    tasks_of_one = tasks()
    series = alternate([Contender(one, morning), Contender(f"{one}, right after a score", morning, score)], settings)
    workspace.psql(command="update hale_data.account set csm_id = 7 where csm_id = 8")
    two = f"hale morning, {accounts()} accounts"
    section.say(f"{tasks_of_one} tasks come out for the one, {tasks()} for the other.")
    series |= alternate([Contender(two, morning), Contender(f"{two}, right after a score", morning, score)], settings)
    workspace.psql(command="update hale_data.account set csm_id = 8 where csm_id = 7 and account_id % 1000 = 7")
    section.table(["command", *Series.HEADINGS], [[name, *runs.cells] for name, runs in series.items()])
    return section.bars(*(Bar(name, runs.median * 1000, 60, "ms") for name, runs in series.items()))
