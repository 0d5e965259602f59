import Synchronization

/// A value that several tasks change.
final class Shared<Value: Sendable>: Sendable {
    private let state: Mutex<Value>

    init(_ value: Value) {
        state = Mutex(value)
    }

    var value: Value { state.withLock { $0 } }

    /// Changes the value and returns it changed.
    @discardableResult
    func change(_ body: (inout sending Value) -> Void) -> Value {
        state.withLock { value in
            body(&value)
            return value
        }
    }
}
