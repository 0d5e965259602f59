package import Delimited

/// The names by which expressions call a file's columns: lower case, `_` for everything but letters and digits.
package struct SourceColumns {
    /// The column of a derived file that carries the line of the original.
    package static let lineColumn = "hale_line"
    /// The column of a derived file that carries the row as it came, between bars.
    package static let rawColumn = "hale_raw"

    /// The names: of the file's columns in its order, then of the optional ones that it lacks.
    package let names: [String]
    /// How many of them the file has.
    package let presentCount: Int

    /// The names of the optional columns that the file lacks.
    package var absent: ArraySlice<String> { names[presentCount...] }

    package init(header: Header, optional: [String]) {
        var seen: [String: Int] = [:]
        for name in [Self.lineColumn, Self.rawColumn] + Self.systemNames { seen[name] = 1 }
        let present = header.names.map { name in
            let plain = Self.plain(name)
            seen[plain, default: 0] += 1
            return seen[plain] == 1 ? plain : "\(plain)_\(seen[plain] ?? 0)"
        }
        var absent: [String] = []
        for plain in optional.map(Self.plain) {
            if !present.contains(plain), !absent.contains(plain) { absent.append(plain) }
        }
        names = present + absent
        presentCount = present.count
    }

    /// Names that every table of PostgreSQL has for itself.
    private static let systemNames = ["tableoid", "ctid", "xmin", "xmax", "cmin", "cmax"]

    private static func plain(_ name: String) -> String {
        let plain = String(name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        return plain.isEmpty ? "_" : plain
    }
}
