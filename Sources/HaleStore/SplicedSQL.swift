package import HaleSQL

/// A place in the text of a file of SQL is marked by `/*name*/` before and `/*end name*/` behind it. Expressions cannot be
/// bound, so they are spliced in there; who does says why what is spliced in is safe.
extension SQL {
    /// The file with texts in place of what stands between its marks. A mark that the file does not have, once and in
    /// order, is an error: the statement would run without what it is for.
    package func splicing(_ unsafeTexts: [String: String]) throws(StoreError) -> SQL {
        var text = text
        for (mark, unsafeText) in unsafeTexts {
            let place = try place(of: mark, in: text)
            text.replaceSubrange(place.begin.lowerBound..<place.end.upperBound, with: unsafeText)
        }
        return SQL(name: name, text: text)
    }

    /// What stands between two marks of the file.
    package func part(_ mark: String) throws(StoreError) -> String {
        let place = try place(of: mark, in: text)
        return String(text[place.begin.upperBound..<place.end.lowerBound])
    }

    private func place(
        of mark: String, in text: String
    ) throws(StoreError) -> (begin: Range<String.Index>, end: Range<String.Index>) {
        let (begins, ends) = (text.ranges(of: "/*\(mark)*/"), text.ranges(of: "/*end \(mark)*/"))
        guard let begin = begins.first, let end = ends.first, begins.count == 1, ends.count == 1,
            begin.upperBound <= end.lowerBound
        else { throw .lostMark(mark, statement: name) }
        return (begin, end)
    }
}
