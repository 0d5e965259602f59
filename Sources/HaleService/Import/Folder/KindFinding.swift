import Delimited
import HaleDomain
import HaleFiles

/// What a file was found to be by its columns, and why.
package enum KindFinding: Sendable {
    /// It is this; where several fitted equally well, its name has decided.
    case found(KindFit, byName: Bool)
    /// Several fit equally well, and nothing decides.
    case undecided([KindFit])
    /// It is nothing that can be imported as it is; the nearest, where there is one.
    case none(nearest: KindFit?)

    /// Looks at all kinds and presets. Whoever has the most of the file's columns wins: a file of people that lacks an id
    /// is no file of CSMs because it has e-mail addresses.
    init(header: Header, file: String, presets: [Preset]) {
        let own = ImportKind.loadOrder.map { KindFit($0, header: header) }
        let foreign = presets.compactMap { preset -> KindFit? in
            guard let kind = ImportKind(rawValue: preset.mapping.kind) else { return nil }
            return try? KindFit(preset.mapping, of: kind, naming: .preset(preset.name), header: header, file: file)
        }
        let named = header.names.count { !$0.isEmpty }
        let fits = own + foreign
        let most = fits.map(\.usedCount).max() ?? 0
        let best = fits.filter { $0.usedCount == most && $0.isComplete && $0.isTelling(of: named) }
        guard !best.isEmpty else {
            let nearest = fits.filter { $0.usedCount == most && most > 1 }
            self = .none(nearest: nearest.first { !$0.isComplete } ?? nearest.first)
            return
        }
        // A kind's own names need no mapping.
        let plain = best.filter { fit in
            fit.naming == .kind || !best.contains { $0.kind == fit.kind && $0.naming == .kind }
        }
        if plain.count == 1 {
            self = .found(plain[0], byName: false)
            return
        }
        let called = plain.filter { Self.name(file, says: $0) }
        self = called.count == 1 ? .found(called[0], byName: true) : .undecided(plain)
    }

    /// Whether a file's name has the kind's or the preset's in it.
    private static func name(_ file: String, says fit: KindFit) -> Bool {
        let words = file.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
        let wanted = fit.answer.split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
        return " \(words) ".contains(" \(wanted) ")
    }
}

extension KindFit {
    /// Whether so few columns tell anything: a kind that needs one column only must know half of the file's.
    fileprivate func isTelling(of namedCount: Int) -> Bool {
        let neededCount = kind.columns.count { $0.isRequired } + kind.alternatives.count
        return neededCount > 1 || usedCount * 2 >= namedCount
    }
}
