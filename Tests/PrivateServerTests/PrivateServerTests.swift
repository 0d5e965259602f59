import FoundationEssentials
import Glibc
import PrivateServer
import Testing

@Suite struct PrivateServerTests {
    @Test func `the first command makes and starts the server, the next finds it running`() async throws {
        try await withServerFixture { fixture in
            #expect(fixture.server.status() == .absent)
            var events: [ServerEvent] = []
            let first = try fixture.server.ensureRunning { events.append($0) }
            let cluster = try fixture.clusterDirectory()
            #expect(events == [.initialising(cluster: cluster), .starting(cluster: cluster)])
            #expect(fixture.server.status() == .running(first))

            var laterEvents: [ServerEvent] = []
            let clock = ContinuousClock()
            var durations: [Duration] = []
            for _ in 0..<20 {
                let start = clock.now
                #expect(try fixture.server.ensureRunning { laterEvents.append($0) } == first)
                durations.append(clock.now - start)
            }
            #expect(laterEvents.isEmpty)
            // The best of many, so that a busy machine does not matter; starting a program alone would take longer.
            #expect(try #require(durations.min()) < .milliseconds(20))
        }
    }

    @Test func `several commands at once start one server`() async throws {
        try await withServerFixture { fixture in
            let record = EventRecord()
            let server = fixture.server
            let processes = try await withThrowingTaskGroup(of: Int32.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try server.ensureRunning { record.append($0) }.processID
                    }
                }
                return try await group.reduce(into: Set<Int32>()) { $0.insert($1) }
            }
            #expect(processes.count == 1)
            let done = record.events.filter { if case .waiting = $0 { false } else { true } }
            #expect(done.count == 2, "\(record.events)")
        }
    }

    @Test func `a killed server is noticed and started again`() async throws {
        try await withServerFixture { fixture in
            let first = try fixture.server.ensureRunning()
            _ = try fixture.query("create table kept as select 7 as number", on: first)
            _ = try fixture.query("checkpoint", on: first)
            #expect(kill(first.processID, SIGKILL) == 0)
            // The process still listens for a moment.
            while fixture.server.status() == .running(first) { sched_yield() }
            let second = try fixture.server.ensureRunning()
            #expect(second.processID != first.processID)
            #expect(try fixture.query("select number from kept", on: second).output == "7\n")
        }
    }

    @Test func `a server whose socket was deleted is restarted`() async throws {
        try await withServerFixture { fixture in
            let first = try fixture.server.ensureRunning()
            try FileManager.default.removeItem(atPath: first.socketDirectory)
            #expect(
                fixture.server.status()
                    == .unreachable(processID: first.processID, reason: "its socket is gone"))
            let second = try fixture.server.ensureRunning()
            #expect(second.processID != first.processID)
            #expect(fixture.server.status() == .running(second))
        }
    }

    @Test func `stopping ends the server once`() async throws {
        try await withServerFixture { fixture in
            #expect(try fixture.server.stop() == false)
            let running = try fixture.server.ensureRunning()
            #expect(try fixture.server.stop())
            #expect(fixture.server.status() == .stopped(version: running.version))
            #expect(!isRunning(running.processID))
            #expect(try fixture.server.stop() == false)
        }
    }

    @Test func `the server obeys its workspace and keeps nothing of the command that started it`() async throws {
        try await withServerFixture { fixture in
            // A socket without close-on-exec stands for whatever a command may have open.
            let spare = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            try #require(spare >= 0)
            defer { close(spare) }
            let server = try fixture.server.ensureRunning()
            let roleAndPorts = "select current_user, current_setting('listen_addresses') = ''"
            #expect(try fixture.query(roleAndPorts, on: server).output == "postgres|t\n")

            let own = Set(descriptorTargets(of: OperatingSystem.processID))
            #expect(own.contains { $0.hasPrefix("socket:") })
            let family = processes(startedBy: server.processID)
            #expect(family.count > 3)
            for process in family {
                let shared = descriptorTargets(of: process).filter { target in
                    own.contains(target) && (target.hasPrefix("socket:") || target.hasPrefix("pipe:"))
                }
                #expect(shared.isEmpty)
            }

            let content = try #require(FileManager.default.contents(atPath: "/proc/\(server.processID)/environ"))
            let names = content.split(separator: 0).map { String(decoding: $0.prefix { $0 != 61 }, as: UTF8.self) }
            #expect(names.contains("PATH"))
            #expect(!names.contains("HOME"))
        }
    }

    @Test func `a wrong setting is reported in one line and can be mended`() async throws {
        try await withServerFixture { fixture in
            _ = try fixture.server.ensureRunning()
            _ = try fixture.server.stop()
            let file = "\(try fixture.clusterDirectory())/postgresql.auto.conf"
            try OperatingSystem.replaceFile(file, with: "shared_buffers = 'many'\n", permissions: 0o644)
            let error = try #require(throws: ServerError.self) { try fixture.server.ensureRunning() }
            #expect(error.code == "HALE-DB-014")
            #expect(error.description.contains("configuration file"))
            #expect(!error.description.contains("\n"))
            try OperatingSystem.replaceFile(file, with: "", permissions: 0o644)
            #expect(try fixture.server.ensureRunning().version >= ServerPrograms.oldestVersion)
        }
    }

    /// A process that its parent has not collected yet still has a directory, but no longer a program.
    private func isRunning(_ processID: Int32) -> Bool {
        OperatingSystem.status(ofPath: "/proc/\(processID)/exe", followingLinks: true) != nil
    }

    private func descriptorTargets(of processID: Int32) -> [String] {
        let directory = "/proc/\(processID)/fd"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "\(directory)/\($0)") }
    }

    /// A process and its children.
    private func processes(startedBy parent: Int32) -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return [parent]
            + names.compactMap { Int32($0) }.filter { process in
                let status = FileManager.default.contents(atPath: "/proc/\(process)/status") ?? Data()
                return String(decoding: status, as: UTF8.self).contains("\nPPid:\t\(parent)\n")
            }
    }
}
