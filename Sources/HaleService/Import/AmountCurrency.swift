import Delimited

/// The currency that the amounts of a row are written with, beside the one that the row names.
struct AmountCurrency {
    /// The sign or code; nil while no amount has one.
    private(set) var sign: CurrencySign?
    private var column = ""
    private var text: ArraySlice<UInt8> = []

    /// What the staging table is told: a sign that several currencies share, and their codes; nil where the row's currency
    /// is certain, or nothing was written.
    private(set) var shared: String?

    /// Takes in the amount of a column.
    mutating func add(_ amount: AmountText, column: String, text: ArraySlice<UInt8>) throws(ValueFault) {
        guard let further = amount.currency else { return }
        if let sign {
            guard let common = sign.intersection(further) else { throw ValueFault(.twoCurrencies, in: text) }
            self.sign = common
        } else {
            (sign, self.column, self.text) = (further, column, text)
        }
    }

    /// Gives the row the currency of its amounts where it names none. The fault, with its column, where it names another.
    mutating func settle(_ currency: inout String?) -> (column: String, fault: ValueFault)? {
        guard let sign else { return nil }
        if let currency {
            return sign.codes.contains(currency) ? nil : (column, ValueFault(.otherCurrency(currency), in: text))
        }
        if let code = sign.code {
            currency = code
        } else {
            shared = ([sign.text] + sign.codes).joined(separator: " ")
        }
        return nil
    }
}
