/// The names in a usage file and what the database calls them.
struct UsageNames {
    /// What says which account a row belongs to.
    enum Holder: Int32 {
        case account
        case contract
    }

    /// Accounts and contracts; the owner of a name says which of the two it is, and the id is the account's.
    var holders = NameTable()
    /// People, each owned by the place of a holder.
    var people = NameTable()
    var features = NameTable()

    /// The memory that the names take up, in bytes.
    var memoryByteCount: Int { holders.memoryByteCount + people.memoryByteCount + features.memoryByteCount }

    /// The account's or contract's name, and which it is.
    func holder(_ place: Int32) -> (kind: Holder, name: String) {
        let kind = Holder(rawValue: Int32(holders.owner(of: Int(place)))) ?? .account
        return (kind, holders.text(of: Int(place)))
    }
}
