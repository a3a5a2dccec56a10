import Appwrite
import FoundationEssentials
import Gate
import HTTPTypes
import Logging

extension Desk {
    /// Why an arrival that has no session any more lost it; nil where it was never one that we gave.
    ///
    /// Costs a call to Appwrite where the session was neither used up nor lost, counted for the visitor's address: with
    /// the visit cookie of an ended session somebody could ask again and again.
    func end(of arrival: Arrival) async -> SessionEnd? {
        guard let visit = arrival.visit, visit.kind == .member else { return nil }
        guard arrival.vouched != nil else { return hasLostSession(arrival) ? .lost : nil }
        if let expires = visit.expires, Double(expires) <= now().timeIntervalSince1970 { return .expired }
        do {
            try limits.check(.question, arrival.address)
            _ = try await admin.user(visit.userID)
        } catch {
            if error as? AppwriteFailure == .notFound { return .deleted }
        }
        return .elsewhere
    }

    /// What a decision means for this arrival, where it does not let them on.
    func problem(_ decision: Decision, _ arrival: Arrival) async -> Problem {
        guard decision == .signIn, let end = await end(of: arrival) else { return Problem(decision) }
        return .signedOut(by: end)
    }

    /// Both cookies are set by one answer.
    ///
    /// Where ours comes back and the session's does not, signing in again would lead here again.
    private func hasLostSession(_ arrival: Arrival) -> Bool {
        guard let age = visits.age(in: arrival.fields), age < Self.moment, arrival.hasCookiesAlong else {
            return false
        }
        logger.warning(
            "a session's cookie that was set a moment ago did not come back",
            metadata: ["request": "\(arrival.requestID)", "header": "Cookie", "missing": "\(cookie.name)"]
        )
        return true
    }

    /// In seconds.
    private static let moment: TimeInterval = 60
}

extension Arrival {
    /// Whether the browser says that no other site led here: then it sent the cookies that it has.
    fileprivate var hasCookiesAlong: Bool {
        if query[PageResponder.hopped] != nil { return true }
        return fields[.secFetchSite].map { $0 != "cross-site" } ?? false
    }
}
