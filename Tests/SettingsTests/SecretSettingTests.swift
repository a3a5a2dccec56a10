import Ground
import Settings
import Testing

struct SecretSettingTests {
    private struct Missing: Error {}
    private let setting = SecretSetting(name: "KEY", place: Place(file: "site.config", line: 3, column: 8))

    @Test(arguments: [
        ["KEY": "k-1"], ["KEY": " k-1\n"], ["KEY_FILE": "/run/key"], ["KEY": "", "KEY_FILE": "/run/key"],
    ])
    func `a secret comes from its variable or from the file of that name`(environment: [String: String])
        throws
    {
        let secret = try setting.reveal(environment: environment) { path in
            guard path == "/run/key" else { throw Missing() }
            return "k-1\r\n"
        }
        #expect(secret.revealed == "k-1")
    }

    static let failures: [(environment: [String: String], file: String?, problem: String)] = [
        ([:], nil, "the environment variable KEY is not set"),
        (["KEY": ""], nil, "the environment variable KEY is not set"),
        (["KEY": " \n"], nil, "the environment variable KEY is empty"),
        (["KEY": "s3cret", "KEY_FILE": "/run/key"], "s3cret", "both KEY and KEY_FILE are set"),
        (["KEY_FILE": "/run/key"], nil, "the file '/run/key' that KEY_FILE names cannot be read"),
        (["KEY_FILE": "/run/key"], "\n", "the file '/run/key' is empty"),
        (
            ["KEY": "s3cret\r\nX-Evil: 1"], nil,
            "the environment variable KEY holds a space or a character that no key has"
        ),
        (["KEY": "s3crét"], nil, "the environment variable KEY holds a space or a character that no key has"),
    ]

    @Test(arguments: failures)
    func `a secret that is not there says so and shows nothing of it`(
        environment: [String: String],
        file: String?,
        problem: String
    ) throws {
        let failure = #expect(throws: Diagnostic.self) {
            try setting.reveal(environment: environment) { _ in
                guard let file else { throw Missing() }
                return file
            }
        }
        #expect(failure?.problem == problem)
        #expect(failure?.place == setting.place)
        #expect(failure?.description.contains("s3cr") == false)
    }
}
