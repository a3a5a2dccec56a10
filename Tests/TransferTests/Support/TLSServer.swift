import Foundation
import HTTPTypes

/// `openssl s_server` with a fresh certificate of its own; ends with the last reference.
final class TLSServer {
    static let tool = "/usr/bin/openssl"

    /// The PEM file of the certificate, which is its own authority.
    let certificate: String
    private let folder: URL
    private let process: pid_t
    private let port: Int

    init(name: String) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "transfer-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        certificate = folder.appending(path: "certificate.pem").path
        let key = folder.appending(path: "key.pem").path
        let maker = try Self.spawn([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
            "2",
            "-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:\(name)", "-keyout", key, "-out",
            certificate,
        ])
        waitpid(maker, nil, 0)
        let output = Pipe()
        process = try Self.spawn(
            ["s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", key, "-www"],
            output: output.fileHandleForWriting.fileDescriptor
        )
        try output.fileHandleForWriting.close()
        port = Self.announcedPort(output.fileHandleForReading)
    }

    deinit {
        // Started from a thread of the pool, it inherits that every signal but this one is blocked.
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
        // Left-overs in the temporary folder harm nobody.
        try? FileManager.default.removeItem(at: folder)
    }

    var request: HTTPRequest {
        HTTPRequest(method: .get, scheme: "https", authority: "localhost:\(port)", path: "/")
    }

    /// The server says `ACCEPT 127.0.0.1:12345` once it listens.
    private static func announcedPort(_ output: FileHandle) -> Int {
        var text = ""
        while case let piece = output.availableData, !piece.isEmpty {
            text += String(decoding: piece, as: UTF8.self)
            if let line = text.split(separator: "\n").first(where: { $0.hasPrefix("ACCEPT") }),
                text.hasSuffix("\n")
            {
                return line.split(separator: ":").last.flatMap { Int($0) } ?? 0
            }
        }
        return 0
    }

    /// Not Foundation's `Process`, which leaks a little and so would spoil the tests' search for leaks.
    private static func spawn(_ arguments: [String], output: Int32? = nil) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in 0...2 as ClosedRange<Int32> {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        if let output { posix_spawn_file_actions_adddup2(&actions, output, 1) }
        var words = ([tool] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process = pid_t()
        guard posix_spawn(&process, tool, &actions, nil, &words, environ) == 0 else {
            throw POSIXError(.ENOENT)
        }
        return process
    }
}
