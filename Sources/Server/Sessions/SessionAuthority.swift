package import Appwrite
package import Gate
package import Ground

/// Whoever knows who is behind a session secret.
package protocol SessionAuthority: Sendable {
    /// Never throws: what is not known is `.unanswered`.
    ///
    /// - Parameter secret: the visitor's session secret.
    /// - Returns: what is known of the visitor.
    func standing(of secret: Secret) async -> Standing

    /// Asks for what the account does not say, at the cost of a further call; never throws either.
    ///
    /// - Parameters:
    ///   - detail: what is wanted.
    ///   - member: whom the session belongs to.
    ///   - secret: the member's session secret.
    /// - Returns: the names, or what the question told of the session itself.
    func learn(_ detail: Member.Detail, of member: Member, secret: Secret) async -> Learned
}

/// What a question about a session brought.
package enum Learned: Hashable, Sendable {
    /// A detail of a member: the ids of teams, the names of roles or factors.
    case names(Set<String>)
    /// What is known of the visitor, or why no detail could be learned.
    case standing(Standing)
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

    package func standing(of secret: Secret) async -> Standing {
        do {
            let account = try await client(secret).account()
            // Appwrite refuses a blocked account before it shows it; should it show one, it is blocked all the same.
            guard account.status else { return .blocked }
            if account.isAnonymous { return .guest(id: account.id) }
            return .member(Member(account))
        } catch {
            return standing(error)
        }
    }

    package func learn(_ detail: Member.Detail, of member: Member, secret: Secret) async -> Learned {
        let client = client(secret)
        do {
            switch detail {
            case .teams: return .names(Set(try await client.teams().map(\.id)))
            case .roles(let team):
                return .names(Set(try await client.memberships(ofTeam: team, userID: member.id)))
            case .factors: return .names(Set(try await client.currentSession().factors))
            }
        } catch {
            // A team that is not there, or not shown to who is not in it.
            if error == .notFound, case .roles = detail { return .names([]) }
            return .standing(standing(error))
        }
    }

    private func standing(_ failure: AppwriteFailure) -> Standing {
        let standing = Standing(failure)
        if case .unanswered = standing { onSilence(failure) }
        return standing
    }
}

extension Member {
    package init(_ account: Account) {
        self.init(
            id: account.id,
            name: account.name,
            email: account.email,
            labels: Set(account.labels),
            isVerified: account.isVerified,
            hasVerifiedEmail: account.emailVerification
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
