/// A file that is often given in place of a CSV file, recognised by its first bytes.
enum ForeignFormat: CaseIterable {
    case excelWorkbook
    case zipArchive
    case oldExcelWorkbook
    case pdf
    case parquet
    case bzip2
    case xz
    case zstandard
    case gzip
    case webPage

    /// The format that the first bytes of a file show, if they are not those of a text.
    init?(head: [UInt8]) {
        guard let format = Self.allCases.first(where: { $0.matches(head) }) else { return nil }
        self = format
    }

    /// What the file is and what to do about it.
    var message: String {
        switch self {
        case .excelWorkbook: "is an Excel workbook (XLSX); save it as CSV"
        case .zipArchive: "is a ZIP archive; unpack it first"
        case .oldExcelWorkbook: "is an old Office document (XLS); save it as CSV"
        case .pdf: "is a PDF document; export the data as CSV"
        case .parquet: "is a Parquet file; export the data as CSV"
        case .bzip2: "is packed with bzip2; unpack it first"
        case .xz: "is packed with xz; unpack it first"
        case .zstandard: "is packed with zstd; unpack it first"
        case .gzip: "is packed with gzip twice; unpack it once"
        case .webPage: "is a web page, not a CSV file; download the file again"
        }
    }

    private func matches(_ head: [UInt8]) -> Bool {
        switch self {
        case .excelWorkbook:
            head.starts(with: Self.zipMagic)
                && (head.contains(Array("xl/".utf8)) || head.contains(Array("[Content_Types].xml".utf8)))
        case .zipArchive: head.starts(with: Self.zipMagic)
        case .oldExcelWorkbook: head.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
        case .pdf: head.starts(with: Array("%PDF-".utf8))
        case .parquet: head.starts(with: Array("PAR1".utf8))
        case .bzip2: head.starts(with: Array("BZh".utf8)) && head.dropFirst(4).starts(with: Array("1AY&SY".utf8))
        case .xz: head.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00])
        case .zstandard: head.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
        case .gzip: head.starts(with: Gunzip.magic)
        case .webPage: Self.isWebPage(head)
        }
    }

    private static let zipMagic: [UInt8] = [0x50, 0x4B, 0x03, 0x04]

    private static func isWebPage(_ head: [UInt8]) -> Bool {
        let start = String(decoding: head.prefix(64), as: UTF8.self).lowercased()
            .drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        return start.hasPrefix("<!doctype html") || start.hasPrefix("<html")
    }
}
