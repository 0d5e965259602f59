import HaleTestSupport
import Testing

/// Pictures at the command line.
@Suite(.database) struct `Pictures from the command line` {
    @Test(arguments: [
        ["accounts", "show", "A-1"], ["forecast"], ["forecast", "--by", "quarter"], ["retention"],
        ["retention", "--by", "segment"], ["retention", "--by", "month"], ["backtest"],
    ])
    func `- prints the picture and nothing else`(arguments: [String]) async throws {
        let user = try await SmallPortfolio.user()
        let run = try await user.run(arguments + ["--svg", "-"])
        #expect(run.status == 0)
        #expect(run.output.hasPrefix("<svg ") && run.output.hasSuffix("</svg>\n"), "\(run.everything)")
        #expect(!run.errors.contains("is written") && !user.has("-"))
    }

    @Test func `what is added up by is drawn by, quarter by quarter and segment by segment`() async throws {
        let user = try await SmallPortfolio.user()
        let quarters = try await user.run("forecast", "--period", "2026", "--by", "quarter", "--svg", "-").output
        for quarter in ["2026Q1", "2026Q2", "2026Q3", "2026Q4"] { #expect(quarters.contains(">\(quarter)<")) }
        #expect(!quarters.contains(">2026-05<"))
        let months = try await user.run("forecast", "--period", "2026", "--svg", "-").output
        #expect(months.contains(">2026-05<") && !months.contains("2026Q"))
        let segments = try await user.run("retention", "--by", "segment", "--svg", "-").output
        #expect(segments.contains(">enterprise<") && segments.contains("change by segment"))
        #expect(!segments.contains(">churned<"))
    }

    @Test func `the edges of the bands are those of the model that scored the day`() async throws {
        let user = try await SmallPortfolio.user()
        let run = try await user.shell(
            """
            mkdir models && "$HALE" models show default >all.yaml
            sed -e 's/^  amber_from: [0-9]*/  amber_from: 31/' -e 's/^  green_from: [0-9]*/  green_from: 66/' \
                all.yaml >models/default.yaml
            "$HALE" score --as-of 2026-03-02 --again >/dev/null && "$HALE" accounts show A-1 --svg -
            """)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains(">31<") && run.output.contains(">66<"), "\(run.errors)")
        #expect(!run.output.contains(">45<") && !run.output.contains(">70<"))
    }
}
