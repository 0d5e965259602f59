import HaleDomain

/// The names of months and days of the week in English, German, French, Dutch and Spanish, and their abbreviations, in
/// lower case and without accents and dots.
///
/// No name means two months; `mar` is March, and Tuesday in French and Spanish.
enum CalendarNames {
    /// The month, 1 to 12, of a name.
    static func month(_ name: String) -> Int? { months[name] }

    /// The day of the week of a name.
    static func weekday(_ name: String) -> Weekday? { weekdays[name] }

    /// Words that stand between the parts of a date, such as `24 de diciembre de 2025`.
    static let joiners: Set<String> = ["de", "del", "of", "the", "den", "der", "le", "el", "d"]

    /// Words that stand between a date and its time, such as `24. Dezember 2025 um 10:00`.
    static let beforeTime: Set<String> = ["at", "um", "a", "om", "las", "t"]

    /// What stands behind the number of a day, such as `1er` and `24th`.
    static let ordinals: Set<String> = ["st", "nd", "rd", "th", "er", "e"]

    private static let months = numbered(
        """
        january jan januar jaen jaenner janner janvier janv januari enero ene
        february feb februar feber fevrier fevr fev februari febr febrero
        march mar marz maerz mrz mars maart mrt maa marzo
        april apr avril avr abril abr
        may mai mei mayo
        june jun juni juin junio
        july jul juli juillet juil juill julio
        august aug aout augustus agosto ago
        september sep sept septembre septiembre setiembre set
        october oct oktober okt octobre octubre
        november nov novembre noviembre
        december dec dezember dez decembre diciembre dic
        """)

    private static let weekdays: [String: Weekday] = numbered(
        """
        monday mon montag mo lundi lun maandag ma lunes
        tuesday tue tues dienstag di mardi mar dinsdag martes
        wednesday wed weds mittwoch mi mercredi mer woensdag wo miercoles mie
        thursday thu thur thurs donnerstag do jeudi jeu donderdag jueves jue
        friday fri freitag fr vendredi ven vrijdag vr viernes vie
        saturday sat samstag sonnabend sa samedi sam zaterdag za sabado sab
        sunday sun sonntag so dimanche dim zondag zo domingo dom
        """
    ).compactMapValues(Weekday.init)

    /// The names of a text by the line on which they stand, counted from 1.
    private static func numbered(_ text: String) -> [String: Int] {
        var numbers: [String: Int] = [:]
        for (index, line) in text.split(separator: "\n").enumerated() {
            for name in line.split(separator: " ") { numbers[String(name)] = index + 1 }
        }
        return numbers
    }
}
