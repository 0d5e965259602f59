/// Names of the accounts: a few written by hand, the others put together so that none comes twice.
struct DemoAccountName {
    /// Names with wide, accented or otherwise demanding characters, with the country and industry that belong to them.
    private static let handWritten: [Int: (name: String, country: DemoCountry, industry: String)] = [
        6: ("株式会社青空計画", .japan, "Media"),
        9: ("Zoë & Söhne GmbH", .germany, "Retail"),
        14: ("Łódź Logistics Sp. z o.o.", .poland, "Logistics"),
        23: ("大同証券", .japan, "Financial services"),
        41: ("Crème Brûlée Frères SAS", .france, "Food"),
        57: ("Ñandú Energía, S.L.", .spain, "Energy"),
        60: ("Großmann Präzisionstechnik AG", .germany, "Manufacturing"),
        86: ("みなと倉庫株式会社", .japan, "Logistics"),
        97: ("O'Malley, Quist & Partners LLP", .unitedKingdom, "Professional services"),
        118: ("Çelik & Ångström B.V.", .netherlands, "Manufacturing"),
        149: ("Ateliers \"L'Étoile\" SARL", .france, "Construction"),
        166: ("북극성 Northern Star Trading", .unitedStates, "Wholesale"),
    ]

    /// Parents by child, with what the child is called after its parent's stem.
    private static let children: [Int: (parent: Int, branch: String)] = [
        101: (20, "France"), 115: (20, "Nordics"), 143: (46, "Retail"), 127: (100, "Iberia"), 135: (100, "Services"),
        164: (100, "Labs"),
    ]

    private static let stems = """
        Alder Amberley Anchor Aspen Basalt Beacon Birchwood Blackthorn Bluefin Bramble Brightwater Calder Cascade \
        Cedar Cinder Cobalt Compass Copper Coral Corvid Crestline Dovetail Driftwood Eastbrook Elmwood Ember Everly Falcon \
        Fernhill Fieldstone Foxglove Garnet Glenmore Goldcrest Granite Greyfriars Halcyon Harbour Hawthorn Hazel Heron \
        Highmoor Hollis Ironbridge Ivory Juniper Kestrel Kingfisher Lakeside Larkspur Linden Lumen Maplewood Marigold \
        Meridian Millbrook Mistral Moorland Nightingale Oakfield Obsidian Orchard Osprey Pebble Pinecrest Quarry Quill \
        Ravenna Redwood Ridgeway Rowan Saffron Sandpiper Selkie Silverlake Skylark Solstice Sparrow Stonegate Summit \
        Sycamore Tamarack Teal Thistle Tidewater Umber Vantage Verdant Wayfarer Westmark Wildrose Willow Windrush Yarrow
        """.split(separator: " ").map(String.init)

    private static let trades: [(industry: String, words: [String])] = [
        ("Logistics", ["Logistics", "Freight", "Transport"]),
        ("Manufacturing", ["Components", "Instruments", "Works", "Tools"]),
        ("Software", ["Software", "Systems", "Data"]),
        ("Health care", ["Health", "Clinics", "Care"]),
        ("Retail", ["Stores", "Outfitters", "Home"]),
        ("Financial services", ["Capital", "Insurance", "Savings"]),
        ("Food", ["Foods", "Bakery", "Brewing"]),
        ("Education", ["Learning", "Academy"]),
        ("Energy", ["Energy", "Solar", "Grid"]),
        ("Professional services", ["Consulting", "Advisory", "Design"]),
        ("Construction", ["Builders", "Engineering"]),
        ("Media", ["Media", "Studios", "Press"]),
    ]

    let name: String
    let country: DemoCountry
    let industry: String
    let parent: Int?

    /// From that account on two stems make a name, because one is not enough.
    private static let firstWithTwoStems = 1_001

    /// Names of accounts 1 to `count`, in order; parents come before their children.
    static func all(count: Int, seed: UInt64) -> [DemoAccountName] {
        var random = DemoRandom(seed: seed, purpose: .accountName)
        var names: [DemoAccountName] = []
        var stemByNumber: [Int: String] = [:]
        var used: Set<String> = []
        for number in 1...count {
            if let fixed = handWritten[number] {
                names.append(Self(name: fixed.name, country: fixed.country, industry: fixed.industry, parent: nil))
                continue
            }
            if let child = children[number], let stem = stemByNumber[child.parent] {
                let parent = names[child.parent - 1]
                names.append(
                    Self(
                        name: stem + " " + child.branch, country: parent.country, industry: parent.industry,
                        parent: child.parent))
                continue
            }
            var stem = ""
            var trade = random.pick(trades)
            repeat {
                trade = random.pick(trades)
                let second = number < firstWithTwoStems ? "" : random.pick(stems) + " "
                stem = random.pick(stems) + " " + second + random.pick(trade.words)
            } while !used.insert(stem).inserted
            stemByNumber[number] = stem
            let country = country(draw: random.unit())
            let form = random.pick(legalForms(of: country))
            names.append(Self(name: stem + form, country: country, industry: trade.industry, parent: nil))
        }
        return names
    }

    private static func country(draw: Double) -> DemoCountry {
        switch draw {
        case ..<0.3: .germany
        case ..<0.48: .france
        case ..<0.64: .unitedStates
        case ..<0.77: .unitedKingdom
        case ..<0.84: .poland
        case ..<0.91: .netherlands
        case ..<0.97: .spain
        default: .japan
        }
    }

    private static func legalForms(of country: DemoCountry) -> [String] {
        switch country {
        case .germany: [" GmbH", " AG", " GmbH & Co. KG", ""]
        case .france: [" SAS", " SARL", " SA", ""]
        case .unitedStates: [" Inc.", ", Inc.", " LLC", ""]
        case .unitedKingdom: [" Ltd", " plc", ""]
        case .japan: [" K.K.", " Japan"]
        case .poland: [" Sp. z o.o.", " S.A."]
        case .netherlands: [" B.V.", ""]
        case .spain: [" S.L.", " S.A."]
        }
    }
}
