import Ground
import Site
import Transfer

/// Asks the web whether the addresses that pages link to answer; each once, a few at a time.
struct ExternalCheck {
    let allowsPrivate: Bool
    /// For one address, redirects included.
    let patience: Duration

    /// A warning at each link whose address does not answer well, sorted by place.
    func warnings(_ links: [ExternalLink]) async throws -> [Diagnostic] {
        let places = Dictionary(grouping: links) { Self.withoutFragment($0.url) }
        let addresses = PrivateAddresses()
        let isPublic: TransferClient.AddressCheck = { !addresses.isPrivate($0) }
        let client = try TransferClient(connectionsPerHost: 2, admits: allowsPrivate ? nil : isPublic)
        let asker = AddressAsker(client: client, patience: patience)
        let answers = await answers(places.keys.sorted(), asker)
        await asker.client.shutdown(grace: .zero)
        return answers.flatMap { url, problem in
            (places[url] ?? []).map {
                Diagnostic(.warning, at: $0.place, "'\($0.url)' \(problem.text)", advice: problem.advice)
            }
        }.sorted()
    }

    private func answers(_ urls: [String], _ asker: AddressAsker) async -> [(String, AddressProblem)] {
        await withTaskGroup(of: (String, AddressProblem?).self) { group in
            var waiting = urls.makeIterator()
            func start() {
                guard let url = waiting.next() else { return }
                group.addTask { (url, await asker.problem(of: url)) }
            }
            for _ in 0..<Self.atOnce { start() }
            var problems: [(String, AddressProblem)] = []
            while let (url, problem) = await group.next() {
                if let problem { problems.append((url, problem)) }
                start()
            }
            return problems
        }
    }

    private static let atOnce = 16

    /// The part behind `#` is the browser's, and never sent (RFC 9110 §4.2.5).
    private static func withoutFragment(_ url: String) -> String { String(url.prefix { $0 != "#" }) }
}

/// What is wrong with an address of the web.
struct AddressProblem: Sendable {
    /// Follows the address: `answers 404`.
    let text: String
    var advice: String?
}
