import HaleDomain
import HaleStore

/// Gives new tasks out among those who may do them, so that nobody is loaded more than the others.
struct TaskPerformers {
    private var performers: [TaskPerformer]

    init(_ performers: [TaskPerformer]) {
        self.performers = performers
    }

    /// The key of the CSM who gets a new task; nil for the account's own.
    mutating func assign(_ task: TaskDraft) -> Int64? {
        let isEligible: (TaskPerformer) -> Bool
        switch task.performer {
        case .owner: return nil
        case .leastLoaded: isEligible = { _ in true }
        case .role(let role): isEligible = { $0.role?.lowercased() == role.lowercased() }
        }
        func load(_ index: Int) -> Double {
            Double(performers[index].openMinutes) / Double(max(1, performers[index].capacityMinutes))
        }
        let index = performers.indices.filter { isEligible(performers[$0]) && performers[$0].capacityMinutes > 0 }
            .min { (load($0), performers[$0].email) < (load($1), performers[$1].email) }
        // Where nobody has the role the account's CSM does it.
        guard let index else { return nil }
        performers[index].openMinutes += task.minutes
        return performers[index].key
    }
}
