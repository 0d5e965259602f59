import ArgumentParser
import HaleDocuments
import HaleDomain
import HaleOutput
import HaleStore

extension Tasks {
    /// `hale tasks export`
    struct Export: AsyncParsableCommand {
        /// What calendars are written as.
        enum Format: String, ExpressibleByArgument, CaseIterable {
            /// iCalendar.
            case ics
        }

        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "Write tasks and decisions as a calendar: decisions as days, tasks as things to do.",
            discussion:
                "Importing a newer file brings the older entries up to date, and closes what is done. Tasks that were "
                + "closed in the last 30 days are in it for that.")

        /// Days for which what is over is written, so that it leaves calendars.
        private static let overDays = 30

        @Option(help: "How to write: ics.")
        var format: Format = .ics

        @Option(help: "Only the tasks and decisions of this CSM; HALE_CSM when not given, everybody's for all.")
        var csm: String?

        func run() async throws {
            let calendar = try await Database.use { database in
                try await database.withConnection { connection in
                    let day = try await AccountStore(connection).day(nil)
                    let asked = try csm ?? Settings().value(.csm).text
                    let email: String? =
                        if let asked, asked.lowercased() != Narrowing.everybody {
                            try await LookUp.csm(asked, on: connection)
                        } else { nil }
                    let tasks = try await TaskListing(connection).tasks(
                        asOf: day, TaskListing.Selection(csm: email, overDays: Self.overDays))
                    let store = CalendarStore(connection)
                    return CalendarText(
                        csm: email, tasks: tasks, changes: try await store.changes(of: tasks.compactMap(\.number)),
                        decisions: try await store.decisions(from: day, csm: email))
                }
            }
            Console.printOut(calendar.text)
        }
    }
}
