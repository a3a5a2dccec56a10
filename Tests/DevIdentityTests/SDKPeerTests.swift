import Foundation
import Ground
import HTTPTypes
import Logging
import Testing

@testable import DevIdentity

/// Appwrite's own Python SDK against the service, over a socket.
///
/// To prepare: `python3 -m venv V && V/bin/pip install appwrite jsonschema`, then set `GATEHOUSE_SDK_PYTHON` to
/// `V/bin/python`; `make peers` does it.
struct SDKPeerTests {
    @Test(.enabled(if: Outside.python != nil, "GATEHOUSE_SDK_PYTHON names no Python with Appwrite's SDK"))
    func `the official SDK cannot tell it from Appwrite`() async throws {
        let python = try #require(Outside.python)
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let service = IdentityService(
            configuration: IdentityConfiguration(
                keys: [IdentityKey(secret: Secret(Lab.keyText), scopes: IdentityKey.everyday)]
            ),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            onRunning: { continuation.yield($0) }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            // Cancelling it may end it with an error, and that is no matter here.
            group.addTask { try? await service.run() }
            let port = try #require(await ports.first { _ in true })
            let outcome = try await Self.run(python, endpoint: "http://127.0.0.1:\(port)/v1")
            #expect(outcome.status == 0, "\(outcome.output)")
            print(outcome.output.split(separator: "\n").suffix(2).joined(separator: "\n"))
            group.cancelAll()
        }
        // The SDK keeps the contract that our own client has to keep, too.
        #expect(service.ledger.entries.allSatisfy { $0.headers[.key] == nil || $0.headers[.session] == nil })
    }

    private static func run(_ python: String, endpoint: String) async throws -> (
        status: Int32, output: String
    ) {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [
            folder.appendingPathComponent("sdk_peer.py").path, endpoint, Lab.project, Lab.keyText,
        ]
        let output = Pipe()
        // Beside it the SDK only says that it is newer than the server.
        (process.standardOutput, process.standardError) = (output, FileHandle.nullDevice)
        return try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { ended in
                let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                continuation.resume(returning: (ended.terminationStatus, text))
            }
            do {
                try process.run()
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }
}
