import Appwrite
import FoundationEssentials
import Ground
import Settings

/// Asks the configured Appwrite whether everything that this site offers can work there.
///
/// Nothing is made, changed or sent by it. What depends on an answer that did not come is not asked.
struct Checkup: Sendable {
    let settings: Settings
    let endpoint: AppwriteEndpoint
    let admin: AdminClient
    let plain: PlainClient
    let now: @Sendable () -> Date
    /// Whether the current release has feeds for which members may have addresses of their own.
    let offersFeeds: Bool

    /// Each finding is told as soon as it is there.
    func run(tell: (Finding) -> Void) async -> [Finding] {
        var findings: [Finding] = []
        func found(_ finding: Finding) -> Finding.Verdict {
            tell(finding)
            findings.append(finding)
            return finding.verdict
        }
        _ = found(transport)
        guard found(await reach()) != .bad else { return findings }
        _ = found(await clocks())
        guard found(await key()) != .bad else { return findings }
        _ = found(await changingUsers())
        if !readers.isEmpty { _ = found(await readingUsers()) }
        _ = found(await mail())
        for provider in settings.auth.oauth { _ = found(await oauth(provider)) }
        return findings
    }
}

extension Checkup {
    /// Secrets travel on this line.
    private var transport: Finding {
        let check = "the line to Appwrite"
        if endpoint.url.hasPrefix("https://") { return .good(check, "encrypted") }
        return .poor(
            check,
            "not encrypted: \(endpoint.url)",
            "use https unless Appwrite is on this machine or in a network of your own"
        )
    }

    private func reach() async -> Finding {
        let check = "Appwrite answers"
        let began = ContinuousClock.now
        do {
            let version = try await plain.version()
            let time = (ContinuousClock.now - began) / .milliseconds(1)
            let seen = "version \(version), in \(Int(time)) ms"
            return Self.isOld(version)
                ? .poor(check, seen, "Gatehouse is made for Appwrite 1.8 and newer") : .good(check, seen)
        } catch .projectNotFound {
            return noProject(check)
        } catch {
            return .bad(check, "\(error)", "check 'appwrite.endpoint' in site.config: \(endpoint.url)")
        }
    }

    /// A token of an OAuth provider is good for 60 seconds, and whether a session has expired is asked of both clocks.
    private func clocks() async -> Finding {
        let check = "the clocks agree"
        // Why it is not there, the check before has told.
        guard let theirs = try? await plain.clock() else {
            return .unknown(check, "Appwrite's answers carry no date")
        }
        let difference = Int(theirs.timeIntervalSince(now()).rounded())
        let seen = "Appwrite's is \(abs(difference)) s \(difference < 0 ? "behind" : "ahead")"
        let advice = "set both machines by NTP"
        switch abs(difference) {
        case ...5: return .good(check, "to \(max(1, abs(difference))) s")
        case ...30: return .poor(check, seen, advice)
        default: return .bad(check, seen, advice)
        }
    }

    private func key() async -> Finding {
        let check = "the key may make sessions"
        do {
            try await admin.checkKey()
            return .good(check, "project \(endpoint.project), scope sessions.write")
        } catch .projectNotFound {
            return noProject(check)
        } catch {
            return .bad(
                check,
                "\(error)",
                "make a key with the scope sessions.write in the console, and set \(settings.appwrite?.key.name ?? "it")"
            )
        }
    }

    private func changingUsers() async -> Finding {
        let check = "the key has the scope users.write"
        let takesNobody = !settings.auth.signUp && !settings.auth.oauth.isEmpty
        let use =
            takesNobody
            ? "removing the account that a provider's trip made, as the site takes nobody new"
            : "removing the anonymous user of a guest who signed in"
        do {
            try await admin.checkChangingUsers()
            return .good(check, "for \(use)")
        } catch .keyRefused {
            let advice = "add it to the key in the console, for \(use)"
            return takesNobody ? .bad(check, "it has not", advice) : .poor(check, "it has not", advice)
        } catch {
            return .unknown(check, "\(error)")
        }
    }

    /// What the site reads accounts for.
    private var readers: [String] {
        let looks = !settings.auth.signUp && (settings.auth.sendsMail || settings.auth.phoneOTP)
        return [
            looks ? "looking whether there is an account, as the site takes nobody new" : nil,
            offersFeeds ? "members' own feed addresses (or switch 'auth.feeds' off)" : nil,
        ].compactMap(\.self)
    }

    private func readingUsers() async -> Finding {
        let check = "the key has the scope users.read"
        let use = readers.joined(separator: ", and ")
        do {
            _ = try await admin.user(withEmail: "gatehouse-doctor@gatehouse.invalid")
            return .good(check, "for \(use)")
        } catch .keyRefused {
            return .bad(check, "it has not", "add it to the key in the console, for \(use)")
        } catch {
            return .unknown(check, "\(error)")
        }
    }

    private func mail() async -> Finding {
        let check = "the project sends mail"
        do {
            try await admin.checkMail(url: settings.url.origin + "/")
            return .good(check, "with links to \(settings.url.host)")
        } catch .methodOff where settings.auth.sendsMail {
            return .bad(
                check,
                "it has no mail server",
                "set up SMTP for the project, or switch magic_url and email_otp off"
            )
        } catch .methodOff {
            return .poor(
                check,
                "it has no mail server",
                "set up SMTP for the project; without it there is no recovery, no verification, and no second factor by mail"
            )
        } catch .originRefused {
            return notAPlatform(check)
        } catch {
            return .unknown(check, "\(error)")
        }
    }

    private func oauth(_ provider: OAuthProvider) async -> Finding {
        let check = "sign-in by \(provider.title)"
        let back = settings.url.origin + settings.auth.routes.oauth.encoded
        do {
            _ = try await admin.oauth2Token(
                provider: provider.name,
                success: back + "/success",
                failure: back + "/failure",
                scopes: provider.scopes
            )
            return .good(check, "switched on, and leads back to \(settings.url.host)")
        } catch .providerDisabled {
            return .bad(
                check,
                "switched off in the project",
                "switch it on in the console with its client id and secret, or take '\(provider.name)' out of auth.oauth"
            )
        } catch .providerUnsupported {
            return .bad(check, "unknown to this Appwrite", "take '\(provider.name)' out of auth.oauth")
        } catch .originRefused {
            return notAPlatform(check)
        } catch {
            return .unknown(check, "\(error)")
        }
    }

    private func noProject(_ check: String) -> Finding {
        .bad(
            check,
            "there is no project '\(endpoint.project)'",
            "check 'appwrite.project' in site.config: the id, not the name, and the endpoint's region"
        )
    }

    private func notAPlatform(_ check: String) -> Finding {
        .bad(
            check,
            "'\(settings.url.host)' is not among the project's platforms",
            "add it as a web platform in the console, under Overview, Platforms"
        )
    }

    /// Older than 1.8.
    private static func isOld(_ version: String) -> Bool {
        let numbers = version.split(separator: ".").prefix(2).compactMap { Int($0) }
        guard numbers.count == 2 else { return false }
        return numbers[0] < 1 || numbers[0] == 1 && numbers[1] < 8
    }
}
