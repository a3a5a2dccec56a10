import Testing

struct UsageTests {
    static let wrong: [(arguments: [String], says: String)] = [
        (["bild"], "bild"), (["build", "--sorce", "x"], "Did you mean '--source'?"),
        (["build", "--jobs", "0"], "from 1 to 256"),
        (["build", "--jobs", "many"], "many"), (["build", "extra"], "extra"),
        (["serve", "--port", "0"], "--port takes a number from 1 to 65535"),
        (["serve", "--port", "65536"], "from 1 to 65535"),
        (["dev", "--port", "0"], "--port takes a number from 1 to 65535"),
        (["dev", "--identity-port", "70000"], "--identity-port takes a number from 0 to 65535"),
        (["identity", "--port", "-1"], "port"), (["identity", "--port", "70000"], "from 0 to 65535"),
        (["--nonsense"], "--nonsense"),
    ]

    @Test(arguments: wrong)
    func `wrong usage is told on standard error and ends with 2`(arguments: [String], says: String)
        async throws
    {
        let outcome = try await Command.run(arguments)
        #expect(outcome.code == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.error.contains(says))
    }

    @Test(arguments: [
        [], ["--help"], ["help"], ["help", "build"], ["build", "--help"], ["serve", "--help"],
        ["dev", "--help"],
        ["routes", "--help"], ["identity", "--help"],
    ])
    func `help is told on standard output and ends with 0`(arguments: [String]) async throws {
        let outcome = try await Command.run(arguments)
        #expect(outcome.code == 0)
        #expect(outcome.output.contains("USAGE: gatehouse"))
        #expect(outcome.error.isEmpty)
    }

    @Test(arguments: [["build"], ["serve"], ["dev"]])
    func `a folder that is no site says what is expected there`(arguments: [String]) async throws {
        let outcome = try await Command.run(arguments + ["--source", "/nowhere/at/all"])
        #expect(outcome.code == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.error.contains("gatehouse expects a site.config here"))
    }
}
