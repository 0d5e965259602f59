import HaleDomain
import HaleStore
import Postgres
import PrivateServer
import Testing

@Suite struct `Errors that users see` {
    @Test func `have their code in front of the line, and apart from the message for programs`() {
        let error = StoreError.unknownAccount("A-404")
        let message = "there is no account \"A-404\": hale accounts list shows the ids"
        #expect("\(error)" == "HALE-STORE-010: \(message)")
        #expect(
            error.entries
                == [ErrorEntry(text: "HALE-STORE-010: \(message)", code: "HALE-STORE-010", message: message)])
        #expect(error.exitStatus == .failed)
    }

    @Test func `of the private server say what is wrong and what to do`() {
        let error = ServerError.clientAbsent(program: "psql")
        let message = "psql was not found; install PostgreSQL's client programs (postgresql-client)"
        #expect("\(error)" == "HALE-DB-023: \(message)")
        #expect(
            error.entries == [ErrorEntry(text: "HALE-DB-023: \(message)", code: "HALE-DB-023", message: message)])
    }

    @Test func `of PostgreSQL have the server's code where it gave one`() {
        var error = PostgresError(kind: .server, message: "division by zero")
        #expect(
            error.entries
                == [
                    ErrorEntry(
                        text: "HALE-DATABASE: division by zero", code: "HALE-DATABASE", message: "division by zero")
                ])
        error.sqlState = "22012"
        let message = "division by zero (SQLSTATE 22012)"
        #expect(
            error.entries
                == [
                    ErrorEntry(text: "HALE-DATABASE-22012: \(message)", code: "HALE-DATABASE-22012", message: message)
                ])
    }
}
