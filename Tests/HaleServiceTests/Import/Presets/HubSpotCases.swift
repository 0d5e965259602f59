extension PresetCase {
    static let hubspot = [
        PresetCase(
            preset: "hubspot-companies", title: "a company without a name",
            file: """
                "Record ID","Company name","Company owner","Create Date","Last Activity Date","City","Country/Region","Industry","Lifecycle Stage","Company Domain Name"
                "8123456789","Ünicode & Söhne","Ana Ribeiro","2024-03-05 14:07","","Köln","Germany","COMPUTER_SOFTWARE","Customer","unicode.example"
                "8123456790","","No owner","2024-11-30 09:00","","","","","","nameless.example"

                """,
            facts: .accounts,
            expected: [
                "8123456789|Ünicode & Söhne|-|Customer|Germany|COMPUTER_SOFTWARE|-|-|2024-03-05",
                "8123456790|nameless.example|-|-|-|-|-|-|2024-11-30",
            ]),
        PresetCase(
            preset: "hubspot-contacts", title: "several companies, one of them primary, and none",
            file: """
                "Record ID","First Name","Last Name","Email","Contact owner","Associated Company IDs","Associated Company IDs (Primary)","Buying Role"
                "101","Eve","Adams","Eve@Unicode.example","","81;82","82","Champion;Influencer"
                "102","","","shared@unicode.example","","81; 82","","Decision Maker"
                "103","No","Company","no@nowhere.example","","","",""

                """,
            accounts: ["81", "82"], facts: .people,
            expected: [
                "81|102|-|shared@unicode.example|economic_buyer|-", "82|101|Eve Adams|eve@unicode.example|champion|-",
            ], skipped: 1),
        PresetCase(
            preset: "hubspot-deals", title: "thousands, an amount in place of ARR, a lost deal",
            file: """
                "Record ID","Deal Name","Deal Stage","Close Date","Amount","Annual recurring revenue","Currency","Associated Company IDs"
                "9001","Big, bigger","Closed Won (Sales Pipeline)","2026-02-10 16:20","15000","12,000.00","eur","81"
                "9002","Small","Closed won","2025-07-01 00:00","800.5","","EUR","82;81"
                "9003","Lost","Closed Lost","2026-01-01 10:00","500","","EUR","81"

                """,
            accounts: ["81", "82"], facts: .contracts,
            expected: [
                "9001|81|-|1200000|EUR|-|2026-02-10|-|12|false|-|-", "9002|82|-|80050|EUR|-|2025-07-01|-|12|false|-|-",
            ], skipped: 1),
        PresetCase(
            preset: "hubspot-tickets", title: "open, closed and of no company",
            file: """
                "Ticket ID","Ticket name","Pipeline","Ticket status","Create date","Priority","Close date","Associated Company IDs"
                "77","Login, again","Support Pipeline","Closed","2026-01-02 08:30","HIGH","2026-01-03 17:45","81"
                "78","Slow","Support Pipeline","New","2026-01-05 23:59","","","81"
                "79","Spam","Support Pipeline","New","2026-01-06 00:00","LOW","",""

                """,
            accounts: ["81"], facts: .tickets,
            expected: [
                "77|81|2026-01-02 08:30|2026-01-03 17:45|2|Login, again", "78|81|2026-01-05 23:59|-|3|Slow",
            ], skipped: 1),
    ]
}
