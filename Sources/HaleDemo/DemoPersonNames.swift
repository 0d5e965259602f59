/// Given and family names of the people of the made-up company, by country.
struct DemoPersonNames {
    let given: [String]
    let family: [String]

    init(country: DemoCountry) {
        switch country {
        case .germany:
            self.init(
                """
                Anna Jonas Lena Felix Marie Paul Sophie Lukas Hannah Maximilian Jürgen Katrin Björn Heike Tobias \
                Sabine
                """,
                """
                Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schäfer Koch Bauer Richter Klein Wolf \
                Schröder Krüger
                """
            )
        case .france:
            self.init(
                """
                Camille Louis Chloé Hugo Léa Gabriel Manon Arthur Inès Jules Élodie Thibault Anaïs Rémi Aurélie \
                Mathieu
                """,
                """
                Martin Bernard Dubois Thomas Robert Petit Durand Leroy Moreau Lefèvre Girard Mercier Rousseau \
                Bonnet Fontaine Gauthier
                """
            )
        case .unitedStates:
            self.init(
                """
                Emily James Olivia Michael Sofia Ethan Grace Daniel Maya Tyler Jasmine Carlos Priya Kevin Rachel \
                Andre
                """,
                """
                Johnson Williams Brown Garcia Miller Davis Rodriguez Wilson Patel Nguyen Thompson Robinson Carter \
                Kim Rivera Brooks
                """
            )
        case .unitedKingdom:
            self.init(
                """
                Oliver Amelia Harry Isla Callum Freya Rhys Niamh George Imogen Kwame Aisha Alistair Poppy Owen \
                Zara
                """,
                """
                Smith Jones Taylor Evans Davies Walker Hughes Khan Campbell Mensah Okafor Murray O'Brien Fraser \
                Ahmed Whitfield
                """
            )
        case .japan:
            self.init(
                "Aiko Haruto Yui Ren Sakura Takumi Mei Kenji 美咲 大輔 Naoko Hiroshi 健太 Yuki Shinji Emi",
                """
                Sato Suzuki Tanaka Watanabe Ito Yamamoto 高橋 Nakamura Kobayashi 加藤 Yoshida Yamada Sasaki Mori 林 \
                Inoue
                """
            )
        case .poland:
            self.init(
                """
                Zofia Jan Julia Kacper Maja Jakub Agnieszka Paweł Małgorzata Łukasz Katarzyna Michał Bożena \
                Wojciech Ewa Tomasz
                """,
                """
                Nowak Kowalska Wiśniewska Wójcik Kamińska Lewandowski Zieliński Szymańska Woźniak Dąbrowski Mazur \
                Krawczyk Król Wróbel Pawlak Sikora
                """
            )
        case .netherlands:
            self.init(
                "Daan Emma Sem Tess Bram Fleur Lars Sanne Thijs Lotte Ruben Anouk Joost Marieke Sjoerd Femke",
                """
                Jansen Bakker Visser Smit Meijer Mulder Bos Vos Peters Hendriks Dekker Brouwer Dijkstra Kuipers \
                Postma Verhoeven
                """
            )
        case .spain:
            self.init(
                """
                Lucía Mateo Martina Pablo Carmen Álvaro Sofía Javier Marta Íñigo Elena Sergio Begoña Andrés Nuria \
                Raúl
                """,
                """
                García López Martínez Sánchez Pérez Gómez Fernández Ruiz Díaz Moreno Muñoz Romero Navarro Ortega \
                Ibáñez Castaño
                """
            )
        }
    }

    private init(_ given: String, _ family: String) {
        self.given = given.split(separator: " ").map(String.init)
        self.family = family.split(separator: " ").map(String.init)
    }
}
