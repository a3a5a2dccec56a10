import Appwrite
import FoundationEssentials

/// Removes the accounts of guests that nobody has been for long.
///
/// First all accounts are listed, and then each that is to go is looked at once more: a list that is read page by page must not
/// shrink meanwhile.
struct GuestPruning: Sendable {
    let admin: AdminClient
    let judge: StaleGuest
    let isDryRun: Bool

    /// How many accounts are looked at and removed at a time.
    private static let width = 4
    /// After so many failures it is given up: something is wrong that one account more will not mend.
    private static let mostFailures = 5

    /// What was found and done.
    struct Tally: Encodable, Sendable {
        var accounts = 0
        var guests = 0
        /// Guests that nobody has been since `before`.
        var old = 0
        let before: Date
        let dryRun: Bool
        /// Where `dryRun`, what would have been.
        var removed = 0
        /// Which old guests stay, by why.
        var kept: [String: Int] = [:]
        var failed = 0
        /// The first failure, for people.
        var failure: String?

        private enum CodingKeys: String, CodingKey {
            case accounts, guests, old, before, removed, kept, failed, failure
            case dryRun = "dry_run"
        }
    }

    /// How far it is.
    enum Step {
        case listed(Int)
        case looked(Int, of: Int)

        var text: String {
            switch self {
            case .listed(let count): "reading accounts \(count)"
            case .looked(let count, let total): "removing guests \(count)/\(total)"
            }
        }
    }

    /// Throws an `Ending` where nothing can be done at all.
    func run(progress: (Step) -> Void) async throws -> Tally {
        var tally = Tally(before: judge.before, dryRun: isDryRun)
        let found = try await list(&tally, progress)
        if !isDryRun, !found.isEmpty { try await demandWriting() }
        try await withThrowingTaskGroup(of: Fate.self) { group in
            var left = found[...]
            for id in left.prefix(Self.width) { group.addTask { await fate(of: id) } }
            left = left.dropFirst(Self.width)
            var count = 0
            while let fate = try await group.next() {
                tally.count(fate)
                count += 1
                progress(.looked(count, of: found.count))
                if tally.failed < Self.mostFailures, let id = left.popFirst() {
                    group.addTask { await self.fate(of: id) }
                }
            }
        }
        return tally
    }
}

extension GuestPruning {
    fileprivate enum Fate: Sendable {
        case removed
        case kept(StaleGuest.Doubt)
        case failed(AppwriteFailure)
    }

    private func list(_ tally: inout Tally, _ progress: (Step) -> Void) async throws -> [String] {
        var (found, last): ([String], String?) = ([], nil)
        while true {
            let page: [Account]
            do {
                page = try await admin.users(after: last)
            } catch {
                throw refusal(error, "reading accounts", "users.read")
            }
            tally.accounts += page.count
            let guests = page.filter(StaleGuest.isGuest)
            tally.guests += guests.count
            found += guests.filter(judge.isOld).map(\.id)
            progress(.listed(tally.accounts))
            guard page.count == AdminClient.pageSize, let next = page.last?.id, next != last else { break }
            last = next
        }
        tally.old = found.count
        return found
    }

    /// Asked before anything is looked at twice, and so before the first is removed.
    private func demandWriting() async throws {
        do {
            try await admin.checkChangingUsers()
        } catch {
            throw refusal(error, "removing accounts", "users.write")
        }
    }

    private func refusal(_ failure: AppwriteFailure, _ what: String, _ scope: String) -> Ending {
        guard case .keyRefused = failure else {
            return Ending(.environment, "error: \(failure)\n    ask 'gatehouse doctor' what is wrong")
        }
        return Ending(
            .environment,
            "error: \(failure)\n    \(what) takes the scope \(scope): add it to the key in the console"
        )
    }

    private func fate(of id: String) async -> Fate {
        do throws(AppwriteFailure) {
            if let doubt = try await judge.doubt(about: id, admin) { return .kept(doubt) }
            if !isDryRun { try await admin.deleteUser(id) }
            return .removed
        } catch .notFound {
            return .kept(.gone)
        } catch {
            return .failed(error)
        }
    }
}

extension GuestPruning.Tally {
    fileprivate mutating func count(_ fate: GuestPruning.Fate) {
        switch fate {
        case .removed: removed += 1
        case .kept(let doubt): kept[doubt.rawValue, default: 0] += 1
        case .failed(let why):
            failed += 1
            failure = failure ?? "\(why)"
        }
    }

    /// For people.
    var text: String {
        var lines = [
            "\(Count.of(accounts, "account", "accounts")), \(guests) of guests; nobody was there since "
                + "\(before.ISO8601Format()) as \(old)"
        ]
        lines.append("\(dryRun ? "would remove" : "removed") \(Count.of(removed, "guest", "guests"))")
        for doubt in StaleGuest.Doubt.allCases {
            guard let count = kept[doubt.rawValue] else { continue }
            lines.append("kept \(count) \(doubt.words)")
        }
        if failed > 0 { lines.append("failed at \(failed): \(failure ?? "")") }
        return lines.joined(separator: "\n")
    }
}

extension StaleGuest.Doubt {
    fileprivate var words: String {
        switch self {
        case .cameBack: "who came back meanwhile"
        case .marked: "blocked or labelled"
        case .inTeam: "in a team"
        case .connected: "with a provider's account"
        case .otherSession: "with a session that is no guest's"
        case .noSession: "without a session, of whom it cannot be seen that they were guests"
        case .gone: "who were gone already"
        }
    }
}
