/// Which PostgreSQL a command uses, and why.
package enum DatabaseLocation: Equatable, Sendable {
    /// Nothing in the environment names a server: the workspace's own.
    case privateServer(Workspace)
    /// The server that `DATABASE_URL` names. Hale neither starts nor stops it.
    case address(DatabaseAddress)
    /// The server that libpq's own variables (names and values, without secrets) name. Hale neither starts nor stops
    /// it.
    case variables([Variable])

    /// A variable of libpq that is set.
    package struct Variable: Equatable, Sendable {
        /// Its name, for instance `PGHOST`.
        package var name: String
        /// Its value; nil where it may be a secret.
        package var shownValue: String?

        /// A variable and, unless it may be a secret, its value.
        package init(name: String, shownValue: String?) {
            self.name = name
            self.shownValue = shownValue
        }

        var text: String { shownValue.map { "\(name)=\($0)" } ?? name }
    }

    /// The variables of libpq that say which server, database or identity to use. Those that only tune a session,
    /// such as `PGTZ` and `PGAPPNAME`, do not turn the private server off.
    package static let decidingVariables = [
        "PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGUSER", "PGSERVICE", "PGSERVICEFILE", "PGPASSWORD",
        "PGPASSFILE", "PGSSLMODE", "PGSSLCERT", "PGSSLKEY", "PGSSLROOTCERT", "PGTARGETSESSIONATTRS",
    ]

    /// Decides from an environment: `DATABASE_URL`, then libpq's variables, then the private server. An empty variable
    /// counts as unset. Reads nothing else.
    package static func resolve(
        environment: [String: String], workspace: Workspace
    ) throws(ServerError) -> DatabaseLocation {
        if let text = environment["DATABASE_URL"], !text.isEmpty { return .address(try DatabaseAddress(text)) }
        let variables = decidingVariables.compactMap { name -> Variable? in
            guard let value = environment[name], !value.isEmpty else { return nil }
            // `PGDATABASE` may hold a whole connection string.
            let isSecret = name == "PGPASSWORD" || value.contains("=") || value.contains("://")
            return Variable(name: name, shownValue: isSecret ? nil : value)
        }
        return variables.isEmpty ? .privateServer(workspace) : .variables(variables)
    }

    /// What to connect with. Makes and starts the private server where that is the one in use; `role` matters only
    /// there.
    package func connect(
        as role: DatabaseRole, options: ServerOptions = .standard, reporting: (ServerEvent) -> Void = { _ in }
    ) throws(ServerError) -> ConnectionTarget {
        switch self {
        case .privateServer(let workspace):
            let server = try PrivateServer(workspace: workspace, options: options).ensureRunning(reporting: reporting)
            return .keywords(server.keywords(as: role))
        case .address(let address): return .address(address)
        case .variables: return .keywords([:])
        }
    }
}

extension DatabaseLocation: CustomStringConvertible {
    /// One line for people: which server and why, never a password.
    package var description: String {
        switch self {
        case .privateServer(let workspace): "the private server of \(workspace.path)"
        case .address(let address): "\(address), because DATABASE_URL is set"
        case .variables(let variables):
            "the server of libpq's settings, because \(variables.map(\.text).joined(separator: ", ")) "
                + (variables.count == 1 ? "is set" : "are set")
        }
    }
}

/// What a connection is opened with.
package enum ConnectionTarget: Equatable, Sendable {
    /// libpq's keywords; what they leave out comes from libpq's own variables and files.
    case keywords([String: String])
    /// A connection string.
    case address(DatabaseAddress)

    /// How to call `psql` for this target: the password, if any, goes through the environment, because everybody can
    /// read a program's arguments.
    package var shell: (arguments: [String], environment: [String: String]) { shell(of: self) }

    /// The same as another role, without the password of the one that is named.
    package func shell(as role: DatabaseRole) throws(ServerError) -> (
        arguments: [String], environment: [String: String]
    ) {
        switch self {
        case .keywords(var keywords):
            keywords["user"] = role.rawValue
            return shell(of: .keywords(keywords))
        case .address(let address): return shell(of: .address(try address.asUser(role.rawValue)))
        }
    }

    private func shell(of target: ConnectionTarget) -> (arguments: [String], environment: [String: String]) {
        switch target {
        case .keywords(let keywords):
            let flags = [("host", "--host"), ("port", "--port"), ("user", "--username"), ("dbname", "--dbname")]
            return (flags.flatMap { name, flag in keywords[name].map { [flag, $0] } ?? [] }, [:])
        case .address(let address):
            let parts = address.parts
            return (["--dbname", parts.text], parts.password.map { ["PGPASSWORD": $0] } ?? [:])
        }
    }
}
