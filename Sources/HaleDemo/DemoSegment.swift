/// Size class of an account.
enum DemoSegment: String {
    case enterprise
    case midMarket = "mid_market"
    case small = "smb"

    /// The size class of an account; 15 % are enterprises, 35 % are of middle size.
    init(account number: Int) {
        switch number % 20 {
        case 0, 3, 6: self = .enterprise
        case 1, 4, 7, 9, 12, 15, 18: self = .midMarket
        default: self = .small
        }
    }

    var seats: ClosedRange<Int> {
        switch self {
        case .enterprise: 40...105
        case .midMarket: 12...34
        case .small: 4...13
        }
    }

    /// Price of a seat for a year, in whole units of the currency.
    var seatPrice: ClosedRange<Int> {
        switch self {
        case .enterprise: 960...2_400
        case .midMarket: 600...1_080
        case .small: 420...660
        }
    }
}
