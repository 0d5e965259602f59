/// What currencies a sign or code beside an amount may mean.
package struct CurrencySign: Hashable, Sendable {
    /// The sign as it is looked up.
    package let text: String
    /// The codes (ISO 4217) that the sign stands for, in order.
    package let codes: [String]
    /// The code that the sign means where nothing else tells; nil for one that several currencies share.
    package let code: String?

    init(_ text: String, codes: [String], code: String?) {
        self.text = text
        self.codes = codes
        self.code = code
    }

    /// The currencies that both of two signs may mean, such as `USD` and `$`; nil where there is none.
    package func intersection(_ other: CurrencySign) -> CurrencySign? {
        let common = codes.filter { other.codes.contains($0) }
        guard let first = common.first else { return nil }
        let meant = [code, other.code].compactMap(\.self).first { common.contains($0) }
        return CurrencySign(text, codes: common, code: common.count == 1 ? first : meant)
    }

    /// Whether whichever currency is meant has commas between thousands, and none before its decimals, where it is at home.
    var hasCommasBetweenThousands: Bool { codes.allSatisfy(Self.commaCodes.contains) }

    /// The sign or code that is written so, whatever its case; nil when there is none.
    static func named(_ text: String) -> CurrencySign? {
        let name = text.lowercased()
        if let sign = signs[name] { return sign }
        let code = text.uppercased()
        return codes.contains(code) ? CurrencySign(code, codes: [code], code: code) : nil
    }

    /// The most characters of a sign.
    static let characterLimit = 8

    /// Every currency that writes its amounts with a plain `$`: dollars and most pesos.
    private static let dollars = [
        "USD", "AUD", "CAD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "BBD", "BMD", "BND", "BRL", "BSD", "BZD", "CLP",
        "COP", "CUP", "DOP", "FJD", "GYD", "JMD", "KYD", "LRD", "MOP", "NAD", "NIO", "SBD", "SRD", "TTD", "UYU", "XCD",
    ]

    private static let commaCodes: Set<String> = [
        "USD", "GBP", "AUD", "CAD", "NZD", "SGD", "HKD", "TWD", "JPY", "CNY", "INR", "PKR", "LKR", "NPR", "MUR", "SCR",
        "KRW",
        "KPW", "THB", "PHP", "MYR", "MXN", "NGN", "KES", "ILS", "EGP", "FKP", "GIP", "SHP", "NIO",
    ]

    /// Signs by their text in lower case.
    private static let signs: [String: CurrencySign] = {
        var signs: [String: CurrencySign] = [:]
        func add(_ texts: String, _ code: String) {
            for text in texts.split(separator: " ") {
                signs[String(text)] = CurrencySign(String(text), codes: [code], code: code)
            }
        }
        func share(_ texts: String, _ codes: [String], meaning code: String? = nil) {
            for text in texts.split(separator: " ") {
                signs[String(text)] = CurrencySign(String(text), codes: codes, code: code)
            }
        }
        share("$", dollars)
        share("¥", ["JPY", "CNY"])
        share("kr kr.", ["SEK", "NOK", "DKK", "ISK"])
        share("£", ["GBP", "EGP", "FKP", "GIP", "SHP"], meaning: "GBP")
        share("c$", ["CAD", "NIO"], meaning: "CAD")
        share("fr fr.", ["CHF", "XAF", "XOF", "XPF"], meaning: "CHF")
        share("fcfa cfa", ["XAF", "XOF"])
        share("rs rs. ₨", ["INR", "PKR", "LKR", "NPR", "MUR", "SCR"])
        share("lei leu", ["RON", "MDL"])
        share("₩", ["KRW", "KPW"], meaning: "KRW")
        share("bs bs.", ["BOB", "VES"])
        add("us$ u$s", "USD")
        add("a$ au$", "AUD")
        add("ca$ can$", "CAD")
        add("nz$", "NZD")
        add("s$ sg$", "SGD")
        add("hk$", "HKD")
        add("nt$", "TWD")
        add("mx$ mex$", "MXN")
        add("r$", "BRL")
        add("ar$", "ARS")
        add("co$ col$", "COP")
        add("j$", "JMD")
        add("tt$", "TTD")
        add("€ euro euros", "EUR")
        add("e£", "EGP")
        add("sfr sfr.", "CHF")
        add("jp¥ 円", "JPY")
        add("cn¥ rmb 元", "CNY")
        add("₹", "INR")
        add("zł", "PLN")
        add("kč", "CZK")
        add("ft", "HUF")
        add("лв лв. lv lv.", "BGN")
        add("₽ руб руб. р.", "RUB")
        add("₴ грн грн.", "UAH")
        add("₺ tl", "TRY")
        add("₪", "ILS")
        add("₫", "VND")
        add("฿", "THB")
        add("₱", "PHP")
        add("₦", "NGN")
        add("₵ gh₵", "GHS")
        add("₡", "CRC")
        add("₲", "PYG")
        add("₸", "KZT")
        add("₾", "GEL")
        add("₼", "AZN")
        add("₮", "MNT")
        add("₭", "LAK")
        add("৳", "BDT")
        add("֏", "AMD")
        add("៛", "KHR")
        add("r", "ZAR")
        add("rm", "MYR")
        add("rp rp.", "IDR")
        add("ksh", "KES")
        add("dh dhs", "AED")
        add("sr", "SAR")
        add("s/ s/.", "PEN")
        return signs
    }()

    /// The codes of ISO 4217 that stand for money.
    private static let codes: Set<String> = Set(
        """
        AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHE
        CHF CHW CLF CLP CNH CNY COP CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF
        GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR
        LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK
        PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND
        TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
        """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
