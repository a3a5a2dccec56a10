import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// Whoever a hook is sent to: answers as the test says, and remembers what came.
final class Receiver: Sendable {
    struct Request: Sendable {
        let signature: String
        let event: String
        let delivery: String
        let body: String
    }

    struct Answer: Sendable {
        var status = 204
        var body = ""
        var location: String?
    }

    private let answers = Mutex<@Sendable (Int) -> Answer>({ _ in Answer() })
    private let requests = Mutex<[Request]>([])

    var received: [Request] { requests.withLock { $0 } }

    /// What the next ones get, by how many came before.
    func answer(_ answer: @escaping @Sendable (Int) -> Answer) { answers.withLock { $0 = answer } }

    /// Runs a test between the receiver's start and end.
    static func run(_ test: @escaping @Sendable (Receiver, _ url: String) async throws -> Void) async throws {
        let receiver = Receiver()
        let (ports, port) = AsyncStream<Int>.makeStream()
        let router = Router()
        router.post("/hook") { request, _ in
            let body = try await request.body.collect(upTo: 1 << 20)
            let answer = receiver.note(request, String(buffer: body))
            var response = Response(
                status: .init(code: answer.status),
                body: ResponseBody(byteBuffer: ByteBuffer(string: answer.body))
            )
            if let location = answer.location { response.headers[.location] = location }
            return response
        }
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            guard let running = await ports.first(where: { _ in true }) else { return }
            try await test(receiver, "http://127.0.0.1:\(running)/hook")
            group.cancelAll()
        }
    }

    private func note(_ request: Hummingbird.Request, _ body: String) -> Answer {
        func field(_ name: String) -> String { HTTPField.Name(name).flatMap { request.headers[$0] } ?? "" }
        let count = requests.withLock { requests in
            requests.append(
                Request(
                    signature: field("Gatehouse-Signature"),
                    event: field("Gatehouse-Event"),
                    delivery: field("Gatehouse-Delivery"),
                    body: body
                )
            )
            return requests.count - 1
        }
        return answers.withLock { $0 }(count)
    }
}
