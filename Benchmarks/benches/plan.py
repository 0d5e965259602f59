"""A year of the made-up company: what the plan protects, against other ways to choose the day's tasks."""

import datetime
import json

from harness.hale import Workspace
from harness.report import Bar, Section

# Days for which a task that was done is not on the list again.
COOL_DOWN = 60
UNIT = 15
# Share of a day that is kept for accounts under the median ARR of their CSM's [%].
RESERVE = 15
# Minutes for tasks in a day; None is what each CSM has.
MINUTES = (None, 60, 30)


def run(settings, portfolios, duck):
    """Lets each way work through the same mornings, week for week, and adds up what it protects."""
    workspace = Workspace(settings)
    workspace.hale("demo")
    newest = json.loads(workspace.hale("morning", "--csm", "all", "--format", "json").output)["asOf"]
    last = datetime.date.fromisoformat(newest)
    days = [last - datetime.timedelta(days=7 * week) for week in range(settings.plan_weeks, -1, -1)]
    workspace.hale("score", "--from", days[0], "--to", last, "--again")
    lists = [
        json.loads(workspace.hale("morning", "--csm", "all", "--date", day, "--format", "json").output) for day in days
    ]
    workspace.close()

    section = Section("plan", "a year of the made-up company, worked through in different orders")
    section.say(
        f"{len(days)} mornings of 200 accounts, a week apart; on each every CSM does what fits into the time for tasks. A"
        f" task that was done is not on the list again for {COOL_DOWN} days, and protects its value once. Money as `hale"
        " morning` tells it; urgent is money times urgency, less the cost of the time, which is what the plan makes the"
        " most of. With the whole day nearly everything gets done in any order; the order counts where time is short.")
    scarce = {}
    for minutes in MINUTES:
        totals = {name: worked_through(days, lists, choose, minutes) for name, choose in WAYS.items()}
        scarce = totals
        title = "the whole day" if minutes is None else f"{minutes} minutes"
        section.table(
            [f"order of the tasks, {title}", "protected", "urgent", "to the plan", "hours"],
            [
                [name, f"{money:,.0f}", f"{urgent:,.0f}", f"{urgent / totals[PLAN][1]:.3f}", f"{hours:,.0f}"]
                for name, (money, urgent, hours) in totals.items()
            ])
    return section.bars(*(
        Bar(f"plan to {name}, {MINUTES[-1]} minutes", scarce[PLAN][1] / scarce[name][1], 1, is_at_least=True)
        for name in WAYS if name not in (PLAN, FREE)))


def worked_through(days, lists, choose, limit):
    """Money protected, the same by urgency, and hours of one way through all mornings; `limit` is of the minutes."""
    done = {}
    money = urgent = minutes = 0.0
    for day, morning in zip(days, lists):
        for csm in morning["csms"]:
            tasks = [
                task for task in csm["planned"] + csm["cut"]
                if not task["isDataTask"]
                and (day - done.get((task["accountId"], task["title"]), datetime.date.min)).days > COOL_DOWN
            ]
            for task in choose(tasks, min(csm["capacityMinutes"], limit or csm["capacityMinutes"])):
                done[task["accountId"], task["title"]] = day
                money += task["valueProtected"]["minor"] / 100
                urgent += task["planValue"]
                minutes += task["minutes"]
    return money, urgent, minutes / 60


def units(task):
    """Quarters of an hour that a task takes."""
    return max(1, -(-task["minutes"] // UNIT))


def in_order(key):
    """Takes what fits, in the order of a key."""
    def choose(tasks, capacity):
        left = capacity // UNIT
        chosen = []
        for task in sorted(tasks, key=key):
            if units(task) <= left and task["planValue"] > 0:
                left -= units(task)
                chosen.append(task)
        return chosen
    return choose


def exact(tasks, capacity):
    """The tasks worth most together that fit, by dynamic programming: a peer of Hale's own plan."""
    best = [(0.0, [])] * (capacity // UNIT + 1)
    for task in tasks:
        length = units(task)
        for room in range(len(best) - 1, length - 1, -1):
            value = best[room - length][0] + task["planValue"]
            if value > best[room][0]:
                best[room] = (value, best[room - length][1] + [task])
    return max(best, key=lambda choice: choice[0])[1]


def reserved(tasks, capacity):
    """The same where some of the day is kept for small accounts that can use it: Hale's plan."""
    small = [task for task in tasks if task["isOfSmallAccount"]]
    large = [task for task in tasks if not task["isOfSmallAccount"]]
    need = sum(units(task) for task in small if task["planValue"] > 0 and units(task) <= capacity // UNIT)
    limit = capacity // UNIT - min(capacity * RESERVE // 100 // UNIT, need)
    ways = [
        exact(large, split * UNIT) + exact(small, (capacity // UNIT - split) * UNIT) for split in range(limit + 1)
    ]
    return max(ways, key=lambda chosen: sum(task["planValue"] for task in chosen))


def days_to(task):
    """Days to the decision; tasks without one last."""
    return task["daysToDecision"] if task["daysToDecision"] is not None else 10_000


PLAN = "the plan"
FREE = "the plan without time kept for small accounts"
WAYS = {
    PLAN: reserved,
    FREE: exact,
    "the best by the hour, one after another": in_order(lambda task: -task["priority"]),
    "the riskiest first": in_order(lambda task: -(task["risk"] or 0)),
    "the largest first": in_order(lambda task: -(task["valueProtected"]["minor"] / (task["risk"] or 1))),
    "the nearest renewal first": in_order(days_to),
}
