import Appwrite
import Ground
import Logging

/// The providers' accounts that a member is connected with.
struct AccountIdentities: Sendable {
    let desk: Desk

    /// Takes one away; never the last way in.
    func disconnect(_ identityID: String, _ owner: Owner, _ arrival: Arrival) async throws(Problem) {
        do {
            let identities = try await owner.client.identities()
            guard identities.contains(where: { $0.id == identityID }) else { throw Problem.notFound }
            let account = try await owner.client.account()
            guard account.hasOwnWayIn(desk.auth) || identities.count > 1 else { throw Problem.lastWayIn }
            try await owner.client.deleteIdentity(identityID)
        } catch let failure as AppwriteFailure {
            throw desk.problem(failure, "disconnecting failed", owner, arrival)
        } catch {
            throw error as? Problem ?? .internalError
        }
    }
}
