import HTTPTypes

extension AdminClient {
    /// An account by its id; needs the scope `users.read`.
    ///
    /// `notFound` where it is deleted. Unlike a session's own question this shows a blocked account, too.
    package func user(_ id: String) async throws(AppwriteFailure) -> Account {
        try await wire.answer(to: Call(.get, "/users/\(try Identifier.segment(id, "user id"))"))
    }

    /// The account with an e-mail address, or nil; needs the scope `users.read`.
    package func user(withEmail email: String) async throws(AppwriteFailure) -> Account? {
        try await users([.equal("email", email.lowercased()), .limit(1)]).first
    }

    /// The account with a phone number, or nil; needs the scope `users.read`.
    package func user(withPhone phone: String) async throws(AppwriteFailure) -> Account? {
        try await users([.equal("phone", phone), .limit(1)]).first
    }

    /// Up to a hundred accounts in the order of their making, after the one with the id `after`; needs `users.read`.
    package func users(after: String? = nil) async throws(AppwriteFailure) -> [Account] {
        try await users([.limit(Self.pageSize)] + (after.map { [.cursorAfter($0)] } ?? []))
    }

    package static let pageSize = 100

    /// The teams of an account, and its roles in each; memberships that are not confirmed are left out.
    ///
    /// Needs the scope `users.read`; one call for each hundred memberships.
    package func teams(ofUser id: String) async throws(AppwriteFailure) -> [String: Set<String>] {
        let path = "/users/\(try Identifier.segment(id, "user id"))/memberships"
        var teams: [String: Set<String>] = [:]
        // Appwrite skips no further than 5000.
        for page in 0..<50 {
            var call = Call(.get, path)
            call.query = ListQuery.parameters([.limit(Self.pageSize), .offset(page * Self.pageSize)])
            let found = try await wire.answer(to: call, as: MembershipList.self).memberships
            for membership in found where membership.isConfirmed {
                teams[membership.teamID, default: []].formUnion(membership.roles)
            }
            if found.count < Self.pageSize { break }
        }
        return teams
    }

    /// Everything that an account is signed in with; needs the scope `users.read`.
    package func sessions(ofUser id: String) async throws(AppwriteFailure) -> [SessionDetail] {
        let path = "/users/\(try Identifier.segment(id, "user id"))/sessions"
        return try await wire.answer(to: Call(.get, path), as: SessionList.self).sessions
    }

    /// The accounts of OAuth providers that an account is connected with, 25 at most; needs the scope `users.read`.
    package func identities(ofUser id: String) async throws(AppwriteFailure) -> [Identity] {
        var call = Call(.get, "/users/identities")
        call.query = ListQuery.parameters([.equal("userId", try Identifier.segment(id, "user id"))])
        return try await wire.answer(to: call, as: IdentityList.self).identities
    }

    private func users(_ queries: [ListQuery]) async throws(AppwriteFailure) -> [Account] {
        var call = Call(.get, "/users")
        call.query = ListQuery.parameters(queries)
        return try await wire.answer(to: call, as: UserList.self).users
    }
}

/// A page of the list as Appwrite wraps it.
private struct UserList: Decodable {
    let users: [Account]
}
