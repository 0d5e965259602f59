package import HaleDomain
package import HaleStore
import Postgres

/// The tasks of a day as every list shows them: morning, digest, calendar and pages read these and nothing else.
package struct TaskDesk: Sendable {
    /// How far back contacts are looked for: a hundred years, as for ever.
    private static let contactDays = 36_525

    private let database: Database
    private let planning: @Sendable () async throws -> TaskStage

    /// A desk on a database, with the stage that plans the tasks of a past day, which is asked for on such a day only.
    package init(_ database: Database, planning: @escaping @Sendable () async throws -> TaskStage) {
        self.database = database
        self.planning = planning
    }

    /// The tasks of a scored day, of all CSMs or of one. Those of the newest day are the stored ones, as they are now; those
    /// of a past one are planned again from what was so then.
    /// - Parameter last: The last day of a plan of several: what comes back or was promised up to it is told too.
    package func tasks(asOf day: Day, csm: String?, upTo last: Day? = nil) async throws -> [ListedTask] {
        try await list(asOf: day, csm: csm, upTo: last, overDays: nil).tasks
    }

    /// The same, and what was stored of the tasks of the day and of those that ended some days before, in one reading.
    package func list(
        asOf day: Day, csm: String?, upTo last: Day? = nil, overDays: Int?
    ) async throws -> (tasks: [ListedTask], stored: [ListedTask]) {
        let (stored, isNewest) = try await database.withConnection { connection in
            let isNewest = try await ScoreCalendar(connection).newest() == day
            guard isNewest || overDays != nil else { return ([ListedTask](), false) }
            let selection = TaskListing.Selection(csm: csm, overDays: overDays)
            return (try await TaskListing(connection).tasks(asOf: day, selection), isNewest)
        }
        let tasks = isNewest ? stored : try await planning().plan(asOf: day, csm: csm).map(\.listed)
        let last = last ?? day
        var shown = tasks.filter { $0.isShown(on: last) && (!$0.isPromise || $0.dueOn <= last) }
        let accounts = Set(shown.map(\.accountKey))
        let small = try await database.withConnection {
            try await TaskListing($0).smallAccounts(asOf: day, among: accounts)
        }
        for index in shown.indices { shown[index].isOfSmallAccount = small.contains(shown[index].accountKey) }
        return (shown, stored)
    }

    /// Tells of the tasks of red accounts how long nobody spoke to the customer, where that is long.
    private func telling(_ tasks: [ListedTask], asOf day: Day) async throws -> [ListedTask] {
        let red = Set(tasks.filter { $0.band == .red }.map(\.accountKey)).sorted()
        let contacts = try await database.withConnection {
            try await TaskStore($0).lastContacts(asOf: day, accounts: red, days: Self.contactDays)
        }
        return tasks.map { $0.afterContact(on: contacts[$0.accountKey], asOf: day) }
    }

    /// Who looks after the accounts that have a cover within some days, on each of the days.
    package func covers(on days: [Day]) async throws -> [ResponsibleCSM] {
        try await database.withConnection { try await TaskListing($0).covers(on: days) }
    }

    /// The tasks of everybody, or of one CSM and of those with whom accounts change hands by covers.
    package func tasks(
        asOf day: Day, csm: String?, upTo last: Day, covers: [ResponsibleCSM]
    ) async throws -> [ListedTask] {
        let involved = covers.csms(changingHandsWith: csm)
        guard !involved.contains(nil) else {
            return try await telling(tasks(asOf: day, csm: nil, upTo: last), asOf: day)
        }
        var tasks: [ListedTask] = []
        for csm in involved.compactMap(\.self).sorted() {
            tasks += try await self.tasks(asOf: day, csm: csm, upTo: last)
        }
        return try await telling(tasks, asOf: day)
    }
}
