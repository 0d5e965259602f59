import Foundation
import FoundationXML

/// Counts elements by name and collects the text in them; nil for a text that is not well-formed XML.
final class PictureReading: NSObject, XMLParserDelegate {
    var elements: [String: Int] = [:]
    var texts: [String] = []
    var attributes: [[String: String]] = []

    static func of(_ text: String) -> PictureReading? {
        let reading = PictureReading()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = reading
        guard parser.parse() else { return nil }
        reading.texts = reading.texts.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
        return reading
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes found: [String: String]
    ) {
        elements[name, default: 0] += 1
        attributes.append(found)
        texts.append("")
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        if !texts.isEmpty { texts[texts.count - 1] += string }
    }
}
