import Appwrite
import FoundationEssentials
import Ground
import Settings
import Theme

/// What the account page's template is given.
struct AccountValues {
    let desk: Desk
    let language: String

    func values(of shown: AccountPage.Shown, _ mistake: AccountPage.Mistake?) -> [String: TemplateValue] {
        let others = shown.sessions.filter { !$0.current }
        var values: [String: TemplateValue] = [
            "account": .table(values(of: shown.account)),
            "change": .table(forms(for: shown.account, mistake)),
            "sessions": .list(shown.sessions.map(value)),
            "identities": .list((shown.identities ?? []).map { value(of: $0, in: shown) }),
            "data_href": .text(way("data")),
            "delete_href": .text(way("delete")),
            "sign_out_action": .text(desk.way(to: desk.auth.routes.logout, in: language)),
        ]
        if !others.isEmpty {
            values["end_others_action"] = .text(way(AccountChange.endOtherSessions.rawValue))
        }
        if let factors = shown.factors {
            values["second_factor"] = .table(secondFactor(of: shown.account, factors))
        }
        if let mistake, shown.hasNoForm(for: mistake.change) {
            // Not called `error`: within the forms' sections the keys around them can be seen.
            values["problem"] = .text(desk.told(mistake.problem, in: language))
        }
        return values
    }
}

extension AccountPage.Shown {
    /// Whether a provider's account may go: something else must open the door afterwards.
    func canDisconnect(_ identity: Identity, _ auth: AuthSettings) -> Bool {
        account.hasOwnWayIn(auth) || (identities ?? []).contains { $0.id != identity.id }
    }

    /// Whether what went wrong with it stands at the top of the page.
    fileprivate func hasNoForm(for change: AccountChange) -> Bool {
        ![AccountChange.name, .email, .phone, .password].contains(change)
    }
}

extension AccountValues {
    private func way(_ path: String) -> String {
        desk.way(to: desk.auth.routes.account.below(path), in: language)
    }

    private var words: Words { desk.current.value.pages.words(in: language) }

    private func values(of account: Account) -> [String: TemplateValue] {
        [
            "id": .text(account.id), "name": .text(account.name), "email": .text(account.email),
            "phone": .text(account.phone), "verified": .flag(account.isVerified),
            "email_verified": .flag(account.emailVerification),
            "phone_verified": .flag(account.phoneVerification),
            "has_password": .flag(account.hasPassword),
            "labels": .list(account.labels.sorted().map(TemplateValue.text)),
            "registered_words": .text(account.registration.map(words.day) ?? ""),
            "verify_email_action": .text(
                account.email.isEmpty || account.emailVerification
                    ? "" : way(AccountChange.verifyEmail.rawValue)
            ),
            "verify_phone_action": .text(
                account.phone.isEmpty || account.phoneVerification
                    ? "" : way(AccountChange.verifyPhone.rawValue)
            ),
        ]
    }

    private func isOffered(_ change: AccountChange) -> Bool {
        desk.auth.emailPassword || !change.asksForPassword
    }

    private func forms(for account: Account, _ mistake: AccountPage.Mistake?) -> [String: TemplateValue] {
        let known: [(AccountChange, String)] = [
            (.name, account.name), (.email, account.email), (.phone, account.phone), (.password, ""),
        ]
        return Dictionary(
            uniqueKeysWithValues: known.filter { isOffered($0.0) }.map { change, value in
                var form: [String: TemplateValue] = [
                    "action": .text(way(change.rawValue)), "value": .text(value),
                ]
                if let mistake, mistake.change == change {
                    form["value"] = .text(mistake.typed)
                    form["error"] = .text(desk.told(mistake.problem, in: language))
                }
                return (change.rawValue, .table(form))
            }
        )
    }

    /// What is there, and what can be done with it; an action that would make no sense is not there.
    private func secondFactor(of account: Account, _ factors: Set<Factor>) -> [String: TemplateValue] {
        func action(_ change: AccountChange) -> TemplateValue { .text(way(change.rawValue)) }
        let hasAuthenticator = factors.contains(.totp)
        var table: [String: TemplateValue] = [
            "on": .flag(account.mfa), "authenticator": .flag(hasAuthenticator),
            "recovery_codes": .flag(factors.contains(.recoveryCode)),
        ]
        if account.mfa { table["off_action"] = action(.secondFactorOff) }
        if hasAuthenticator {
            table["remove_action"] = action(.removeAuthenticator)
            table["codes_action"] = action(.recoveryCodes)
            if !account.mfa { table["on_action"] = action(.secondFactorOn) }
        } else {
            table["begin_action"] = action(.beginAuthenticator)
        }
        return table
    }

    private func value(of session: SessionDetail) -> TemplateValue {
        let device = [session.clientName, session.osName].filter { !$0.isEmpty }.joined(separator: ", ")
        // Appwrite says so of addresses that no country has.
        let place = [session.countryName, session.ip].filter { !["", "--", "Unknown"].contains($0) }
            .joined(separator: ", ")
        return .table([
            "device": .text(device.isEmpty ? words.text("unknown_device") ?? "Unknown device" : device),
            "place": .text(place),
            "created": .text(session.createdAt.map { $0.ISO8601Format() } ?? ""),
            "created_words": .text(session.createdAt.map(words.moment) ?? ""),
            "created_ago": .text(session.createdAt.map { words.age(since: $0, now: desk.now()) } ?? ""),
            "provider": .text(way(of: session)),
            "current": .flag(session.current),
            "revoke_action": .text(way("sessions/\(session.id)/revoke")),
        ])
    }

    /// How it began, in words: a provider's own name, or what was shown.
    private func way(of session: SessionDetail) -> String {
        let name = session.provider
        let word = "way_\(name.replacing("-", with: "_"))"
        return words.text(word) ?? OAuthProvider.titles[name] ?? name
    }

    private func value(of identity: Identity, in shown: AccountPage.Shown) -> TemplateValue {
        var table: [String: TemplateValue] = [
            "title": .text(OAuthProvider.titles[identity.provider] ?? identity.provider),
            "email": .text(identity.providerEmail),
            "created_ago": .text(identity.createdAt.map { words.age(since: $0, now: desk.now()) } ?? ""),
        ]
        if shown.canDisconnect(identity, desk.auth) {
            table["disconnect_action"] = .text(way("identities/\(identity.id)/disconnect"))
        }
        return .table(table)
    }
}

extension Account {
    /// Whether something of the account's own opens the door, without any provider's account.
    func hasOwnWayIn(_ auth: AuthSettings) -> Bool {
        hasPassword && auth.emailPassword || !email.isEmpty && auth.sendsMail
            || !phone.isEmpty && auth.phoneOTP
    }
}
