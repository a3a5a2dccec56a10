package import Appwrite
package import Gate
package import Ground

/// Whoever knows who is behind a session secret.
package protocol SessionAuthority: Sendable {
    /// Never throws: what is not known is `.unanswered`.
    ///
    /// - Parameters:
    ///   - secret: the visitor's session secret.
    ///   - withTeams: whether the member's teams are wanted; they cost a second call.
    /// - Returns: what is known of the visitor.
    func standing(of secret: Secret, withTeams: Bool) async -> Standing
}

/// Asks Appwrite, with a session client made for this one question.
package struct AppwriteAuthority: SessionAuthority {
    private let client: @Sendable (Secret) -> SessionClient
    private let onSilence: @Sendable (AppwriteFailure) -> Void

    /// - Parameters:
    ///   - client: makes a session client that carries the given secret.
    ///   - onSilence: hears why nothing could be learned of a session.
    package init(
        client: @escaping @Sendable (Secret) -> SessionClient,
        onSilence: @escaping @Sendable (AppwriteFailure) -> Void
    ) {
        self.client = client
        self.onSilence = onSilence
    }

    package func standing(of secret: Secret, withTeams: Bool) async -> Standing {
        do {
            let client = client(secret)
            let account = try await client.account()
            // Appwrite refuses a blocked account before it shows it; should it show one, it is blocked all the same.
            guard account.status else { return .blocked }
            if account.isAnonymous { return .guest(id: account.id) }
            let member = Member(account)
            guard withTeams else { return .member(member) }
            return .member(member.joining(teams: Set(try await client.teams().map(\.id))))
        } catch {
            let standing = Standing(error)
            if case .unanswered = standing { onSilence(error) }
            return standing
        }
    }
}

extension Member {
    package init(_ account: Account) {
        self.init(
            id: account.id,
            name: account.name,
            email: account.email,
            labels: Set(account.labels),
            isVerified: account.isVerified
        )
    }
}

extension Standing {
    /// What a failed question says of the visitor.
    ///
    /// Only one failure means that the session is gone.
    package init(_ failure: AppwriteFailure) {
        switch failure {
        case .sessionGone: self = .none
        case .moreFactorsRequired: self = .moreFactors
        case .blocked: self = .blocked
        case .passwordResetRequired: self = .passwordReset
        case .rateLimited(let seconds): self = .unanswered(retryAfter: max(1, seconds ?? 5))
        default: self = .unanswered(retryAfter: 5)
        }
    }
}
