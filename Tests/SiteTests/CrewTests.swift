import Synchronization
import Testing

@testable import Site

struct CrewTests {
    private struct Broken: Error {}

    @Test(arguments: [1, 2, 7], [0, 1, 31, 32, 33, 1000])
    func `results come in the order of the work, whatever finishes first`(jobs: Int, count: Int) async throws
    {
        let heard = Mutex<[Int]>([])
        let results = try await Crew(jobs: jobs).map(count) { done in
            heard.withLock { $0.append(done) }
        } work: { number in
            // Early numbers take longer than late ones.
            (0..<(count - number) * 20).reduce(0, &+) == -1 ? -1 : number
        }
        #expect(results == Array(0..<count))
        #expect(heard.withLock { $0.last } == (count == 0 ? nil : count))
        #expect(heard.withLock { $0 == $0.sorted() })
    }

    @Test func `the first error ends it`() async {
        let done = Mutex(0)
        await #expect(throws: Broken.self) {
            _ = try await Crew(jobs: 1).map(
                1000,
                work: { number in
                    if number == 40 { throw Broken() }
                    done.withLock { $0 += 1 }
                }
            )
        }
        #expect(done.withLock { $0 } == 40)
    }
}
