import Delimited

extension PresetCase {
    /// Customer-success platforms: ChurnZero, Gainsight, ClientSuccess.
    static let platforms = [
        PresetCase(
            preset: "churnzero-accounts", title: "owners by address and by name",
            file: churnZeroAccounts, facts: .accounts,
            expected: [
                "CZ-1|Acme, Inc.|-|active|US|-|ana@example.com|-|-", "CZ-2|CZ-2|-|inactive|-|-|-|CZ-1|-",
            ]),
        PresetCase(
            preset: "churnzero-contracts", title: "the same file, of which the account without a start is left out",
            file: churnZeroAccounts + "CZ-3,Third,,,TRUE,,,,,,\n", accounts: ["CZ-1", "CZ-2"], currency: "USD",
            facts: .contracts,
            expected: [
                "CZ-1|CZ-1|-|2400050|USD|40|2025-02-01|2026-02-01|-|false|-|-",
                "CZ-2|CZ-2|-|100000|USD|-|2024-01-01|2024-12-31|-|false|-|2024-12-31",
            ], skipped: 1),
        PresetCase(
            preset: "churnzero-contacts", title: "with and without names",
            file: """
                accountExternalId,contactExternalId,firstName,lastName,email
                CZ-1,u-1,Mary Ann,"van der Berg, MD",MaryAnn@Example.com
                CZ-1,u-2,,,

                """,
            accounts: ["CZ-1"], facts: .people,
            expected: [
                "CZ-1|u-1|Mary Ann van der Berg, MD|maryann@example.com|unknown|-", "CZ-1|u-2|-|-|unknown|-",
            ]),
        PresetCase(
            preset: "gainsight-companies", title: "labels of the Company object",
            file: gainsightCompanies, facts: .accounts,
            expected: [
                "G-1|Globex|-|Adoption|-|Energy|ana@example.com|-|2023-05-20", "G-2|Initech|-|-|-|-|-|-|-",
            ]),
        PresetCase(
            preset: "gainsight-contracts", title: "the same file, in which one company has no contract",
            file: gainsightCompanies, accounts: ["G-1", "G-2"], facts: .contracts,
            expected: ["G-1|G-1|-|5000000|USD|250|2023-05-20|2026-05-20|-|false|-|-"], skipped: 1),
        PresetCase(
            preset: "gainsight-people", title: "ids and addresses",
            file: """
                Company ID,First Name,Last Name,Email,External Record ID,Title
                G-1,Peter,Gibbons,Peter@Initech.example,ext-1,Engineer
                G-1,,,Milton@Initech.example,,

                """,
            accounts: ["G-1"], facts: .people,
            expected: [
                "G-1|ext-1|Peter Gibbons|peter@initech.example|unknown|-",
                "G-1|milton@initech.example|-|milton@initech.example|unknown|-",
            ]),
        PresetCase(
            preset: "clientsuccess-clients", title: "with external ids",
            file: """
                Client name,External ID,Client status,Assigned CSM email,Client-as-of date,Client type,Street,City,State,Zip Code
                "Umbrella, Inc.",CS-1,Active,ana@example.com,2022-09-30,Enterprise,1 Main St,Raccoon City,MO,"63,000"
                Tyrell,CS-2,Terminated,,,,,,,

                """,
            facts: .accounts,
            expected: [
                "CS-1|Umbrella, Inc.|Enterprise|Active|-|-|ana@example.com|-|2022-09-30",
                "CS-2|Tyrell|-|Terminated|-|-|-|-|-",
            ]),
        PresetCase(
            preset: "clientsuccess-clients", title: "without external ids",
            file: "Client name,Client status,Assigned CSM email,Client type\nTyrell,Trial,ana@example.com,SMB\n",
            facts: .accounts, expected: ["Tyrell|Tyrell|SMB|Trial|-|-|ana@example.com|-|-"]),
        PresetCase(
            preset: "clientsuccess-contacts", title: "badges, and a contact without an address",
            file: """
                Client name,First name,Last name,Title,Email,Badge: Key contact,Badge: Executive Sponsor,Badge: Champion
                Tyrell,Rachael,Rosen,Assistant,Rachael@Tyrell.example,TRUE,FALSE,TRUE
                Tyrell,Eldon,Tyrell,CEO,eldon@tyrell.example,FALSE,TRUE,FALSE
                Tyrell,Roy,,,,FALSE,FALSE,FALSE

                """,
            accounts: ["Tyrell"], facts: .people,
            expected: [
                "Tyrell|eldon@tyrell.example|Eldon Tyrell|eldon@tyrell.example|economic_buyer|-",
                "Tyrell|rachael@tyrell.example|Rachael Rosen|rachael@tyrell.example|champion|-",
                "Tyrell|roy|Roy|-|unknown|-",
            ]),
        PresetCase(
            preset: "clientsuccess-subscriptions", title: "terms of one and two years, dollar signs",
            file: """
                Client Name,Product Name,Quantity,Start Date,End Date,Term (in Months),Amount,Auto renew,Note
                Tyrell,Nexus,10,2025-01-01,2025-12-31,12,"$12,000",TRUE,
                Tyrell,Support,1,2025-03-01,2027-02-28,24,5000,FALSE,"signed, sealed"

                """,
            accounts: ["Tyrell"], currency: "USD", facts: .contracts,
            expected: [
                "Tyrell / Nexus / 2025-01-01|Tyrell|Nexus|1200000|USD|10|2025-01-01|2025-12-31|12|true|-|-",
                "Tyrell / Support / 2025-03-01|Tyrell|Support|250000|USD|1|2025-03-01|2027-02-28|24|false|-|-",
            ]),
    ]

    private static let churnZeroAccounts = """
        accountExternalId,name,nextRenewalDate,totalContractAmount,isActive,billingAddressCountry,startDate,endDate,LicenseCount,OwnerUserAccount,ParentAccountExternalId
        CZ-1,"Acme, Inc.",2026-02-01,24000.50,TRUE,US,2025-02-01T00:00:00Z,,40,Ana@example.com,
        CZ-2,,,1000,FALSE,,2024-01-01T00:00:00Z,2024-12-31,,jdoe,CZ-1

        """

    private static let gainsightCompanies = """
        Company ID,Name,ARR,Currency,CSM,Industry,Stage,Status,Users,Original Contract Date,Renewal Date
        G-1,Globex,"50,000.00",USD,ana@example.com,Energy,Adoption,Active,250,05/20/2023,05/20/2026
        G-2,Initech,,,Bill Lumbergh,,,Churned,,,

        """
}
