/// So many tasks that share a list of work.
struct Crew: Sendable {
    let jobs: Int

    /// Does something with each number below `count` and returns the results in their order, whatever finished first.
    ///
    /// Tasks take `piece` numbers at a time: many for little work, one for much. The first error ends it, and so does cancellation. `done` hears, one call at a time, how many are finished. The work may read and write
    /// files: each of the pool's threads is meant to be busy with just this.
    func map<Result: Sendable>(
        _ count: Int,
        piece: Int = Self.piece,
        done: (Int) -> Void = { _ in },
        work: @escaping @Sendable (Int) throws -> Result
    ) async throws -> [Result] {
        let pieces = stride(from: 0, to: count, by: piece).map { $0..<min($0 + piece, count) }
        return try await withThrowingTaskGroup(of: (Int, [Result]).self) { group in
            var results = [[Result]](repeating: [], count: pieces.count)
            var waiting = pieces.indices.makeIterator()
            func start() {
                guard let number = waiting.next() else { return }
                let piece = pieces[number]
                group.addTask {
                    try Task.checkCancellation()
                    return (number, try piece.map(work))
                }
            }
            for _ in 0..<jobs { start() }
            var finished = 0
            while let (number, piece) = try await group.next() {
                results[number] = piece
                finished += piece.count
                done(finished)
                start()
            }
            return results.flatMap(\.self)
        }
    }

    /// Few enough that all are busy to the end, many enough that tasks cost nothing.
    static let piece = 32
}
