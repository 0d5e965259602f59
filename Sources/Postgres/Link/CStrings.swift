/// Passes lists of text to C.
enum CStrings {
    /// Calls `body` with a list of zero-terminated strings that ends with null; all are valid during the call only.
    static func withPointers<Result>(
        to strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
    ) -> Result {
        let bytes = strings.map { $0.utf8CString }
        var joined: [CChar] = []
        var offsets: [Int] = []
        for text in bytes {
            offsets.append(joined.count)
            joined.append(contentsOf: text)
        }
        joined.append(0)
        return unsafe joined.withUnsafeBufferPointer { buffer in
            var pointers = unsafe offsets.map { offset in unsafe buffer.baseAddress.map { unsafe $0 + offset } }
            unsafe pointers.append(nil)
            return unsafe pointers.withUnsafeBufferPointer { list in
                guard let start = list.baseAddress else { preconditionFailure("a list that holds null is not empty") }
                return unsafe body(start)
            }
        }
    }
}
