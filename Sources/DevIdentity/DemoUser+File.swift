import FoundationEssentials
package import Ground

extension DemoUser {
    /// Reads a file of users.
    ///
    /// The file is JSON: `{"password": "…", "users": [{"id", "name", "email", "password", "labels": [], "teams": [],
    /// "verified": true, "phone": "+…", "phone_verified": true, "blocked": false, "mfa": false, "authenticator": "…",
    /// "reset": false}]}`; a team is an id or `{"id", "roles": []}`. A user needs only `id` and `email`; the name
    /// is then the id, and the password that of the file, or the demo password. Unknown keys are errors, as are two users
    /// with one id or address.
    /// `file` is how it is called in diagnostics.
    package static func load(_ bytes: [UInt8], file: String) throws(Diagnostics) -> [DemoUser] {
        var reader = UserFileReader(file: file)
        let users = reader.users(in: bytes)
        guard reader.problems.isEmpty else { throw Diagnostics(reader.problems) }
        return users
    }
}

/// Reads the file and collects everything that is wrong with it.
private struct UserFileReader {
    let file: String
    var problems: [Diagnostic] = []

    private static let keys: Set<String> = [
        "id", "name", "email", "password", "labels", "teams", "verified", "blocked", "mfa", "reset",
        "phone", "phone_verified", "authenticator",
    ]

    mutating func users(in bytes: [UInt8]) -> [DemoUser] {
        guard let value = JSONValue(parsing: bytes), let members = value.members else {
            report(
                "not a JSON object",
                advice: "the file looks like {\"users\": [{\"id\": …, \"email\": …}]}"
            )
            return []
        }
        refuseUnknown(members, known: ["password", "users"], in: "the file")
        guard let list = value["users"]?.list else {
            report("no list 'users'")
            return []
        }
        let password = value["password"]?.text.map { Secret($0) } ?? DemoUser.demoPassword
        let users = list.enumerated().compactMap { user($0.element, at: $0.offset + 1, password) }
        refuseTwins(users)
        return users
    }

    private mutating func user(_ value: JSONValue, at position: Int, _ password: Secret) -> DemoUser? {
        let place = "user \(position)"
        refuseUnknown(value.members ?? [], known: Self.keys, in: place)
        guard let id = value["id"]?.text, Call.isID(id) else {
            report("\(place) has no valid id", advice: "1 to 36 of a-z, A-Z, 0-9, '.', '-', '_'")
            return nil
        }
        guard let email = value["email"]?.text, Call.isEmail(email) else {
            report("\(place) ('\(id)') has no valid email")
            return nil
        }
        let own = value["password"]?.text.map { Secret($0) } ?? password
        if !(8...256).contains(own.revealed.unicodeScalars.count) {
            report("\(place) ('\(id)') has a password that Appwrite refuses", advice: "8 to 256 characters")
        }
        return DemoUser(
            id: id,
            name: value["name"]?.text ?? id,
            email: email.lowercased(),
            password: own,
            labels: texts(value, "labels", place),
            teams: teams(value, place),
            phone: phone(value, place),
            isPhoneVerified: flag(value, "phone_verified", place) ?? true,
            isVerified: flag(value, "verified", place) ?? true,
            isBlocked: flag(value, "blocked", place) ?? false,
            mfa: flag(value, "mfa", place) ?? false,
            authenticator: authenticator(value, place),
            mustResetPassword: flag(value, "reset", place) ?? false
        )
    }

    private mutating func texts(_ value: JSONValue, _ key: String, _ place: String) -> [String] {
        guard let found = value[key] else { return [] }
        let texts = found.list?.compactMap(\.text) ?? []
        if texts.count != found.list?.count { report("\(key) of \(place) is not a list of texts") }
        return texts
    }

    private mutating func teams(_ value: JSONValue, _ place: String) -> [DemoTeam] {
        guard let found = value["teams"] else { return [] }
        let teams = found.list?.compactMap { team -> DemoTeam? in
            if let id = team.text { return DemoTeam(id) }
            guard let id = team["id"]?.text, let roles = team["roles"]?.list?.compactMap(\.text) else {
                return nil
            }
            return team.members?.count == 2 ? DemoTeam(id, roles: roles) : nil
        }
        guard let teams, teams.count == found.list?.count, teams.allSatisfy({ Call.isID($0.id) }) else {
            report(
                "teams of \(place) is not a list of teams",
                advice: "a team is its id, or {\"id\": …, \"roles\": […]}"
            )
            return []
        }
        return teams
    }

    private mutating func phone(_ value: JSONValue, _ place: String) -> String {
        guard let found = value["phone"] else { return "" }
        guard let phone = found.text, Call.isPhone(phone) else {
            report("\(place) has no valid phone", advice: "'+' and 7 to 15 digits, the first of them not 0")
            return ""
        }
        return phone
    }

    private mutating func authenticator(_ value: JSONValue, _ place: String) -> Secret? {
        guard let found = value["authenticator"] else { return nil }
        guard let text = found.text, Authenticator(secret: text) != nil else {
            report("\(place) has no valid authenticator", advice: "16 letters or digits of base32, or more")
            return nil
        }
        return Secret(text)
    }

    private mutating func flag(_ value: JSONValue, _ key: String, _ place: String) -> Bool? {
        guard let found = value[key] else { return nil }
        if found.flag == nil { report("\(key) of \(place) is neither true nor false") }
        return found.flag
    }

    private mutating func refuseUnknown(_ members: [JSONValue.Member], known: Set<String>, in place: String) {
        for member in members where !known.contains(member.key) {
            report(
                "unknown key '\(member.key)' in \(place)",
                advice: Suggestion.advice(for: member.key, among: known)
            )
        }
    }

    private mutating func refuseTwins(_ users: [DemoUser]) {
        let phones = users.map(\.phone).filter { !$0.isEmpty }
        for (what, texts) in [("id", users.map(\.id)), ("email", users.map(\.email)), ("phone", phones)] {
            for (text, count) in Dictionary(grouping: texts, by: \.self).mapValues(\.count) where count > 1 {
                report("\(count) users have the \(what) '\(text)'")
            }
        }
    }

    private mutating func report(_ problem: String, advice: String? = nil) {
        problems.append(Diagnostic(at: Place(file: file), problem, advice: advice))
    }
}
