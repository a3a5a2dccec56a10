package import Ground
import Settings

extension DemoUser {
    /// Reads a file of users.
    ///
    /// The file is JSON, or YAML, of which JSON is a part: `{"password": "…", "users": [{"id", "name", "email",
    /// "password", "labels": [], "teams": [], "verified": true, "phone": "+…", "phone_verified": true, "blocked": false,
    /// "mfa": false, "authenticator": "…", "reset": false}]}`; a team is an id or `{"id", "roles": []}`. A user needs only
    /// `id` and `email`; the name is then the id, and the password that of the file, or the demo password. Unknown keys are
    /// errors, as are two users with one id, address or number. `file` is how it is called in diagnostics.
    package static func load(_ bytes: [UInt8], file: String) throws(Diagnostics) -> [DemoUser] {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Diagnostics([Diagnostic(at: Place(file: file), "not UTF-8")])
        }
        let (root, problems) = YAMLDocument.reading(text, file: file, longest: longestFile)
        let reading = YAMLReading()
        // Of a text that is none the rest would be told in vain.
        let users = problems.isEmpty ? UserFileReader(reading: reading).users(in: root) : []
        let all = problems + reading.diagnostics
        guard all.isEmpty else { throw Diagnostics(all) }
        return users
    }

    /// In bytes.
    private static let longestFile = 16 << 20
}

/// Reads the file, and notes everything that is wrong with it.
private struct UserFileReader {
    let reading: YAMLReading

    private static let keys = [
        "id", "name", "email", "password", "labels", "teams", "verified", "blocked", "mfa", "reset",
        "phone", "phone_verified", "authenticator",
    ]

    func users(in root: YAMLValue) -> [DemoUser] {
        let table = YAMLTable(root, named: "the file", keys: ["password", "users"], reading: reading)
        let password = password(table) ?? DemoUser.demoPassword
        let values = table.required("users", "who there is: a list of users") { $0.values("users") } ?? []
        let tables = values.map { YAMLTable($0, named: "a user", keys: Self.keys, reading: reading) }
        for key in ["id", "email", "phone"] { refuseTwins(tables, key) }
        return tables.compactMap { user($0, password) }
    }

    private func user(_ table: YAMLTable, _ password: Secret) -> DemoUser? {
        let id = table.required("id", "how Appwrite would call the user") {
            $0.parsed("id", "1 to 36 of a-z, A-Z, 0-9, '.', '-' and '_'") { Call.isID($0) ? $0 : nil }
        }
        let email = table.required("email", "how the user signs in") {
            $0.parsed("email", "an e-mail address") { Call.isEmail($0) ? $0.lowercased() : nil }
        }
        let (own, teams) = (self.password(table), self.teams(table))
        var user = DemoUser(
            id: id ?? "",
            name: table.text("name") ?? id ?? "",
            email: email ?? "",
            password: own ?? password,
            labels: table.texts("labels")?.map(\.text) ?? [],
            teams: teams,
            phone: table.parsed("phone", "'+' and 7 to 15 digits, the first of them not 0") {
                Call.isPhone($0) ? $0 : nil
            } ?? "",
            authenticator: table.parsed("authenticator", "16 letters or digits of base32, or more") {
                Authenticator(secret: $0) == nil ? nil : Secret($0)
            }
        )
        user.isPhoneVerified = table.flag("phone_verified") ?? true
        user.isVerified = table.flag("verified") ?? true
        user.isBlocked = table.flag("blocked") ?? false
        user.mfa = table.flag("mfa") ?? false
        user.mustResetPassword = table.flag("reset") ?? false
        return id == nil || email == nil ? nil : user
    }

    /// A message that shows what was typed would show a password.
    private func password(_ table: YAMLTable) -> Secret? {
        guard let text = table.text("password") else { return nil }
        if (8...256).contains(text.unicodeScalars.count) { return Secret(text) }
        reading.report(
            at: table.place(of: "password"),
            "Appwrite refuses this password",
            advice: "a password has 8 to 256 characters"
        )
        return nil
    }

    private func teams(_ table: YAMLTable) -> [DemoTeam] {
        (table.values("teams") ?? []).compactMap { value in
            if let id = reading.text(value), Call.isID(id) { return DemoTeam(id) }
            if case .table = value.content {
                let team = YAMLTable(value, named: "a team", keys: ["id", "roles"], reading: reading)
                guard let id = team.required("id", "which team it is", { $0.text("id") }),
                    let roles = team.required("roles", "what the user is in it", { $0.texts("roles") })
                else { return nil }
                if Call.isID(id) { return DemoTeam(id, roles: roles.map(\.text)) }
            }
            reading.report(
                at: value.place,
                "no team is called that",
                advice: "a team is its id, or {\"id\": …, \"roles\": […]}"
            )
            return nil
        }
    }

    private func refuseTwins(_ tables: [YAMLTable], _ key: String) {
        var first: [String: Place] = [:]
        for table in tables {
            guard let value = table.entry(key)?.value, let text = reading.text(value)?.lowercased() else {
                continue
            }
            if let place = first[text] {
                reading.report(
                    at: value.place,
                    "another user has the \(key) '\(text)'",
                    advice: "it stands at \(place)"
                )
            } else {
                first[text] = value.place
            }
        }
    }
}
