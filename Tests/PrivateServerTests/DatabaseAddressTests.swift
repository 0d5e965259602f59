import PrivateServer
import Testing

@Suite struct DatabaseAddressTests {
    @Test(arguments: [
        ("postgresql://db.example/hale", "postgresql://db.example/hale"),
        ("postgres://ada:pssst@db.example:5433/hale", "postgresql://ada@db.example:5433/hale"),
        ("postgresql://ada:p@ssst/pssst@db.example/hale", "postgresql://ada@db.example/hale"),
        ("postgresql://ada:pssst?x@db.example/hale", "postgresql://db.example/hale"),
        ("postgresql://ada@h/hale?password=pssst&sslmode=require", "postgresql://ada@h/hale"),
        ("postgresql:///hale?host=/tmp&user=ada&password=pssst", "postgresql:///hale"),
        ("postgresql://a,b:5433/hale?target_session_attrs=read-write", "postgresql://a,b:5433/hale"),
        ("host=db.example user=ada password=pssst dbname=hale", "host=db.example user=ada dbname=hale"),
        ("host = db.example password = 'pss st\\'pssst' port=1", "host=db.example port=1"),
        ("dbname=postgresql://ada:pssst@h/hale", ""),
        ("service=live", "service=live"),
    ])
    func `what is printed has no password`(text: String, shown: String) throws {
        let address = try DatabaseAddress(text)
        #expect(address.description == shown)
        #expect(String(reflecting: address) == shown)
        var dumped = ""
        dump(address, to: &dumped)
        #expect(!dumped.contains("pssst"))
        #expect(!"\(ConnectionTarget.address(address))".contains("pssst"))
    }

    @Test(arguments: [
        "mysql://ada:pssst@h/hale", "sqlite:///pssst", "jdbc:postgresql://h/pssst", "pssst", "host=h pssst",
        "host='pssst",
        " ",
    ])
    func `anything but an address of PostgreSQL is refused without being repeated`(text: String) throws {
        let error = try #require(throws: ServerError.self) { try DatabaseAddress(text) }
        #expect(error.code == "HALE-DB-021")
        #expect(!error.description.contains("pssst"))
    }

    @Test(
        arguments: [
            ("postgresql://h/hale", "postgresql://h/hale", nil),
            ("postgresql://ada:p%40ss@h:1/hale?sslmode=require", "postgresql://ada@h:1/hale?sslmode=require", "p@ss"),
            ("postgresql://h/hale?user=ada&password=p%20s", "postgresql://h/hale?user=ada", "p s"),
            ("host=h password='it\\'s' user=ada", "host='h' user='ada'", "it's"),
        ] as [(String, String, String?)])
    func `a password is parted from the text`(text: String, rest: String, password: String?) throws {
        let parts = try DatabaseAddress(text).parts
        #expect(parts.text == rest)
        #expect(parts.password == password)
        let shell = ConnectionTarget.address(try DatabaseAddress(text)).shell
        #expect(shell.arguments == ["--dbname", rest])
        #expect(shell.environment["PGPASSWORD"] == password)
    }

    @Test(arguments: [
        ("postgresql://h/hale", "postgresql://hale_reader@h/hale"),
        ("postgresql://ada:p%40ss@h:1/hale?sslmode=require", "postgresql://hale_reader@h:1/hale?sslmode=require"),
        ("postgresql://ada:p@ss/x@h/hale", "postgresql://hale_reader@h/hale"),
        ("postgresql:///hale?host=/tmp&user=ada&password=pssst", "postgresql://hale_reader@/hale?host=/tmp"),
        ("postgresql://a,b:5433/hale", "postgresql://hale_reader@a,b:5433/hale"),
        ("host=h password='it\\'s' user=ada", "host='h' user='hale_reader'"),
    ])
    func `another user takes the place of the one that is named, without the password`(text: String, rest: String)
        throws
    {
        let shell = try ConnectionTarget.address(try DatabaseAddress(text)).shell(as: .reader)
        #expect(shell.arguments == ["--dbname", rest])
        #expect(shell.environment.isEmpty)
    }
}
