import Testing

@testable import gatehouse

struct UsageTests {
    static let wrong: [(arguments: [String], says: String)] = [
        (["bild"], "Did you mean 'build'?"), (["rolback"], "Did you mean 'rollback'?"),
        (["frobnicate"], "Unexpected argument 'frobnicate'"),
        (["check", "--patience", "0"], "from 1 to 600"), (["access"], "path"),
        (["access", "/", "--as", "king"], "king"),
        (["new"], "dir"), (["new", "theme", "a/b"], "letters, digits"),
        (["build", "--sorce", "x"], "Did you mean '--source'?"),
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

    @Test func `the version is told by itself`() async throws {
        let outcome = try await Command.run(["--version"])
        #expect(outcome.code == 0)
        #expect(outcome.output == "\(Gatehouse.version)\n")
        #expect(outcome.error.isEmpty)
    }

    @Test(arguments: [
        [], ["--help"], ["help"], ["help", "build"], ["build", "--help"], ["serve", "--help"],
        ["dev", "--help"],
        ["routes", "--help"], ["identity", "--help"], ["new", "--help"], ["new", "page", "--help"],
        ["check", "--help"],
        ["audit", "--help"], ["access", "--help"], ["diff", "--help"], ["releases", "--help"],
        ["rollback", "--help"],
    ])
    func `help is told on standard output and ends with 0`(arguments: [String]) async throws {
        let outcome = try await Command.run(arguments)
        #expect(outcome.code == 0)
        #expect(outcome.output.contains("USAGE: gatehouse"))
        #expect(outcome.error.isEmpty)
    }

    @Test(arguments: [["build"], ["serve"], ["dev"], ["check"], ["access", "/"], ["new", "page", "x"]])
    func `a folder that is no site says what is expected there`(arguments: [String]) async throws {
        let outcome = try await Command.run(arguments + ["--source", "/nowhere/at/all"])
        #expect(outcome.code == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.error.contains("gatehouse expects a site.config here"))
    }

    @Test(arguments: [
        ("bash", "complete -"), ("zsh", "#compdef gatehouse"), ("fish", "complete -c 'gatehouse'"),
    ])
    func `shells learn the commands and their options`(shell: String, opening: String) async throws {
        let outcome = try await Command.run(["--generate-completion-script", shell])
        #expect(outcome.code == 0)
        #expect(outcome.output.contains(opening))
        for word in ["rollback", "fail-on-exposure", "external"] { #expect(outcome.output.contains(word)) }
    }
}
