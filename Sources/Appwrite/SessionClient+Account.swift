package import Ground
import HTTPTypes

extension SessionClient {
    /// Chooses a password; `old` is asked for once there is one, and `invalidCredentials` says that it is another.
    ///
    /// Where the project says so, it ends every other session. At Appwrite 10 an hour for an address, and the address is
    /// this server's where Appwrite does not believe `X-Forwarded-For`.
    package func updatePassword(_ password: Secret, old: Secret?) async throws(AppwriteFailure) -> Account {
        var call = call(.patch, "/account/password")
        call.body = ["password": .text(password.revealed)]
        if let old { call.body?["oldPassword"] = .text(old.revealed) }
        call.secrets = [password] + (old.map { [$0] } ?? [])
        return try await wire.answer(to: call)
    }

    /// Another e-mail address; the password must be the account's, and becomes it where there is none.
    ///
    /// It is not proved by this. `conflict` where the address is someone else's. Sessions stay.
    package func updateEmail(_ email: String, password: Secret) async throws(AppwriteFailure) -> Account {
        try await convertGuest(email: email, password: password)
    }

    /// Another phone number; the password must be the account's.
    ///
    /// `conflict` where the number is someone else's. It is not proved by this.
    package func updatePhone(_ phone: String, password: Secret) async throws(AppwriteFailure) -> Account {
        var call = call(.patch, "/account/phone")
        call.body = ["phone": .text(phone), "password": .text(password.revealed)]
        call.secrets = [password]
        return try await wire.answer(to: call)
    }

    /// Mails a link that proves the account's address, good for an hour; `url` is where it leads.
    ///
    /// `conflict` where it is proved already, `notFound` where the account has none.
    package func sendVerification(url: String) async throws(AppwriteFailure) {
        var call = call(.post, "/account/verifications/email")
        call.body = ["url": .text(url)]
        try await wire.perform(call)
    }

    /// Sends a code that proves the account's phone number.
    package func sendPhoneVerification() async throws(AppwriteFailure) {
        var call = call(.post, "/account/verifications/phone")
        call.body = [:]
        try await wire.perform(call)
    }

    package func preferences() async throws(AppwriteFailure) -> JSONObject {
        try await wire.answer(to: call(.get, "/account/prefs"))
    }

    /// Replaces all of them; at most 64 kB.
    package func updatePreferences(_ preferences: JSONObject) async throws(AppwriteFailure) {
        var call = call(.patch, "/account/prefs")
        call.body = ["prefs": .table(preferences)]
        try await wire.perform(call)
    }

    /// The accounts of OAuth providers that this one is connected with.
    package func identities() async throws(AppwriteFailure) -> [Identity] {
        try await wire.answer(to: call(.get, "/account/identities"), as: IdentityList.self).identities
    }

    /// Disconnects a provider's account.
    package func deleteIdentity(_ id: String) async throws(AppwriteFailure) {
        try await wire.perform(
            call(.delete, "/account/identities/\(try Identifier.segment(id, "identity id"))")
        )
    }

    /// Everything that Appwrite says of the account, for its owner to take along.
    package func accountData() async throws(AppwriteFailure) -> JSONObject {
        try await wire.answer(to: call(.get, "/account"))
    }

    /// Every session, as Appwrite tells of it.
    package func sessionData() async throws(AppwriteFailure) -> [JSONItem] {
        try await wire.answer(to: call(.get, "/account/sessions"), as: DataList.self).items("sessions")
    }

    /// Every connected provider's account, as Appwrite tells of it; tokens of the provider are among it.
    package func identityData() async throws(AppwriteFailure) -> [JSONItem] {
        try await wire.answer(to: call(.get, "/account/identities"), as: DataList.self).items("identities")
    }

    /// The first hundred teams, as Appwrite tells of them.
    package func teamData() async throws(AppwriteFailure) -> [JSONItem] {
        var call = call(.get, "/teams")
        call.query = ListQuery.parameters([.limit(100)])
        return try await wire.answer(to: call, as: DataList.self).items("teams")
    }

    /// Deletes the account and everything that it has at Appwrite; nothing brings it back.
    ///
    /// Listed as the console's, but its scope is `account` (contract §8, trap 22).
    package func deleteAccount() async throws(AppwriteFailure) {
        try await wire.perform(call(.delete, "/account"))
    }
}

/// A list as Appwrite wraps it: under its name, beside `total`.
private struct DataList: Decodable {
    private let object: JSONObject

    init(from decoder: any Decoder) throws {
        object = try JSONObject(from: decoder)
    }

    func items(_ name: String) -> [JSONItem] {
        if case .list(let items)? = object.members[name] { items } else { [] }
    }
}
