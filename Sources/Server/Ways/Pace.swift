/// Answers at even times, so that how long something took does not tell what was found on the way.
///
/// Appwrite hashes a password only where the address has an account, and a mail is made only for who is known. An
/// answer that is held until the next of a row of moments looks the same for both.
struct Pace: Sendable {
    /// From one moment to the next; zero holds nothing.
    let step: Duration

    /// Does the work and holds its outcome, whichever it is.
    func hold<Result: Sendable, Failure: Error>(
        _ work: () async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        let began = ContinuousClock.now
        do throws(Failure) {
            let result = try await work()
            await wait(since: began)
            return result
        } catch {
            await wait(since: began)
            throw error
        }
    }

    /// Does the work and holds its failure; a success shows itself anyway.
    func holdFailure<Result: Sendable, Failure: Error>(
        _ work: () async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        let began = ContinuousClock.now
        do throws(Failure) {
            return try await work()
        } catch {
            await wait(since: began)
            throw error
        }
    }

    /// How much longer an outcome is held that took this long.
    func rest(after taken: Duration) -> Duration {
        guard step > .zero else { return .zero }
        let steps = Int((taken / step).rounded(.up))
        return step * max(1, steps) - taken
    }

    func wait(since began: ContinuousClock.Instant) async {
        // Whoever hung up needs no answer in time.
        try? await Task.sleep(for: rest(after: ContinuousClock.now - began))
    }
}
