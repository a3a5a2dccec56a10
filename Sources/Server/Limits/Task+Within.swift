extension Task where Failure == Never {
    /// What the task gives, or nil where that takes longer than `limit`, or whoever asks is cancelled meanwhile.
    ///
    /// The task itself goes on in every case.
    func value(within limit: Duration) async -> Success? {
        let (answers, first) = AsyncStream<Success?>.makeStream(bufferingPolicy: .bufferingOldest(1))
        // Neither is a child of whoever asks, who would have to wait for both of them to end.
        let asking = Task<Void, Never> { first.yield(await value) }
        let waiting = Task<Void, Never> {
            // Cancelled when the answer is there: then nobody listens any more.
            try? await Task<Never, Never>.sleep(for: limit)
            first.yield(nil)
        }
        defer {
            asking.cancel()
            waiting.cancel()
        }
        for await answer in answers { return answer }
        return nil
    }
}
