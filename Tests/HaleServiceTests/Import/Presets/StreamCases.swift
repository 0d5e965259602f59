extension PresetCase {
    /// Survey responses and event streams.
    static let streams = [
        PresetCase(
            preset: "nps-open-data", title: "line breaks in a comment, and an invitation without an answer",
            file: #"""
                CustomerNumber,Email,FirstName,LastName,Language,ResponseDate,Score,Comment
                A-1,John.Smith@mail.example,John,Smith,en,2026-01-05 12:00:00,9,"Great,
                really ""great"""
                A-1,jane@mail.example,Jane,,en,2026-01-06 00:00:01,0,
                A-1,late@mail.example,Late,,en,2026-01-07 00:00:01,,

                """#,
            accounts: ["A-1"], facts: .responses,
            expected: [
                "~\(nps):2|A-1|John.Smith@mail.example|9|2026-01-05 12:00|Great,\nreally \"great\"|-",
                "~\(nps):4|A-1|jane@mail.example|0|2026-01-06 00:00|-|-",
            ], skipped: 1),
        PresetCase(
            preset: "segment-tracks", title: "calls with and without group and user",
            file: """
                id,received_at,anonymous_id,user_id,event,event_text,context_group_id,context_library_name,original_timestamp,sent_at,timestamp,uuid_ts
                ajs-1,2026-01-05 10:00:02.123,an-1,u-1,report_opened,Report Opened,A-1,analytics.js,2026-01-05 10:00:00.5,2026-01-05 10:00:01,2026-01-05 10:00:00.75,2026-01-05 10:05:00
                ajs-1,2026-01-05 10:00:02.123,an-1,u-1,report_opened,Report Opened,A-1,analytics.js,2026-01-05 10:00:00.5,2026-01-05 10:00:01,2026-01-05 10:00:00.75,2026-01-05 10:05:00
                ajs-2,2026-01-06 23:59:59,an-2,,signed_in,Signed In,A-1,analytics.js,2026-01-06 23:59:58,2026-01-06 23:59:58,2026-01-06 23:59:58,2026-01-07 00:00:00
                ajs-3,2026-01-06 23:59:59,an-3,u-3,signed_in,Signed In,,analytics.js,2026-01-06 23:59:58,2026-01-06 23:59:58,2026-01-06 23:59:58,2026-01-07 00:00:00

                """,
            accounts: ["A-1"], facts: .usage,
            expected: ["A-1|u-1|report_opened|2026-01-05 10:00|1", "A-1|-|signed_in|2026-01-06 23:59|1"], skipped: 1),
    ]

    /// The first digits of the SHA-256 of the file of responses, by which rows without an id are keyed.
    private static let nps = "a4e26385de750a1c"
}
