import PrivateServer
import Testing

@Suite struct DatabaseLocationTests {
    private let workspace = Workspace(path: "/no-such-place/hale")

    @Test(arguments: [
        [:], ["DATABASE_URL": "", "PGHOST": ""],
        ["PGTZ": "UTC", "PGAPPNAME": "x", "PGDATA": "/srv", "PATH": "/bin", "PGOPTIONS": "-c jit=off"],
    ])
    func `without a variable that names a server the private one is used`(environment: [String: String]) throws {
        let location = try DatabaseLocation.resolve(environment: environment, workspace: workspace)
        #expect(location == .privateServer(workspace))
        #expect(location.description == "the private server of /no-such-place/hale")
    }

    @Test(arguments: DatabaseLocation.decidingVariables)
    func `each variable of libpq that names a server turns the private one off`(name: String) throws {
        let location = try DatabaseLocation.resolve(environment: [name: "value"], workspace: workspace)
        let shown = name == "PGPASSWORD" ? nil : "value"
        #expect(location == .variables([DatabaseLocation.Variable(name: name, shownValue: shown)]))
        #expect(try location.connect(as: .service) == .keywords([:]))
    }

    @Test func `the usual variables of libpq are among the deciding ones`() {
        let needed: Set = ["PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGUSER", "PGSERVICE", "PGPASSFILE"]
        #expect(needed.isSubset(of: DatabaseLocation.decidingVariables))
    }

    @Test func `DATABASE_URL goes before libpq's variables`() throws {
        let text = "postgresql://ada@db.example/hale"
        let environment = ["DATABASE_URL": text, "PGHOST": "elsewhere"]
        let location = try DatabaseLocation.resolve(environment: environment, workspace: workspace)
        #expect(location == .address(try DatabaseAddress(text)))
        #expect(location.description == "postgresql://ada@db.example/hale, because DATABASE_URL is set")
    }

    @Test func `what is printed names the variables and hides secrets`() throws {
        let environment = ["PGHOST": "db.example", "PGPASSWORD": "pssst", "PGDATABASE": "host=h password=pssst"]
        let location = try DatabaseLocation.resolve(environment: environment, workspace: workspace)
        #expect(
            location.description
                == "the server of libpq's settings, because PGHOST=db.example, PGDATABASE, PGPASSWORD are set")
        #expect(!String(reflecting: location).contains("pssst"))
    }

    @Test func `psql gets the private server as arguments`() {
        let target = ConnectionTarget.keywords([
            "host": "/tmp/s", "port": "5432", "user": "hale_owner", "dbname": "hale",
        ])
        let expected = ["--host", "/tmp/s", "--port", "5432", "--username", "hale_owner", "--dbname", "hale"]
        #expect(target.shell.arguments == expected)
        #expect(target.shell.environment.isEmpty)
    }
}
