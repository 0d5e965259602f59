package import HaleDomain
package import HaleFiles
package import HaleStore
import Postgres

/// The tasks of a day as every list shows them: morning, digest, calendar and pages read these and nothing else.
package struct TaskDesk: Sendable {
    private let database: Database
    private let stage: TaskStage

    /// A desk on a database, with the model and the playbooks that tasks of a past day are planned with.
    package init(_ database: Database, model: HealthModel, playbooks: PlaybookSet) {
        self.database = database
        stage = TaskStage(database, model: model, playbooks: playbooks)
    }

    /// The tasks of a scored day, of all CSMs or of one. Those of the newest day are the stored ones, as they are now; those
    /// of a past one are planned again from what was so then.
    /// - Parameter last: The last day of a plan of several: what comes back or was promised up to it is told too.
    package func tasks(asOf day: Day, csm: String?, upTo last: Day? = nil) async throws -> [ListedTask] {
        let stored = try await database.withConnection { connection -> [ListedTask]? in
            guard try await ScoreCalendar(connection).newest() == day else { return nil }
            return try await TaskListing(connection).tasks(asOf: day, TaskListing.Selection(csm: csm))
        }
        let tasks = if let stored { stored } else { try await stage.plan(asOf: day, csm: csm).map(\.listed) }
        let last = last ?? day
        return tasks.filter { $0.isShown(on: last) && (!$0.isPromise || $0.dueOn <= last) }
    }
}
